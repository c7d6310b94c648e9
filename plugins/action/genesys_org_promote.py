# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugin of M(genesys.cloud.genesys_org_promote), a module that supports the fast lane."""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane import FastLane


class ActionModule(FastLane):
    """Action plugin that runs the module with the name of this file."""
