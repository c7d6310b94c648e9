# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action of M(genesys.cloud.genesys_flow_info), in the fast lane where it can be."""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane import FastLane


class ActionModule(FastLane):
    """What it runs is the module of this file's name."""
