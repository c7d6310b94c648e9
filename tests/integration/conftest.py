# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixture of the integration tests that runs ansible-playbook (integration/playbook.py)."""

from __future__ import annotations

import functools
import pathlib
import typing as t

import pytest

from integration.playbook import PlaybookRun, run_playbook


@pytest.fixture
def playbook(tmp_path: pathlib.Path) -> t.Callable[..., PlaybookRun]:
    """Return `run_playbook` bound to the test's folder: `playbook(tasks, inventory=..., check=True, ...)`."""
    return functools.partial(run_playbook, directory=tmp_path)
