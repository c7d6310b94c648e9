# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loaded by every Python of a run: it writes what is sent to syslog to the file CAPTURED_SYSLOG."""

from __future__ import annotations

import os
import pathlib
import sys
import syslog


def _write(*given: object) -> None:
    with pathlib.Path(os.environ["CAPTURED_SYSLOG"]).open("a", encoding="utf-8") as stream:
        stream.write(f"{given}\n")


if "CAPTURED_SYSLOG" in os.environ:
    syslog.syslog = _write  # type: ignore[assignment]
    sys.modules["systemd"] = None  # type: ignore[assignment]
