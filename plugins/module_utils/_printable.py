# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Escapes for characters that could forge the lines of a terminal, log or report.

Private to the collection. An org's names may have any characters. Requests, journals and records keep them.
Messages, diffs, logs and reports show them escaped.
"""

from __future__ import annotations

import json
import re
import typing as t
import unicodedata

# Characters that Python calls printable, but that show nothing or change the character before them.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0e\U000e0100-\U000e01ef]")
_LINES_AND_TABS = re.compile("([\t\n])")


def printable(text: str) -> str:
    """Return a text that cannot forge a line, a color or another name: with escapes such as C(\\u202e).

    Escaped are control characters, line breaks, characters that change the direction of the text, and
    characters without width.
    """
    if text.isascii() and text.isprintable():  # true for most texts
        return text
    text = "".join(
        char if char.isprintable() or unicodedata.category(char) == "Zs" else repr(char)[1:-1]
        for char in text
    )
    return _INVISIBLE.sub(lambda match: f"\\U{ord(match[0]):08x}".replace("U0000", "u"), text)


def printable_lines(text: str) -> str:
    """Return a text of several lines, such as a message with a list, as C(printable) does each line."""
    return "".join(
        part if part in ("\t", "\n") else printable(part) for part in _LINES_AND_TABS.split(text) if part
    )


def printable_values(value: t.Any) -> t.Any:
    """Return a JSON value whose texts and keys are as C(printable_lines) returns them."""
    if isinstance(value, str):
        return printable_lines(value)
    if isinstance(value, dict):
        return {printable_values(key): printable_values(entry) for key, entry in value.items()}
    return [printable_values(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def printable_json(value: t.Any, **options: t.Any) -> str:
    """Return a value as JSON with its true content, and with escapes for the characters of C(printable).

    C(options) are those of C(json.dumps).
    """
    text = json.dumps(value, ensure_ascii=False, **options)
    if text.isascii() and text.isprintable():
        return text
    # Outside of strings, JSON has no character to escape but the line breaks of an indented text.
    return "".join(
        char if char == "\n" or printable(char) == char else json.dumps(char)[1:-1] for char in text
    )
