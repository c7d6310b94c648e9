# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed variables of the role org_config: each host fails with a message or passes, without a traceback.

A case is a play over several hosts. Even cases take the fast lane, odd cases the module lane.
"""

from __future__ import annotations

import copy
import json
import random
import typing as t

import yaml

from integration.playbook import ROOT, make_play
from simulator.process import running
from unit.org.conftest import every_kind

from .clients import found_exception
from .malformed import MISSING, WRONG, Path, replace, tasks
from .orgs import Org, new_org
from .playbooks import captured, exceptions
from .rows import Bench

HOSTS = 5
_SPECS = ROOT / "roles" / "org_config" / "meta" / "argument_specs.yml"
#: A template of an unknown variable, and values that YAML makes of slips.
TEMPLATES = (
    "{{ nobody }}",
    "{{ 1 / 0 }}",
    "{{ [1] | first | nofilter }}",
    "{{",
    "a {{ nobody }} b",
    "{% if %}",
)

#: A run ends after a play in which all hosts have failed, so each failure is rescued.
ROLE = {
    "name": "Apply",
    "block": [{"name": "Role", "ansible.builtin.include_role": {"name": "genesys.cloud.org_config"}}],
    "rescue": [{"name": "Go on", "ansible.builtin.debug": {"msg": "rescued"}}],
}


def options() -> list[str]:
    """Return the names of the role's variables."""
    specs = yaml.safe_load(_SPECS.read_text("utf-8"))["argument_specs"]
    return sorted(specs["main"]["options"])


def is_yaml(value: t.Any) -> bool:
    """Return whether an inventory can have the value: no lone surrogates, no control characters."""
    text = json.dumps(value, ensure_ascii=False) if value is not MISSING else ""
    return not any(0xD800 <= ord(letter) < 0xE000 for letter in text) and len(text) < 5000


VALUES = tuple(value for value in (*WRONG, *TEMPLATES) if is_yaml(value))


def variables(org: Org, chance: random.Random) -> tuple[dict[str, t.Any], str]:
    """Return the variables of a host with one to three wrong values, and their description."""
    given = {f"org_config_{name}": value for name, value in org.connection.items()}
    given |= {f"org_config_{kind}": entries for kind, entries in every_kind(1).items()}
    given |= {
        "org_config_deadline": 5,
        "org_config_retries": 0,
        "org_config_timeout": 2,
        "org_config_list_lag": 0,
    }
    shown = []
    for _turn in range(chance.randrange(1, 4)):
        wrong = chance.choice(VALUES)
        if chance.random() < 0.5:
            path: Path = (chance.choice(options()),)
        else:
            entries = [path for path in _org_options() if path[0] == "config" and len(path) > 1]
            chosen = chance.choice(entries)
            path = (f"org_config_{chosen[1]}{chance.choice(['', '_group', '_host'])}", *chosen[2:])
        replace(given, path, wrong if wrong is MISSING else copy.deepcopy(wrong))
        shown.append(f"{'.'.join(map(str, path))}={wrong!r:.80}")
    return given, ", ".join(shown)


def _org_options() -> tuple[Path, ...]:
    return tasks()[-1].options


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    with running() as simulator:
        bench.begin(cases[0])
        hosts: dict[str, dict[str, t.Any]] = {}
        plays, shown = [], {}
        for case in cases:
            names = [f"case-{case}-{number}" for number in range(HOSTS)]
            for name in names:
                given, shown[name] = variables(new_org(simulator), bench.chance("role", hash_of(name)))
                hosts[name] = {**given, "genesys_fast_lane": case % 2 == 0}
            plays.append(make_play([ROLE], hosts=":".join(names)))
        done = captured(plays, bench.folder, hosts)
        for host, text in exceptions(done.run, found_exception):
            yield case_of(host), f"{shown.get(host)}\n{text}"
        if "Traceback (most recent call last)" in done.run.output:
            place = done.run.output.index("Traceback (most recent call last)")
            yield cases[0], done.run.output[max(0, place - 500) : place + 1500]
        with_result = {task.host for task in done.run.tasks}
        for host in hosts.keys() - with_result:
            yield case_of(host), f"{shown[host]}: no result\n{done.run.output[-1500:]}"


def hash_of(host: str) -> int:
    """Return the number of a host for its random numbers."""
    _word, case, number = host.split("-")
    return int(case) * HOSTS + int(number)


def case_of(host: str) -> int:
    return int(host.split("-")[1])
