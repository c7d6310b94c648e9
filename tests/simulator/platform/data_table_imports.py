# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of import jobs for the rows of data tables, and the storage that takes their files.

The storage has an origin of its own, as the vendor's has: another port than that of the API.
"""

from __future__ import annotations

import csv
import io
import re
import typing as t
import uuid

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ..call import Call, json_response
from ..errors import ApiError, not_found
from ..orgs import Org, World
from ..store import Kind, Stored, Wire, timestamp
from . import data_table_schema, visibility
from .bodies import Body, read_body
from .data_table_store import PATH, ROWS, TABLES, of_table, row_id, stored_row
from .exact_numbers import Digits
from .paging import numbered_page
from .permissions import IMPORT_ROWS, LIST_IMPORTS, VIEW_ROW
from .routing import route
from .switches import switches

#: The path of an upload, which must have no token. The id in it is the signature.
UPLOADS = "/platform-uploads/datatables/"
JOBS = PATH + "/{datatableId}/import/jobs"

KIND = Kind(name="data_table_imports", path="")

_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


class JobBody(Body):
    import_mode: t.Literal["ReplaceAll", "Append"]


class ReadsLeft:
    """The reads of each import job of an org before it is finished."""

    def __init__(self) -> None:
        self.by_job: dict[str, int] = {}


def routes(world: World) -> list[Route]:
    return [
        route(
            PATH + "/{datatableId}/import/csv/jobs",
            POST=(lambda call: create(world, call), IMPORT_ROWS),
        ),
        route(JOBS, GET=(list_jobs, LIST_IMPORTS)),
        route(JOBS + "/{importJobId}", GET=(read, VIEW_ROW)),
        Route(UPLOADS + "{uploadId}", StorageEndpoint(world)),
    ]


def create(world: World, call: Call) -> Response:
    """Create a job that waits for the upload of its file."""
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    mode = read_body(call, JobBody).import_mode
    upload_id = uuid.uuid4().hex
    origin = world.storage_url or f"{call.scheme}://{call.headers['host']}"
    fields = {
        "tableId": table.id,
        "uploadId": upload_id,
        "uploadURI": f"{origin}{UPLOADS}{upload_id}",
        "uploadHeaders": {"Content-Type": "text/csv", "x-amz-meta-import": upload_id},
        "importMode": mode,
        "status": "WaitingForUpload",
        "dateCreated": timestamp(),
    }
    return json_response(shown(call.org[KIND].create(fields)))


def list_jobs(call: Call) -> Response:
    table = visibility.current(call, TABLES, call.path_params["datatableId"])
    jobs = [one for one in call.org[KIND].all() if one.wire["tableId"] == table.id]
    return numbered_page(call, jobs, shown, uris=False)


def read(call: Call) -> Response:
    """Return a job. A finished import shows only after the reads that a switch gives."""
    stored = call.org[KIND].get(call.path_params["importJobId"])
    if stored is None or stored.wire["tableId"] != call.path_params["datatableId"]:
        raise not_found(f"The import job {call.path_params['importJobId']}")
    view, left = shown(stored), call.org.state(ReadsLeft).by_job
    if left.get(stored.id, 0) > 0 and view["status"] != "WaitingForUpload":
        left[stored.id] -= 1
        view = {name: value for name, value in view.items() if not name.startswith("count")}
        view["status"] = "Processing"
    return json_response(view)


def shown(stored: Stored) -> Wire:
    wire = {name: value for name, value in stored.wire.items() if name not in ("tableId", "uploadId")}
    return {**wire, "selfUri": f"{PATH}/{stored.wire['tableId']}/import/jobs/{stored.id}"}


def _job_of_upload(world: World, upload_id: str) -> tuple[Org, Stored] | None:
    for org in world.orgs.values():
        for stored in org[KIND].all() if KIND.name in org.collections else []:
            if stored.wire["uploadId"] == upload_id:
                return org, stored
    return None


def org_of_upload(world: World, path: str) -> Org | None:
    """Return the org of an upload's path, or None for another path."""
    found = _job_of_upload(world, path.removeprefix(UPLOADS)) if path.startswith(UPLOADS) else None
    return found[0] if found else None


class StorageEndpoint:
    """The storage. It refuses a bearer token beside the signature, and headers that were not signed."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=self._store(scope))(scope, receive, send)

    def _store(self, scope: Scope) -> int:
        found, headers = (
            _job_of_upload(self.world, scope["path_params"]["uploadId"]),
            scope["simulator.headers"],
        )
        if "authorization" in headers:
            return 400
        if scope["method"] != "PUT" or found is None:
            return 403
        org, job = found
        signed: Wire = job.wire["uploadHeaders"]
        if any(headers.get(name.lower()) != value for name, value in signed.items()):
            return 403
        if job.wire["status"] != "WaitingForUpload":
            return 403
        result = _import(org, job, scope["simulator.body"])
        org.state(ReadsLeft).by_job[job.id] = switches(org).reads_until_imported
        org[KIND].rewrite(job, {**job.wire, "dateCompleted": timestamp(), **result})
        return 200


def _import(org: Org, job: Stored, content: bytes) -> Wire:
    """Store the rows of a file. Return the fields of the finished job."""
    table = org[TABLES].get(job.wire["tableId"])
    try:
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (ValueError, csv.Error):
        lines = []
    if table is None or not lines or "key" not in lines[0] or switches(org).import_outcome == "fails":
        error = {
            "code": "flows.datatables.import.failed",
            "message": "The file cannot be read.",
            "status": 400,
        }
        return {"status": "Failed", "errorInformation": error}
    rows, failed = [], 0
    for line in lines:
        try:
            rows.append(_row(table.wire["schema"], line))
        except ApiError:
            failed += 1
    kept = {row_id(table.id, row["key"]) for row in rows}
    removed = []
    if job.wire["importMode"] == "ReplaceAll":
        removed = [one for one in of_table(org, table.id) if one.id not in kept]
    for one in removed:
        org[ROWS].remove(one.id)
    for row in rows:
        org[ROWS].seed(stored_row(table.id, row))
    return {
        "status": "Succeeded",
        "countRecordsUpdated": len(rows),
        "countRecordsDeleted": len(removed),
        "countRecordsFailed": failed,
    }


def _row(schema: Wire, line: dict[t.Any, t.Any]) -> Wire:
    """Return the row of a line. Raise 400 for an invalid one. An empty value of a number is its default."""
    described = data_table_schema.columns(schema)
    row: Wire = {}
    for name, text in line.items():
        if name == "key" or not isinstance(text, str) or name not in described:
            row[name] = text
        elif text or described[name]["type"] == "string":
            row[name] = _value(described[name]["type"], text)
    return data_table_schema.filled(schema, data_table_schema.checked_row(schema, row))


def _value(kind: str, text: str) -> t.Any:
    if kind == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if kind == "integer" or (kind == "number" and _INTEGER.fullmatch(text)):
        return int(text) if _INTEGER.fullmatch(text) else text
    return Digits(text) if kind == "number" and _NUMBER.fullmatch(text) else text
