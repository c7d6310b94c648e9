# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each situation from public reports about the platform API has a test that names its number."""

from __future__ import annotations

import pathlib
import re

import pytest

#: The situations by number, in a few words.
SITUATIONS = {
    1: "a changed contract of a published data action",
    2: "the version of a draft at its publish",
    3: "a version conflict as 409 or as 400",
    4: "a 400 to a creation",
    5: "templates of data actions behind URIs",
    6: "defaults of a translation map",
    7: "built-in data actions in lists",
    8: "two integrations with one name",
    9: "long lists and empty pages",
    10: "reads and lists that lag",
    11: "columns of data tables",
    12: "rows of data tables",
    13: "long numbers in rows",
    14: "deleted data schemas in lists",
    15: "versions and topics of triggers",
    16: "PUT and PATCH of retention policies",
    17: "unknown values of enumerations",
    18: "the number of tokens, and roles that changed",
    19: "a 409 for a name that the client cannot see",
    20: "late audit records",
}
TESTS = pathlib.Path(__file__).parent
TESTED = {
    int(number)
    for path in TESTS.glob("test_*.py")
    for number in re.findall(r"[Ss]ituation (\d+) of the public reports", path.read_text("utf-8"))
}


@pytest.mark.parametrize("number", sorted(SITUATIONS))
def test_a_situation_has_a_test(number: int) -> None:
    assert number in TESTED, SITUATIONS[number]


def test_each_number_in_a_test_is_a_situation() -> None:
    assert set(SITUATIONS) >= TESTED
