# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callback plugin org_summary: a table of what a run did to each org, at the end of the run (C.4)."""

from __future__ import annotations

DOCUMENTATION = r"""
name: org_summary
type: aggregate
short_description: Show at the end of a run what it did to each org
version_added: 1.0.0
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
description:
  - Shows a table with a row for each org and a last row with the sums. An org is a host of the inventory.
  - The columns are the objects that the modules of this collection created, updated, deleted or left
    unchanged, the failures, whether the org was not reached, the seconds that its tasks took, and the
    requests and retries that they sent. In check mode, the table counts the changes that are planned.
  - An org is not reached if the run ends before its turn, for example because a canary failed. The table has
    a row for it unless C(--limit) excludes it.
  - A task for a whole org counts each of its objects. Objects that were skipped after another one failed are
    not counted.
  - If objects were rolled back, the table has a column for them. They are counted in no other column.
  - Any other task that fails or finds its host unreachable counts as failed. For tasks of other collections,
    ignored failures are not counted.
  - A result that C(no_log) hides counts as updated or unchanged, without its requests and retries.
  - Shows no table if the run does not use this collection.
requirements:
  - Enable the callback with C(callbacks_enabled = genesys.cloud.org_summary) in section C([defaults]) of
    C(ansible.cfg), or with E(ANSIBLE_CALLBACKS_ENABLED).
"""

EXAMPLES = r"""
ansible.cfg: |
  [defaults]
  callbacks_enabled = genesys.cloud.org_summary

output: |
  ORG SUMMARY
  org     created  updated  deleted  unchanged  failed  not reached  seconds  requests  retries
  ---------------------------------------------------------------------------------------------
  dev           0        1        0         11       0            -      8.4        27        0
  stage         0        0        0          0       1            -      1.2         3        2
  prod          -        -        -          -       -          yes        -         -        -
  ---------------------------------------------------------------------------------------------
  3 orgs        0        1        0         11       1            1      9.6        30        2
"""

import time
import typing as t

from ansible import constants
from ansible.playbook.block import Block
from ansible.plugins.callback import CallbackBase
from ansible.template import Templar

from ansible_collections.genesys.cloud.plugins.plugin_utils._run_summary import OrgSummary, render_table

if t.TYPE_CHECKING:
    from ansible.executor.stats import AggregateStats
    from ansible.executor.task_result import CallbackTaskResult
    from ansible.inventory.host import Host
    from ansible.inventory.manager import InventoryManager
    from ansible.playbook import Playbook
    from ansible.playbook.play import Play
    from ansible.playbook.role import Role
    from ansible.playbook.task import Task
    from ansible.vars.manager import VariableManager

_COLLECTION_PREFIX = "genesys.cloud."
# drift_report and drift_verdict are not counted: they send nothing to an org.
_MODULE_PREFIX = f"{_COLLECTION_PREFIX}genesys_"


class CallbackModule(CallbackBase):
    """Counter of task results that displays the summary at the end of the run."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "genesys.cloud.org_summary"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._playbooks: list[Playbook] = []
        self._variables_and_inventory: tuple[VariableManager, InventoryManager] | None = None
        self._summaries: dict[str, OrgSummary] = {}  # by host, for every host with a result
        self._orgs: set[str] = set()  # hosts with a result of this collection
        self._started_hosts: set[str] = set()  # hosts of all batches that started
        self._start_times: dict[tuple[str, str], float] = {}

    def v2_playbook_on_start(self, playbook: Playbook) -> None:
        self._playbooks.append(playbook)

    def v2_playbook_on_play_start(self, play: Play) -> None:
        variables = play.get_variable_manager()
        self._variables_and_inventory = (variables, variables._inventory)
        # Ansible restricts the inventory to the batch that starts, so this adds only the batch's hosts.
        self._started_hosts |= {host.name for host in variables._inventory.get_hosts(play.hosts)}

    def v2_runner_on_start(self, host: Host, task: Task) -> None:
        self._start_times[host.name, task._uuid] = time.monotonic()

    def v2_runner_on_ok(self, result: CallbackTaskResult) -> None:
        self._count(result)

    def v2_runner_on_skipped(self, result: CallbackTaskResult) -> None:
        self._count(result, skipped=True)

    def v2_runner_on_failed(self, result: CallbackTaskResult, ignore_errors: bool = False) -> None:
        self._count(result, failed=True, ignored=ignore_errors)

    def v2_runner_on_unreachable(self, result: CallbackTaskResult) -> None:
        self._count(result, failed=True)

    def v2_runner_item_on_ok(self, result: CallbackTaskResult) -> None:
        self._count_item(result)

    def v2_runner_item_on_failed(self, result: CallbackTaskResult) -> None:
        self._count_item(result, failed=True)

    def v2_playbook_on_stats(self, stats: AggregateStats) -> None:
        plays = [play for playbook in self._playbooks for play in playbook.get_plays()]
        uses = {id(play): _uses_collection(play) for play in plays}
        if not self._orgs and "yes" not in uses.values():
            return
        summaries = {name: self._summaries[name] for name in self._orgs}
        for play in plays:
            if uses[id(play)] != "no":
                for name in self._hosts_of_play(play):
                    unseen = OrgSummary(not_reached=0 if name in self._started_hosts else 1)
                    summaries.setdefault(name, self._summaries.get(name, unseen))
        summaries |= {name: summary for name, summary in self._summaries.items() if summary.failed}
        self._show(summaries)

    def _count(
        self,
        result: CallbackTaskResult,
        *,
        failed: bool = False,
        ignored: bool = False,
        skipped: bool = False,
    ) -> None:
        """Count the result of a task and the time that it took."""
        name, action = result.host.name, _action_name(result.task)
        summary = self._summaries.setdefault(name, OrgSummary())
        started = self._start_times.pop((name, result.task._uuid), None)
        if started is not None:
            summary.seconds += time.monotonic() - started
        if action.startswith(_MODULE_PREFIX):
            self._orgs.add(name)
            if not skipped:
                summary.add_result(result.result, failed=failed, info=action.endswith("_info"))
        elif failed and not ignored:
            summary.failed += 1

    def _count_item(self, result: CallbackTaskResult, *, failed: bool = False) -> None:
        """Count one item of a loop. The result of the loop may not have the failed items."""
        name, action = result.host.name, _action_name(result.task)
        if action.startswith(_MODULE_PREFIX):
            self._orgs.add(name)
            summary = self._summaries.setdefault(name, OrgSummary())
            summary.add_result(result.result, failed=failed, info=action.endswith("_info"))

    def _hosts_of_play(self, play: Play) -> list[str]:
        """Return the hosts of a play, those of all its batches."""
        if self._variables_and_inventory is None:
            return []
        variables, inventory = self._variables_and_inventory
        try:
            pattern = Templar(play.get_loader(), variables=variables.get_vars(play=play)).template(play.hosts)
        except Exception:  # the pattern may use variables of a play that did not start
            return []
        return [host.name for host in inventory.get_hosts(pattern, ignore_restrictions=True)]

    def _show(self, summaries: dict[str, OrgSummary]) -> None:
        """Display the table, each row in the color of its worst figure."""
        self._display.banner("ORG SUMMARY")
        for text, summary in render_table(summaries):
            color = None
            if summary is not None and (summary.failed or summary.not_reached):
                color = constants.COLOR_ERROR if summary.failed else constants.COLOR_UNREACHABLE
            elif summary is not None:
                color = constants.COLOR_CHANGED if summary.changed else constants.COLOR_OK
            self._display.display(text, color=color)
        self._display.display("")


def _action_name(task: Task) -> str:
    """Return the full name of a task's action if Ansible resolved it, else the name in the playbook."""
    return str(getattr(task, "resolved_action", None) or task.action)


def _uses_collection(play: Play) -> t.Literal["yes", "maybe", "no"]:
    """Return whether a play uses this collection; C(maybe) if includes at run time decide that."""
    found = {_role_uses_collection(role) for role in play.get_roles()}
    pending = [*play.pre_tasks, *play.tasks, *play.post_tasks]
    while pending:
        entry = pending.pop()
        if isinstance(entry, Block):
            pending += [*entry.block, *entry.rescue, *entry.always]
        elif _action_name(entry).startswith(_COLLECTION_PREFIX):
            found.add("yes")
        elif entry.action in constants._ACTION_INCLUDE_ROLE:
            found.add("yes" if str(entry.args.get("name")).startswith(_COLLECTION_PREFIX) else "maybe")
        elif entry.action in constants._ACTION_INCLUDE_TASKS:
            found.add("maybe")
    return "yes" if "yes" in found else "maybe" if "maybe" in found else "no"


def _role_uses_collection(role: Role) -> t.Literal["yes", "maybe"]:
    return "yes" if role.get_name(include_role_fqcn=True).startswith(_COLLECTION_PREFIX) else "maybe"
