# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real data actions for tests, from the folder GENESYS_SHARED, by default `shared` beside the checkout."""

from __future__ import annotations

import json
import os
import pathlib
import typing as t

import pytest
import yaml

_ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = pathlib.Path(os.environ.get("GENESYS_SHARED") or _ROOT.parent / "shared") / "corpus"

#: Skip a test without the real data actions; the reason names the missing folder.
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no real data actions: {CORPUS} does not exist"
)


def rest_data_actions() -> list[dict[str, t.Any]]:
    """Return the data actions in the form of the options."""
    return yaml.safe_load((CORPUS / "rest_data_actions.yml").read_text(encoding="utf-8"))["data_actions"]


def platform_actions() -> list[dict[str, t.Any]]:
    """Return the data actions in the form of the public API."""
    return list(platform_definitions().values())


def platform_definitions() -> dict[str, dict[str, t.Any]]:
    """Return the data actions in the form of the public API, by the names of their files."""
    files = sorted((CORPUS / "platform").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
