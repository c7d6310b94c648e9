# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of the org of a token and of its products."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from .routing import route

PRODUCTS = ("collaborateFree", "engage3", "purecloudDataActions")


def routes() -> list[Route]:
    return [
        route("/api/v2/organizations/me", GET=(me, ())),
        route("/api/v2/authorization/products", GET=(products, ())),
    ]


def me(call: Call) -> Response:
    return json_response(
        {
            "id": call.org.id,
            "name": call.org.name,
            "defaultLanguage": "en-us",
            "defaultCountryCode": "US",
            "thirdPartyOrgName": call.org.key,
            "domain": call.org.key,
            "version": 1,
            "state": "active",
            "voicemailEnabled": False,
            "productPlatform": "PureCloud",
            "features": {"directory": True, "purecloud": True},
            "selfUri": f"/api/v2/organizations/{call.org.id}",
        }
    )


def products(call: Call) -> Response:
    return json_response({"total": len(PRODUCTS), "entities": [{"id": product} for product in PRODUCTS]})
