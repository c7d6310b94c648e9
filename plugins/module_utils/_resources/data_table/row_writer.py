# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes of the rows of one data table, one request for each row that changes (N.7).

Private to the collection. The API has no lock for rows: each row is read again right before its change.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ..._api.platform import NUMBERED
from ..._errors import Conflict, GenesysError, MissingObject, StaleObject
from ..._http.client import Client
from ..._http.connection import quote
from ..._model.endpoint import ObjectWrite
from ..._model.json_objects import Body
from ..._runtime import report_progress
from . import rows
from .columns import COLUMNS, KEY
from .rows import MOST_ROWS, Row, Rows

PATH = "/api/v2/flows/datatables"
#: Without it, the API shows the keys alone.
ALL_VALUES = {"showbrief": "false"}

_PAGING = dataclasses.replace(NUMBERED, id_key=KEY)
_PROGRESS_EVERY = 100


def rows_path(table_id: str) -> str:
    return f"{PATH}/{quote(table_id)}/rows"


def read_rows(client: Client, body: Body, within: float | None) -> Rows:
    """Return all rows of a table in canonical form. C(within) limits each page [s]."""
    listed = client.list(rows_path(str(body["id"])), _PAGING, ALL_VALUES, within=within, exact=True)
    columns = COLUMNS.of(body)
    return {row[KEY]: rows.from_wire(columns, row) for row in listed}


class Changes(t.NamedTuple):
    """The rows to create and to update, with their new values, and the keys of those to remove."""

    created: Rows
    updated: Rows
    removed: list[str]

    @property
    def number(self) -> int:
        return len(self.created) + len(self.updated) + len(self.removed)


def changes_of(now: Rows, wanted: Rows) -> Changes:
    """Return the changes from the current rows to the wanted ones."""
    return Changes(
        {key: row for key, row in wanted.items() if key not in now},
        {key: row for key, row in wanted.items() if key in now and not rows.same_row(now[key], row)},
        [key for key in now if key not in wanted],
    )


class RowWriter:
    """The writer of one table's rows. C(now) is the table as it is, whose rows follow each request."""

    def __init__(self, write: ObjectWrite, now: Body) -> None:
        self.now = {**now, "rows": dict(now["rows"])}
        self._write = write
        self._path = rows_path(str(now["id"]))
        self._columns = COLUMNS.of(now)
        self._done = 0

    def write(self, changes: Changes) -> None:
        """Carry out the changes. Removals are last, unless the table would have too many rows meanwhile.

        Raise StaleObject if a row has changed since it was read.
        """
        full = len(self.now["rows"]) + len(changes.created) > MOST_ROWS
        steps: list[tuple[str, Row | None, Row | None]] = [
            *((key, None, row) for key, row in changes.created.items()),
            *((key, self.now["rows"][key], row) for key, row in changes.updated.items()),
        ]
        removals: list[tuple[str, Row | None, Row | None]] = [
            (key, self.now["rows"][key], None) for key in changes.removed
        ]
        for key, old, new in [*removals, *steps] if full else [*steps, *removals]:
            self._write_row(key, old, new)
            self._done += 1
            if self._done % _PROGRESS_EVERY == 0:
                report_progress(f"rows of {self.now['name']!r} written: {self._done} of {changes.number}")

    def _write_row(self, key: str, old: Row | None, new: Row | None) -> None:
        path = f"{self._path}/{quote(key)}"
        body = None if new is None else rows.to_wire(self._columns, key, new)
        if old is None:
            self._create(key, body)
        else:
            method = "DELETE" if body is None else "PUT"
            unchanged = functools.partial(self._refuse_concurrent, key, path, old)
            try:
                self._write.send_after_read(unchanged, method, path, body, exact=True, extended=True)
            except MissingObject:
                raise _changed(f"{method} {path}", key, "was removed") from None
        self._record(key, new)

    def _create(self, key: str, body: Body | None) -> None:
        try:
            self._write.send("POST", self._path, body, repeatable=False, exact=True, extended=True)
        except Conflict as error:
            stale = _changed(f"POST {self._path}", key, "exists by now")
            stale.perhaps_written = error.perhaps_written
            raise stale from None

    def _refuse_concurrent(self, key: str, path: str, old: Row) -> None:
        """Read the row right before its change. Raise StaleObject if it has changed since it was read."""
        try:
            fresh = self._write.read(path, ALL_VALUES, exact=True, extended=True)
        except MissingObject:
            if "/" in key:
                raise GenesysError(
                    f"The row {key!r} of the data table {self.now['name']!r} was not written: the API finds "
                    "no row whose key has a slash, although the list shows it. Give the row another key."
                ) from None
            raise _changed(f"GET {path}", key, "was removed") from None
        if not rows.same_row(rows.from_wire(self._columns, fresh), old):
            raise _changed(f"GET {path}", key, "has changed since it was read")

    def _record(self, key: str, new: Row | None) -> None:
        """Note the row, and give the last response the whole table."""
        if new is None:
            self.now["rows"].pop(key, None)
        else:
            self.now["rows"][key] = new
        self._write.accepted[-1] = self._write.accepted[-1]._replace(data=self.now)


def _changed(call: str, key: str, event: str) -> StaleObject:
    return StaleObject(f"{call} shows that the row {key!r} {event}", status=409)
