# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of the functions of data actions: settings, and the upload of a ZIP file.

A stored draft or action has its settings at C(function) and its file at C(zip), which no view of it shows.
"""

from __future__ import annotations

import typing as t
import uuid

import pydantic
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ..call import Call, json_response
from ..errors import Detail, bad_request, not_found
from ..orgs import Org, World
from ..store import Kind, Stored, Wire, timestamp
from . import action_store, action_views, visibility
from .action_store import ACTIONS, DRAFTS
from .bodies import Body, read_body
from .permissions import EDIT_FUNCTION, VIEW_FUNCTION
from .routing import route
from .switches import switches

#: The path of an upload, which needs no token. The id in it is the signature.
UPLOADS = "/platform-uploads/functions/"
RUNTIMES = ("nodejs18.x", "nodejs20.x", "nodejs22.x")


class FunctionBody(Body):
    description: t.Annotated[str, pydantic.Field(max_length=255)]
    handler: str
    runtime: str
    timeout_seconds: t.Annotated[int, pydantic.Field(ge=1, le=15)] = 15


class UploadBody(Body):
    file_name: t.Annotated[str, pydantic.Field(min_length=1)]
    signed_url_timeout_seconds: int | None = None


class Uploads:
    """The open uploads of one org, and the reads before the file of each draft is available."""

    def __init__(self) -> None:
        self.drafts: dict[str, tuple[str, str]] = {}
        self.reads_left: dict[str, int] = {}


def routes(world: World) -> list[Route]:
    one = action_views.PATH + "/{actionId}"
    return [
        route(action_views.PATH + "/functions/runtimes", GET=(list_runtimes, VIEW_FUNCTION)),
        route(one + "/function", GET=(read_live, VIEW_FUNCTION)),
        route(one + "/draft/function", GET=(read_draft, VIEW_FUNCTION), PUT=(replace, EDIT_FUNCTION)),
        route(one + "/draft/function/upload", POST=(open_upload, EDIT_FUNCTION)),
        Route(UPLOADS + "{uploadId}", UploadEndpoint(world)),
    ]


def list_runtimes(call: Call) -> Response:
    return json_response([{"name": name, "status": "Available"} for name in RUNTIMES])


def read_live(call: Call) -> Response:
    return json_response(config(call.org, ACTIONS, function_action(call, action_store.visible(call))))


def read_draft(call: Call) -> Response:
    stored = visibility.read(call, DRAFTS, call.path_params["actionId"])
    return json_response(config(call.org, DRAFTS, function_action(call, stored)))


def replace(call: Call) -> Response:
    """Replace the settings of a function, which makes the next version of its draft."""
    stored = function_action(call, visibility.current(call, DRAFTS, call.path_params["actionId"]))
    settings = read_body(call, FunctionBody).model_dump(by_alias=True)
    if settings["runtime"] not in RUNTIMES:
        raise bad_request(f"runtime must be one of {', '.join(RUNTIMES)}.")
    old = stored.wire.get("function", {"id": str(uuid.uuid4()), "dateCreated": timestamp()})
    wire = next_version(stored, function={**old, "name": stored.wire["name"], **settings})
    return json_response(config(call.org, DRAFTS, visibility.rewrite(call, DRAFTS, stored, wire)))


def open_upload(call: Call) -> Response:
    """Return the URL and the headers of the PUT that sends the file."""
    stored = function_action(call, visibility.current(call, DRAFTS, call.path_params["actionId"]))
    body = read_body(call, UploadBody)
    upload_id = uuid.uuid4().hex
    call.org.state(Uploads).drafts[upload_id] = (stored.id, body.file_name)
    return json_response(
        {
            "url": f"{call.scheme}://{call.headers['host']}{UPLOADS}{upload_id}",
            "headers": {"Content-Type": "application/zip"},
            "signedUrlTimeoutSeconds": body.signed_url_timeout_seconds or 600,
        }
    )


def org_of_upload(world: World, path: str) -> Org | None:
    """Return the org of an upload's path, or None for another path."""
    if not path.startswith(UPLOADS):
        return None
    upload_id = path.removeprefix(UPLOADS)
    return next((org for org in world.orgs.values() if upload_id in org.state(Uploads).drafts), None)


class UploadEndpoint:
    """The storage that takes a file. It has no token and no JSON, as the vendor's has none."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=self._store(scope))(scope, receive, send)

    def _store(self, scope: Scope) -> int:
        org = org_of_upload(self.world, scope["path"])
        if scope["method"] != "PUT" or org is None:
            return 403
        if scope["simulator.headers"].get("content-type") != "application/zip":
            return 403
        draft_id, file_name = org.state(Uploads).drafts[scope["path_params"]["uploadId"]]
        stored = org[DRAFTS].get(draft_id)
        if stored is None:
            return 404
        file = {"id": str(uuid.uuid4()), "name": file_name, "dateCreated": timestamp()}
        org.state(Uploads).reads_left[draft_id] = switches(org).reads_until_zip
        org[DRAFTS].rewrite(stored, next_version(stored, zip=file))
        return 200


def next_version(stored: Stored, **fields: t.Any) -> Wire:
    return {**stored.wire, **fields, "version": stored.wire["version"] + 1}


def function_action(call: Call, stored: Stored) -> Stored:
    """Return the action or draft. Raise 404 unless its integration is for functions."""
    if not action_store.is_function(call.org, stored):
        raise not_found(f"The function of {stored.id}")
    return stored


def config(org: Org, kind: Kind, stored: Stored) -> Wire:
    """Return a FunctionConfig. Each one counts a read of the file's state."""
    path = action_views.path_of(stored, draft=kind is DRAFTS)
    shown: Wire = {"id": stored.id, "uploadExceptionHistory": [], "selfUri": f"{path}/function"}
    file = stored.wire.get("zip")
    if "function" in stored.wire:
        shown["function"] = {**stored.wire["function"], **({"zipId": file["id"]} if file else {})}
    if file:
        shown["zip"] = {**file, "status": zip_status(org, stored)}
    return shown


def problems(org: Org, stored: Stored) -> list[Detail]:
    """Return the reasons for which the function of a draft cannot be published."""
    absent = [name for name in ("function", "zip") if name not in stored.wire]
    if absent:
        return [Detail(name, "invalid.value", "is required.") for name in absent]
    pending = org.state(Uploads).reads_left.get(stored.id, 0) > 0
    if pending or switches(org).zip_status != "Available":
        return [Detail("zip", "invalid.value", "is not available.")]
    return []


def zip_status(org: Org, stored: Stored) -> str:
    """Count a read of the file's state and return the state."""
    left = org.state(Uploads).reads_left
    if left.get(stored.id, 0) > 0:
        left[stored.id] -= 1
        return "Pending"
    return switches(org).zip_status
