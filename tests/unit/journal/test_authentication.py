# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a journal's lines with a password: a changed, added, moved or missing line is named."""

from __future__ import annotations

import json
import re

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from unit.journaled_site import PASSWORD


@pytest.fixture
def written(site):
    """Return the lines of a journal with two runs that have the password."""
    site.seed("data_actions", "flows")
    site.change("data_actions", name="A", description="new", journal_password=PASSWORD)
    site.change("flows", name="A", routing={"max_wait_time": 90}, journal_password=PASSWORD)
    site.org.clear_log()
    return site.journal.read_bytes().splitlines()


def refused(site, lines: list[bytes], problem: str, password: str | None = PASSWORD) -> None:
    """Check that the rollback of these lines is refused before any request."""
    site.journal.write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(InputError, match=problem):
        site.undo(password)
    assert site.org.log() == []


def test_every_line_has_its_number_and_an_hmac(site, written):
    lines = [json.loads(line) for line in written]
    assert [line["line"] for line in lines] == [1, 2, 3] * 2
    assert len({line["mac"] for line in lines}) == 6
    assert lines[0]["salt"] == lines[3]["salt"]
    assert {one.plan for one in site.undo(PASSWORD).values()} == {"update"}
    assert site.findings.warnings == []


@pytest.mark.parametrize("number", range(1, 7))
def test_a_changed_line_is_named(site, written, number):
    for old, new in ((b'"A"', b'"B"'), (b"applied", b"refused"), (b"Test Org", b"Best Org")):
        changed = written[number - 1].replace(old, new)
        if changed == written[number - 1]:
            continue
        lines = [*written[: number - 1], changed, *written[number:]]
        refused(site, lines, rf"line {number} (is not a line of a journal \(it does not|was changed)")


def test_a_missing_moved_or_added_line_is_named(site, written):
    refused(site, [written[0], written[2], *written[3:]], "line 2 .* is line 3 of its run, where line 2 was")
    refused(
        site, [*written[:3], written[2], *written[3:]], "line 4 .* is line 3 of its run, where line 4 was"
    )
    without_mac = re.sub(rb',"line".*', b"}", written[2])
    refused(site, [*written[:3], without_mac, *written[3:]], "line 4 .* has no HMAC")
    refused(site, [*written[:2], without_mac, *written[3:]], "line 3 .* has no HMAC")


def test_a_run_cannot_lose_its_authentication_line_by_line(site, written):
    without_salt = re.sub(rb',"salt":"[0-9a-f]*"', b"", written[0])
    refused(site, [without_salt, *written[1:]], "line 1 .*mac: the header of its run has no salt")
    without_mac = re.sub(rb',"line".*', b"}", without_salt)
    refused(site, [without_mac, *written[1:]], "line 2 .*mac: the header of its run has no salt")


def test_another_password_is_refused(site, written):
    refused(site, written, "journal_password: does not decrypt .*: the password is wrong", "wrong")
    result = site.change("data_actions", name="A", description="newer", journal_password="wrong")
    assert result["failed"] and "was begun with another journal_password" in result["msg"], result
    assert site.org.writes() == []


def test_without_the_password_the_lines_are_read_unauthenticated(site, written):
    changed = [line.replace(b'"mac":"', b'"mac":"0')[:-3] + b'"}' for line in written]
    site.journal.write_bytes(b"\n".join(changed) + b"\n")
    assert {one.plan for one in site.undo().values()} == {"update"}


def test_runs_without_the_password_are_reported(site, written):
    site.change("data_actions", name="A", description="newer")
    site.undo(PASSWORD)
    assert [str(warning) for warning in site.findings.warnings] == [
        f"journal: the runs that begin in line 7 of '{site.journal}' are not authenticated, because they "
        "were written without journal_password or by an earlier version of the collection"
    ]
