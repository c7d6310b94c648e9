# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of a promotion, checked without a request (X.3).

Private to the collection. The org of the task is the target. The options of genesys_org_config that apply to
its writes are checked as that module checks them.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._arguments.arguments import secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, refuse_other_api
from .._arguments.other_org import connect_other, other_org_option
from .._arguments.read_cache import READ_CACHE_OPTIONS
from .._arguments.reporting import REPORTING_OPTIONS
from .._arguments.validation import validate
from .._export.selecting_task import SelectingTask, chosen_kinds
from .._findings import Findings
from .._http.connection import Connection
from .._org.task import OrgTask, org_options, prepare_org
from .._resources import registry
from .value_table import VALUE_OPTIONS, ValueTable, prepare_table

#: Options of genesys_org_config that a promotion passes on, and all that it passes on.
_ORG_OPTIONS = ("prune", "defaults", "concurrency", "on_error", "wait", "accept_unrestorable")
_PASSED_ON = (*CONNECTION_OPTIONS, *REPORTING_OPTIONS, *READ_CACHE_OPTIONS, *_ORG_OPTIONS)


@dataclasses.dataclass(kw_only=True)
class PromoteTask(SelectingTask):
    """Checked arguments of a promotion.

    C(org_options) are the raw options for the task that writes to the target. C(found) collects the problems
    of objects.
    """

    org_options: dict[str, t.Any]
    environ: t.Mapping[str, str]
    table: ValueTable
    source: Connection | None = None
    found: Findings = dataclasses.field(default_factory=Findings)

    @property
    def secret_names(self) -> tuple[str, ...]:
        """Return the names of headers that the task calls secret."""
        return tuple(self.given["secret_headers"])

    def writes(
        self, config: dict[str, list[dict[str, t.Any]]], protected: t.Mapping[str, list[str]]
    ) -> OrgTask:
        """Return the checked task that brings the target to the declared state.

        C(protected) are patterns for the names of objects that no rule removes, by list.
        """
        exclude = self.given["exclude"]
        rules = {
            name: {**rule, "protect": [*(rule.get("protect") or ()), *exclude, *protected.get(name, ())]}
            for name, rule in (self.given.get("prune") or {}).items()
            if rule is not None
        }
        pruning = {"prune": rules} if rules else {}
        return prepare_org({**self.org_options, **pruning, "config": config}, self.environ)


def promote_spec() -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of the module."""
    passed_on = {name: option for name, option in org_options().items() if name in _ORG_OPTIONS}
    return {
        **CONNECTION_OPTIONS,
        **REPORTING_OPTIONS,
        **READ_CACHE_OPTIONS,
        **passed_on,
        "source": {**other_org_option(), "required": True},
        "kinds": {"type": "list", "elements": "str"},
        "names": {"type": "list", "elements": "str", "default": ["*"]},
        "exclude": {"type": "list", "elements": "str", "default": []},
        "ids": {"type": "dict", "options": registry.ids_options(), "default": {}},
        "dependencies": {"type": "str", "choices": ["fail", "include"], "default": "fail"},
        "values": {"type": "list", "elements": "dict", "options": VALUE_OPTIONS, "default": []},
        "secrets": {"type": "dict", "default": {}, "no_log": True},
        "copy_secrets": {"type": "bool", "default": False, "no_log": False},
        "secret_headers": {"type": "list", "elements": "str", "default": [], "no_log": False},
    }


def prepare_promotion(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> PromoteTask:
    """Check raw arguments and resolve both connections. Add every problem to C(findings)."""
    findings, spec = Findings(), promote_spec()
    given = validate(spec, dict(raw), findings)
    own = {name: raw[name] for name in _PASSED_ON if name in raw}
    lists: dict[str, list[t.Any]] = {kind.list_option: [] for kind in registry.KINDS}
    checked = prepare_org({**own, "config": lists}, environ)
    for problem in checked.findings.problems:
        findings.problem(*problem)
    for warning in checked.findings.warnings:
        findings.warn(*warning)
    task = PromoteTask(
        given=given,
        findings=findings,
        entries=[],
        profile=checked.profile,
        org_options=own,
        environ=environ,
        table=prepare_table(given.get("values"), lists, findings),
        connection=checked.connection,
    )
    entries_of = ("defaults",)  # their secrets are found with the specs of the kinds
    shown = {name: value for name, value in raw.items() if name not in entries_of}
    task.secrets |= checked.secrets | secrets_given(spec, shown, urls=True)
    if isinstance(given.get("source"), dict):
        task.source = connect_other(task, "source")
    if task.source is not None:
        refuse_other_api("source", task.source, task.profile, findings)
    task.chosen = chosen_kinds(task, "promoted")
    _check_prune(task)
    return task


def _check_prune(task: PromoteTask) -> None:
    """Refuse rules for pruning that would remove what the promotion leaves alone."""
    rules = task.given.get("prune") or {}
    enabled = [name for name, rule in rules.items() if isinstance(rule, dict) and rule.get("enabled")]
    promoted = [kind.list_option for kind in task.chosen]
    for name in enabled:
        if name not in promoted:
            task.findings.problem(
                f"prune.{name}", "is of a kind that is not promoted: remove it, or add it to kinds"
            )
        elif task.given.get("names") not in (None, ["*"]):
            task.findings.problem(
                f"prune.{name}",
                "would remove every object whose name does not fit names: omit names, or promote without "
                "pruning",
            )
