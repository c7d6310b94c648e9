# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stateful simulator of the Genesys Cloud API for the tests, C(make demo) and the molecule scenarios.

C(process) starts it and C(control) is the client of its control API; both need the standard library only.
C(server) listens. C(gateway) logs each request and applies faults and rate limits. The routers answer from
the objects in C(store), which C(orgs) holds for each org. Each API has a package with its routers and rules:
C(reference) and C(platform). C(app) lists the APIs. Each org has one API, so the credentials or the token of
a request choose the API.
"""
