# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resource kinds with a fault: one of their hooks raises an exception that the collection does not expect."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._engine.verify import read_back
from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry

#: Raised by hooks. Its text is that of a secret which the tasks of the tests have.
SECRET = "n3ver-sh0wn-s3cr3t"


def recurse(depth: int = 0) -> int:
    """Raise RecursionError."""
    return recurse(depth + 1) + 1


def raiser(kind_of_error: str) -> t.Callable[[], t.NoReturn]:
    """Return a function that raises an exception, most of them with a secret in the text."""

    def fail() -> t.NoReturn:
        if kind_of_error == "RecursionError":
            recurse()
        raise {"TypeError": TypeError, "KeyError": KeyError, "OSError": OSError}[kind_of_error](SECRET)

    return fail


#: The engine's steps in the place of hooks that a kind lacks.
_DEFAULTS: dict[str, t.Callable[..., t.Any]] = {
    "after_write": read_back,
    "after_all_writes": lambda _writes: [],
}


class Faults:
    """Faults of kinds of the reference API, which end with the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def hook(self, kind_name: str, hook: str, name: str, error: str = "TypeError") -> None:
        """Let a hook of the kind raise the error for the object with this name, and else work as before.

        The hooks C(encode) and C(decode) are those of the endpoint.
        """
        (kind,) = (kind for kind in registry.KINDS if kind.name == kind_name)
        resource, fail = kind.profiles["reference"], raiser(error)
        owner = resource.endpoint if hook in ("encode", "decode") else resource
        before = getattr(owner, hook) or _DEFAULTS.get(hook, lambda *arguments: None)

        def faulty(*arguments: t.Any) -> t.Any:
            if _name_in(arguments) == name:
                fail()
            return before(*arguments)

        changed = dataclasses.replace(owner, **{hook: faulty})
        if owner is not resource:
            changed = dataclasses.replace(resource, endpoint=changed)
        object.__setattr__(changed, "definition", kind)
        self._monkeypatch.setitem(kind.profiles, "reference", changed)


def _name_in(arguments: tuple[t.Any, ...]) -> str | None:
    """Return the name of the object in the arguments of a hook: of a plan, of pairs with plans, or a body."""
    for argument in arguments:
        pairs = argument if isinstance(argument, list) else []
        for plan in [argument, *(pair[1] for pair in pairs)]:
            body = plan if isinstance(plan, dict) else getattr(plan, "after", None)
            if body and body.get("name"):
                return str(body["name"])
    return None


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch)
