# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the engine's tests: an org with a journal, and the runner of genesys_org_config."""

from __future__ import annotations

from unit.journaled_site import journal, site
from unit.org.conftest import converge
from unit.platform_kinds import org_of_kind

__all__ = ["converge", "journal", "org_of_kind", "site"]
