# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of Terraform's JSON syntax: escapes and expressions."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._terraform.expressions import (
    Expression,
    parts_of,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("plain $x #if(${", None),
        ("$${input.id}", ["${input.id}"]),
        ("$$${input.price}", ["$${input.price}"]),
        ("%%{if}", ["%{if}"]),
        ("100% {x} $ {y}", ["100% {x} $ {y}"]),
        ("a$${b}c%%{d}{{ e }}", ["a${b}c%{d}{{ e }}"]),
        ("${var.x}", [Expression("var.x")]),
        ("https://${var.host}/$${input.id}", ["https://", Expression("var.host"), "/${input.id}"]),
        ('${jsonencode({"a" = "}"})}!', [Expression('jsonencode({"a" = "}"})'), "!"]),
        ("%{ if x }", None),
    ],
)
def test_parts_of_a_text(text: str, parts: list[str | Expression] | None) -> None:
    if parts is None:
        with pytest.raises(ValueError, match="has "):
            parts_of(text)
    else:
        assert parts_of(text) == parts


def test_an_expression_is_shown_without_its_literal_texts() -> None:
    shown = str(Expression('base64encode("user:pa55-\\"word")'))
    assert shown == '${base64encode("…")}'


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("genesyscloud_integration.I_1.id", ("genesyscloud_integration.I_1", "id")),
        ("data.genesyscloud_flow.Ünïcode-1.id", ("data.genesyscloud_flow.Ünïcode-1", "id")),
        ("genesyscloud_integration.I[0].id", None),
        ('genesyscloud_integration.I["a"].id', None),
        ("local.x.id", None),
        ("module.m.id", None),
        ("var.x.id", None),
    ],
)
def test_references(source: str, reference: tuple[str, str] | None) -> None:
    assert Expression(source).reference == reference
