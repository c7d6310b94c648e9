# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The syntax check of JSONPath: the dialect of Jayway (S1.3).

Extensions of RFC 9535 are C(size()) and C(length()) at the end, a dot before a bracket, and a path without
C($). They are rewritten to the standard form, which python-jsonpath parses in its strict mode. Filters with
an operator that only Jayway has (C(in), C(nin), C(contains), C(=~)) are parsed in its default mode.
"""

from __future__ import annotations

import functools
import re

import jsonpath

_STANDARD = jsonpath.JSONPathEnvironment(strict=True)
_LENIENT = jsonpath.JSONPathEnvironment()
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_OPERATOR = re.compile(r"\?\(.*(?:=~|\s(?:in|nin|contains)\s)", re.DOTALL)
# A name that the lenient grammar accepts and Jayway refuses.
_BARE_NAME = re.compile(r"\[\s*[A-Za-z_]")
_FUNCTION_AT_END = re.compile(r"\.(?:size|length)\(\)\Z")
_DOT_BEFORE_BRACKET = re.compile(
    r"""(?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")   # matched first: a dot in a key is literal
    | (?<!\.)\.(?=\[)""",
    re.VERBOSE,
)


@functools.lru_cache(maxsize=4096)
def syntax_error(source: str) -> str | None:
    """Return the syntax error of a path in one line, or None if the server accepts the path."""
    path = source.strip()
    if not path:
        return "is empty."
    if not path.startswith("$"):
        path = f"$.{path}"
    path = _FUNCTION_AT_END.sub("", path)
    path = _DOT_BEFORE_BRACKET.sub(lambda found: found["quoted"] or "", path)
    bare = _QUOTED.sub("''", path)
    lenient = _OPERATOR.search(bare) is not None and not _BARE_NAME.search(bare)
    try:
        if lenient:
            _LENIENT.compile(path.replace(" nin ", " in "))
        else:
            _STANDARD.compile(path)
    except (jsonpath.JSONPathError, RecursionError) as error:
        reason = str(error.args[0]) if error.args else type(error).__name__
        return f"is not a JSONPath: {reason.splitlines()[0]}."
    return None
