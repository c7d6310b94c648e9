# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of rows: CSV with a header, whose column C(key) has the keys (N.7).

Private to the collection.
"""

from __future__ import annotations

import csv
import pathlib
import stat
import typing as t

from ..._findings import Findings
from .columns import KEY

#: Size of 5,000 rows with long texts.
_MOST_BYTES = 64 * 1024 * 1024
_LONGEST_VALUE = 1024 * 1024


def read_rows(path: str, findings: Findings) -> list[dict[str, t.Any]] | None:
    """Return the rows of a CSV file in UTF-8, None after a problem, which is added to C(findings)."""
    try:
        status = pathlib.Path(path).stat()  # before it is opened, because that would wait at a named pipe
        if not stat.S_ISREG(status.st_mode):
            findings.problem("rows_path", f"{path!r} is not a regular file")
        elif status.st_size > _MOST_BYTES:
            findings.problem("rows_path", f"{path!r} has more than {_MOST_BYTES // 2**20} MiB")
        else:
            with pathlib.Path(path).open(encoding="utf-8-sig", newline="") as file:
                return _parse(path, file, findings)
    except OSError as error:
        findings.problem("rows_path", f"{path!r} cannot be read ({error.strerror or error})")
    except UnicodeDecodeError:
        findings.problem("rows_path", f"{path!r} is not in UTF-8")
    except csv.Error as error:
        findings.problem("rows_path", f"{path!r} is no CSV file ({error})")
    return None


def _parse(path: str, file: t.TextIO, findings: Findings) -> list[dict[str, t.Any]] | None:
    csv.field_size_limit(_LONGEST_VALUE)
    lines = csv.reader(file, strict=True)
    header = next(lines, [])
    if KEY not in header:
        findings.problem("rows_path", f"{path!r} has no column {KEY!r} in its first line")
        return None
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        findings.problem("rows_path", f"{path!r} has the column {repeated[0]!r} twice")
        return None
    rows = []
    for line in lines:
        if not line:
            continue
        if len(line) != len(header):
            findings.problem(
                "rows_path",
                f"{path!r} has {len(line)} values in line {lines.line_num}, and {len(header)} columns",
            )
            return None
        rows.append(dict(zip(header, line, strict=True)))
    return rows
