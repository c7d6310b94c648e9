# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML text of values, which Ansible loads byte for byte and never templates.

Private to the collection. Texts of several lines are blocks (C(|)). A text with a character that a reader of
the file cannot see, or that an editor may remove, is quoted with escapes. Texts that Ansible could take for
templates have the tag C(!unsafe). The order of keys is that of the values.
"""

from __future__ import annotations

import math
import re
import typing as t

from .._printable import printable

#: Texts without quotes: ASCII words, URLs, addresses. No number or date begins as they do.
_PLAIN = re.compile(r"[A-Za-z$/_](?:[\w ./,(){}$?&=+*@;%~^<>|!-]|:(?=[^\s:]))*", re.ASCII)
#: Words that YAML 1.1 reads as another type, and letters that other readers of YAML do.
_RESERVED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
#: Delimiters of Jinja, and the line with which a text can choose others.
_TEMPLATE = re.compile(r"\{\{|\{%|\{#|\A#jinja2:")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: A line and its break. A text is split after each of them.
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
#: YAML allows 1,024 characters for a key on the line of its value. [characters]
_LONGEST_KEY = 100
#: The range of characters that no encoding of a file has.
_SURROGATE = re.compile("[\ud800-\udfff]")


class TemplateText(str):
    """A text that Ansible must evaluate, such as the use of a variable."""

    __slots__ = ()


def yaml_text(value: dict[str, t.Any]) -> str:
    """Return a mapping as YAML, "" for an empty one.

    Raise ValueError for a value that YAML or Ansible cannot hold, with its path.
    """
    return "".join(f"{line}\n" for line in _mapping(value, "", "")) if value else ""


def _mapping(value: dict[t.Any, t.Any], indent: str, path: str) -> t.Iterator[str]:
    for key, entry in value.items():
        if not isinstance(key, str):
            raise ValueError(f"{path or 'the value'} has a key that is no text: {key!r}")
        below = f"{path}.{key}" if path else key
        shown = _quoted_or_plain(key, below)
        if len(shown) > _LONGEST_KEY:
            yield f"{indent}? {shown}"
            yield from _entry(f"{indent}:", entry, indent, below)
        else:
            yield from _entry(f"{indent}{shown}:", entry, indent, below)


def _sequence(value: t.Sequence[t.Any], indent: str, path: str) -> t.Iterator[str]:
    for number, entry in enumerate(value):
        below = f"{path}[{number}]"
        if isinstance(entry, (dict, list, tuple)) and entry:
            # The first line of a collection follows the dash.
            first, *others = _collection(entry, f"{indent}  ", below)
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from others
        else:
            yield from _entry(f"{indent}-", entry, indent, below)


def _collection(value: t.Any, indent: str, path: str) -> t.Iterator[str]:
    lines = _mapping if isinstance(value, dict) else _sequence
    return lines(value, indent, path)


def _entry(start: str, value: t.Any, indent: str, path: str) -> t.Iterator[str]:
    """Yield the line that begins with C(start), a key or the dash of a list, and the lines of its value."""
    if isinstance(value, (dict, list, tuple)) and value:
        yield start
        yield from _collection(value, f"{indent}  ", path)
    elif isinstance(value, str) and not isinstance(value, TemplateText):
        yield from _text_entry(start, value, f"{indent}  ", path)
    else:
        yield f"{start} {_scalar(value, path)}"


def _text_entry(start: str, text: str, indent: str, path: str) -> t.Iterator[str]:
    if _TEMPLATE.search(text):
        start = f"{start} !unsafe"
    if _is_block(text):
        # Without the number, YAML takes the blanks of the first line for a part of the indentation.
        number = "2" if text[0] in " \n" else ""
        yield f"{start} |{number}{'' if text.endswith(chr(10)) else '-'}"
        yield from (f"{indent}{line}" if line else "" for line in text.removesuffix("\n").split("\n"))
    elif "\n" in text.rstrip("\n"):
        first, *others = [line for line in _LINES.findall(_whole(text, path)) if line]
        # A backslash at the end of a line removes the break and the indentation of the next line.
        lines = [_escaped(first), *(_leading_blank_escaped(_escaped(line)) for line in others)]
        yield f'{start} "{lines[0]}\\'
        yield from (f"{indent}{line}\\" for line in lines[1:-1])
        yield f'{indent}{lines[-1]}"'
    else:
        yield f"{start} {_quoted_or_plain(text, path)}"


def _is_block(text: str) -> bool:
    """Return whether a block shows a text of several lines, and an editor would not change it."""
    body = text.removesuffix("\n")
    return (
        "\n" in text and bool(body) and not body.endswith("\n") and all(map(_is_block_line, body.split("\n")))
    )


def _is_block_line(line: str) -> bool:
    return not line or (not line[-1].isspace() and _is_shown(line.replace("\t", "")))


def _is_shown(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or printable(text) == text


def _scalar(value: t.Any, path: str) -> str:
    """Return a value on one line."""
    if isinstance(value, TemplateText):
        return f'"{_escaped(_whole(value, path))}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, (dict, list, tuple)):
        return "{}" if isinstance(value, dict) else "[]"
    raise ValueError(f"{path} is of the type {type(value).__name__}, which YAML does not have")


def _number(value: float) -> str:
    if math.isinf(value) or math.isnan(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    text = repr(value)
    # Without a point, YAML 1.1 reads 1e-07 as text.
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def _quoted_or_plain(text: str, path: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED and not text.endswith(" "):
        return str(text)
    if _is_shown(text) and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{_escaped(_whole(text, path))}"'


def _whole(text: str, path: str) -> str:
    """Return a text, raise ValueError if no file can hold it."""
    if _SURROGATE.search(text):
        raise ValueError(f"{path} has half of a surrogate pair, a character that UTF-8 does not have")
    return text


def _escaped(text: str) -> str:
    """Return the content of a quoted text on one line."""
    return "".join(map(_escaped_char, text))


def _escaped_char(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if _is_shown(char):
        return char
    number = ord(char)
    return (
        f"\\x{number:02X}"
        if number < 0x100
        else f"\\u{number:04X}"
        if number < 0x10000
        else f"\\U{number:08X}"
    )


def _leading_blank_escaped(line: str) -> str:
    return f"\\{line}" if line.startswith(" ") else line
