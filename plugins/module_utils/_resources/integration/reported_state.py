# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reported state of an integration, which follows the intended state later (P.7).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._engine.lookup import by_id
from ..._engine.verify import read_back
from ..._errors import DeadlineExceeded, GenesysError
from ..._model.plan import Plan, RemoteObject, name_of
from ..._retry_policy import TimedOut, poll

#: The reported state at the end of the way to each intended state.
_REACHED = {"ENABLED": "ACTIVE", "DISABLED": "INACTIVE"}
_FAILED = "ERROR"


def wait_for_state(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Read the integration back, then wait up to the deadline until it reports its intended state.

    Raise GenesysError if it reports an error, DeadlineExceeded if it reports neither.
    """
    now = read_back(context, plan, written)
    if context.is_rollback:
        return now
    if now is None or not context.desired.wait or _is_settled(now):
        return _checked(now)
    object_id = now.body["id"]

    def read(within: float) -> RemoteObject | None:
        return by_id(context.client, context.resource, object_id, within=within)

    try:
        return _checked(poll(read, _is_settled, timeout=context.client.deadline))
    except TimedOut as error:
        last = error.last if error.last is not None else now
        raise DeadlineExceeded(
            f"The integration {name_of(plan)!r} was written, but still reports the state {_code(last)} after "
            f"{context.client.deadline:g} s. Run again later to see its state, raise the option deadline, or "
            "set wait to false.",
            cause=error.failure,
        ) from None


def check_state(context: Context, plan: Plan, now: RemoteObject | None) -> None:
    """Warn of an unchanged integration that reports an error."""
    if plan.action == "none" and now is not None and _code(now) == _FAILED:
        context.findings.warn("intended_state", f"is as declared, but the API reports an error{_detail(now)}")


def _code(remote: RemoteObject) -> t.Any:
    state = remote.body.get("reportedState")
    return state.get("code") if isinstance(state, dict) else None


def _is_settled(remote: RemoteObject | None) -> bool:
    """Return whether the state will not change by itself. An API without reported states has no wait."""
    if remote is None or _code(remote) in (None, _FAILED):
        return remote is not None
    return bool(_code(remote) == _REACHED.get(str(remote.body.get("intendedState")), _code(remote)))


def _checked(remote: RemoteObject | None) -> RemoteObject | None:
    if remote is not None and _code(remote) == _FAILED:
        raise GenesysError(
            f"The integration {remote.body.get('name')!r} was written, but reports an error"
            f"{_detail(remote)}. Correct its configuration or its credentials, and run again."
        )
    return remote


def _detail(remote: RemoteObject) -> str:
    detail = remote.body["reportedState"].get("detail")
    text = detail.get("message") if isinstance(detail, dict) else None
    return f": {text}".rstrip(".") if isinstance(text, str) and text else ""
