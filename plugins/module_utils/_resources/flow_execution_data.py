# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switch of an org for the storage of flow execution data (N.2).

Private to the collection. The API has two paths for it. The older one counts only in an org that lacks the
other.
"""

from __future__ import annotations

import time
import typing as t

from .._engine.context import Context
from .._errors import MissingObject, NotFound
from .._http.client import Client, Response
from .._model.comparison import Comparison
from .._model.desired_state import CONFLICT_OPTIONS, DesiredState
from .._model.endpoint import Endpoint, ObjectWrite
from .._model.json_objects import REQUIRED, Body
from .._model.json_type import BOOLEAN, TEXT, object_of
from .._model.options import options_of
from .._model.plan import Plan
from .._model.resource import Field, Resource, ResourceKind

_PATH = "/api/v2/settings/executiondata"
_OLDER_PATH = "/api/v2/flows/instances/settings/executiondata"
#: The id and the name of the setting in canonical form.
_ONLY = "organization"

OPTIONS: dict[str, dict[str, t.Any]] = {
    "state": {"type": "str", "choices": ["present", "validated"], "default": "present"},
    "enabled": {"type": "bool", "required": True},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class FlowExecutionData(DesiredState):
    """The desired switch."""

    enabled: bool | None = None
    verify: bool = True


ENABLED = Field("enabled", "enabled", REQUIRED, json_type=BOOLEAN)


def decode(raw: Body) -> Body:
    """Return the setting in canonical form."""
    return {**{key: value for key, value in raw.items() if key != "selfUri"}, "id": _ONLY, "name": _ONLY}


def read(client: Client, object_id: str, within: float | None) -> Response | None:
    """Read the setting. Raise NotFound if the org has neither path."""
    ends_at = None if within is None else time.monotonic() + within
    for path in (_PATH, _OLDER_PATH):
        left = None if ends_at is None else max(0.0, ends_at - time.monotonic())
        response = client.get(path, allow_missing=True, within=left)
        if response is not None:
            return response
    raise NotFound(
        f"The org has no setting for flow execution data: {_PATH} and {_OLDER_PATH} were answered 404. Check "
        "that the org has the feature, and base_url and api_profile."
    )


def send(write: ObjectWrite) -> Response:
    """Change the setting under the path that the org has."""
    try:
        return write.send(write.method, _PATH, write.body, repeatable=write.repeatable)
    except MissingObject:
        return write.send(write.method, _OLDER_PATH, write.body, repeatable=write.repeatable)


def update_body(context: Context, plan: Plan) -> Body:
    return {ENABLED.wire: (plan.after or {})[ENABLED.wire]}


def preflight(context: Context, plan: Plan) -> None:
    """Warn that published flows do not record data yet."""
    if (plan.after or {}).get(ENABLED.wire) is True:
        context.findings.warn("enabled", "a flow records execution data only after it is published again")


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=_PATH,
        paging=None,
        item_path=lambda quoted_id: _PATH,
        read=read,
        locking=None,
        verb="PATCH",
        decode=decode,
        send=send,
    ),
    fields=(ENABLED,),
    server_owned=("id", "name", "dateModified", "modifiedBy", "modifiedByClient"),
    other_types={
        "dateModified": TEXT,
        "modifiedBy": object_of({"id": TEXT}),
        "modifiedByClient": object_of({"id": TEXT}),
    },
    write_paths=(_OLDER_PATH,),
    creatable=False,
    preflight=preflight,
    update_body=update_body,
    to_options=options_of,
    comparison=Comparison(),
)
FLOW_EXECUTION_DATA = ResourceKind(
    name="flow_execution_data",
    title="setting for flow execution data",
    options=OPTIONS,
    model=FlowExecutionData,
    profiles={"platform": PLATFORM_RESOURCE},
    identity=(),
    only_id=_ONLY,
    list_option="flow_execution_data",
    verifies=True,
)
