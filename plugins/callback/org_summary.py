# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The run's end, per org: what was created, updated, deleted, left alone, failed or never reached (C.4)."""

from __future__ import annotations

DOCUMENTATION = r"""
name: org_summary
type: aggregate
short_description: Shows the changes of each org at the end of a run
version_added: 1.0.0
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
description:
  - Shows a table with a line for each org, which is a host of the inventory, and a last line with the sums.
  - The table has the numbers of objects that the modules of this collection created, updated, deleted and
    left unchanged, the number of failures, whether the org was not reached, the duration of its tasks
    (seconds), and the numbers of requests and retries. In check mode it counts planned changes.
  - An org is not reached if the run ended before its turn, for example because a canary failed. It has a line
    too, unless C(--limit) excludes it.
  - For a task for a whole org, every object counts, except objects that were skipped because another object
    failed. If objects were rolled back, the table has a column for them. They are not counted in any other
    column.
  - Every other task that fails or finds its host unreachable counts as failed. Tasks of other collections
    count only if the failure is not ignored.
  - A result that C(no_log) hides counts as updated or unchanged, without requests.
  - Shows nothing for a run that does not use this collection.
requirements:
  - Enabled with the line C(callbacks_enabled = genesys.cloud.org_summary) in the section C([defaults]) of
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

from ansible_collections.genesys.cloud.plugins.plugin_utils._org_lines import Line, render

_PREFIX = "genesys.cloud."
_MODULES = f"{_PREFIX}genesys_"  # of resources; drift_report and drift_verdict send nothing to an org


class CallbackModule(CallbackBase):
    """Counts while the run goes on, shows at its end."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "genesys.cloud.org_summary"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._playbooks: list[t.Any] = []
        self._managers: tuple[t.Any, t.Any] | None = None
        self._lines: dict[str, Line] = {}  # of every host that had a result
        self._orgs: set[str] = set()  # hosts that had a result of this collection
        self._begun: set[str] = set()  # hosts of the batches that were begun
        self._started: dict[tuple[str, str], float] = {}

    def v2_playbook_on_start(self, playbook: t.Any) -> None:
        self._playbooks.append(playbook)

    def v2_playbook_on_play_start(self, play: t.Any) -> None:
        variables = play.get_variable_manager()
        self._managers = (variables, variables._inventory)
        # During a play the inventory is restricted to the batch that begins.
        self._begun |= {host.name for host in variables._inventory.get_hosts(play.hosts)}

    def v2_runner_on_start(self, host: t.Any, task: t.Any) -> None:
        self._started[host.name, task._uuid] = time.monotonic()

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._count(result)

    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._count(result, skipped=True)

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._count(result, failed=True, ignored=ignore_errors)

    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        self._count(result, failed=True)

    def v2_runner_item_on_ok(self, result: t.Any) -> None:
        self._count_item(result)

    def v2_runner_item_on_failed(self, result: t.Any) -> None:
        self._count_item(result, failed=True)

    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        plays = [play for playbook in self._playbooks for play in playbook.get_plays()]
        uses = {id(play): _uses_collection(play) for play in plays}
        if not self._orgs and "yes" not in uses.values():
            return
        lines = {name: self._lines[name] for name in self._orgs}
        for play in plays:
            if uses[id(play)] != "no":
                for name in self._hosts(play):
                    unseen = Line(not_reached=0 if name in self._begun else 1)
                    lines.setdefault(name, self._lines.get(name, unseen))
        lines |= {name: line for name, line in self._lines.items() if line.failed}
        self._show(lines)

    def _count(
        self, result: t.Any, *, failed: bool = False, ignored: bool = False, skipped: bool = False
    ) -> None:
        name, action = result.host.name, _action(result.task)
        line = self._lines.setdefault(name, Line())
        started = self._started.pop((name, result.task._uuid), None)
        if started is not None:
            line.seconds += time.monotonic() - started
        if action.startswith(_MODULES):
            self._orgs.add(name)
            if not skipped:
                line.add_result(result.result, failed=failed, info=action.endswith("_info"))
        elif failed and not ignored:
            line.failed += 1

    def _count_item(self, result: t.Any, *, failed: bool = False) -> None:
        """The loop's own result comes after its items and does not always say which failed."""
        name, action = result.host.name, _action(result.task)
        if action.startswith(_MODULES):
            self._orgs.add(name)
            line = self._lines.setdefault(name, Line())
            line.add_result(result.result, failed=failed, info=action.endswith("_info"))

    def _hosts(self, play: t.Any) -> list[str]:
        """The hosts that a play is for, all its batches together."""
        if self._managers is None:
            return []
        variables, inventory = self._managers
        try:
            pattern = Templar(play.get_loader(), variables=variables.get_vars(play=play)).template(play.hosts)
        except Exception:  # the pattern needs what a play that never began would have set
            return []
        return [host.name for host in inventory.get_hosts(pattern, ignore_restrictions=True)]

    def _show(self, lines: dict[str, Line]) -> None:
        self._display.banner("ORG SUMMARY")
        for text, line in render(lines):
            color = None
            if line is not None and (line.failed or line.not_reached):
                color = constants.COLOR_ERROR if line.failed else constants.COLOR_UNREACHABLE
            elif line is not None:
                color = constants.COLOR_CHANGED if line.changed else constants.COLOR_OK
            self._display.display(text, color=color)
        self._display.display("")


def _action(task: t.Any) -> str:
    return str(getattr(task, "resolved_action", None) or task.action)


def _uses_collection(play: t.Any) -> t.Literal["yes", "maybe", "no"]:
    """Whether a play has tasks or roles of this collection; what it includes is known only when it runs."""
    found = {_kind_of_role(role) for role in play.get_roles()}
    pending = [*play.pre_tasks, *play.tasks, *play.post_tasks]
    while pending:
        entry = pending.pop()
        if isinstance(entry, Block):
            pending += [*entry.block, *entry.rescue, *entry.always]
        elif _action(entry).startswith(_PREFIX):
            found.add("yes")
        elif entry.action in constants._ACTION_INCLUDE_ROLE:
            found.add("yes" if str(entry.args.get("name")).startswith(_PREFIX) else "maybe")
        elif entry.action in constants._ACTION_INCLUDE_TASKS:
            found.add("maybe")
    return "yes" if "yes" in found else "maybe" if "maybe" in found else "no"


def _kind_of_role(role: t.Any) -> t.Literal["yes", "maybe"]:
    return "yes" if role.get_name(include_role_fqcn=True).startswith(_PREFIX) else "maybe"
