# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role org_config registered in check mode, read as drift: by org, object and field (C.5).

Private to the collection. Pure: plain mappings in, frozen descriptions out. An org is in sync only where the
role says so; whatever failed, or was not run, leaves it not judged.
"""

from __future__ import annotations

import dataclasses
import typing as t
from collections.abc import Mapping, Sequence

from ansible_collections.genesys.cloud.plugins.module_utils._resource import IDENTITIES

#: The variables that the role org_config registers: its check of the inventory, and one for each kind.
CHECKED = "__org_config_checked"
RESULT = "__org_config_result_"

IN_SYNC = "in_sync"
DRIFTED = "drifted"
NOT_JUDGED = "not_judged"

#: What ansible-playbook ends with.
EXIT_CODES = {IN_SYNC: 0, DRIFTED: 2, NOT_JUDGED: 4}

_NOT_COMPARED = "The run ended for this org before it was compared; the output of ansible-playbook says why."


@dataclasses.dataclass(frozen=True)
class Difference:
    """A field such as C(rest.url) that differs; None where a side has no value. Secrets are masked."""

    field: str
    before: t.Any
    after: t.Any


@dataclasses.dataclass(frozen=True)
class Comparison:
    """One declared object: C(action) is the module's plan, C(message) why it could not be judged."""

    kind: str  #: the role's tag, like C(data_actions)
    name: str
    status: str
    action: str
    differences: tuple[Difference, ...] = ()
    message: str | None = None


@dataclasses.dataclass(frozen=True)
class OrgDrift:
    """What is known of one org. C(problems) are reasons that belong to no single object."""

    name: str
    objects: tuple[Comparison, ...]
    problems: tuple[str, ...]

    @property
    def status(self) -> str:
        statuses = {compared.status for compared in self.objects}
        if self.problems or NOT_JUDGED in statuses:
            return NOT_JUDGED
        return DRIFTED if DRIFTED in statuses else IN_SYNC

    def with_status(self, status: str) -> list[Comparison]:
        return [compared for compared in self.objects if compared.status == status]

    def summary(self) -> str:
        """One or more sentences for the org's own line of the run."""
        said = list(self.problems)
        total = len(self.objects)
        failed = [f"{one.kind} {one.name!r}: {one.message}" for one in self.with_status(NOT_JUDGED)]
        if failed:
            said.append(f"{len(failed)} of {total} objects could not be judged: {'; '.join(failed)}")
        drifted = [_drifted_text(one) for one in self.with_status(DRIFTED)]
        if drifted:
            said.append(f"{len(drifted)} of {total} objects drifted: {'; '.join(drifted)}.")
        return " ".join(said) or f"In sync; objects compared: {total}."


def overall(orgs: Sequence[OrgDrift]) -> str:
    """The status of the whole check. No org at all is a check that judged nothing."""
    statuses = {org.status for org in orgs}
    for status in (NOT_JUDGED, DRIFTED, IN_SYNC):
        if status in statuses:
            return status
    return NOT_JUDGED


def read_org(name: str, variables: Mapping[str, t.Any]) -> OrgDrift:
    """Read the variables of one host: its registered results by the names CHECKED and RESULT."""
    checked = variables.get(CHECKED)
    if checked is None:
        return OrgDrift(name, (), (_NOT_COMPARED,))
    if checked.get("failed"):
        return OrgDrift(name, (), tuple(_texts(checked.get("msg"))))
    objects: list[Comparison] = []
    problems: list[str] = []
    for variable in sorted(key for key in variables if key.startswith(RESULT)):
        kind, registered = variable.removeprefix(RESULT), variables[variable]
        if "results" in registered:
            objects += [
                _compare(kind, index, result)
                for index, result in enumerate(registered["results"])
                if not result.get("skipped")
            ]
        elif not registered.get("skipped"):  # the loop itself could not be evaluated
            problems += [f"{kind}: {text}" for text in _texts(registered.get("msg"))]
    return OrgDrift(name, tuple(objects), tuple(problems))


def _compare(kind: str, index: int, result: Mapping[str, t.Any]) -> Comparison:
    diff = result.get("diff") or {}
    before, after = diff.get("before") or {}, diff.get("after") or {}
    name = _name(index, (after, before, result.get("record") or {}, result))
    if result.get("failed") or result.get("unreachable"):
        return Comparison(kind, name, NOT_JUDGED, "none", message="\n".join(_texts(result.get("msg"))))
    if not result.get("changed"):
        return Comparison(kind, name, IN_SYNC, "none")
    return Comparison(kind, name, DRIFTED, str(result["plan"]), tuple(differences(before, after)))


def _name(index: int, sources: t.Iterable[Mapping[str, t.Any]]) -> str:
    """The name, or the id, of the first source that has one; else the number of the entry."""
    for source in sources:
        for key in IDENTITIES:
            if source.get(key):
                return str(source[key])
    return f"entry {index}"


def _texts(message: t.Any) -> list[str]:
    """A task's C(msg), which may be a list, as texts."""
    if isinstance(message, Sequence) and not isinstance(message, str):
        return [str(text) for text in message]
    return [str(message or "failed without a message")]


def _drifted_text(compared: Comparison) -> str:
    said = {"create": "is missing", "delete": "is there and should not be"}.get(compared.action)
    fields = ", ".join(one.field for one in compared.differences)
    return f"{compared.kind} {compared.name!r} ({said or fields})"


def differences(before: t.Any, after: t.Any, path: str = "") -> t.Iterator[Difference]:
    """The leaves that differ. Entries of lists that all have a name are paired by it, others by position."""
    if before == after:
        return
    sides = [side for side in (before, after) if side is not None]
    if any(sides) and all(isinstance(side, Mapping) for side in sides):
        prefix = f"{path}." if path else ""
        for key, old, new in _pairs(before or {}, after or {}):
            yield from differences(old, new, f"{prefix}{key}")
    elif any(sides) and all(_is_list(side) for side in sides):
        pairs = _pairs(*_by_key(before or [], after or []))
        found = [one for key, old, new in pairs for one in differences(old, new, f"{path}[{key}]")]
        yield from found or [Difference(path, before, after)]  # only the order differs
    else:
        yield Difference(path, before, after)


def _pairs(
    before: Mapping[t.Any, t.Any], after: Mapping[t.Any, t.Any]
) -> t.Iterator[tuple[t.Any, t.Any, t.Any]]:
    for key in [*after, *(key for key in before if key not in after)]:
        yield key, before.get(key), after.get(key)


def _is_list(value: t.Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _by_key(before: Sequence[t.Any], after: Sequence[t.Any]) -> tuple[dict[t.Any, t.Any], dict[t.Any, t.Any]]:
    both = [*before, *after]
    named = all(isinstance(entry, Mapping) and isinstance(entry.get("name"), str) for entry in both)
    unique = named and all(len({entry["name"] for entry in side}) == len(side) for side in (before, after))
    if unique:
        return {entry["name"]: entry for entry in before}, {entry["name"]: entry for entry in after}
    return dict(enumerate(before)), dict(enumerate(after))
