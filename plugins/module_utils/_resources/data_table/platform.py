# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data table of the platform API: its fields, its writes and checks (N.6).

Private to the collection. A read of a table has no rows. Only tasks that declare rows or remove the table
read them.
"""

from __future__ import annotations

import functools
import typing as t

from ..._api.platform import NUMBERED
from ..._engine.context import Context
from ..._engine.lookup import by_id, reject_duplicate_name
from ..._engine.verify import read_back
from ..._errors import GenesysError, InputError, MalformedResponse, StaleObject
from ..._findings import Findings
from ..._http.client import Client, Response
from ..._http.connection import quote
from ..._model.comparison import Comparison, NameOf
from ..._model.endpoint import Endpoint, ObjectWrite
from ..._model.json_objects import ABSENT, REQUIRED, Body
from ..._model.json_type import TEXT, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, RemoteObject, name_of
from ..._model.resource import Field, Resource
from .. import divisions
from ..data_action.consumers import BUILD, CONSUMING, Consumed, consumers_of
from . import columns, row_import
from .columns import COLUMNS, KEY_TITLE
from .row_writer import PATH, RowWriter, changes_of, read_rows
from .rows import ROWS, is_unset, resolved, take_away, to_option

_WITH_SCHEMA = {"expand": "schema"}


def _division_id(value: t.Any) -> t.Any:
    return value.get("id") if isinstance(value, dict) else value


def _division_name(value: t.Any) -> t.Any:
    return value.get("name") or value.get("id") if isinstance(value, dict) else value


NAME = Field("name", "name", REQUIRED, json_type=TEXT)
#: The hook C(resolve) replaces the name by the division. A new object without one is in the home division.
DIVISION = Field(
    "division",
    "division",
    from_wire=_division_name,
    canonical=_division_id,
    optional=True,
    json_type=object_of({"id": TEXT, "name": TEXT}, ["id"]),
)
_FIELDS = (
    NAME,
    DIVISION,
    Field("description", "description", "", json_type=TEXT),
    KEY_TITLE,
    COLUMNS,
    ROWS,
)
_TABLE_FIELDS = tuple(field for field in _FIELDS if field is not ROWS)


def decode(raw: Body) -> Body:
    """Return a table in canonical form, without its rows. That form itself is returned as it is."""
    body = {name: value for name, value in raw.items() if name not in ("selfUri", "schema")}
    if isinstance(body.get("division"), dict):
        body["division"] = {
            name: body["division"][name] for name in ("id", "name") if body["division"].get(name)
        }
    if "columns" in raw:
        return {**body, **({"schema": raw["schema"]} if "schema" in raw else {})}
    return {**body, **(columns.from_schema(raw["schema"]) if "schema" in raw else {})}


def complete(client: Client, body: Body, within: float | None) -> Body:
    """Return a table as it is. Raise MalformedResponse if it was read without its schema."""
    if "columns" not in body:
        raise MalformedResponse(
            f"The data table {body.get('name')!r} was read without its schema, although the request asked "
            "for it. Check base_url, and that no proxy alters requests."
        )
    return body


def complete_with_rows(client: Client, body: Body, within: float | None) -> Body:
    """Return a table with its rows."""
    whole = complete(client, body, within)
    return whole if "rows" in whole else {**whole, "rows": read_rows(client, whole, within)}


def send(write: ObjectWrite) -> Response:
    """Write the table if it is new or differs, then each row that differs."""
    wanted, now = write.body, write.before
    if now is None:
        response = write.send("POST", PATH, _table(wanted, None), repeatable=False, exact=True)
        now = _written(write, response, wanted, {} if "rows" in wanted else None, "POST")
    elif any(not field.equal(field.of(now), field.of(wanted)) for field in _TABLE_FIELDS):
        path = f"{PATH}/{quote(str(now['id']))}"
        body = {"id": now["id"], **_table(wanted, now)}
        unchanged = functools.partial(_refuse_concurrent_change, write, path, now)
        response = write.send_after_read(unchanged, "PUT", path, body, exact=True)
        now = _written(write, response, {**wanted, "id": now["id"]}, now.get("rows"), "PUT")
    if "rows" in wanted and "rows" in now:
        writer = RowWriter(write, now)
        writer.write(row_import.import_rows(write, writer, changes_of(now["rows"], wanted["rows"])))
    if not write.accepted:
        raise AssertionError("a planned change has a request")
    return write.accepted[-1]


def _table(wanted: Body, before: Body | None) -> Body:
    """Return the body of a table without its rows. An absent description would be cleared."""
    division = DIVISION.of(wanted)
    return {
        "name": wanted["name"],
        "description": wanted.get("description") or "",
        **({} if division is ABSENT else {"division": {"id": division["id"]}}),
        "schema": columns.to_schema(wanted, before),
    }


def _written(write: ObjectWrite, response: Response, wanted: Body, rows: t.Any, method: str) -> Body:
    """Return the table of a response, whose schema may be missing. It becomes the data of the response."""
    stored = decode(response.data or {})
    if not isinstance(stored.get("id"), str):
        raise MalformedResponse(f"{method} {PATH} was answered without an object that has an id.")
    own = {name: value for name, value in wanted.items() if name != "rows"}
    now = {**own, **stored, **({} if rows is None else {"rows": rows})}
    write.accepted[-1] = response._replace(data=now)
    return now


def _refuse_concurrent_change(write: ObjectWrite, path: str, now: Body) -> None:
    """Read the table right before its change, which has no lock. Raise StaleObject if it has changed."""
    fresh = decode(write.read(path, _WITH_SCHEMA))
    if any(not field.equal(field.of(now), field.of(fresh)) for field in _TABLE_FIELDS):
        raise StaleObject(
            f"PUT {path} was not sent, because the data table changed since it was read", status=409
        )


def needs_rows(desired: t.Any) -> bool:
    """Return whether a task needs the rows: those of a removed table go into its snapshot and the journal."""
    return bool(desired.state == "absent" or desired.rows is not None)


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Give the declared division, columns and rows their values. Raise InputError for all problems."""
    desired, declared, findings = context.desired, context.declared, Findings()
    body = {} if current is None else current.body
    if desired.given("division"):
        declared[DIVISION] = divisions.division_of(context, desired.division)
    all_columns = COLUMNS.of(body)
    if COLUMNS in declared:
        columns.check_growth(all_columns, declared[COLUMNS], findings)
        all_columns = columns.merged(all_columns, declared[COLUMNS])
    if desired.rows is not None:
        declared[ROWS] = resolved(desired, all_columns, ROWS.of(body), findings)
    if findings.problems:
        raise InputError(findings)
    for warning in findings.warnings:
        context.findings.warn(*warning)


def preflight(context: Context, plan: Plan) -> None:
    """Refuse a name that another table has: the API's refusal is one with an outdated table."""
    if not context.check_mode:
        reject_duplicate_name(
            context.client, context.resource, plan, context.run_cache.renamed, check_mode=True
        )


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove a table that flows use, and in a rollback one whose rows the journal does not have."""
    before, entry = plan.before or {}, context.rolls_back
    name = name_of(plan)
    if entry is not None and "rows" not in (entry.after or {}) and read_rows(context.client, before, None):
        raise GenesysError(
            f"The data table {name!r} was not removed: it has rows that this run has not written."
        )
    # With a doubt alone, the API decides: it refuses the removal of a data table that is in use.
    consumers = consumers_of(context.client, context.run_cache, str(before["id"]), "DATATABLE")
    if consumers.flows:
        raise Consumed(
            f"The data table {name!r} was not removed, because flows use it: {consumers}. Change these flows "
            "and publish them first.",
            consumers,
        )


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Read the table back. Values of new columns that no row gives are as the API has them."""
    if written is None or not context.desired.verify or "rows" not in (plan.after or {}):
        return read_back(context, plan, written)
    fresh = by_id(context.client, context.resource, written.body["id"])
    if fresh is None:
        return read_back(context, plan, written)
    context.prefetched = {written.body["id"]: fresh}
    after = {**(plan.after or {}), "rows": _with_unset_values(plan.after or {}, fresh.body)}
    return read_back(context, Plan(plan.action, plan.before, after, plan.changed), written)


def _with_unset_values(after: Body, fresh: Body) -> dict[str, t.Any]:
    """Return the rows of a write, with values of unset columns as the API shows them."""
    stored = ROWS.of(fresh)
    rows = {}
    for key, row in after["rows"].items():
        shown = stored.get(key, {})
        unset = {
            column["name"]: shown[column["name"]]
            for column in COLUMNS.of(after)
            if column["name"] not in row
            and column["name"] in shown
            and is_unset(column, shown[column["name"]])
        }
        rows[key] = {**unset, **row} if unset else row
    return rows


def unrestorable(plan: Plan) -> dict[str, str]:
    """Return the clause about new columns, which a rollback cannot remove."""
    if plan.action != "update":
        return {}
    added = columns.new_names(plan.before or {}, plan.after or {})
    if not added:
        return {}
    kept = f"column{'s' * (len(added) > 1)} {', '.join(map(repr, added))}"
    return {"columns": f"keeps its new {kept}, because the API removes no column"}


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a table. Values that the API gives to columns without one are left out."""
    options = options_of(resource, body, known)
    all_columns = COLUMNS.of(body)
    if "columns" in options:
        options["columns"] = [columns.to_option(column) for column in all_columns]
    if not options.get("rows"):
        options.pop("rows", None)
    else:
        options["rows"] = [to_option(all_columns, row) for row in options["rows"]]
    return options


def with_names(body: Body, name_of: NameOf) -> Body:
    """Return a data table with the name of its division in the place of the id. The division has both."""
    division = DIVISION.of(body)
    if division is ABSENT:
        return body
    name = _division_name(division)
    return {**body, DIVISION.wire: {"id": name, "name": name}}


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=PATH,
        paging=NUMBERED,
        name_param="name",
        item_params=_WITH_SCHEMA,
        list_params=_WITH_SCHEMA,
        locking=None,
        decode=decode,
        complete=complete,
        read_part=complete_with_rows,
        part="rows",
        needs_part=needs_rows,
        send=send,
        unrestorable=unrestorable,
    ),
    fields=_FIELDS,
    server_owned=("id",),
    event="Datatables.Schema",
    unaudited_fields=("rows",),
    unique_names=True,
    other_types={"schema": object_of({})},
    other_paths=(
        f"{PATH}/{{datatableId}}/rows",
        f"{PATH}/{{datatableId}}/rows/{{rowId}}",
        *row_import.PATHS,
        divisions.PATH,
        CONSUMING,
        BUILD,
    ),
    resolve=resolve,
    preflight=preflight,
    refuse_removal=refuse_removal,
    after_write=after_write,
    to_options=to_options,
    comparison=Comparison(with_names=with_names, take_away=take_away),
)
