# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reader of file permissions."""

from __future__ import annotations

import pathlib
import stat


def mode_of(path: pathlib.Path) -> int:
    """Return the permission bits of a file or folder, such as 0o600."""
    return stat.S_IMODE(path.stat().st_mode)
