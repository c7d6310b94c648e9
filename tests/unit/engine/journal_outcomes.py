# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcomes that a journal has for the writes of a task."""

from __future__ import annotations


def outcomes(site):
    """Return the last outcome of each write in the journal."""
    last = {line["number"]: line["outcome"] for line in site.lines() if "outcome" in line}
    return list(last.values())
