# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks with a secret in every place that may hold one, in every form that is accepted or mistaken."""

from __future__ import annotations

import base64
import copy
import functools
import pathlib
import re
import typing as t

from unit.module.test_canaries import CANARY, CASES, CONFIGS, NUMBER
from unit.org.conftest import action, webhook

Arguments = dict[str, t.Any]
#: Replacements of the secret of C(test_canaries), with characters that JSON, URLs and shells escape.
VARIANTS = (
    CANARY,
    f"{CANARY}/+= %41",
    f"{CANARY}ü\U0001f511",
    f'{CANARY}"\\x',
    f"{CANARY}&b=1#c;d",
    f"{CANARY}$HOME`'",
    CANARY.upper(),
)
#: Parts of the secret that no output may have, in upper or lower case. No usual encoding changes them.
_PARTS = (*CANARY.split("-")[:2], str(NUMBER))
_ENCODED = tuple(
    base64.b64encode(b"x" * shift + CANARY.encode())[4 if shift else 0 : -4].decode() for shift in range(3)
)
_SHOWN = re.compile("|".join(map(re.escape, _PARTS)), re.IGNORECASE)


def shown_secret(text: str) -> str | None:
    """Return the place in a text that shows a secret, None if there is none."""
    found = _SHOWN.search(text)
    if found is not None:
        return text[max(0, found.start() - 160) : found.end() + 40]
    for encoded in _ENCODED:
        if encoded in text:
            place = text.index(encoded)
            return f"base64: {text[max(0, place - 160) : place + 80]}"
    return None


def _connections() -> t.Iterator[tuple[str, str, Arguments]]:
    """Yield tasks with secrets in the options of the connection and of the reports."""
    secret_url = f"http://user:{CANARY}@127.0.0.1:9"
    options: dict[str, t.Any] = {
        "client_secret": CANARY,
        "access_token": CANARY,
        "journal_password": CANARY,
        "proxy": secret_url,
        "notify": {
            "url": f"http://127.0.0.1:9/{CANARY}",
            "headers": {"Authorization": CANARY},
            "timeout": 0.2,
        },
        "base_url": secret_url,
    }
    mistakes: tuple[t.Callable[[t.Any], t.Any], ...] = (
        lambda value: value,
        lambda value: [value],
        lambda value: {"value": value},
        str,
    )
    for name, value in options.items():
        for number, mistake in enumerate(mistakes):
            given = {name: mistake(value), "journal": "journal.jsonl"}
            if name == "access_token":
                given |= {"client_id": None, "client_secret": None}
            yield f"{name} {number}", "genesys_data_action", {**action("A"), **given}
            if name in _SHARED:
                shared = {key: value for key, value in given.items() if key in _SHARED}
                yield f"{name} {number}", "genesys_webhook_info", shared
            yield f"{name} {number}", "genesys_org_config", {"config": {"webhooks": [webhook("W")]}, **given}


_SHARED = ("client_id", "client_secret", "access_token", "proxy", "base_url")
_REPORTS = {"journal": "journal.jsonl", "journal_password": "k", "audit_log": "audit.jsonl"}


@functools.cache
def cases() -> tuple[tuple[str, str, Arguments], ...]:
    """Return (label, module, arguments) of all places and forms."""
    found: list[tuple[str, str, Arguments]] = [*CASES]
    found += [(label, "genesys_org_config", {"config": config}) for label, config in CONFIGS]
    found += [
        (f"{label}, with reports", module, {**arguments, **_REPORTS})
        for label, module, arguments in found
        if not module.endswith("_info")
    ]
    return (*found, *_connections())


def secret_case(number: int) -> tuple[str, str, Arguments]:
    """Return one case: every place and form in turn, then again with the next variant of the secret."""
    label, module, arguments = cases()[number % len(cases())]
    variant = VARIANTS[number // len(cases()) % len(VARIANTS)]
    return (
        f"{label} ({variant!r})",
        module,
        t.cast("Arguments", _with_variant(copy.deepcopy(arguments), variant)),
    )


def _with_variant(value: t.Any, variant: str) -> t.Any:
    if isinstance(value, str):
        return value.replace(CANARY, variant)
    if isinstance(value, dict):
        return {_with_variant(key, variant): _with_variant(entry, variant) for key, entry in value.items()}
    return [_with_variant(entry, variant) for entry in value] if isinstance(value, list) else value


def secrets_in_files(folder: pathlib.Path, allowed: t.Container[str] = ()) -> t.Iterator[str]:
    """Yield the places in all files below a folder, and in their names, that show a secret."""
    for path in folder.rglob("*"):
        if path.name in allowed:
            continue
        found = shown_secret(str(path.relative_to(folder)))
        if path.is_file() and found is None:
            found = shown_secret(path.read_bytes().decode("utf-8", "replace"))
        if found is not None:
            yield f"{path.name}: {found}"
