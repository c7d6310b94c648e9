# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks registered in check mode, read as drift: by org, object and field (C.5).

Private to the collection. Pure: plain mappings in, frozen descriptions out. The tasks are those of the role
org_config, which is one for a whole org, and those of a playbook of the user's own, which may be of single
objects. An org is in sync only where they say so; whatever failed, or was not run, leaves it not judged.
"""

from __future__ import annotations

import dataclasses
import typing as t
from collections.abc import Mapping, Sequence

from ansible_collections.genesys.cloud.plugins.module_utils._org.kinds import KINDS
from ansible_collections.genesys.cloud.plugins.module_utils._resource import IDENTITIES

#: The variables that the role org_config registers: its check of the inventory, and its task for the org.
CHECK_VARIABLE = "__org_config_checked"
RESULT_VARIABLE = "__org_config_result"

#: How an inventory calls a kind, by how a result calls it.
_INVENTORY_NAMES = {kind.resource.kind: kind.option for kind in KINDS}

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

    kind: str  #: the list in the inventory, like C(data_actions), or the variable of a task of one object
    name: str
    status: str
    action: str
    differences: tuple[Difference, ...] = ()
    message: str | None = None
    id: str | None = None  #: in the org, where it has one


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
        sentences = list(self.problems)
        total = len(self.objects)
        failed = [f"{one.kind} {one.name!r}: {one.message}" for one in self.with_status(NOT_JUDGED)]
        if failed:
            sentences.append(f"{len(failed)} of {total} objects could not be judged: {'; '.join(failed)}")
        drifted = [_drift_summary(one) for one in self.with_status(DRIFTED)]
        if drifted:
            sentences.append(f"{len(drifted)} of {total} objects drifted: {'; '.join(drifted)}.")
        return " ".join(sentences) or f"In sync; objects compared: {total}."


def overall_status(orgs: Sequence[OrgDrift]) -> str:
    """The status of the whole check. No org at all is a check that judged nothing."""
    statuses = {org.status for org in orgs}
    for status in (NOT_JUDGED, DRIFTED, IN_SYNC):
        if status in statuses:
            return status
    return NOT_JUDGED


def read_org(name: str, variables: Mapping[str, t.Any], registered: Sequence[str] | None = None) -> OrgDrift:
    """Read the variables of one host: what C(registered) names, by default what the role org_config did."""
    reader = _ResultReader()
    if registered is None:
        checked = variables.get(CHECK_VARIABLE)
        if checked is None:
            reader.problems.append(_NOT_COMPARED)
        elif checked.get("failed"):
            reader.problems += _failure_messages(checked)
        elif RESULT_VARIABLE in variables:  # without entries nothing is compared
            reader.read(RESULT_VARIABLE, variables[RESULT_VARIABLE])
    for variable in registered or ():
        if variables.get(variable) is None:
            reader.problems.append(f"{variable}: {_NOT_COMPARED}")
        else:
            reader.read(variable, variables[variable], f"{variable}: ")
    return OrgDrift(name, tuple(reader.objects), tuple(reader.problems))


class _ResultReader:
    """Collects the objects of registered results, and the failures that are of none of them."""

    def __init__(self) -> None:
        self.objects: list[Comparison] = []
        self.problems: list[str] = []

    def read(self, variable: str, result: Mapping[str, t.Any], prefix: str = "") -> None:
        """A result of a whole org, of one object, or of a loop; C(prefix) is put before its problems."""
        if result.get("skipped"):
            return
        failed = bool(result.get("failed") or result.get("unreachable"))
        failures_before = self._failure_count()
        if "results" in result:
            for index, item in enumerate(result["results"]):
                self.read(variable, item, f"{variable}[{index}]: ")
        elif "objects" in result:
            self.objects += [_from_org_result(one) for one in result["objects"]]
        elif any(result.get(key) for key in ("plan", *IDENTITIES)):
            self.objects.append(_from_object_result(variable, result, failed=failed))
        if failed and self._failure_count() == failures_before:
            self.problems += [f"{prefix}{text}" for text in _failure_messages(result)]

    def _failure_count(self) -> int:
        """How many failures are told."""
        return len(self.problems) + sum(one.status == NOT_JUDGED for one in self.objects)


def _from_org_result(one: Mapping[str, t.Any]) -> Comparison:
    """An object of a whole org's result. C(plan) counts, whatever became of it."""
    kind = _INVENTORY_NAMES.get(one["kind"], one["kind"])
    name, action = str(one["name"] or one["id"] or one["path"]), str(one["plan"])
    if one["error"] is not None:
        return Comparison(kind, name, NOT_JUDGED, "none", message=str(one["error"]), id=one["id"])
    if action == "none":
        return Comparison(kind, name, IN_SYNC, "none", id=one["id"])
    return Comparison(kind, name, DRIFTED, action, _result_differences(one), id=one["id"])


def _from_object_result(variable: str, result: Mapping[str, t.Any], *, failed: bool) -> Comparison:
    """The result of a module of one object."""
    diff = result.get("diff") or {}
    sources = (result, result.get("record") or {}, diff.get("before") or {}, diff.get("after") or {})
    known = {key: str(source[key]) for source in sources for key in IDENTITIES if source.get(key)}
    name = next((known[key] for key in IDENTITIES if key in known), variable)
    if failed:
        message = "\n".join(_failure_messages(result))
        return Comparison(variable, name, NOT_JUDGED, "none", message=message, id=known.get("id"))
    if not result.get("changed"):
        return Comparison(variable, name, IN_SYNC, "none", id=known.get("id"))
    plan = str(result["plan"])
    return Comparison(variable, name, DRIFTED, plan, _result_differences(result), id=known.get("id"))


def _result_differences(result: Mapping[str, t.Any]) -> tuple[Difference, ...]:
    diff = result.get("diff") or {}
    return tuple(differences(diff.get("before") or {}, diff.get("after") or {}))


def _failure_messages(result: Mapping[str, t.Any]) -> list[str]:
    """Why a task failed: its C(problems) one by one, else its C(msg), which may be a list."""
    message = result.get("problems") or result.get("msg")
    if isinstance(message, Sequence) and not isinstance(message, str):
        return [str(text) for text in message]
    return [str(message or "failed without a message")]


def _drift_summary(compared: Comparison) -> str:
    label = {"create": "is missing", "delete": "is there and should not be"}.get(compared.action)
    fields = ", ".join(one.field for one in compared.differences)
    return f"{compared.kind} {compared.name!r} ({label or fields})"


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
        pairs = _pairs(*_by_name_or_position(before or [], after or []))
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


def _by_name_or_position(
    before: Sequence[t.Any], after: Sequence[t.Any]
) -> tuple[dict[t.Any, t.Any], dict[t.Any, t.Any]]:
    both = [*before, *after]
    named = all(isinstance(entry, Mapping) and isinstance(entry.get("name"), str) for entry in both)
    unique = named and all(len({entry["name"] for entry in side}) == len(side) for side in (before, after))
    if unique:
        return {entry["name"]: entry for entry in before}, {entry["name"]: entry for entry in after}
    return dict(enumerate(before)), dict(enumerate(after))
