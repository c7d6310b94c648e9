# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs over one org of either API at the same time, and the rollback of one of them.

Each run has its own token, so the log names the author of each write. The rollback of a run must not change
an object that this run never wrote. It must not remove an object that the other run created or changed
later.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import random
import typing as t

from simulator.process import running
from unit.org.conftest import (
    ACTIONS,
    PURPOSES,
    WEBHOOKS,
    action,
    flow,
    index,
    purpose,
    stored_action,
    stored_flow,
    stored_purpose,
    stored_schema,
    stored_webhook,
    webhook,
)
from unit.platform_kinds import INTEGRATIONS, TYPE, integration, stored_integration

from .clients import LANES, Outcome, at_once, call
from .orgs import Org, new_org
from .rows import Bench

OBJECTS = 8
_COLLECTIONS = {
    ACTIONS: "data_actions",
    PURPOSES: "privacy_purposes",
    WEBHOOKS: "webhooks",
    INTEGRATIONS: "integrations",
}
_SERVER_OWNED = (
    "id",
    "integrationType",
    "etag",
    "version",
    "dateCreated",
    "dateModified",
    "createdDate",
    "modifiedDate",
)
Config = dict[str, list[dict[str, t.Any]]]
_APIS = ("reference", "reference", "platform", "platform")
_MAKERS: dict[str, dict[str, tuple[t.Any, t.Any, tuple[dict[str, t.Any], ...]]]] = {
    "reference": {
        "data_actions": (stored_action, action, ({"description": "one"}, {"description": "two"})),
        "privacy_purposes": (stored_purpose, purpose, ({"retention": "30d"}, {"retention": "60d"})),
        "webhooks": (stored_webhook, webhook, ({"enabled": True}, {"events": ["flow.created"]})),
    },
    "platform": {
        "integrations": (
            stored_integration,
            integration,
            ({"notes": "one"}, {"properties": {"two": 2}}, {"intended_state": "ENABLED"}),
        ),
    },
}
#: Options that the removal of an object needs beside its name.
_IDENTITY = {"integrations": {"type": TYPE}}


def api_of(case: int) -> str:
    """Return the API of a case: two of one API follow each other, since every second one has equal runs."""
    return _APIS[case % len(_APIS)]


def seed(chance: random.Random, org: Org) -> None:
    for kind, (stored, _declared, _changes) in _MAKERS[org.api].items():
        org.seed([stored(f"O{number}") for number in range(OBJECTS) if chance.random() < 0.5], kind)
    if org.api == "reference":
        org.seed([stored_flow(f"Flow {number}") for number in range(3)], "flows")
        org.seed([stored_schema(f"object-{number}") for number in range(3)], "customobjects")


def declaration(chance: random.Random, api: str) -> Config:
    config: Config = {}
    for kind, (_stored, declared, changes) in _MAKERS[api].items():
        names = [f"O{number}" for number in range(OBJECTS) if chance.random() < 0.8]
        config[kind] = [
            {"name": name, "state": "absent", **_IDENTITY.get(kind, {})}
            if chance.random() < 0.15
            else declared(name, **chance.choice([{}, *changes]))
            for name in names
        ]
    if api != "reference":
        return config
    config["flow_settings"] = [flow(f"Flow {number}", chance.choice([60, 90, 120])) for number in range(3)]
    config["customobject_indexes"] = [index(f"object-{number}", wait_timeout=5) for number in range(3)]
    return config


def options(chance: random.Random, case: int) -> tuple[Config, Config]:
    """Return the declarations of the two runs: the same one in every second case."""
    first = declaration(chance, api_of(case))
    return first, first if case % 2 else declaration(chance, api_of(case))


@dataclasses.dataclass(frozen=True)
class Writes:
    """The accepted writes to one object in order: (author, method, body).

    If C(unclear), the object is one of several with its name, and its creator is not known.
    """

    writes: tuple[tuple[int, str, t.Any], ...] = ()
    unclear: bool = False

    def by(self, author: int) -> list[str]:
        return [method for one, method, _body in self.writes if one == author]

    def changed_after(self, author: int, stored: dict[str, t.Any]) -> bool:
        """Return whether an object is not as the writes of its author left it.

        An integration has its configuration in a part of its own, which is the body of one of its requests.
        """
        stored = {**stored, **stored.get("config", {}).get("current", {})}
        sent: dict[str, t.Any] = {}
        for one, _method, body in self.writes:
            sent |= body if one == author and isinstance(body, dict) else {}
        known = {key: value for key, value in sent.items() if key in stored}
        return any(stored[key] != value for key, value in known.items() if key not in _SERVER_OWNED)

    def __str__(self) -> str:
        return ", ".join(f"{method} by run {author}" for author, method, _body in self.writes) or "no write"


def writes_by_object(org: Org, before: dict[str, t.Any]) -> dict[str, Writes]:
    """Return the accepted writes to the objects C(before), by id.

    The log does not have the ids of created objects. They are found by path and name, and the first object
    of a name belongs to the first creation. A name with a created and removed object is left out.
    """
    found: dict[str, list[tuple[int, str, t.Any]]] = {}
    created: dict[tuple[str, str], list[tuple[int, str, t.Any]]] = {}
    unclear: set[str] = set()
    for entry in org.accepted_writes():
        write = (entry["author"], entry["method"], entry["body"])
        if entry["method"] != "POST":
            *others, last = entry["path"].split("/")
            identifier = next((part for part in others if part in before), last)
            found.setdefault(identifier, []).append(write)
        elif isinstance(entry["body"], dict) and "name" in entry["body"]:
            created.setdefault((entry["path"], entry["body"]["name"]), []).append(write)
    for (path, name), posts in created.items():
        kind = _COLLECTIONS[path]
        same = [one for one, stored in before.items() if stored["kind"] == kind and stored["name"] == name]
        fresh = [one for one in same if not before[one].get("seeded")]
        if len(fresh) == len(posts):
            for identifier, post in zip(fresh, posts, strict=True):
                found.setdefault(identifier, []).insert(0, post)
        else:
            for identifier in fresh:
                found[identifier] = [*posts, *found.get(identifier, [])]
                unclear.add(identifier)
    return {identifier: Writes(tuple(writes), identifier in unclear) for identifier, writes in found.items()}


def touched(
    before: dict[str, t.Any], after: dict[str, t.Any], writes: dict[str, Writes], run: int
) -> t.Iterator[str]:
    """Yield what the rollback of a run did to objects that are not its own to change."""
    for identifier, stored in before.items():
        made = writes.get(identifier, Writes())
        stored = {key: value for key, value in stored.items() if key != "seeded"}
        label = f"{stored['kind']} {stored['name']!r} {identifier} ({made})"
        if made.unclear:
            continue
        if not made.by(run) and after.get(identifier) != stored:
            yield f"{label} was {'changed' if identifier in after else 'removed'}: the run never wrote it"
        elif identifier not in after and "POST" not in made.by(run):
            yield f"{label} was removed: the run did not create it"
        elif identifier not in after and made.changed_after(run, stored):
            yield f"{label} was removed: the other run changed it later"


def attack(org: Org, folder: pathlib.Path, chance: random.Random, case: int) -> t.Iterator[str]:
    seed(chance, org)
    seeded = org.everything()
    configs = options(chance, case)
    journals = [str(folder / f"{case}-{number}.jsonl") for number in (0, 1)]
    more = {
        "concurrency": chance.choice([1, 4, 8]),
        "on_error": chance.choice(["stop", "continue", "rollback"]),
        "list_lag": 0.2,
        "deadline": 20,
    }
    password = chance.choice([{}, {"journal_password": "k"}])
    lanes = [chance.choice(LANES) for _run in (0, 1)]
    works = [
        functools.partial(
            call,
            "genesys_org_config",
            {
                **org.token_connection(number),
                **more,
                **password,
                "config": configs[number],
                "journal": journals[number],
            },
            lane=lanes[number],
        )
        for number in (0, 1)
    ]
    outcomes: list[Outcome] = at_once(works)
    for number, outcome in enumerate(outcomes):
        if outcome.exception or outcome.timed_out:
            yield f"run {number}: {outcome.exception or 'no end'}"
    chosen = chance.randrange(2)
    before = {
        identifier: {**stored, "seeded": True} if identifier in seeded else stored
        for identifier, stored in org.everything().items()
    }
    writes = writes_by_object(org, before)
    undo = {**org.token_connection(chosen), **password, "journal": journals[chosen], "state": "rolled_back"}
    undone = call("genesys_org_config", {**undo, "deadline": 20, "list_lag": 0.2}, lane=lanes[chosen])
    if undone.exception or undone.timed_out:
        yield f"rollback: {undone.exception or 'no end'}"
    faults = list(touched(before, org.everything(), writes, chosen))
    if faults:
        yield "\n".join([f"rollback of run {chosen}, {more['on_error']}:", *faults])


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    with running() as simulator:
        for case in cases:
            bench.begin(case)
            org = new_org(simulator, 2, api_of(case))
            for text in attack(org, bench.folder, bench.chance("orgs", case), case):
                yield case, text
