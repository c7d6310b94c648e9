# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables in the place of secrets, which an org does not return and a file must not have.

Private to the collection. The name of a variable is C(vault_<kind>_<name>_<field>) in lower case, with C(_)
for all other characters. Six digits of the SHA-256 of the object's name follow where that would be ambiguous.
"""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import re
import typing as t

_OTHERS = re.compile(r"[^a-z0-9]")


@dataclasses.dataclass(frozen=True)
class Secret:
    """A value of an entry that its user must give: the field of one object of a kind."""

    kind: str
    name: str
    field: str


def secrets_in(value: t.Any) -> t.Iterator[Secret]:
    """Yield the secrets in a value, in the order of its entries."""
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from secrets_in(entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from secrets_in(entry)


def variable_names(secrets: t.Iterable[Secret]) -> dict[Secret, str]:
    """Return the name of the variable of each secret, in the order of the secrets.

    Secrets that are equal share a variable. All others have different ones.
    """
    different = list(dict.fromkeys(secrets))
    names = {
        secret: _name(secret, "" if secret.name.isascii() else _digest(secret.name)) for secret in different
    }
    for secret in _ambiguous(names):
        names[secret] = _name(secret, _digest(secret.name))
    for secret in _ambiguous(names):  # two fields of one object, or texts of equal digests
        names[secret] = _name(secret, _digest(f"{secret.kind}\n{secret.name}\n{secret.field}", 64))
    return names


def _ambiguous(names: dict[Secret, str]) -> list[Secret]:
    uses = collections.Counter(names.values())
    return [secret for secret, name in names.items() if uses[name] > 1]


def _name(secret: Secret, digest: str) -> str:
    parts = [secret.kind, secret.name, secret.field]
    name = "_".join(["vault", *(_OTHERS.sub("_", part.lower()) for part in parts)])
    return f"{name}_{digest}" if digest else name


def _digest(text: str, length: int = 6) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
