# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations of tests that check that the code does not wait.

A server delays its response by FOREVER. The test ends within PATIENCE, also on a busy machine, unless the
code waits for that response.
"""

from __future__ import annotations

#: Longest time that a step of a few milliseconds may take on a busy machine [s].
PATIENCE = 120.0

#: A delay that no correct code waits for [s].
FOREVER = 600.0
