# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(python -m hostile.measured_call FILE): call a module once and print the memory that the call took."""

from __future__ import annotations

import json
import pathlib
import resource
import sys

from .clients import call


def peak() -> int:
    """Return the most memory that this process had [bytes]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    given = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    module, arguments = given["module"], given["arguments"]
    resource.setrlimit(resource.RLIMIT_AS, (given["limit"], given["limit"]))
    call(module, {**arguments, "base_url": "http://127.0.0.1:9"})  # loads what every call needs
    before = peak()
    outcome = call(module, arguments, limit=100)
    print(json.dumps({"over": peak() - before, "exception": outcome.exception}))


if __name__ == "__main__":
    main()
