# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preparation of pytest: the collection's real name and the folder of the tests' helpers.

Tests import the collection under its real name, through a link that `make install` makes. `ansible-test
units` runs in a folder that has the real name, but the processes that tests start need the link there too.
It ignores pyproject.toml, so this file too adds the folder `tests` to the import path.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import sys

import pytest

CHECKOUT = pathlib.Path(__file__).resolve().parent
LINK = CHECKOUT / ".cache/collections/ansible_collections/genesys/cloud"
HAS_REAL_NAME = CHECKOUT.parts[-3:] == ("ansible_collections", "genesys", "cloud")

if HAS_REAL_NAME:
    LINK.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):  # another worker of pytest has made the link
        LINK.symlink_to("../../../..")
    if "PYTEST_XDIST_WORKER" in os.environ:
        # ansible-test puts an `ansible` without commands there. Child processes need the installed one.
        os.environ.pop("PYTHONPATH", None)

if LINK.resolve() != CHECKOUT:
    raise pytest.UsageError(f"{LINK} does not lead to {CHECKOUT}. Run: make install")

TESTS = str(CHECKOUT / "tests")
if TESTS not in sys.path:
    sys.path.insert(0, TESTS)
