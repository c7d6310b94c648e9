# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of one planned, applied or failed change, for the audit log and for notifications.

Private to the collection. S2.9, S2.10, S4.8. Pure: no input or output.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import typing as t

from .._errors import GenesysError, OutcomeUnknown
from .._model.json_objects import Body
from .._model.plan import Plan
from .._model.rendering import BodyMasker, MaskedBody
from .._model.resource import Resource
from .._secrets import Redactor
from .._unexpected_errors import UnexpectedError

if t.TYPE_CHECKING:
    from .._journal.entry import Entry
    from .._model.plan import RemoteObject

ChangeRecord = dict[str, t.Any]

_LONGEST_MESSAGE = 1000


def make_record(
    masker: BodyMasker,
    plan: Plan,
    *,
    status: t.Literal["planned", "applied", "failed", "rolled_back"],
    now: RemoteObject | None,
    organization: dict[str, t.Any],
    actor: str,
    check_mode: bool,
    api: dict[str, t.Any],
    error: GenesysError | None = None,
    secrets: t.Collection[str] = (),
    entry: Entry | None = None,
) -> ChangeRecord:
    """Return the record: JSON throughout, without secrets.

    C(now) is the object after the change, None if it does not exist or is unknown. A rollback that is a task
    of its own has the status C(rolled_back) and no error; it is a change like any other. C(before_sha256) and
    C(after_sha256) cover the client-owned part of the object. The hash after one change is therefore the hash
    before the next, unless there was a concurrent change. C(changed) is null if it is unknown whether the
    write took effect. C(latency_ms) is the time of all API calls of the task so far. C(entry) is the write in
    the journal's file, None without one.
    """
    resource = masker.resource
    current = now.body if now is not None else plan.before or {}
    identified = {**(plan.before or {}), **(plan.after or {}), **current}
    rolled_back = status == "rolled_back" and error is not None
    after = now.body if now is not None else plan.before if rolled_back else plan.after
    correlation_ids = api["correlation_ids"]
    record = {
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "org_id": organization.get("id"),
        "org_name": organization.get("name"),
        "kind": resource.kind,
        "id": identified.get("id"),
        "name": identified.get("name"),
        "action": plan.action,
        "status": status,
        "check_mode": check_mode,
        "changed": status in ("applied", "rolled_back") if error is None else _changed(error),
        "latency_ms": api["latency_ms"],
        "correlation_id": correlation_ids[-1] if correlation_ids else None,
        "actor": actor,
        "before_sha256": fingerprint(masker.mask(plan.before)),
        "after_sha256": fingerprint(masker.mask(after)),
        "version": _version(resource, current),
    }
    if entry is not None:
        record["journal_entry"] = entry_key(entry)
    if error is not None:
        record["correlation_id"] = error.returned.get("correlation_id") or record["correlation_id"]
        redact = Redactor(masker.secrets_in(plan.before, plan.after).union(secrets))
        record["message"] = redact(str(error), _LONGEST_MESSAGE)
    return record


def entry_key(entry: Entry) -> str:
    """Return the text that names an entry of a journal in the audit log."""
    return f"{entry.run}/{entry.number}"


def fingerprint(body: MaskedBody | None) -> str | None:
    """Return the SHA-256 of the client-owned part of an object: JSON with sorted keys, no spaces, in UTF-8.

    Secrets in headers and URLs are masked first, so that the hash cannot confirm a guessed secret.
    Returns None for None.
    """
    if body is None:
        return None
    owned = {key: value for key, value in body.masked.items() if key not in body.resource.server_owned}
    text = json.dumps(owned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _changed(error: GenesysError) -> bool | None:
    unknown = isinstance(error, (OutcomeUnknown, UnexpectedError))
    if unknown or error.returned.get("changed", False) is None:
        return error.returned.get("changed")
    return bool(error.returned.get("changed", False))


def _version(resource: Resource, body: Body) -> t.Any:
    """Return the version of an object: its C(version), a schema's C(schemaVersion), or None."""
    return next((body.get(key) for key in resource.server_owned if key.lower().endswith("version")), None)
