# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures that unit tests of several packages share."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.http_listener import HttpListener


@pytest.fixture
def listener() -> t.Iterator[HttpListener]:
    with HttpListener() as running:
        yield running


@pytest.fixture
def log(tmp_path: pathlib.Path) -> pathlib.Path:
    """Return the path of an audit log, whose folder does not exist yet."""
    return tmp_path / "audit" / "changes.jsonl"
