# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measured runs of ansible-playbook, with settings that do not depend on the caller."""

from __future__ import annotations

import json
import pathlib
import sys
import typing as t

from integration.playbook import COLLECTIONS

from .processes import HERE, Cost, run

Task = dict[str, t.Any]
#: The variable that lets action plugins do the work themselves (1) or run the modules (0).
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
    """Run a play and return its cost. C(variables) are read from a file; C(keywords) belong to the play.

    Raise Failed when a task fails.
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
    """Return a task that requests a token with C(ansible.builtin.uri) into C(token.json.access_token)."""
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
    """Return a task for one request with C(ansible.builtin.uri) and the token of C(token_task)."""
    headers = {"Authorization": "Bearer {{ token.json.access_token }}", **more.pop("headers", {})}
    return {
        "name": name,
        "ansible.builtin.uri": {"url": url, "method": method, "headers": headers, **more},
    }


def looped(task: Task, loop: str, **more: t.Any) -> Task:
    """Return the task with a loop that prints only the number of each item."""
    label = {"label": "{{ ansible_loop.index }}", "extended": True, "extended_allitems": False}
    return {**task, "loop": loop, "loop_control": label, **more}


def data_action_task(name: str, entry: str) -> Task:
    """Return a task of genesys_data_action with the options in the variable C(entry)."""
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
        "ANSIBLE_PIPELINING": "1",  # the faster setting for modules, such as uri
        "ANSIBLE_LOCALHOST_WARNING": "0",
    }


def _write_json(path: pathlib.Path, content: t.Any) -> str:
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    return str(path)
