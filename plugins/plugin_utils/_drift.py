# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift of each org by object and field, computed from the results of tasks in check mode (C.5).

Private to the collection. Pure: results are plain mappings, and the drift is frozen data classes. A result
comes from the role org_config, which has one task for a whole org, or from a task of the user's playbook,
which may be for one object. An org is in sync only if all its objects were compared and none differs. An org
with a failed or missing result is not judged. An org without any compared object is not judged either, unless
its variables declare that it has none on purpose.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t
from collections.abc import Mapping, Sequence

import yaml
from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable_lines
from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import IDENTITY_OPTIONS, KINDS
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_status import (
    DRIFTED,
    IN_SYNC,
    INVENTORY_NAMES,
    NOT_JUDGED,
    WARNED,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_undeclared import (
    Undeclared,
    read_undeclared,
    undeclared_sentences,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._field_differences import Difference, differences

#: Variables that the role org_config registers for its inventory check and for its task for the org.
CHECK_VARIABLE = "__org_config_checked"
RESULT_VARIABLE = "__org_config_result"

#: Variable of a host that declares nothing on purpose.
EMPTY_VARIABLE = "drift_check_empty"

#: The lists of each API's kinds. A host has one API.
_KINDS_OF_APIS = [
    [kind.list_option for kind in KINDS if api in kind.profiles]
    for api in dict.fromkeys(api for kind in KINDS for api in kind.profiles)
]

_NOT_COMPARED = "The run ended before this org was compared. See the output of ansible-playbook."


@dataclasses.dataclass(frozen=True)
class Comparison:
    """One declared object. C(action) is the module's plan, C(message) the reason why it is not judged."""

    kind: str  #: list in the inventory, such as C(data_actions), or variable of a task for one object
    name: str
    status: str
    action: str
    differences: tuple[Difference, ...] = ()
    message: str | None = None
    id: str | None = None  #: id in the org; None if it is unknown or the object does not exist


@dataclasses.dataclass(frozen=True)
class OrgDrift:
    """Drift of one org. C(problems) are the reasons not to judge it that belong to no single object.

    C(other) is the name of the org that it was compared with, None for what the inventory declares. C(notes)
    say what was not compared although the org is judged. C(undeclared) are the org's other objects.
    """

    name: str
    objects: tuple[Comparison, ...]
    problems: tuple[str, ...]
    other: str | None = None
    notes: tuple[str, ...] = ()
    undeclared: tuple[Undeclared, ...] = ()

    @property
    def status(self) -> str:
        """Return the worst status of the org's objects; problems make it C(not_judged)."""
        statuses = {one.status for one in self.objects} | {one.status for one in self.undeclared}
        if self.problems or NOT_JUDGED in statuses:
            return NOT_JUDGED
        return DRIFTED if DRIFTED in statuses else IN_SYNC

    def with_status(self, status: str) -> list[Comparison]:
        """Return the objects that have C(status)."""
        return [compared for compared in self.objects if compared.status == status]

    def summary(self) -> str:
        """Return the message of the org's task in the run, one or more sentences."""
        sentences = list(self.problems)
        total = len(self.objects)
        failed = [f"{one.kind} {one.name!r}: {one.message}" for one in self.with_status(NOT_JUDGED)]
        if failed:
            sentences.append(f"{len(failed)} of {total} objects could not be judged: {'; '.join(failed)}")
        drifted = [self._drift_summary(one) for one in self.with_status(DRIFTED)]
        if drifted:
            drift = "drifted" if self.other is None else "differ"
            sentences.append(f"{len(drifted)} of {total} objects {drift}: {'; '.join(drifted)}.")
        sentences += undeclared_sentences([one for one in self.undeclared if one.status != WARNED])
        sentences = sentences or [f"In sync; objects compared: {total}."]
        if self.notes:
            sentences.append(f"Not compared: {'; '.join(self.notes)}.")
        return printable_lines(" ".join(sentences))

    def warnings(self) -> list[str]:
        """Return the sentences about undeclared objects that do not decide the status of the org."""
        warned = [one for one in self.undeclared if one.status == WARNED]
        return [printable_lines(f"{self.name}: {text}") for text in undeclared_sentences(warned)]

    def labels(self) -> dict[str, str]:
        """Return what each plan of an object means, as the end of a sentence."""
        if self.other is None:
            only = {"create": "is missing", "delete": "exists but should be absent"}
        else:
            only = {"create": f"is only in {self.other}", "delete": f"is not in {self.other}"}
        return {**only, "update": "differs"}

    def _drift_summary(self, compared: Comparison) -> str:
        """Return kind, name and either what is wrong with the whole object or the fields that differ."""
        fields = ", ".join(one.field for one in compared.differences)
        label = fields if compared.action == "update" else self.labels()[compared.action]
        return f"{compared.kind} {compared.name!r} ({label})"


def overall_status(orgs: Sequence[OrgDrift]) -> str:
    """Return the worst status of any org. A check without orgs is not judged."""
    statuses = {org.status for org in orgs}
    for status in (NOT_JUDGED, DRIFTED, IN_SYNC):
        if status in statuses:
            return status
    return NOT_JUDGED


def read_org(name: str, variables: Mapping[str, t.Any], registered: Sequence[str] | None = None) -> OrgDrift:
    """Compute the drift of one host from C(variables).

    C(registered) names the variables to read, by default those that the role org_config registers.
    """
    reader = _ResultReader()
    if registered is None:
        checked = variables.get(CHECK_VARIABLE)
        if checked is None:
            reader.problems.append(_NOT_COMPARED)
        elif checked.get("failed"):
            reader.problems += _failure_messages(checked)
        elif RESULT_VARIABLE in variables:
            reader.read(RESULT_VARIABLE, variables[RESULT_VARIABLE])
    for variable in registered or ():
        if variables.get(variable) is None:
            reader.problems.append(f"{variable}: {_NOT_COMPARED}")
        else:
            # A variable of a role means nothing to the user.
            prefix = "" if variable.startswith("__") else f"{variable}: "
            reader.read(variable, variables[variable], prefix)
    if not reader.objects and not reader.problems:
        reader.problems += _reasons_for_no_object(variables, registered)
    return OrgDrift(
        name,
        tuple(reader.objects),
        tuple(reader.problems),
        reader.other,
        tuple(dict.fromkeys(reader.notes)),
        tuple(reader.undeclared),
    )


def _reasons_for_no_object(variables: Mapping[str, t.Any], registered: Sequence[str] | None) -> list[str]:
    """Return why no object was compared; an empty list if the org declares that it has none."""
    if registered is None and RESULT_VARIABLE not in variables:
        # Ansible registers no result of a task that the tags exclude.
        kinds = ", ".join(INVENTORY_NAMES.values())
        return [f"Nothing was compared, because {_tags_text(variables)} selects no kind of object ({kinds})."]
    try:
        if boolean(variables.get(EMPTY_VARIABLE, False)):
            return []
    except (TypeError, AnsibleError) as error:
        return [f"{EMPTY_VARIABLE}: must be true or false. {error}"]
    cure = f"If that is intended, set {EMPTY_VARIABLE}: true for the org"
    if registered is not None:
        return [f"Nothing was compared, because no object is in {', '.join(registered)}. {cure}."]
    undefined = [name for name in _expected_lists(variables) if not _is_defined(name, variables)]
    if not undefined:
        return []
    return [
        f"Nothing was compared, because the org declares no object: {', '.join(undefined)} and the lists "
        f"with the suffixes _group and _host are undefined. {cure}, or define these lists as empty."
    ]


def _expected_lists(variables: Mapping[str, t.Any]) -> list[str]:
    """Return the lists of the kinds that the tags select, by the rules of the role org_config.

    If the host defines lists that one API alone has, these are the lists of that API.
    """
    kinds, tags = list(INVENTORY_NAMES.values()), set(variables.get("ansible_run_tags") or ["all"])
    named = [kind for kind in kinds if kind in tags and not tags & {"all", "tagged"}]
    skipped = variables.get("ansible_skip_tags") or ()
    selected = [kind for kind in named or kinds if kind not in skipped]
    of_apis = [[f"org_config_{kind}" for kind in selected if kind in of_api] for of_api in _KINDS_OF_APIS]
    counts = collections.Counter(name for lists in of_apis for name in lists)
    declared = [
        lists
        for lists in of_apis
        if any(counts[name] == 1 and _is_defined(name, variables) for name in lists)
    ]
    return list(dict.fromkeys(name for lists in declared or of_apis for name in lists))


def _is_defined(name: str, variables: Mapping[str, t.Any]) -> bool:
    """Return whether the host defines any list of a kind. Defaults of roles are not included."""
    return any(f"{name}{suffix}" in variables for suffix in ("", "_group", "_host"))


def _tags_text(variables: Mapping[str, t.Any]) -> str:
    """Return the options of the command line that select tags, such as C(--tags webhooks)."""
    options = {"--tags": variables.get("ansible_run_tags"), "--skip-tags": variables.get("ansible_skip_tags")}
    return " ".join(f"{option} {','.join(tags)}" for option, tags in options.items() if tags) or "the play"


class _ResultReader:
    """Collector of the objects in registered results, and of failures that belong to no object."""

    def __init__(self) -> None:
        self.objects: list[Comparison] = []
        self.problems: list[str] = []
        self.other: str | None = None
        self.notes: list[str] = []
        self.undeclared: list[Undeclared] = []

    def read(self, variable: str, result: Mapping[str, t.Any], prefix: str = "") -> None:
        """Read the result of a whole org, of one object, or of a loop. C(prefix) begins each problem."""
        if result.get("skipped"):
            return
        failed = bool(result.get("failed") or result.get("unreachable"))
        failures_before = self._failure_count()
        if "results" in result:
            for index, item in enumerate(result["results"]):
                self.read(variable, item, f"{variable}[{index}]: ")
        elif "objects" in result:
            self.objects += [_from_org_result(one) for one in result["objects"]]
            self.undeclared += read_undeclared(result.get("undeclared") or ())
            self._read_comparison(result, prefix)
        elif any(result.get(key) for key in ("plan", *IDENTITY_OPTIONS)):
            self.objects.append(_from_object_result(variable, result, failed=failed))
        if failed and self._failure_count() == failures_before:
            self.problems += [f"{prefix}{text}" for text in _failure_messages(result)]

    def _read_comparison(self, result: Mapping[str, t.Any], prefix: str) -> None:
        """Read what only a comparison of orgs returns: the other org, kinds without a result, and notes."""
        other = result.get("other_org") or {}
        self.other = other.get("name") or other.get("id") or self.other
        self.problems += [f"{prefix}{text}" for text in result.get("unread") or ()]
        self.notes += [str(text) for text in result.get("notes") or ()]

    def _failure_count(self) -> int:
        """Return the number of failures that were collected so far."""
        return len(self.problems) + sum(one.status == NOT_JUDGED for one in self.objects)


def _from_org_result(one: Mapping[str, t.Any]) -> Comparison:
    """Convert an object of a whole org's result. Its C(plan) decides, even if the object was skipped."""
    kind = INVENTORY_NAMES.get(one["kind"], one["kind"])
    name, action = str(one["name"] or one["id"] or one["path"]), str(one["plan"])
    if one["error"] is not None:
        return Comparison(kind, name, NOT_JUDGED, "none", message=str(one["error"]), id=one["id"])
    if action == "none":
        return _unchanged(kind, name, one, one["id"])
    return Comparison(kind, name, DRIFTED, action, _result_differences(one), id=one["id"])


def _unchanged(kind: str, name: str, result: Mapping[str, t.Any], object_id: str | None) -> Comparison:
    """Return the comparison of an unchanged object. Options that were not compared prevent a judgement."""
    options = result.get("not_compared")
    if not options:
        return Comparison(kind, name, IN_SYNC, "none", id=object_id)
    message = f"not compared: {', '.join(map(str, options))}"
    return Comparison(kind, name, NOT_JUDGED, "none", message=message, id=object_id)


def _from_object_result(variable: str, result: Mapping[str, t.Any], *, failed: bool) -> Comparison:
    """Convert the result of a module for one object."""
    sources = (result, result.get("record") or {}, *_sides(result))
    known = {key: str(source[key]) for source in sources for key in IDENTITY_OPTIONS if source.get(key)}
    name = next((known[key] for key in IDENTITY_OPTIONS if key in known), variable)
    if failed:
        message = "\n".join(_failure_messages(result))
        return Comparison(variable, name, NOT_JUDGED, "none", message=message, id=known.get("id"))
    if not result.get("changed"):
        return _unchanged(variable, name, result, known.get("id"))
    plan = str(result["plan"])
    return Comparison(variable, name, DRIFTED, plan, _result_differences(result), id=known.get("id"))


def _result_differences(result: Mapping[str, t.Any]) -> tuple[Difference, ...]:
    return tuple(differences(*_sides(result)))


def _sides(result: Mapping[str, t.Any]) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    """Return both sides of a module's diff, which may be YAML text."""
    diff = result.get("diff") or {}
    before, after = (
        yaml.safe_load(side) if isinstance(side, str) else side
        for side in (diff.get("before"), diff.get("after"))
    )
    return before or {}, after or {}


def _failure_messages(result: Mapping[str, t.Any]) -> list[str]:
    """Return why a task failed: its C(problems), else its C(msg), which may be a list."""
    message = result.get("problems") or result.get("msg")
    if isinstance(message, Sequence) and not isinstance(message, str):
        return [str(text) for text in message]
    return [str(message or "the task failed without a message")]
