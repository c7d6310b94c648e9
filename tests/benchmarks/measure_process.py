# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run one command and write its cost; a process with as little memory as possible.

    python measure_process.py REPORT OUTPUT COMMAND...

REPORT gets JSON, C({returncode, wall, cpu, peak_mb}), in seconds and MiB. OUTPUT gets the standard output of
the command. A new process starts with the memory of its parent, which Linux counts as its peak. The parent of
a measured process must therefore be small. Standard library only.
"""

from __future__ import annotations

import json
import os
import sys
import time

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def main(report: str, output: str, command: list[str]) -> int:
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, _WRITE, 0o600),
    ]
    started = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _pid, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    unit = 1024 if sys.platform == "linux" else 1024 * 1024  # of ru_maxrss
    cost = {
        "returncode": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / unit,
    }
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 (pathlib would make this process bigger)
        json.dump(cost, file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
