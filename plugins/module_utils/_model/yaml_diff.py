# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diffs as YAML text: texts of several lines as blocks, frozen fields marked (P.13).

Private to the collection. Ansible shows a diff of mappings as JSON, where a template is one long line. Marks
are comments, so the text still has the values of the diff as YAML.
"""

from __future__ import annotations

import json
import re
import typing as t

from .resource import Resource

#: The mark of each line that belongs to a field which the API refuses to change.
FROZEN = "  # frozen"
#: Words that need no quotes. Ids have digits, so all of them are quoted.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z_-]*", re.ASCII)
_RESERVED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def shown_diff(resource: Resource, diff: dict[str, t.Any], action: str) -> dict[str, t.Any]:
    """Return the diff that Ansible shows. It is text for a kind of which the API freezes fields.

    C(diff) is the result of C(to_diff). Fields are marked if the plan is an update.
    """
    replacement = resource.replacement
    if replacement is None:
        return diff
    frozen = [field.option for field in resource.fields if replacement.freezes(field.wire)]
    marked = frozenset(frozen if action == "update" else ())
    return {**diff, **{side: to_yaml(diff[side], marked) for side in ("before", "after")}}


def to_yaml(value: dict[str, t.Any], marked: t.Collection[str] = ()) -> str:
    """Return a mapping as YAML, "" for an empty one. Lines of the values at C(marked) paths get a mark."""
    return "".join(f"{line}\n" for line in _lines(value, "", "", marked, "")) if value else ""


def _lines(
    value: dict[str, t.Any] | list[t.Any], indent: str, path: str, marked: t.Collection[str], mark: str
) -> t.Iterator[str]:
    """Yield the lines of a mapping or list that is not empty, the keys of a mapping in their order."""
    if isinstance(value, dict):
        for key in sorted(value):
            below = f"{path}.{key}" if path else str(key)
            yield from _entry(f"{indent}{_scalar(key)}:", value[key], indent, below, marked, mark)
    else:
        for entry in value:
            yield from _entry(f"{indent}-", entry, indent, path, (), mark)


def _entry(
    start: str, value: t.Any, indent: str, path: str, marked: t.Collection[str], mark: str
) -> t.Iterator[str]:
    """Yield the line that begins with C(start), a key or the dash of a list, and the lines of its value."""
    mark = FROZEN if path in marked else mark
    if isinstance(value, (dict, list)) and value:
        yield start + mark
        yield from _lines(value, f"{indent}  ", path, marked, mark)
    elif isinstance(value, str) and "\n" in value and value.strip("\n"):
        text = value.rstrip("\n")
        ends = len(value) - len(text)
        yield f"{start} |2{'-' if ends == 0 else '' if ends == 1 else '+'}{mark}"
        lines = [*text.split("\n"), *[""] * (ends - 1)]
        yield from (f"{indent}  {line}" if line else "" for line in lines)
    else:
        yield f"{start} {_scalar(value)}{mark}"


def _scalar(value: t.Any) -> str:
    """Return a key or a value on one line: JSON, or a word without quotes."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    text = json.dumps(value, ensure_ascii=False)
    # Without a point, YAML 1.1 reads 1e-07 as text.
    return text.replace("e", ".0e") if isinstance(value, float) and "." not in text else text
