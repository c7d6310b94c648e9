# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the files of the read cache: what they contain, and which of them are used (P.17)."""

from __future__ import annotations

import json

import pytest

from unit.platform.actions import action, integration
from unit.platform.cached_org import CONFIG, COUNT, INTEGRATIONS, folder, reads_by_id, run, seeded

__all__ = ["folder", "run", "seeded"]


def test_another_org_with_the_same_ids_is_read(tasks, seeded, run, new_org, folder):
    run()
    other = type(tasks)(new_org(api="platform"), tasks.state)
    crm, _other = [integration(other, name) for name in INTEGRATIONS]
    for one in seeded:
        action(other, crm, name=one["name"], id=one["id"])
    result = other.done("org_config", config=CONFIG, read_cache=str(folder))
    assert result["changed"] is False
    assert reads_by_id(other) >= COUNT


def test_files_of_another_org_version_or_object_are_not_used(tasks, seeded, run, folder):
    """Check files that were copied to the place of another object."""
    run()
    (org,) = folder.iterdir()
    files = sorted(org.iterdir())
    contents = [file.read_text() for file in files]
    for file, content in zip(files, contents[1:] + contents[:1], strict=True):
        file.write_text(content)
    tasks.org.clear_log()
    assert run()["changed"] is False
    assert reads_by_id(tasks) >= COUNT
    tasks.org.clear_log()
    run()
    assert reads_by_id(tasks) == 0


@pytest.mark.parametrize(
    ("content", "warns"),
    [
        (b"", True),
        (b"\xff\xfe", True),
        (b"[" * 60_000, True),
        (b"x" * 70_000, True),
        (b"[]", False),
        (b"null", False),
        (b'{"digests": {}}', False),
        (b'{"format": 1, "key": "k", "digests": []}', False),
        (b'{"format": 2}', False),
    ],
)
def test_a_damaged_file_is_read_anew_and_replaced(tasks, seeded, run, folder, content, warns):
    run()
    (org,) = folder.iterdir()
    damaged = sorted(org.iterdir())[0]
    good = damaged.read_text()
    damaged.write_bytes(content)
    tasks.org.clear_log()
    result = run()
    assert result["changed"] is False and reads_by_id(tasks) == 3
    assert ("is not used" in str(result.get("warnings"))) == warns
    assert damaged.read_text() == good


@pytest.mark.parametrize("part", ["format", "key", "digests"])
def test_a_file_of_a_wrong_type_is_read_anew(tasks, seeded, run, folder, part):
    run()
    (org,) = folder.iterdir()
    for file in org.iterdir():
        content = json.loads(file.read_text())
        for value in (None, 5, [], {"category": 5}):
            file.write_text(json.dumps({**content, part: value}))
    tasks.org.clear_log()
    assert run()["changed"] is False and reads_by_id(tasks) >= COUNT


def test_a_file_that_others_may_change_is_not_used(tasks, seeded, run, folder):
    run()
    (org,) = folder.iterdir()
    sorted(org.iterdir())[0].chmod(0o666)
    tasks.org.clear_log()
    result = run()
    assert reads_by_id(tasks) == 3
    assert "others have rights to it" in str(result["warnings"])


def test_a_link_in_the_place_of_a_file_is_not_followed(tasks, seeded, run, folder, tmp_path):
    run()
    (org,) = folder.iterdir()
    file = sorted(org.iterdir())[0]
    aside = tmp_path / "aside.json"
    file.rename(aside)
    file.symlink_to(aside)
    tasks.org.clear_log()
    run()
    assert reads_by_id(tasks) == 3 and not file.is_symlink()


def test_another_key_reads_everything(tasks, seeded, run, tmp_path):
    run()
    key = tmp_path / "key"
    key.write_text("0123456789abcdef" * 2)
    key.chmod(0o600)
    tasks.org.clear_log()
    run(hmac_key_file=str(key))
    assert reads_by_id(tasks) >= COUNT
    tasks.org.clear_log()
    run(hmac_key_file=str(key))
    assert reads_by_id(tasks) == 0


def test_the_files_have_digests_alone(tasks, seeded, run, folder):
    run()
    (org,) = folder.iterdir()
    assert org.name == tasks.org.id and len(list(org.iterdir())) == COUNT
    assert (folder.stat().st_mode & 0o777, org.stat().st_mode & 0o777) == (0o700, 0o700)
    for file in org.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        text = file.read_text()
        assert not any(word in text for word in ("crm.example.com", "tier", "Action 0", "application/json"))
        assert tasks.org.client_secret not in text
    contents = [json.loads(file.read_text())["digests"] for file in org.iterdir()]
    assert len({digests["category"] for digests in contents}) == COUNT, "equal values are not seen as equal"
