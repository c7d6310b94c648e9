# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Query parameters in the forms that the clients of the platform API send."""

from __future__ import annotations

from ..call import Call
from ..errors import Detail, bad_request


def text(call: Call, name: str) -> str:
    """Return a parameter. An empty value means the same as no parameter."""
    return call.query.get(name, "")


def values(call: Call, name: str, most: int | None = None) -> list[str]:
    """Return a list: one comma-joined value, repeated parameters, or both. Raise 400 for too many."""
    found = [part for given in call.query.getlist(name) for part in given.split(",") if part]
    if most is not None and len(found) > most:
        detail = Detail(name, "invalid.value", "has too many values.")
        raise bad_request(f"{name} takes at most {most} values.", [detail])
    return found


def flag(call: Call, name: str) -> bool | None:
    """Return a boolean, or None without the parameter. Raise 400 for another text."""
    given = text(call, name).lower()
    if given not in ("", "true", "false"):
        detail = Detail(name, "invalid.value", "must be true or false.")
        raise bad_request(f"{name} must be true or false.", [detail], "invalid.value")
    return given == "true" if given else None
