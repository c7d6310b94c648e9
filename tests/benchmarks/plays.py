# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measured runs of ansible-playbook, each a process with settings of its own."""

from __future__ import annotations

import json
import pathlib
import sys
import typing as t

from integration.playbook import COLLECTIONS

from .processes import HERE, Cost, run

Task = dict[str, t.Any]
#: Whether the modules' action plugins do the work themselves (1) or leave it to the modules (0).
LANE = "GENESYS_FAST_LANE"
MODULE_LANE = {LANE: "0"}


def play(
    tasks: t.Sequence[Task],
    folder: pathlib.Path,
    *,
    variables: t.Mapping[str, t.Any] | None = None,
    hosts: t.Mapping[str, t.Mapping[str, t.Any]] | None = None,
    forks: int = 5,
    env: t.Mapping[str, str] | None = None,
    **keywords: t.Any,
) -> Cost:
    """The cost of one play of these tasks; C(variables) come from a file, C(keywords) are the play's.

    Raises Failed when a task fails.
    """
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    inventory = {"all": {"vars": local, "hosts": dict(hosts or {"org": {}})}}
    content = {"name": "Measure", "hosts": "all", "gather_facts": False, "tasks": list(tasks), **keywords}
    if variables is not None:
        content["vars_files"] = [_write_json(folder / "variables.json", variables)]
    command = [sys.executable, "-m", "ansible", "playbook", _write_json(folder / "playbook.json", [content])]
    command += ["--inventory", _write_json(folder / "inventory.json", inventory), "--forks", str(forks)]
    return run(command, folder, {**_settings(folder), **(env or {})})


def token_task(base_url: str, client_id: str, client_secret: str) -> Task:
    """Asks for a token by C(ansible.builtin.uri); it is in C(token.json.access_token) then."""
    return {
        "name": "Ask for a token",
        "ansible.builtin.uri": {
            "url": f"{base_url}/oauth/token",
            "method": "POST",
            "url_username": client_id,
            "url_password": client_secret,
            "force_basic_auth": True,
            "body_format": "form-urlencoded",
            "body": {"grant_type": "client_credentials"},
        },
        "register": "token",
    }


def uri_task(name: str, method: str, url: str, **more: t.Any) -> Task:
    """One request by C(ansible.builtin.uri) with the token of C(token_task); C(more) are its options."""
    headers = {"Authorization": "Bearer {{ token.json.access_token }}", **more.pop("headers", {})}
    return {
        "name": name,
        "ansible.builtin.uri": {"url": url, "method": method, "headers": headers, **more},
    }


def looped(task: Task, loop: str, **more: t.Any) -> Task:
    """The task once for each item; of an item only its number is printed."""
    label = {"label": "{{ ansible_loop.index }}", "extended": True, "extended_allitems": False}
    return {**task, "loop": loop, "loop_control": label, **more}


def data_action_task(name: str, entry: str) -> Task:
    """The single module for what the variable C(entry) holds."""
    options = {
        option: f"{{{{ {entry}.{option} | default(omit) }}}}"
        for option in ("name", "state", "description", "rest", "conditions")
    }
    return {"name": name, "genesys.cloud.genesys_data_action": options}


def debug_task(name: str = "Say it") -> Task:
    return {"name": name, "ansible.builtin.debug": {"msg": "ok"}}


def _settings(folder: pathlib.Path) -> dict[str, str]:
    configuration = folder / "ansible.cfg"
    configuration.write_text("[defaults]\n")
    return {
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_REMOTE_TMP": str(folder / "remote"),
        "ANSIBLE_ACTION_PLUGINS": str(HERE / "action_plugins"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PIPELINING": "1",  # the faster way for what runs as a module, uri included
        "ANSIBLE_LOCALHOST_WARNING": "0",
    }


def _write_json(path: pathlib.Path, content: t.Any) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    return str(path)
