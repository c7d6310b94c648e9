# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests about drafts of data actions (P.14).

Private to the collection. Drafts have the canonical form of actions.
"""

from __future__ import annotations

import contextlib
import typing as t

from ..._api.platform import NUMBERED
from ..._engine.received_objects import checked_body
from ..._errors import GenesysError, MalformedResponse, MissingObject
from ..._http.client import Client, Response
from ..._model.json_objects import Body
from ..._model.resource import Resource
from ..._retry_policy import CREATED_OBJECT, RetryLoop
from .templates import linked_templates, with_templates

_ACTIONS = "/api/v2/integrations/actions"
_DRAFT = f"{_ACTIONS}/{{actionId}}/draft"
#: Templates of the paths, for the list of permissions.
DRAFT_PATHS = (
    f"{_ACTIONS}/drafts",
    _DRAFT,
    *(f"{_DRAFT}/{step}" for step in ("validation", "test", "publish", "templates/{fileName}")),
)


class DraftStore:
    """The drafts of one org."""

    def __init__(self, client: Client, resource: Resource) -> None:
        self._client = client
        self._resource = resource
        self.path = f"{resource.endpoint.path}/drafts"

    def path_of(self, action_id: str, step: str = "") -> str:
        """Return the path of an action's draft, or of one of its steps."""
        path = f"{self._resource.endpoint.path_of(action_id)}/draft"
        return f"{path}/{step}" if step else path

    def named(self, action: Body) -> list[Body]:
        """Return the drafts without a live action that have the name and the integration of an action."""
        listed = self._client.list(self.path, NUMBERED, {"name": action["name"]})
        same = [
            one
            for one in listed
            if (one.get("name"), one.get("integrationId")) == (action["name"], action["integrationId"])
        ]
        found = []
        for one in same:
            live = self._client.get(self._resource.endpoint.path_of(one["id"]), allow_missing=True)
            draft = self.read(one["id"]) if live is None else None
            if draft is not None:
                found.append(draft)
        return found

    def read(self, action_id: str) -> Body | None:
        """Return the draft of an action in canonical form, None if there is none."""
        path = self.path_of(action_id)
        response = self._client.get(path, self._resource.endpoint.item_params, allow_missing=True)
        if response is None:
            return None
        if not isinstance(response.data, dict):
            raise MalformedResponse(f"GET {path} was answered {response.status} without an object.")
        body = self._resource.endpoint.decode(response.data)
        links = linked_templates(body)
        if links:
            texts = {one: self._client.get_text(f"{path}/templates/{one.file}") for one in links}
            body = {**body, "config": with_templates(body["config"], texts)}
        return checked_body(self._resource, body, f"GET {path}")

    def read_known(self, action_id: str) -> Body:
        """Return a draft that exists, although reads may not show it yet. Raise GenesysError without one."""
        loop = RetryLoop(CREATED_OBJECT)
        while True:
            draft = self.read(action_id)
            if draft is not None:
                return draft
            if not loop.wait():
                raise GenesysError(f"The draft of the data action (id {action_id}) was removed meanwhile.")

    def read_changed(self, action_id: str, before: Body) -> Body:
        """Return a draft after its change. Reads may show the state C(before) for a while."""
        loop = RetryLoop(CREATED_OBJECT)
        while True:
            draft = self.read_known(action_id)
            if draft["version"] != before["version"] or not loop.wait():
                return draft

    def id_of_new(self, response: Response) -> str:
        """Return the id in the response to the creation of a draft."""
        data = response.data
        if not isinstance(data, dict) or not isinstance(data.get("id"), str) or not data["id"]:
            raise MalformedResponse(f"POST {self.path} was answered without an object that has an id.")
        return str(data["id"])

    def send(
        self, method: str, action_id: str, body: t.Any, ends_at: float | None, *, step: str = ""
    ) -> Response:
        """Send one request about a draft. Wait for a draft that the API does not know yet."""
        path, loop = self.path_of(action_id, step), RetryLoop(CREATED_OBJECT)
        while True:
            try:
                return self._client.send(method, path, json=body, repeatable=False, ends_at=ends_at)
            except MissingObject:
                if step != "test" or not loop.wait():
                    raise

    def validation(self, action_id: str) -> Body:
        """Return the API's validation of a draft."""
        path = self.path_of(action_id, "validation")
        loop = RetryLoop(CREATED_OBJECT)
        response = self._client.get(path, allow_missing=True)
        while response is None and loop.wait():
            response = self._client.get(path, allow_missing=True)
        data = self._client.get(path).data if response is None else response.data
        if not isinstance(data, dict) or not isinstance(data.get("valid"), bool):
            raise MalformedResponse(f"GET {path} was answered without the field valid.")
        return data

    def discard(self, action_id: str) -> None:
        """Discard a draft. A draft that is gone already is no error."""
        with contextlib.suppress(MissingObject):
            self._client.send("DELETE", self.path_of(action_id), repeatable=True)
