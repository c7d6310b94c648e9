# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stateful simulator of the API's reference profile: what tests, C(make demo) and molecule run against.

The parts, from the street inward: C(process) starts it and C(control) steers it (standard library only);
C(server) listens, C(gateway) logs, disturbs and limits each request, the routers (C(oauth), C(data_actions),
...) answer it out of C(orgs) and C(store).
"""
