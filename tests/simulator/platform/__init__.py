# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform API: routers, rules and the OpenAPI document C(openapi.yaml).

C(switches) has a switch for each lag and for each fact that no public source settles.
"""
