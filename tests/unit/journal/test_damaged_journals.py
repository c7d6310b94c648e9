# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Property tests of edited and damaged journals: each is read correctly, or an error names file and line.

A journal with writes of every kind is damaged by key, type, line and byte, with fixed seeds.
"""

from __future__ import annotations

import contextlib
import copy
import json
import random
import re
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from ansible_collections.genesys.cloud.plugins.module_utils._journal.reader import (
    JournalContent,
    read_journal,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry
from conftest import Org
from unit.journaled_site import CHANGES, NEW, PASSWORD, Site
from unit.module_runner import run_module

KINDS = {
    REFERENCE.name: {
        kind.name: kind.profiles[REFERENCE.name] for kind in registry.KINDS if REFERENCE.name in kind.profiles
    }
}
PATH = "/journals/org.jsonl"
#: Values of every JSON type, in place of a journal's value.
OTHERS: tuple[t.Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "\ud800",
    [],
    [None],
    [[]],
    {},
    {"a": 1},
)
_NAMES_LINE = re.compile(
    r"^(journal|journal_password): .*'/.*org\.jsonl'.*"
    r"(line \d+|does not begin with the header|has the format|has a run with the API profile|kind)"
)


@pytest.fixture(scope="module")
def module_site(simulator, tmp_path_factory) -> Site:
    """Return an org with its journal for all tests of the file."""
    client = {"client_id": "damaged-client", "client_secret": "damaged-secret-5f0d", "scopes": None}
    created = simulator.create_org("damaged", name="Damaged", datasets=["crm"], clients=[client])
    org = Org(
        simulator,
        "damaged",
        created["id"],
        created["name"],
        client["client_id"],
        client["client_secret"],
    )
    return Site(org, tmp_path_factory.mktemp("journals") / "org.jsonl")


@pytest.fixture(scope="module")
def written(module_site) -> list[bytes]:
    """Return the lines of a journal with creations, updates, removals and a rollback of every kind."""
    site = module_site
    site.seed()
    for kind, options in CHANGES.items():
        site.change(kind, **options)
    for kind, options in NEW.items():
        site.change(kind, **options)
        site.change(kind, name="A", state="absent")
    site.undo()
    for kind, options in CHANGES.items():
        if kind not in NEW:
            site.change(kind, **options)
    for kind, options in NEW.items():
        site.change(kind, **options)
    return site.journal.read_bytes().splitlines()


def read(lines: list[bytes], password: str | None = None) -> JournalContent | None:
    """Return the content of a journal, or None if it was refused with an error that names file and line."""
    try:
        return read_journal(PATH, b"\n".join(lines) + b"\n", password, KINDS)
    except InputError as error:
        assert _NAMES_LINE.search(str(error)), str(error)
        return None


def places(value: t.Any, path: tuple[t.Any, ...] = ()) -> t.Iterator[tuple[t.Any, ...]]:
    """Return the path of every value in a JSON value."""
    nested = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in nested:
        yield (*path, key)
        yield from places(entry, (*path, key))


def parent_of(line: t.Any, path: tuple[t.Any, ...]) -> t.Any:
    for key in path[:-1]:
        line = line[key]
    return line


def damaged(line: bytes, path: tuple[t.Any, ...], change: t.Callable[[t.Any, t.Any], None]) -> bytes:
    """Return a line after a change of the value at a path; C(change) gets its parent and its key."""
    content = copy.deepcopy(json.loads(line))
    change(parent_of(content, path), path[-1])
    return json.dumps(content).encode()


def with_value(line: bytes, path: tuple[t.Any, ...], value: t.Any) -> bytes:
    """Return a line with another value at a path."""
    return damaged(line, path, lambda parent, key: parent.__setitem__(key, value))


def with_line(lines: list[bytes], number: int, line: bytes) -> list[bytes]:
    return [*lines[:number], line, *lines[number + 1 :]]


def some_places(lines: list[bytes], seed: int, count: int) -> list[tuple[int, tuple[t.Any, ...]]]:
    """Return a sample of all values of a journal, as number of the line and path."""
    every = [(number, path) for number, line in enumerate(lines) for path in places(json.loads(line))]
    return random.Random(seed).sample(every, count)


def test_the_journal_itself_is_read(written):
    content = read(written)
    assert content is not None and content.warnings == []
    assert {entry.resource.kind for entry in content.entries} == set(KINDS[REFERENCE.name])
    assert {entry.action for entry in content.entries} == {"create", "update", "delete"}
    assert content.pending() and any(entry.rolled_back for entry in content.entries)


def test_a_key_may_be_missing_or_renamed(written):
    changes = (
        lambda parent, key: parent.pop(key),
        lambda parent, key: parent.update({f"{key}x": parent.pop(key)}),
    )
    for number, path in some_places(written, 0, 150):
        if isinstance(path[-1], str):
            for change in changes:
                read(with_line(written, number, damaged(written[number], path, change)))


def test_a_key_that_occurs_twice_is_refused(written):
    for number, path in some_places(written, 1, 400):
        if len(path) == 1:
            twice = written[number][:-1] + b"," + json.dumps({path[0]: 1}).encode()[1:]
            assert read(with_line(written, number, twice)) is None


@pytest.mark.parametrize("seed", range(4))
def test_a_value_may_have_another_type(written, seed):
    chosen = random.Random(seed)
    for number, path in some_places(written, seed, 150):
        read(with_line(written, number, with_value(written[number], path, chosen.choice(OTHERS))))


@pytest.mark.parametrize("seed", range(2))
def test_every_line_may_be_missing_doubled_swapped_or_cut_off(written, seed):
    chosen = random.Random(seed)
    for number in range(len(written)):
        before, line, after = written[:number], written[number], written[number + 1 :]
        other = chosen.randrange(len(written))
        swapped = list(written)
        swapped[number], swapped[other] = swapped[other], swapped[number]
        cut = line[: chosen.randrange(1, len(line))]
        for lines in ([*before, *after], [*before, line, line, *after], swapped, [*before, cut, *after]):
            content = read(lines)
            if lines[number : number + 1] == [cut] and content is not None:
                assert any(f"line {number + 1} of '{PATH}' was cut off" in one for one in content.warnings)


@pytest.mark.parametrize("seed", range(4))
def test_any_bytes_may_be_damaged(written, seed):
    chosen = random.Random(seed)
    for _turn in range(60):
        content = bytearray(b"\n".join(written))
        for _byte in range(chosen.choice((1, 1, 1, 2, 8))):
            content[chosen.randrange(len(content))] = chosen.randrange(256)
        read(bytes(content).split(b"\n"))


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"run":' + b'{"a":' * 2_000 + b"1" + b"}" * 2_001,
        b'{"run":' + b"9" * 5_000 + b"}",
        b'{"run":NaN}',
        b"\xff\xfe\x00",
        b"null",
        b"{}",
    ],
)
def test_lines_that_no_writer_has_made(written, line):
    assert read([written[0], line, *written[1:]]) is None


@pytest.mark.parametrize("seed", range(3))
def test_the_module_reports_damaged_journals(module_site, written, seed):
    """Check the module's whole way in check mode, on a sample of all damages."""
    site, chosen = module_site, random.Random(seed)
    given = {**site.connection, "state": "rolled_back", "journal": str(site.journal), "retries": 0}
    for number, path in some_places(written, seed, 8):
        other = chosen.choice(OTHERS)
        changed = with_line(written, number, with_value(written[number], path, other))
        site.journal.write_bytes(b"\n".join(changed) + b"\n")
        result = run_module("genesys_org_config", given, check_mode=True)
        assert "Traceback" not in json.dumps(result) and "exception" not in result, (path, other, result)
        assert not result.get("failed") or result["msg"], result


def test_a_mask_without_its_mark_is_never_written(site):
    """Check that a rollback does not take the mask for the value of the secret."""
    site.seed("data_actions")
    site.change("data_actions", **CHANGES["data_actions"], journal_password=PASSWORD)
    header, intent, outcome = site.journal.read_bytes().splitlines()
    plain = json.loads(intent)
    for key in ("masked", "lacks", "hmac", "sealed"):
        del plain[key]
    site.journal.write_bytes(b"\n".join([header, json.dumps(plain).encode(), outcome]) + b"\n")
    site.org.clear_log()
    with contextlib.suppress(InputError):
        site.undo()
    assert site.org.writes() and "****" not in json.dumps([entry["body"] for entry in site.org.writes()])
