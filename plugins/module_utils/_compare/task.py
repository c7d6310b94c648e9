# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of a comparison, checked without a request (X.2).

Private to the collection. An org is compared with another org, or with declared entries.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._api.profile import ApiProfile
from .._arguments.arguments import ModuleArguments, connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, chosen_profile
from .._arguments.other_org import connect_other, other_org_option
from .._arguments.validation import validate
from .._findings import Findings, did_you_mean
from .._http.connection import Connection
from .._http.connection_pool import THREADS
from .._model.resource import ResourceKind
from .._org.task import OrgTask, prepare_org
from .._resources import registry

#: Parts of objects that have an option, such as the rows of data tables.
_PARTS = sorted(
    {one.endpoint.part for kind in registry.KINDS for one in kind.profiles.values() if one.endpoint.part}
)
#: Options of genesys_org_config that a comparison has too.
_DECLARED = ("config", "defaults", "concurrency")


@dataclasses.dataclass(kw_only=True)
class DiffTask(ModuleArguments):
    """Checked arguments of a comparison.

    C(declared) is the task for the declared entries, None for a comparison with another org. C(kinds) are
    those to compare, in the order of their writes. C(left_out) are notes about kinds that one side lacks.
    """

    profile: ApiProfile
    other: Connection | None = None
    declared: OrgTask | None = None
    kinds: list[ResourceKind] = dataclasses.field(default_factory=list)
    left_out: list[str] = dataclasses.field(default_factory=list)

    @property
    def secret_names(self) -> tuple[str, ...]:
        """Return the names of headers that the task calls secret."""
        return tuple(self.given.get("secret_headers") or ())

    def ids_of(self, kind: ResourceKind) -> list[str]:
        """Return the ids of the objects to compare of a kind that no list shows."""
        return list((self.given.get("ids") or {}).get(kind.list_option) or [])

    def reads(self, part: str) -> bool:
        """Return whether a part of objects is compared."""
        return bool(self.given.get(part))


def diff_options() -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of the module's own options."""
    return {
        "other": other_org_option(),
        # Checked as genesys_org_config checks them.
        "config": {"type": "dict"},
        "defaults": {"type": "dict"},
        "kinds": {"type": "list", "elements": "str"},
        "ids": {"type": "dict", "options": registry.ids_options()},
        **{part: {"type": "bool", "default": True} for part in _PARTS},
        "secret_headers": {"type": "list", "elements": "str", "no_log": False},
        "concurrency": {"type": "int", "default": 8},
    }


def diff_spec() -> dict[str, dict[str, t.Any]]:
    """Return the module's argument spec. The entries of C(config) have the specs of their kinds' modules."""
    return {**CONNECTION_OPTIONS, **diff_options()}


def prepare_diff(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> DiffTask:
    """Check raw arguments and resolve the connections. Add every problem to C(findings)."""
    findings, spec = Findings(), diff_spec()
    task = DiffTask(
        given=validate(spec, dict(raw), findings),
        findings=findings,
        profile=chosen_profile(raw, environ),
    )
    entries_of = ("config", "defaults")  # their secrets are found with the specs of the kinds
    task.secrets |= secrets_given(spec, {name: raw[name] for name in raw if name not in entries_of})
    _check_options(task, raw)
    if raw.get("config") is not None:
        _prepare_declared(task, raw, environ)
    else:
        connect(task, environ)
    if task.given.get("other") is not None:
        task.other = connect_other(task, "other")
    _choose_kinds(task)
    return task


def _check_options(task: DiffTask, raw: t.Mapping[str, t.Any]) -> None:
    findings = task.findings
    given = [name for name in ("other", "config") if raw.get(name) is not None]
    if not given:
        findings.problem(
            "other",
            "is required, or config: give the connection of the other org, or the entries to compare with",
        )
    elif len(given) == 2:
        findings.problem("config", "excludes other: give the other org, or the entries to compare with")
    if raw.get("defaults") is not None and raw.get("config") is None:
        findings.problem("defaults", "needs config, whose entries it completes")
    kinds, known = task.given.get("kinds"), [kind.list_option for kind in registry.KINDS]
    if kinds == []:
        findings.problem("kinds", "must name at least one kind, or be omitted to compare all")
    for index, name in enumerate(kinds or []):
        if name is not None and name not in known:
            findings.problem(f"kinds[{index}]", f"{name!r} is no kind{did_you_mean(name, known)}")
    workers = task.given.get("concurrency", 1)
    if not 1 <= workers <= THREADS:
        findings.problem("concurrency", f"must be from 1 to {THREADS}, not {workers}")


def _prepare_declared(task: DiffTask, raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> None:
    """Check the declared entries as genesys_org_config does."""
    names = (*CONNECTION_OPTIONS, *_DECLARED)
    declared = prepare_org({name: raw[name] for name in names if name in raw}, environ)
    for problem in declared.findings.problems:
        task.findings.problem(*problem)
    for warning in declared.findings.warnings:
        task.findings.warn(*warning)
    task.secrets |= declared.secrets
    # Objects that are read later add their secrets to the same set.
    declared.secrets = task.secrets
    for entry in declared.entries:
        entry.task.secrets = task.secrets
    declared.findings = task.findings
    task.declared, task.profile, task.connection = declared, declared.profile, declared.connection


def _choose_kinds(task: DiffTask) -> None:
    """Choose the kinds that both sides have. Add a problem for each named kind that a side lacks."""
    named = task.given.get("kinds")
    both = [task.profile] if task.other is None else [task.profile, task.other.api_profile]
    config = task.given.get("config")
    for kind in registry.KINDS:
        if named and kind.list_option not in named:
            continue
        lacking = [profile.name for profile in both if profile.name not in kind.profiles]
        reason = ""
        if lacking:
            reason = f"the API {lacking[0]!r} has no {kind.title}"
        elif config is not None and config.get(kind.list_option) is None:
            reason = f"config has no list {kind.list_option}"
        if not reason:
            task.kinds.append(kind)
        elif named:
            task.findings.problem("kinds", f"{kind.list_option} cannot be compared: {reason}")
        elif len(lacking) < len(both):  # a kind of neither API is not missing
            task.left_out.append(f"{kind.list_option}: not compared, because {reason}")
    for name, ids in (task.given.get("ids") or {}).items():
        if ids and name not in [kind.list_option for kind in task.kinds]:
            task.findings.problem(f"ids.{name}", "is of a kind that is not compared: remove it")
