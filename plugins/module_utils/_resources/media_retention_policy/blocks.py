# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks of a retention policy as managed fields: the actions and conditions of all media and of each (N.4).

Private to the collection.
"""

from __future__ import annotations

import functools
import typing as t

from ..._model.json_objects import ABSENT, Body, get_path, merge_keys
from ..._model.resource import Field
from . import conversion
from .parts import BLOCKS, Block


def _combined(current: t.Any, declared: t.Any) -> t.Any:
    """Return the block with its declared keys, which C(resolve) has merged with the current ones."""
    return merge_keys(current, declared) if isinstance(declared, dict) else declared


def _field(block: Block) -> Field:
    parts = block.parts
    return Field(
        block.option,
        block.wire,
        to_wire=lambda given, desired: conversion.to_wire(parts, given),
        from_wire=functools.partial(conversion.from_wire, parts),
        canonical=functools.partial(conversion.comparable, parts),
        absent_as={},
        combine=_combined,
        json_type=conversion.json_type_of(parts),
    )


#: The managed field of each block.
FIELDS: dict[Block, Field] = {block: _field(block) for block in BLOCKS}


def block_of(block: Block, body: Body) -> t.Any:
    """Return the block of a policy in canonical form, None if the policy has none."""
    found = get_path(body, block.wire)
    return None if found is ABSENT else found


def given_value(options: t.Any, path: str) -> t.Any:
    """Return the option at a dotted path of a model or a dictionary, None if it is not given."""
    first, *rest = path.split(".")
    value = options.get(first) if isinstance(options, dict) else getattr(options, first, None)
    for key in rest:
        value = value.get(key) if isinstance(value, dict) else None
    return value
