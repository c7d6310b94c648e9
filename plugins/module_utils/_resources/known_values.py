# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of enumerations: the API's spelling of known ones, and a warning of others (N.1, N.3).

Private to the collection. The vendor adds values, so the API decides which of them exist.
"""

from __future__ import annotations

import typing as t

from .._findings import Findings, did_you_mean


def spelled(
    given: dict[str, t.Any], option: str, known: t.Sequence[str], findings: Findings, path: str = ""
) -> None:
    """Give a text option the spelling of the known value that it equals in any letter case.

    Add a problem for an empty text, and a warning for a value that is not known. C(path) is that of an option
    inside of another one.
    """
    value, path = given.get(option), path or option
    if not isinstance(value, str):
        return
    if not value.strip():
        findings.problem(path, "must not be empty")
        return
    spellings = {one.lower(): one for one in known}
    given[option] = spellings.get(value.lower(), value)
    if value.lower() not in spellings:
        findings.warn(
            path, f"{value!r} is not known to this version and goes to the API{did_you_mean(value, known)}"
        )
