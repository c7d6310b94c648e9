# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule by which a new object replaces another one, for changes that the API refuses (P.13).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .json_objects import Body


@dataclasses.dataclass(frozen=True, eq=False, kw_only=True)
class Replacement:
    """The rule of a kind.

    C(frozen) are the wire paths of these changes, with everything below them. The new object has a name with
    C(interim_suffix) until it works. The old one then gets a name with C(retired_suffix) of its own id, and
    the new one the old name. C(longest_name) is the limit of the API. C(keeps) returns the reason for which a
    replaced object has to stay, "" if it can be removed. It makes reads only, and gets the client, the cache
    of the run and the object as a list has it. Without C(retired_suffix), no object refers to the old one,
    which is removed instead of renamed.
    """

    frozen: tuple[str, ...]
    interim_suffix: str
    longest_name: int
    retired_suffix: t.Callable[[str], str] | None = None
    keeps: t.Callable[[t.Any, t.Any, Body], str] = lambda client, run_cache, body: ""

    def freezes(self, wire: str) -> bool:
        """Return whether the API refuses to change the field with a wire path."""
        return any(f"{wire}.".startswith(f"{path}.") for path in self.frozen)

    def interim_name(self, name: str) -> str:
        """Return the name of the new object until it works."""
        return self._with_suffix(name, self.interim_suffix)

    def retired_name(self, name: str, object_id: str) -> str | None:
        """Return the name of the old object after its replacement, None if it is removed."""
        return (
            None if self.retired_suffix is None else self._with_suffix(name, self.retired_suffix(object_id))
        )

    def is_retired(self, body: Body) -> bool:
        """Return whether an object was replaced: its name then ends with its own id."""
        suffix = None if self.retired_suffix is None else self.retired_suffix(str(body["id"]))
        return suffix is not None and str(body.get("name")).endswith(suffix)

    def retires(self, name: str, body: Body) -> bool:
        """Return whether an object was replaced by the one that has a name now."""
        return self.is_retired(body) and body.get("name") == self.retired_name(name, str(body["id"]))

    def _with_suffix(self, name: str, suffix: str) -> str:
        return f"{name[: self.longest_name - len(suffix)]}{suffix}"


def removes_object(rule: Replacement | None, plan: t.Any) -> bool:
    """Return whether a plan removes an object, also one that a new object replaces."""
    return plan.action == "delete" or (
        plan.action == "update"
        and rule is not None
        and rule.retired_suffix is None
        and any(rule.freezes(field.wire) for field in plan.changed)
    )
