# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stops pytest with the cure when `ansible_collections.genesys.cloud` is not this checkout.

Tests import the collection under its real name, through a link that `make install` makes.
"""

from __future__ import annotations

import pathlib

import pytest

CHECKOUT = pathlib.Path(__file__).resolve().parent
LINK = CHECKOUT / ".cache/collections/ansible_collections/genesys/cloud"

if LINK.resolve() != CHECKOUT:
    raise pytest.UsageError(f"{LINK} does not lead to {CHECKOUT}. Run: make install")
