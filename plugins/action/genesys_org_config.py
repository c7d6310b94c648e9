# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action of M(genesys.cloud.genesys_org_config): the fast lane of the module\'s own code."""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.modules import genesys_org_config
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane import FastLane


class ActionModule(FastLane):
    """C(ansible-core) looks for this name."""

    main = staticmethod(genesys_org_config.main)
