# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks of a retention policy as an export declares them: names, sorted lists, no default values (N.4).

Private to the collection.
"""

from __future__ import annotations

import json
import typing as t

from ..._model.json_objects import Body, get_path
from ..._model.options import KnownObjects, Options, reset_missing
from .blocks import FIELDS
from .parts import Part
from .references import text_of


def options_of_block(parts: tuple[Part, ...], wire: Body, known: KnownObjects) -> Options:
    """Return the options of a block without values that missing ones mean. Order does not matter in lists."""
    options: Options = {}
    for part in parts:
        value = wire.get(part.wire)
        if value == part.default and type(value) is type(part.default):
            continue
        declared = _declared(part, value, known)
        if declared not in (None, "", [], {}):
            options[part.option] = declared
    return options


def take_away(entry: Options, present: t.Mapping[str, t.Any]) -> list[str]:
    """Declare null inside of the blocks of an entry for what only the present policy has there."""
    for block in FIELDS:
        wanted, there = (get_path(options, block.option) for options in (entry, present))
        if isinstance(wanted, dict) and isinstance(there, dict):
            _reset_inside(block.parts, wanted, there)
    return []


def _reset_inside(parts: tuple[Part, ...], wanted: Options, there: t.Mapping[str, t.Any]) -> None:
    """Declare null for missing options of the objects in a block. A task replaces the block's own options."""
    for part in parts:
        value, other = wanted.get(part.option), there.get(part.option)
        if not value or not other:
            continue
        pairs = [(value, other)] if part.form == "group" else []
        if part.form == "groups":  # each may be merged with any present one
            pairs = [(one, another) for one in value for another in other]
        for one, another in pairs:
            reset_missing(one, another)
            _reset_inside(part.parts, one, another)


def _declared(part: Part, value: t.Any, known: KnownObjects) -> t.Any:
    if value is None:
        return None
    if part.form == "reference":
        return text_of(part, value, known)
    if part.form == "references":
        return sorted({text_of(part, one, known) for one in value})
    if part.form == "texts":
        return sorted(set(value))
    if part.form == "group":
        return options_of_block(part.parts, value, known)
    if part.form == "groups":
        return sorted((options_of_block(part.parts, one, known) for one in value), key=json.dumps)
    return value
