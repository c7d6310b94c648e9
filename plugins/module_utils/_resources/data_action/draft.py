# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The write of a data action with a test: a draft, its validation, its test, its publish (P.14).

Private to the collection. The API does not say who made a draft. A draft with the content of the live action
or of the declared one may be overwritten, any other belongs to another client.
"""

from __future__ import annotations

import contextlib
import functools
import typing as t

from ..._engine.context import Context
from ..._errors import ApiError, Conflict, GenesysError, MissingObject, OutcomeUnknown, StaleObject
from ..._http.client import Response
from ..._model.endpoint import ObjectWrite
from ..._model.json_objects import Body
from ..._model.plan import Plan, RemoteObject, differing_fields, name_of
from ..._printable import printable
from ..._retry_policy import CONFLICTS, CREATED_OBJECT, RetryLoop
from .draft_store import DraftStore
from .draft_test import check_test, read_validation


class ForeignDraft(GenesysError):
    """A draft of another client, which is neither overwritten nor discarded."""


def send_in_steps(context: Context, plan: Plan) -> t.Callable[[ObjectWrite], Response] | None:
    """Return how a write with the option C(test) is sent, None for a write without it."""
    if context.is_rollback or context.desired.test is None:
        return None
    return functools.partial(_send, context, plan)


def _send(context: Context, plan: Plan, write: ObjectWrite) -> Response:
    return _TestedWrite(context, plan, write).publish()


def discard_left(
    context: Context, sent: Body, action_id: str | None, is_own: t.Callable[[Body], bool]
) -> str:
    """Discard the draft of a write that did not get to its publish. Return why a draft stays, or ""."""
    drafts = DraftStore(context.client, context.resource)
    found = drafts.named(sent) if action_id is None else [drafts.read(action_id)]
    for draft in found:
        if draft is None:
            continue
        if not is_own(draft):
            return f"its draft (id {printable(str(draft['id']))}) stays, because another client changed it"
        if not context.check_mode:
            drafts.discard(str(draft["id"]))
    return ""


class _TestedWrite:
    """One creation or update by a draft."""

    def __init__(self, context: Context, plan: Plan, write: ObjectWrite) -> None:
        self._context = context
        self._plan = plan
        self._write = write
        self._drafts = DraftStore(context.client, context.resource)
        self._wanted = plan.after or {}
        self._label = f"The data action {name_of(plan)!r}"
        self._id: str | None = None
        #: The contents that a draft of this task can have.
        self._own = [self._wanted] if plan.before is None else [self._wanted, plan.before]
        self._tested = False

    def publish(self) -> Response:
        """Send all steps. Discard the draft if one fails."""
        try:
            draft = self._begin_new() if self._plan.before is None else self._begin_change(self._plan.before)
            read_validation(self._drafts, draft, self._label)
            self._refuse_changed_live()
            self._tested = True
            check_test(self._context, self._drafts, draft, self._label)
            return self._publish(draft)
        except ForeignDraft:
            raise
        except GenesysError as error:
            if self._id is not None:
                self._discard(self._id, error)
            if self._tested:
                # The engine would repeat some of these errors, and the test with them.
                raise GenesysError(str(error), **error.returned) from None
            raise

    def _begin_new(self) -> Body:
        """Return the draft of a new action: the one that a stopped run has left, else a new one."""
        found = self._drafts.named(self._wanted)
        for one in found:
            different = self._differences(one, self._wanted)
            if different:
                raise self._foreign(one, different)
        if found:
            self._id = str(found[0]["id"])
        else:
            response = self._write.send("POST", self._drafts.path, self._write.body, repeatable=False)
            self._id = self._drafts.id_of_new(response)
        context = self._context
        if context.journal_entry is not None:  # a rollback after a stopped run then knows the id
            written = RemoteObject({**self._wanted, "id": self._id}, None)
            context.journal.record_unknown(context.journal_entry, written)
        return found[0] if found else self._drafts.read_known(self._id)

    def _begin_change(self, live: Body) -> Body:
        """Return the draft of a live action with the declared values."""
        action_id, attempts = str(live["id"]), RetryLoop(CONFLICTS)
        while True:
            draft = self._drafts.read(action_id)
            if draft is None:
                draft = self._copy(action_id)
                self._refuse_changed_live()
            different = self._differences(draft, self._wanted)
            if different and self._differences(draft, live):
                raise self._foreign(draft, different)
            self._id = action_id
            if not different:
                return draft
            body = {**self._write.body, "version": draft["version"]}
            try:
                self._drafts.send("PATCH", action_id, body, self._write.ends_at)
            except StaleObject:
                if not attempts.wait():
                    raise
                continue
            return self._drafts.read_changed(action_id, draft)

    def _copy(self, action_id: str) -> Body:
        """Return a new draft with the content of the live action."""
        with contextlib.suppress(Conflict):  # another client's new draft, whose content decides
            self._drafts.send("POST", action_id, None, self._write.ends_at)
            self._id = action_id
        copy = self._drafts.read_known(action_id)
        if self._id is not None:
            self._own.append(copy)
        return copy

    def _refuse_changed_live(self) -> None:
        """Raise StaleObject if the live action changed since it was read, which a publish would undo.

        The API compares the version of the draft only.
        """
        before = self._plan.before
        if before is None:
            return
        path = self._context.resource.endpoint.path_of(str(before["id"]))
        response = self._context.client.get(path)
        live = response.data if isinstance(response.data, dict) else {}
        if live.get("version") != before.get("version"):
            raise StaleObject(
                f"{self._label} was not published, because another client changed it meanwhile: it has the "
                f"version {live.get('version')} and not {before.get('version')}. Run again.",
                status=409,
            )

    def _publish(self, draft: Body) -> Response:
        """Publish the draft with its version as it is. Read it again if the version does not match."""
        action_id, attempts = str(draft["id"]), RetryLoop(CONFLICTS)
        while True:
            current = self._drafts.read_known(action_id)
            different = self._differences(current, self._wanted)
            if different:
                raise self._foreign(current, different)
            self._refuse_changed_live()
            body = {"version": current["version"]}
            try:
                return self._drafts.send("POST", action_id, body, self._write.ends_at, step="publish")
            except (StaleObject, MissingObject, OutcomeUnknown) as error:
                failure: GenesysError = error
            except ApiError as error:
                if not error.perhaps_written:
                    raise
                failure = error
            if not isinstance(failure, StaleObject):
                published = self._published(action_id)
                if published is not None:
                    return published
            if not attempts.wait():
                raise failure

    def _published(self, action_id: str) -> Response | None:
        """Return the live action if the publish of the draft took effect, else None."""
        before, looks = self._plan.before, RetryLoop(CREATED_OBJECT)
        path, params = (
            self._context.resource.endpoint.path_of(action_id),
            self._context.resource.endpoint.item_params,
        )
        while True:
            live = self._context.client.get(path, params, allow_missing=True)
            version = None if live is None else live.data.get("version")
            if live is not None and (before is None or version != before.get("version")):
                return live
            # Without the draft, the live action may only be late.
            if self._drafts.read(action_id) is not None or not looks.wait():
                return None

    def _discard(self, action_id: str, error: GenesysError) -> None:
        """Discard the own draft after C(error), unless another client changed it meanwhile."""
        try:
            draft = self._drafts.read(action_id)
            if draft is not None:
                if all(self._differences(draft, own) for own in self._own):
                    error.add(f"The draft (id {action_id}) stays, because another client changed it.")
                    return
                self._drafts.discard(action_id)
        except GenesysError as second:
            error.add(f"The draft (id {action_id}) was not discarded: {second}")
            return
        self._write.take_back()
        error.add("The draft was discarded.")

    def _differences(self, draft: Body, expected: Body) -> list[str]:
        """Return the options in which a draft differs from an action."""
        return [field.option for field in differing_fields(self._context.resource, expected, draft)]

    def _foreign(self, draft: Body, different: list[str]) -> ForeignDraft:
        return ForeignDraft(
            f"{self._label} has a draft of another client (id {printable(str(draft['id']))}, version "
            f"{draft.get('version')}), which was left as it is: it differs in {', '.join(different)}. The "
            "API does not say who made it. Publish or discard it, and run again."
        )
