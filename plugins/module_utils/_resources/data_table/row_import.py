# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports of many rows of a data table by one job, whose file goes to another host (N.7).

Private to the collection. A job replaces rows without a look at them. It is used for new rows alone, or for
all rows if the task has every row of the table. All rows are read right before it, and a change aborts it.
"""

from __future__ import annotations

import csv
import io
import typing as t

from ..._engine.received_objects import check_type
from ..._errors import GenesysError, MalformedResponse, OutcomeUnknown
from ..._http.client import Response
from ..._http.connection import quote
from ..._http.upload import upload
from ..._model.endpoint import ObjectWrite
from ..._model.json_objects import Body
from ..._model.json_type import TEXT, WHOLE_NUMBER, map_of, object_of
from ..._printable import printable
from ..._retry_policy import TimedOut, poll
from ..._runtime import report_progress
from . import rows
from .columns import COLUMNS, KEY, Column
from .row_writer import PATH, Changes, RowWriter, read_rows
from .rows import Rows

PATHS = (
    f"{PATH}/{{datatableId}}/import/csv/jobs",
    f"{PATH}/{{datatableId}}/import/jobs/{{importJobId}}",
)

_JOB = object_of(
    {
        "id": TEXT,
        "status": TEXT,
        "uploadURI": TEXT,
        "uploadHeaders": map_of(TEXT),
        "countRecordsFailed": WHOLE_NUMBER,
        "errorInformation": object_of({"message": TEXT}),
    },
    ["id", "status"],
)
_SUCCEEDED, _FAILED = "Succeeded", "Failed"


def import_rows(write: ObjectWrite, writer: RowWriter, changes: Changes) -> Changes:
    """Import rows by a job if the task asks for that. Return the changes that single requests carry out."""
    threshold = getattr(write.desired, "bulk_threshold", None)
    if threshold is None or changes.number < threshold:
        return changes
    wanted: Rows = write.body["rows"]
    if (changes.updated or changes.removed) and _replaces_all(write.desired, wanted):
        _run_job(write, writer, "ReplaceAll", wanted)
        writer.now["rows"] = dict(wanted)
    elif len(changes.created) >= threshold:
        _run_job(write, writer, "Append", changes.created)
        writer.now["rows"] |= changes.created
        return changes._replace(created={})
    else:
        return changes
    return Changes({}, {}, [])


def _replaces_all(desired: t.Any, wanted: Rows) -> bool:
    """Return whether the task has every row that the table will have."""
    rule = desired.prune_rows or {}
    return bool(rule.get("enabled")) and wanted.keys() == {row[KEY] for row in desired.rows or ()}


def _run_job(write: ObjectWrite, writer: RowWriter, mode: str, imported: Rows) -> None:
    """Import rows and wait for the end of the job. Raise GenesysError if not all of them were imported."""
    now = writer.now
    table = f"{PATH}/{quote(str(now['id']))}"
    if rows.comparable(read_rows(write.client, now, None)) != rows.comparable(now["rows"]):
        raise GenesysError(
            f"The rows of the data table {now['name']!r} were not imported, because another client has "
            "changed rows since they were read. Run again when nothing else writes to the data table."
        )
    created = write.send(
        "POST", f"{table}/import/csv/jobs", {"importMode": mode}, repeatable=False, extended=True
    )
    write.accepted.pop()  # the job itself has changed no row
    job = _checked(created.data, f"POST {table}/import/csv/jobs")
    if not job.get("uploadURI"):
        raise MalformedResponse(f"POST {table}/import/csv/jobs was answered without an uploadURI.")
    report_progress(f"{len(imported)} rows of {now['name']!r} are imported")
    content = _file(COLUMNS.of(now), imported)
    upload(write.client, job["uploadURI"], job.get("uploadHeaders") or {}, content)
    finished = _wait(write, f"{table}/import/jobs/{quote(job['id'])}", str(now["name"]))
    failed = finished.get("countRecordsFailed") or 0
    if finished["status"] != _SUCCEEDED or failed:
        _raise_failure(write, writer, created, finished, failed)
    write.accepted.append(created._replace(data=now))


def _file(columns: list[Column], imported: Rows) -> bytes:
    """Return the rows as CSV with all their values and digits."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([KEY, *(column["name"] for column in columns)])
    for key, row in imported.items():
        whole = rows.to_wire(columns, key, row)
        lines.writerow([key, *(_text(whole[column["name"]]) for column in columns)])
    return text.getvalue().encode()


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wait(write: ObjectWrite, path: str, name: str) -> Body:
    """Return the finished job. Raise OutcomeUnknown at the deadline."""

    def read(within: float) -> Body | None:
        response = write.client.get(path, allow_missing=True, within=within)
        return None if response is None else _checked(response.data, f"GET {path}")

    try:
        return t.cast(
            "Body",
            poll(
                read,
                lambda job: job is not None and job["status"] in (_SUCCEEDED, _FAILED),
                timeout=write.client.deadline,
            ),
        )
    except TimedOut as error:
        late = GenesysError(
            f"The import of rows into the data table {name!r} is not finished after "
            f"{write.client.deadline:g} s. Run again later, or raise the option deadline."
        )
        raise OutcomeUnknown(str(late), cause=error.failure or late, out_of_time=True) from None


def _raise_failure(
    write: ObjectWrite, writer: RowWriter, created: Response, finished: Body, failed: int
) -> t.NoReturn:
    """Raise GenesysError for a job that did not import all rows. Note the rows that the table has now."""
    fresh = read_rows(write.client, writer.now, None)
    changed = rows.comparable(fresh) != rows.comparable(writer.now["rows"])
    writer.now["rows"] = fresh
    if changed:
        write.accepted.append(created._replace(data=writer.now))
    information = finished.get("errorInformation") or {}
    reason = f": {printable(information['message'])}" if information.get("message") else ""
    count = f" for {failed} rows" if failed else ""
    raise GenesysError(
        f"The import of rows into the data table {writer.now['name']!r} failed{count}{reason}. Correct the "
        "rows, or omit bulk_threshold, so that each row has a request of its own."
    )


def _checked(job: t.Any, call: str) -> Body:
    check_type(_JOB, job, call, "import job")
    return t.cast("Body", job)
