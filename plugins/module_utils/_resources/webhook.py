# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: events and the URL to which an org sends them (feature S0.8).

Private to the collection. The events are those of the reference API, the only one with webhooks.
"""

from __future__ import annotations

import typing as t

from .._api.reference import EVENT_TYPES, NUMBERED
from .._arguments.validation import check_headers, check_url
from .._findings import Findings, did_you_mean
from .._model.comparison import Comparison
from .._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DeferredModel, DesiredState
from .._model.endpoint import Endpoint
from .._model.json_objects import REQUIRED
from .._model.json_type import BOOLEAN, TEXT, either, list_of, map_of, object_of
from .._model.options import options_of
from .._model.resource import Field, Resource, ResourceKind

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "events": {"type": "list", "elements": "str"},
    "target": {
        "type": "dict",
        "options": {"url": {"type": "str"}, "headers": {"type": "dict"}},
    },
    "enabled": {"type": "bool"},
    "secret_headers": {"type": "list", "elements": "str", "no_log": False},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class Target(DeferredModel):
    """URL and headers of the requests that deliver events."""

    url: str | None = None
    headers: dict[str, str] | None = None


class Webhook(DesiredState):
    """The desired state of a webhook, as the task declares it."""

    events: list[str] | None = None
    target: Target | None = None
    enabled: bool | None = None
    secret_headers: list[str] | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone, and convert header names and values to strings."""
    events = given.get("events")
    if events == []:
        findings.problem("events", "must name at least one event: a webhook without events does nothing")
    for index, event in enumerate(events or []):
        if event is not None and event not in EVENT_TYPES:
            hint = did_you_mean(event, EVENT_TYPES)
            findings.problem(f"events[{index}]", f"{event!r} is not an event of the API{hint}")
    target = given.get("target") or {}
    if target.get("url") is not None:
        check_url(target["url"], "target.url", findings, sent="the events and the headers")
    headers = target.get("headers")
    if headers:
        check_headers(headers, "target.headers", findings, given.get("secret_headers"))
        target["headers"] = {str(name): str(value) for name, value in headers.items()}
    return {}


def _combined(current: t.Any, declared: list[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    """Return the declared events. Events that the webhook has already keep their other properties."""
    known = {_type_of(entry): entry for entry in (current if isinstance(current, list) else [])}
    return [known.get(_type_of(entry), entry) for entry in declared]


def _types(entries: list[t.Any]) -> list[str]:
    """Return the event types sorted and without duplicates; neither order nor repetition matters."""
    return sorted({_type_of(entry) for entry in entries})


def _type_of(entry: t.Any) -> str:
    return str(entry.get("eventType") if isinstance(entry, dict) else entry)


REFERENCE_RESOURCE = Resource(
    endpoint=Endpoint(path="/api/v2/platform/webhooks", paging=NUMBERED, locking=None),
    fields=(
        Field("name", "name", REQUIRED, json_type=TEXT),
        Field(
            "events",
            "events",
            REQUIRED,
            to_wire=lambda events, desired: [{"eventType": event} for event in dict.fromkeys(events)],
            from_wire=_types,
            canonical=_types,
            combine=_combined,
            json_type=list_of(either(TEXT, object_of({"eventType": TEXT}, ["eventType"]))),
        ),
        Field("target.url", "target.url", REQUIRED, url=True, secret_path=True, json_type=TEXT),
        Field("target.headers", "target.headers", {}, headers=True, json_type=map_of(TEXT)),
        Field("enabled", "enabled", True, json_type=BOOLEAN),
    ),
    server_owned=("id",),
    to_options=options_of,
    comparison=Comparison(),
)

WEBHOOK = ResourceKind(
    name="webhook",
    title="webhook",
    options=OPTIONS,
    model=Webhook,
    profiles={"reference": REFERENCE_RESOURCE},
    list_option="webhooks",
    prunable=True,
    verifies=True,
    validate=validate_options,
)
