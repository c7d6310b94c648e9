# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of a data action's definition: known, ignored and unknown ones, and their types (P.11).

Private to the collection. The definition is what the platform's interface exports and its API takes.
"""

from __future__ import annotations

import math
import typing as t

from ..._arguments.validation import printable_name
from ..._findings import Findings, did_you_mean
from ..._model.json_objects import ABSENT, Body, get_path, is_unicode
from ..._printable import printable

TEXTS = "texts"

#: Each key with its type: keys with their types again, or a class. C(TEXTS) is a mapping from text to text.
SHAPE: dict[str, t.Any] = {
    "name": str,
    "category": str,
    "secure": bool,
    "contract": {"input": {"inputSchema": dict}, "output": {"successSchema": dict}},
    "config": {
        "timeoutSeconds": int,
        "request": {
            "requestUrlTemplate": str,
            "requestTemplate": str,
            "requestType": str,
            "headers": TEXTS,
        },
        "response": {"translationMap": TEXTS, "translationMapDefaults": TEXTS, "successTemplate": str},
    },
}
#: Keys of an export that the API sets itself, by the path of their object.
_IGNORED = {
    "": {"integrationType", "actionType", "id", "version", "selfUri"},
    "contract.output": {"errorSchema"},
}
_IGNORED_ENDS = ("Uri", "Flattened")
_CURES = {"integrationId": "; the option integration names the integration"}
_NOUNS = {str: "text", bool: "true or false", int: "a whole number", dict: "a mapping", TEXTS: "a mapping"}
_SHOWN = 10
#: The deepest schema, with which the whole object stays within the limit for responses of the API.
MOST_LEVELS = 90


def part(wire: Body, path: str) -> t.Any:
    """Return the value at a dotted path, None if there is none."""
    value = get_path(wire, path)
    return None if value is ABSENT else value


def read_shape(raw: t.Any, path: str, findings: Findings) -> Body:
    """Return the known keys of a definition. Null counts as an omitted key.

    Unknown keys and wrong types are problems with their paths. One warning names all ignored keys.
    """
    ignored: list[str] = []
    read = _read(SHAPE, raw, path, "", ignored, findings)
    if ignored:
        more = f" and {len(ignored) - _SHOWN} more" if len(ignored) > _SHOWN else ""
        findings.warn(path, f"ignored, because the API sets them: {', '.join(ignored[:_SHOWN])}{more}")
    return read if isinstance(read, dict) else {}


def _read(shape: t.Any, value: t.Any, path: str, place: str, ignored: list[str], findings: Findings) -> t.Any:
    """Return a value of the shape, None for a wrong one. C(place) is the path below the definition."""
    kind = dict if isinstance(shape, dict) else shape
    if not _fits(kind, value):
        findings.problem(path, f"must be {_NOUNS[kind]}, not {_describe(value)}")
        return None
    if kind == TEXTS:
        return _read_texts(value, path, findings)
    if not isinstance(shape, dict):
        return _plain(value, path, findings)
    read: Body = {}
    for key, entry in value.items():
        here, below = f"{path}.{shown_key(key)}", f"{place}.{key}" if place else str(key)
        if not isinstance(key, str) or key not in shape:
            if isinstance(key, str) and (key in _IGNORED.get(place, ()) or key.endswith(_IGNORED_ENDS)):
                ignored.append(below)
            else:
                hint = _CURES.get(key) if isinstance(key, str) else None
                findings.problem(here, f"is no key of a definition{hint or did_you_mean(str(key), shape)}")
        elif entry is not None:
            checked = _read(shape[key], entry, here, below, ignored, findings)
            if checked is not None:
                read[key] = checked
    return read


def _read_texts(value: dict[t.Any, t.Any], path: str, findings: Findings) -> dict[str, str]:
    read: dict[str, str] = {}
    for key, text in value.items():
        here = f"{path}.{shown_key(key)}"
        if not isinstance(key, str):
            findings.problem(here, "must be text: put the key in quotes")
        elif text is None:
            continue
        elif not isinstance(text, str):
            findings.problem(here, f"must be text, not {_describe(text)}: put the value in quotes")
        elif _plain({key: text}, here, findings) is not None:
            read[key] = text
    return read


def _plain(value: t.Any, path: str, findings: Findings) -> t.Any:
    """Return a value that can be sent as JSON, None for another one."""
    pending: list[tuple[t.Any, str, int]] = [(value, path, 1)]
    known = len(findings.problems)
    while pending:
        one, here, level = pending.pop()
        if level > MOST_LEVELS:
            findings.problem(path, f"is nested in more than {MOST_LEVELS} levels: give a flatter schema")
            return None
        if isinstance(one, dict):
            for key, entry in one.items():
                if not isinstance(key, str):
                    findings.problem(f"{here}.{shown_key(key)}", "must be text: put the key in quotes")
                pending.append((entry, f"{here}.{shown_key(key)}", level + 1))
        elif isinstance(one, (list, tuple)):
            pending += [(entry, f"{here}[{index}]", level + 1) for index, entry in enumerate(one)]
        elif isinstance(one, float) and not math.isfinite(one):
            findings.problem(here, "must be a number, and JSON has neither NaN nor Infinity")
        elif not isinstance(one, (str, int, float, type(None))):
            findings.problem(here, "must be JSON: put the value in quotes")
    if len(findings.problems) > known:
        return None
    if not is_unicode(value):
        findings.problem(path, "must be JSON in Unicode, without lone surrogates such as \\ud800")
        return None
    return value


def _fits(kind: t.Any, value: t.Any) -> bool:
    if kind == TEXTS:
        return isinstance(value, dict)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _describe(value: t.Any) -> str:
    """Return the words for a wrong value. It may be a secret, so its text is never repeated."""
    names = {
        bool: "a boolean",
        str: "text",
        dict: "a mapping",
        list: "a list",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null" if value is None else "another type")


def shown_key(key: t.Any) -> str:
    """Return a key as the paths of messages show it."""
    text = printable(printable_name(str(key)))
    return text if len(text) <= 60 else f"{text[:57]}..."
