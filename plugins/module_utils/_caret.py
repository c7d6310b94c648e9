# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows a slip in the user's own text: the line, and a caret under the character.

Private to the collection.
"""

from __future__ import annotations

_BEFORE = 60  # characters shown before and after the slip: a message must not repeat a body of 10 kB
_AFTER = 40


def explain(reason: str, text: str, position: int) -> str:
    """C(reason) with the place of the slip, and below it the line and the caret."""
    return f"{reason} (at {place_of(text, position)})\n{point_at(text, position)}"


def point_at(text: str, position: int) -> str:
    """Two indented lines: the line of C(text) that holds the 0-based C(position), and a caret under it.

    A long line is cut to the neighbourhood of the slip; a character that does not print shows as a dot.
    """
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    left, right = max(start, position - _BEFORE), min(end, position + _AFTER)
    before = ("…" if left > start else "") + text[left:position]
    after = text[position:right] + ("…" if right < end else "")
    shown = "".join(char if char.isprintable() else "·" for char in before + after)
    return f"  {shown}\n  {' ' * len(before)}^"


def place_of(text: str, position: int) -> str:
    """C(character 7), or C(line 2, character 7) in a text of several lines; both count from 1."""
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    if "\n" not in text:
        return f"character {column}"
    return f"line {text.count(chr(10), 0, position) + 1}, character {column}"
