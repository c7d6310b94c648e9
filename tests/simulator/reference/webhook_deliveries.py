# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Delivery of events to the targets of webhooks: C(webhooks.event) of C(openapi.yaml).

Deliveries run beside the API and do not delay it. A webhook gets each event once and in order, even if its
target fails. The control API shows each delivery as an object of the kind C(webhook_deliveries).
"""

from __future__ import annotations

import asyncio
import collections
import functools
import ssl

import httpx

from ..events import Event
from ..orgs import Org
from ..store import Kind, Stored, Wire, encode_json
from . import webhooks

#: C({id, webhookId, eventType, entityId, status, error}). Status and error are null until the request ends.
DELIVERIES = Kind(name="webhook_deliveries", path="")
#: Seconds until a delivery is given up.
TIMEOUT = 5.0

#: Running deliveries: the event loop alone would not keep them alive.
_running: set[asyncio.Task[None]] = set()


class DeliveryLocks(collections.defaultdict[str, asyncio.Lock]):
    """One lock for each webhook id, which keeps the order of a webhook's deliveries."""

    def __init__(self) -> None:
        super().__init__(asyncio.Lock)


def deliver(org: Org, event: Event) -> None:
    """Deliver an event to the webhooks as they are at this moment; a listener of C(orgs)."""
    for stored in org[webhooks.KIND].all():
        webhook = stored.wire
        wanted = {entry["eventType"] for entry in webhook.get("events", [])}
        if webhook.get("enabled", True) and event.event_type in wanted:
            task = asyncio.get_running_loop().create_task(
                _send(org, webhook, event, _record_delivery(org, webhook, event))
            )
            _running.add(task)
            task.add_done_callback(_running.discard)


def _record_delivery(org: Org, webhook: Wire, event: Event) -> Stored:
    return org[DELIVERIES].create(
        {
            "webhookId": webhook["id"],
            "eventType": event.event_type,
            "entityId": event.entity_id,
            "status": None,
            "error": None,
        }
    )


async def _send(org: Org, webhook: Wire, event: Event, delivery: Stored) -> None:
    deliveries = org[DELIVERIES]
    async with org.state(DeliveryLocks)[webhook["id"]]:
        outcome = await _post(webhook.get("target", {}), event)
    deliveries.replace(delivery, {**delivery.wire, **outcome})


def request_body(event: Event) -> Wire:
    """Return the JSON that a webhook's target gets: schema Event of C(openapi.yaml)."""
    return {
        "eventType": event.event_type,
        "entityId": event.entity_id,
        "organizationId": event.organization_id,
        "timestamp": event.timestamp,
        "data": event.data,
    }


async def _post(target: Wire, event: Event) -> Wire:
    """Send the request and return C({status}), or C({error}) if there was no response."""
    try:
        async with httpx.AsyncClient(verify=_tls(), trust_env=False, timeout=TIMEOUT) as client:
            headers = {"content-type": "application/json"}
            headers |= {name.lower(): value for name, value in target.get("headers", {}).items()}
            answer = await client.post(
                target.get("url", ""), content=encode_json(request_body(event)), headers=headers
            )
            return {"status": answer.status_code}
    except (
        httpx.HTTPError,
        httpx.InvalidURL,
        OSError,
        ValueError,
    ) as error:  # the target of a webhook is unchecked
        return {"error": f"{type(error).__name__}: {error}"}


@functools.cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
