# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attempts at one write whose responses were lost, and which of them a later read of the object shows.

Private to the collection. Features S0.5, S0.6.
"""

from __future__ import annotations

import dataclasses
import datetime
import time

from .._errors import ApiError, FieldConflict, GenesysError, OutcomeUnknown, TooManyConflicts
from .._http.responses import parse_date
from .._journal.entry import Entry
from .._model.plan import Plan, RemoteObject, differing_fields, name_of
from .context import Context
from .write import PartlyWritten

#: Resolution of the server's date in a response [s].
_DATE_RESOLUTION = datetime.timedelta(seconds=1)


@dataclasses.dataclass(eq=False)
class Attempt:
    """One attempt that may have taken effect. C(current) is the object before it, C(sent_at) is monotonic.

    C(in_part) says that its first requests took effect and a later one did not.
    """

    plan: Plan
    current: RemoteObject | None
    entry: Entry | None
    sent_at: float
    in_part: bool = False


class Attempts:
    """The attempts at one write. A definite refusal is none of them, because it left nothing behind."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._first: Plan | None = None
        self._open: list[Attempt] = []
        self._unclear: list[Attempt] = []
        self._excluded = False

    def record(self, plan: Plan, current: RemoteObject | None, error: GenesysError, sent_at: float) -> None:
        """Record an attempt that failed with C(error), if it may have taken effect."""
        if may_be_written(error):
            self._context.may_appear_late |= plan.action == "create"
            in_part = isinstance(error, PartlyWritten)
            self._open.append(Attempt(plan, current, self._context.journal_entry, sent_at, in_part))

    def record_part(self, plan: Plan) -> None:
        """Record that the last attempt took effect in part."""
        self._first = self.whole(plan)
        if self._open:
            self._open[-1].in_part = True

    def whole(self, plan: Plan) -> Plan:
        """Return the plan of all attempts together, whose last one is C(plan)."""
        first = self._first
        if first is None:
            return plan
        changed = tuple(dict.fromkeys((*first.changed, *plan.changed)))
        return Plan(first.action, before=first.before, after=plan.after, changed=changed)

    def find_cause(self, fresh: RemoteObject | None) -> Attempt | None:
        """Return the last attempt that may have made the object as it is now, which is as declared.

        Return None if no response was lost, or if version, dates or other fields of the object show that
        another client changed it. The journal then has the attempts as refused.
        """
        for attempt in reversed(self._open):
            if self._may_have_made(attempt, fresh):
                return attempt
        if self._open and fresh is not None and not self._context.is_rollback:
            title, name = self._context.resource.title, name_of(self._open[-1].plan)
            self._context.findings.warn(
                "",
                f"the response of a write was lost, and the {title} {name!r} is as declared, but "
                "another client has changed it: the task reports it as unchanged, and a rollback leaves it",
            )
        for attempt in self._open:
            self._reject(attempt)
        return None

    def note_difference(self, fresh: RemoteObject | None) -> None:
        """Note that the object is not as declared. Sort out attempts that did not make it as it is now."""
        still_open = []
        for attempt in self._open:
            if attempt.in_part or _is_unchanged(attempt, fresh):
                still_open.append(attempt)
            elif self._is_excluded(attempt, fresh):
                self._reject(attempt)
                self._excluded = True
            else:
                self._unclear.append(attempt)
        self._open = still_open

    @property
    def effect(self) -> str:
        """Return the clause that says what the attempts have written, for the message of a conflict."""
        if self._first is not None:
            return "a part of the change was written"
        if self._open or self._unclear:
            return (
                "the response of a write was lost, so it is not known whether the change was written before"
            )
        return "nothing was written"

    def describe(self, error: GenesysError) -> None:
        """Add to an error that an earlier attempt took effect in part, or may have taken effect."""
        named = isinstance(error, (FieldConflict, TooManyConflicts))
        if self._first is not None:
            if not isinstance(error, PartlyWritten):
                error.returned["changed"] = True
                if not named:
                    error.add("An earlier attempt has written a part of the change.")
        elif (self._open or self._unclear) and not isinstance(error, OutcomeUnknown):
            error.returned["changed"] = None  # the audit log then has null
            if not named:
                error.add(
                    "The response of an earlier attempt was lost, and it is not known whether that attempt "
                    "took effect: check the object before the next run."
                )
        elif self._excluded and not (self._open or self._unclear) and isinstance(error, OutcomeUnknown):
            error.returned["changed"] = False
            error.add("The version of the object shows that it did not.")

    def _reject(self, attempt: Attempt) -> None:
        if attempt.entry is not None:
            self._context.journal.record_rejected(attempt.entry)

    def _may_have_made(self, attempt: Attempt, fresh: RemoteObject | None) -> bool:
        if attempt.in_part:
            return True
        if fresh is None or attempt.plan.action == "delete":
            return fresh is None and attempt.plan.action == "delete"
        if attempt.current is None:
            return not self._existed_before(attempt, fresh)
        if self._context.sender(attempt.plan) is None:
            before, now = _version(attempt.current), _version(fresh)
            if before is not None and now is not None and now != before + 1:
                return False
        changed = {field.option for field in attempt.plan.changed}
        others = differing_fields(self._context.resource, attempt.current.body, fresh.body)
        return all(field.option in changed for field in others)

    def _existed_before(self, attempt: Attempt, fresh: RemoteObject) -> bool:
        """Return whether an object was created before the attempt was sent, by the server's clock."""
        resource = self._context.resource
        created_at = parse_time(fresh.body.get(resource.created_field)) if resource.created_field else None
        if created_at is None:
            return False
        response = resource.endpoint.read_item(self._context.client, fresh.body["id"])
        now = parse_date((response and response.date) or "")
        if now is None:
            return False
        sent_at = now - datetime.timedelta(seconds=time.monotonic() - attempt.sent_at)
        return created_at < sent_at - _DATE_RESOLUTION

    def _is_excluded(self, attempt: Attempt, fresh: RemoteObject | None) -> bool:
        """Return whether versions show that the attempt neither took effect nor can do so later."""
        endpoint = self._context.resource.endpoint
        if attempt.current is None or fresh is None or endpoint.locking is None:
            return False
        if self._context.sender(attempt.plan) is not None:
            return False
        before, now = _version(attempt.current), _version(fresh)
        if before is None or now is None:
            return False
        # The one change since is another client's, because it did not make the object as declared.
        return now > before if attempt.plan.action == "delete" else now == before + 1


def may_be_written(error: GenesysError) -> bool:
    """Return whether a write that failed with C(error) may have taken effect."""
    return isinstance(error, OutcomeUnknown) or (isinstance(error, ApiError) and error.perhaps_written)


def parse_time(text: object) -> datetime.datetime | None:
    """Return the time of a date field (ISO 8601, by default in UTC), None for anything else."""
    try:
        moment = datetime.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)


def _version(remote: RemoteObject) -> int | None:
    version = remote.body.get("version")
    return version if isinstance(version, int) else None


def _is_unchanged(attempt: Attempt, fresh: RemoteObject | None) -> bool:
    """Return whether the object is as it was before the attempt, which may still take effect."""
    if attempt.current is None or fresh is None:
        return attempt.current is fresh
    return attempt.current.body == fresh.body
