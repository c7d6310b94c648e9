# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of one planned, applied or failed change: what the audit log keeps and a notification tells.

Private to the collection. S2.9, S2.10, S4.8. Pure: nothing here reads or writes.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import typing as t

from .._errors import GenesysError, OutcomeUnknown
from .._model.json_objects import Body
from .._model.plan import Plan
from .._model.rendering import masked_body, secrets_of
from .._model.resource import Resource
from .._secrets import Redactor

if t.TYPE_CHECKING:
    from .._model.plan import RemoteObject

ChangeRecord = dict[str, t.Any]

_LONGEST_MESSAGE = 1000


def make_record(
    resource: Resource,
    plan: Plan,
    *,
    status: t.Literal["planned", "applied", "failed", "rolled_back"],
    now: RemoteObject | None,
    organization: dict[str, t.Any],
    actor: str,
    check_mode: bool,
    api: dict[str, t.Any],
    error: GenesysError | None = None,
    secret_names: t.Collection[str] = (),
    secrets: t.Collection[str] = (),
) -> ChangeRecord:
    """The record, JSON throughout, without secrets.

    C(now) is the object as the server has it after the change, None where there is none or nobody knows.
    An undo that is a task of its own is C(rolled_back) without an error, and a change like any other.
    C(before_sha256) and C(after_sha256) cover what clients own of the object, so that the hash after one
    change is the hash before the next, unless somebody else wrote in between. C(changed) is null where it is
    not known whether a write took effect; C(latency_ms) is the time of all API calls of the task until now.
    """
    known = now.body if now is not None else plan.before or {}
    named = {**(plan.before or {}), **(plan.after or {}), **known}
    undone = status == "rolled_back" and error is not None
    after = now.body if now is not None else plan.before if undone else plan.after
    correlation_ids = api["correlation_ids"]
    record = {
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "org_id": organization.get("id"),
        "org_name": organization.get("name"),
        "kind": resource.kind,
        "id": named.get("id"),
        "name": named.get("name"),
        "action": plan.action,
        "status": status,
        "check_mode": check_mode,
        "changed": status in ("applied", "rolled_back") if error is None else _changed(error),
        "latency_ms": api["latency_ms"],
        "correlation_id": correlation_ids[-1] if correlation_ids else None,
        "actor": actor,
        "before_sha256": fingerprint(resource, plan.before, secret_names),
        "after_sha256": fingerprint(resource, after, secret_names),
        "version": _version(resource, known),
    }
    if error is not None:
        record["correlation_id"] = error.returned.get("correlation_id") or record["correlation_id"]
        found = [secrets_of(resource, body, secret_names) for body in (plan.before, plan.after)]
        record["message"] = Redactor(set(secrets).union(*found))(str(error), _LONGEST_MESSAGE)
    return record


def fingerprint(resource: Resource, body: Body | None, secret_names: t.Collection[str] = ()) -> str | None:
    """SHA-256 of what clients own of an object: JSON with sorted keys, without spaces, in UTF-8.

    Secrets in headers and URLs are masked before, so that nobody can try secrets on the hash. None for None.
    """
    if body is None:
        return None
    owned = masked_body(resource, resource.without_server_fields(body), secret_names)
    text = json.dumps(owned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _changed(error: GenesysError) -> bool | None:
    if isinstance(error, OutcomeUnknown):
        return error.returned.get("changed")
    return bool(error.returned.get("changed", False))


def _version(resource: Resource, body: Body) -> t.Any:
    """What the kind counts its changes with: C(version), a schema's C(schemaVersion), or nothing."""
    return next((body.get(key) for key in resource.server_owned if key.lower().endswith("version")), None)
