# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The media retention policy of the platform API: its fields, its writes and checks (N.4).

Private to the collection. A PUT replaces a policy, a PATCH changes C(enabled) alone. Lists are read without
filters, because the API filters by a boolean parameter that is false too.
"""

from __future__ import annotations

import functools
import typing as t

from ..._api.platform import NUMBERED
from ..._engine.context import Context
from ..._errors import StaleObject
from ..._http.client import Response
from ..._http.connection import quote
from ..._model.comparison import Comparison, NameOf
from ..._model.endpoint import Endpoint, ObjectWrite
from ..._model.json_objects import ABSENT, REQUIRED, Body, get_path, set_path
from ..._model.json_type import BOOLEAN, TEXT, WHOLE_NUMBER, list_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, RemoteObject
from ..._model.resource import Field, Resource
from ..._printable import printable
from .. import named_objects
from ..integration.references import PATH as INTEGRATIONS
from . import conversion, references
from .blocks import FIELDS, block_of
from .exported_blocks import options_of_block, take_away
from .parts import BLOCKS
from .retention_days import (
    MAX_RETENTION_DAYS,
    actions_of,
    declared_actions,
    longest_retention,
    violations,
    warn_of_effects,
)

PATH = "/api/v2/recording/mediaretentionpolicies"
ENABLED = Field("enabled", "enabled", json_type=BOOLEAN, chosen_by_api=True)
_FIELDS = (
    Field("name", "name", REQUIRED, json_type=TEXT),
    Field("description", "description", "", json_type=TEXT),
    Field("order", "order", json_type=WHOLE_NUMBER, chosen_by_api=True),
    ENABLED,
    *FIELDS.values(),
)
_ERRORS = "policyErrors.policyErrorMessages"


def decode(raw: Body) -> Body:
    """Return a policy in canonical form: the objects that it names have their key fields alone."""
    return _with_blocks({key: value for key, value in raw.items() if key != "selfUri"}, conversion.reduced)


def encode(body: Body, before: Body | None) -> Body:
    """Return a policy as a write has it."""
    return _with_blocks(body, conversion.sent)


def _with_blocks(body: Body, change: t.Callable[[t.Any, t.Any], t.Any]) -> Body:
    """Return a copy of a policy with other blocks. Only the objects on the way to a block are copied."""
    result = dict(body)
    if isinstance(result.get("mediaPolicies"), dict):
        result["mediaPolicies"] = {
            medium: dict(value) if isinstance(value, dict) else value
            for medium, value in result["mediaPolicies"].items()
        }
    for block in BLOCKS:
        value = get_path(result, block.wire)
        if value is not ABSENT:
            set_path(result, block.wire, change(block.parts, value))
    return result


def send_in_steps(context: Context, plan: Plan) -> t.Callable[[ObjectWrite], Response] | None:
    """Return how an update is sent, None for a creation."""
    if plan.action != "update":
        return None
    wanted = ENABLED.of(plan.after or {})
    return lambda write: _update(write, wanted, only_state=plan.changed == (ENABLED,))


def _update(write: ObjectWrite, enabled: t.Any, *, only_state: bool) -> Response:
    """Send a PATCH if only C(enabled) changes. Else send a PUT, and a PATCH if the PUT has not changed it."""
    path, state = f"{PATH}/{quote(str((write.before or {})['id']))}", {ENABLED.wire: enabled}
    if only_state:
        return write.send("PATCH", path, state, repeatable=write.repeatable)
    response = write.send("PUT", path, write.body, repeatable=write.repeatable)
    stored = response.data
    if enabled is ABSENT or not isinstance(stored, dict) or stored.get(ENABLED.wire) == enabled:
        return response
    unchanged = functools.partial(_refuse_other_state, write, path, stored.get(ENABLED.wire))
    return write.send_after_read(unchanged, "PATCH", path, state)


def _refuse_other_state(write: ObjectWrite, path: str, stored: t.Any) -> None:
    """Read the policy right before the PATCH, which has no lock. Raise StaleObject for another C(enabled)."""
    if write.read(path).get(ENABLED.wire) != stored:
        raise StaleObject(
            f"PATCH {path} was not sent, because the media retention policy changed since its PUT", status=409
        )


def preflight(context: Context, plan: Plan) -> None:
    """Warn of values that the policy keeps although a declaration of them would break the rules."""
    after = plan.after or {}
    if plan.action not in ("create", "update"):
        return
    if not context.check_mode:
        references.refuse_new_integrations(plan)
    declared, cap = declared_actions(context.desired), context.desired.max_retention_days
    for path, message in violations(actions_of(after), cap):  # the declared days were checked offline
        context.findings.warn(path, f"{message}; this task leaves it as it is")
    warn_of_effects(after, declared, context.findings)


def check_current(context: Context, plan: Plan, current: RemoteObject | None) -> None:
    """Warn of the errors that the API reports in the policy."""
    messages = get_path({} if current is None else current.body, _ERRORS)
    for message in messages if isinstance(messages, list) else ():
        text = message.get("userParamsMessage") or message.get("userMessage") or message.get("errorCode")
        context.findings.warn("name", f"the API reports an error of the policy: {printable(str(text))}")


def with_names(body: Body, name_of: NameOf) -> Body:
    """Return a policy with names in the place of ids. The API shows both of each object in a policy."""
    return _with_blocks(body, conversion.named)


def unmanaged_parts(body: Body) -> Body:
    """Return the values of a policy's blocks that the tables of parts lack, such as a later condition."""
    parts: Body = {}
    for block in BLOCKS:
        found, known = block_of(block, body), {part.wire for part in block.parts}
        if isinstance(found, dict):
            others = {key: value for key, value in found.items() if key not in known}
            parts |= {f"{block.wire}.{key}": value for key, value in others.items() if value}
    return parts


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a policy, with the limit of days that it needs."""
    options = options_of(resource, body, known)
    for option in ("actions", "conditions", "media_policies"):
        options.pop(option, None)
    for block in BLOCKS:
        declared = options_of_block(block.parts, block_of(block, body) or {}, known)
        if declared:
            set_path(options, block.option, declared)
    longest = longest_retention(body)
    return {**options, "max_retention_days": longest} if longest > MAX_RETENTION_DAYS else options


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(path=PATH, paging=NUMBERED, locking=None, decode=decode, encode=encode),
    fields=_FIELDS,
    server_owned=("id", "createdDate", "modifiedDate", "policyErrors"),
    created_field="createdDate",
    other_types={
        "createdDate": TEXT,
        "modifiedDate": TEXT,
        _ERRORS: list_of(object_of({"errorCode": TEXT, "userParamsMessage": TEXT})),
    },
    other_paths=(*named_objects.LIST_PATHS, "/api/v2/flows", INTEGRATIONS),
    write_paths=named_objects.SEARCH_PATHS,
    resolve=references.resolve,
    preflight=preflight,
    check_current=check_current,
    send_in_steps=send_in_steps,
    comparison=Comparison(with_names=with_names, take_away=take_away, unmanaged_parts=unmanaged_parts),
    to_options=to_options,
)
