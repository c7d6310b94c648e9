# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of a task for a whole org, checked without a request.

Private to the collection. Each entry of C(config) is checked like the arguments of the module for its kind.
Duplicate entries and references between entries are checked here.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._api.profile import ApiProfile
from .._arguments.arguments import ModuleArguments, connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, PROFILES, chosen_profile
from .._arguments.read_cache import READ_CACHE_OPTIONS, check_read_cache
from .._arguments.reporting import REPORTING_OPTIONS, check_reporting
from .._arguments.validation import validate
from .._findings import Findings
from .._http.connection_pool import THREADS
from .._model.resource import Resource, ResourceKind
from .._object.task import ResourceTask, object_options, prepare_object, resource_for
from .._resources import registry

_PRUNE_OPTIONS: dict[str, dict[str, t.Any]] = {
    "enabled": {"type": "bool", "default": False},
    "protect": {"type": "list", "elements": "str", "default": []},
    "max": {"type": "int", "default": 10},
}
#: How undeclared objects are judged, and the rule of a kind for them.
_MODES = ["ignore", "warn", "fail"]
_UNDECLARED_OPTIONS: dict[str, dict[str, t.Any]] = {
    "mode": {"type": "str", "choices": _MODES},
    "protect": {"type": "list", "elements": "str", "default": []},
}
#: Options that apply to all entries, and are not allowed in an entry of C(config).
_COMMON_OPTIONS = {*CONNECTION_OPTIONS, *REPORTING_OPTIONS, *READ_CACHE_OPTIONS, "wait"}


@dataclasses.dataclass(frozen=True)
class ConfigEntry:
    """One entry of C(config). C(path) is its place, such as C(config.webhooks[0])."""

    kind: ResourceKind
    path: str
    task: ResourceTask


@dataclasses.dataclass(kw_only=True)
class OrgTask(ModuleArguments):
    """Checked arguments of a task for a whole org."""

    entries: list[ConfigEntry]
    profile: ApiProfile

    @property
    def kinds(self) -> list[ResourceKind]:
        """Return the kinds that the org's API has, in the order of their writes."""
        return [kind for kind in registry.KINDS if self.profile.name in kind.profiles]

    def resource(self, kind: ResourceKind) -> Resource:
        """Return the kind's form in the API of the org."""
        return kind.profiles[self.profile.name]

    def of(self, kind: ResourceKind) -> list[ConfigEntry]:
        """Return the entries of the kind in their order."""
        return [entry for entry in self.entries if entry.kind is kind]

    def prune(self, kind: ResourceKind) -> dict[str, t.Any] | None:
        """Return the rule for removing the kind's undeclared objects, or None if they stay."""
        rule = (self.given.get("prune") or {}).get(kind.list_option)
        return rule if rule and rule.get("enabled") else None

    def prune_protect(self, kind: ResourceKind) -> list[str]:
        """Return the patterns of names that pruning never removes, whether it is enabled or not."""
        rule = (self.given.get("prune") or {}).get(kind.list_option) or {}
        return list(rule.get("protect") or ())

    def undeclared(self, kind: ResourceKind) -> dict[str, t.Any] | None:
        """Return C({mode, protect}) for the report on the kind's undeclared objects, None without a report.

        The default is for the kinds that the API of the org has.
        """
        rules = self.given.get("undeclared") or {}
        rule = rules.get(kind.list_option) or {}
        default = rules.get("default") if self.profile.name in kind.profiles else None
        mode = rule.get("mode") or default or "ignore"
        return None if mode == "ignore" else {"mode": mode, "protect": rule.get("protect") or []}


def org_options() -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of the module's own options; entries have the specs of the single modules."""
    lists = {kind.list_option: {"type": "list", "elements": "dict"} for kind in registry.KINDS}
    rules = {
        kind.list_option: {"type": "dict", "options": _prune_options(kind)}
        for kind in registry.KINDS
        if kind.prunable
    }
    return {
        "config": {"type": "dict", "options": lists},
        "prune": {"type": "dict", "options": rules},
        "undeclared": {
            "type": "dict",
            "options": {
                "default": {"type": "str", "choices": _MODES, "default": "ignore"},
                **{name: {"type": "dict", "options": _UNDECLARED_OPTIONS} for name in lists},
            },
        },
        "state": {"type": "str", "choices": ["present", "validated", "rolled_back"], "default": "present"},
        "concurrency": {"type": "int", "default": 8},
        "on_error": {"type": "str", "choices": ["stop", "continue", "rollback"], "default": "stop"},
        "wait": {"type": "bool", "default": True},
        "accept_unrestorable": {"type": "bool", "default": False},
        "defaults": {"type": "dict", "options": {name: {"type": "dict"} for name in lists}},
    }


def _prune_options(kind: ResourceKind) -> dict[str, dict[str, t.Any]]:
    own = (
        {}
        if kind.prune_by is None
        else {kind.prune_by[0]: {"type": "list", "elements": "str", "default": []}}
    )
    forced = {"force": kind.options["force"]} if "force" in kind.options else {}
    return {**_PRUNE_OPTIONS, **forced, **own}


def org_spec() -> dict[str, dict[str, t.Any]]:
    """Return the module's argument spec. The entries of C(config) have the specs of their kinds' modules."""
    return {**CONNECTION_OPTIONS, **REPORTING_OPTIONS, **READ_CACHE_OPTIONS, **org_options()}


def prepare_org(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> OrgTask:
    """Check raw arguments and resolve the connection. Add every problem to C(findings)."""
    findings = Findings()
    spec = org_spec()
    task = OrgTask(
        given=validate(spec, dict(raw), findings),
        findings=findings,
        entries=[],
        profile=chosen_profile(raw, environ, fitting=_fitting_profiles(raw)),
    )
    entries_of = ("config", "defaults")  # their secrets are found with the specs of the kinds
    task.secrets |= secrets_given(spec, {name: raw[name] for name in raw if name not in entries_of})
    task.secrets |= check_reporting(task.given, findings)
    check_read_cache(task.given, findings)
    config = task.given.get("config") or {}
    for kind in registry.KINDS:
        resource = kind.profiles.get(task.profile.name)
        if resource is None:
            if config.get(kind.list_option) or task.prune(kind) is not None:
                resource_for(kind, task.profile, findings)
            continue
        options = {name: option for name, option in object_options(kind).items() if name != "wait"}
        defaults = _defaults(task, kind, options)
        for index, entry in enumerate(config.get(kind.list_option) or []):
            if entry is not None:
                path = f"config.{kind.list_option}[{index}]"
                task.entries.append(
                    ConfigEntry(
                        kind, path, _prepare_entry(task, resource, options, path, {**defaults, **entry})
                    )
                )
        entries = task.of(kind)
        _warn_of_ignored(resource, entries, findings)
        _refuse_duplicates(resource, entries, findings)
        if kind.validate_together is not None:
            kind.validate_together([(entry.path, entry.task.given) for entry in entries], findings)
    _check_options(task)
    if task.given.get("state") != "validated":
        connect(task, environ)
    return task


def _fitting_profiles(raw: t.Mapping[str, t.Any]) -> list[str]:
    """Return the profiles that have all kinds of which the raw C(config) has entries."""
    config = raw.get("config")
    lists = config if isinstance(config, dict) else {}
    wanted = [kind for kind in registry.KINDS if lists.get(kind.list_option)]
    return [name for name in PROFILES if all(name in kind.profiles for kind in wanted)]


def _defaults(task: OrgTask, kind: ResourceKind, options: dict[str, dict[str, t.Any]]) -> dict[str, t.Any]:
    """Return the defaults of the kind's entries. Without any, or with problems in them, return none."""
    given = (task.given.get("defaults") or {}).get(kind.list_option) or {}
    path = f"defaults.{kind.list_option}"
    own = (*kind.identity[:1], kind.id_option, "state")
    refused = {name for name in given if name in own or name in _COMMON_OPTIONS}
    for name in sorted(refused):
        where = "to each entry" if name in own else "once for all entries, beside config"
        task.findings.problem(f"{path}.{name}", f"is no default: give it {where}")
    findings = Findings()
    optional = {name: {**option, "required": False} for name, option in options.items()}
    validate(optional, {name: value for name, value in given.items() if name not in refused}, findings)
    task.findings.take(path, findings)
    task.secrets |= secrets_given(options, given)
    return {} if refused or findings.problems else given


def _prepare_entry(
    task: OrgTask, resource: Resource, options: dict[str, dict[str, t.Any]], path: str, raw: dict[str, t.Any]
) -> ResourceTask:
    own = {}
    for name, value in raw.items():
        if name in _COMMON_OPTIONS:
            task.findings.problem(f"{path}.{name}", "must be given once for all entries, beside config")
        else:
            own[name] = value
    if own.get("state") == "validated":
        task.findings.problem(
            f"{path}.state",
            "validated applies to the whole task, which then writes nothing: give it beside config",
        )
    elif task.given.get("state") == "validated" and own.get("state") in (None, "present"):
        own["state"] = "validated"  # so that the entry is checked like a task that writes nothing
    kind = resource.definition
    common = {"wait": task.given.get("wait", True)} if kind.waits else {}
    checked = prepare_object(resource, options, own, common)
    task.secrets |= checked.secrets
    # Messages have the entry's name too, because merging several lists changes the index.
    identities = [own[option] for option in kind.identity_options if isinstance(own.get(option), str)]
    task.findings.take(path, checked.findings, identities[0] if identities else None)
    checked.findings = Findings()  # collects the findings of the run
    checked.secrets = task.secrets
    return checked


def _warn_of_ignored(resource: Resource, entries: list[ConfigEntry], findings: Findings) -> None:
    """Warn once of each option that has no effect in the API."""
    for option, reason in resource.ignored_options.items():
        count = sum(option in entry.task.ignored for entry in entries)
        if count:
            where = f"config.{resource.definition.list_option}"
            findings.warn(where, f"{option} {reason} ({count} of {len(entries)} entries)")


def _refuse_duplicates(resource: Resource, entries: list[ConfigEntry], findings: Findings) -> None:
    """Add a problem for each entry whose identity or id an earlier entry has."""
    first_paths: dict[tuple[t.Any, ...], str] = {}
    for entry in entries:
        given = entry.task.given
        for options in ((*resource.named_by, *resource.narrowed_by), (resource.id_option,)):
            values = [given.get(option) for option in options]
            if not options or values[0] is None:
                continue
            first = first_paths.setdefault((options, *values), entry.path)
            if first != entry.path and resource.definition.only_id is not None:
                findings.problem(entry.path, f"an org has one {resource.title}, which {first} declares")
            elif first != entry.path:
                declared = ", ".join(repr(value) for value in values if value is not None)
                findings.problem(
                    f"{entry.path}.{options[0]}", f"{declared} is declared twice, first in {first}"
                )


def _check_options(task: OrgTask) -> None:
    given, findings = task.given, task.findings
    workers = given.get("concurrency", 1)
    if not 1 <= workers <= THREADS:
        findings.problem("concurrency", f"must be from 1 to {THREADS}, not {workers}")
    config = given.get("config")
    if given.get("state") == "rolled_back":
        for option in ("config", "prune", "undeclared"):
            if given.get(option) is not None:
                findings.problem(option, "cannot be given with state rolled_back, which reads the journal")
        if given.get("journal") is None:
            findings.problem(
                "journal", "is required with state rolled_back: the journal of the run to roll back"
            )
    elif config is None and "config" not in [problem.path for problem in findings.problems]:
        findings.problem("config", "is required: the objects that the org should contain")
    for kind in registry.KINDS:
        rule = (given.get("prune") or {}).get(kind.list_option) or {}
        path = f"prune.{kind.list_option}"
        if rule.get("max", 0) < 0:
            findings.problem(f"{path}.max", f"must be 0 or more, not {rule['max']}")
        if rule.get("enabled") and kind.prune_by is not None:
            known = {problem.path for problem in findings.problems}
            for required in (f"{path}.{kind.prune_by[0]}", f"{path}.protect"):
                if not rule.get(required.rpartition(".")[2]) and required not in known:
                    findings.problem(required, f"is required to prune {kind.list_option}")
        if rule.get("enabled") and config is not None and config.get(kind.list_option) is None:
            findings.problem(
                path,
                f"would remove every object of the kind, because config.{kind.list_option} is not given: "
                "give the list, an empty one if no object should remain",
            )
