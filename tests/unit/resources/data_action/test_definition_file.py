# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the file of the option definition: a fault names option, file and cure, never content (P.11)."""

from __future__ import annotations

import json
import os
import pathlib

import pytest

from unit.resources.data_action.definition_findings import DEFINITION, judge

SECRET = "s3cr3t-in-the-file"


@pytest.fixture
def file(tmp_path):
    def write(content: bytes | str) -> str:
        path = tmp_path / "action.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def test_a_file_means_the_same_as_the_mapping(file):
    assert judge(file(json.dumps(DEFINITION))) == judge(DEFINITION)


def test_text_of_a_template_is_taken_as_it_is(file):
    text = "{{ a }} {% b %} {# c #} ${input.id} #if($d)#end"
    body = {"config": {"request": {"requestTemplate": text}}}
    assert judge(file(json.dumps(body))).wire == body


def test_findings_in_a_file_have_the_paths_of_the_option(file):
    assert set(judge(file('{"nmae": "A", "secure": 1}')).problems) == {"definition.nmae", "definition.secure"}


def test_a_lone_surrogate_is_a_problem_and_is_shown_escaped(file):
    problems = judge(file('{"name": "\\ud800", "\\udfff": 1}')).problems
    assert "surrogates" in problems.pop("definition.name")
    assert list(problems) == ["definition.\\udfff"]


def test_home_variables_and_relative_paths(file, tmp_path, monkeypatch):
    file(json.dumps(DEFINITION))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FOLDER", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for path in ("~/action.json", "$FOLDER/action.json", "action.json", "./action.json"):
        assert judge(path) == judge(DEFINITION)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["not JSON", "line 1"]),
        (f'{{"a": {SECRET}}}'.encode(), ["not JSON", "line 1, column 7"]),
        (b'{"name": "A"\n"b": 1}', ["not JSON", "line 2"]),
        (b"[1]", ["no JSON object"]),
        (b'"text"', ["no JSON object"]),
        (b"\xef\xbb\xbf{}", ["byte order mark", "without BOM"]),
        ("{}".encode("utf-16"), ["byte order mark", "without BOM"]),
        (b'{"name": "\xe4"}', ["not UTF-8 (byte 10)", "save it as UTF-8"]),
        (f'{{"a": {{"b": "{SECRET}", "b": 1}}}}'.encode(), ["the key 'b' twice", "keep one"]),
        (b'{"a": NaN}', ["NaN", "null"]),
        (b'{"a": -Infinity}', ["Infinity"]),
        (b'{"a": 1e999}', ["too large"]),
        (b'{"a": ' + b"9" * 5000 + b"}", ["too large"]),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ["nested too deeply"]),
        (b'{"a": ' * 100_000 + b"1" + b"}" * 100_000, ["nested too deeply"]),
        (b'{"name": "' + b"x" * 2_000_000 + b'"}', ["more than 2000000 bytes"]),
    ],
)
def test_a_file_that_cannot_be_read(file, content, words):
    path = file(content)
    wire, problems, warnings = judge(path)
    assert (wire, list(problems), warnings) == ({}, ["definition"], {})
    message = problems["definition"]
    assert repr(path) in message and all(word in message for word in words)
    assert SECRET not in message


def test_paths_without_a_readable_file(tmp_path, monkeypatch):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    plain = tmp_path / "plain"
    plain.write_text("{}")
    for path, words in {
        tmp_path / "missing.json": ["no such file", "playbook_dir"],
        tmp_path: ["a folder", "one JSON file"],
        loop: ["loop", "correct"],
        fifo: ["no regular file"],
        plain / "below.json": ["part of the path is a file"],
        tmp_path / ("x" * 300): ["too long"],
        pathlib.Path("/dev/zero"): ["no regular file"],
    }.items():
        (message,) = judge(str(path)).problems.values()
        assert all(word in message for word in words), message
        assert str(path) in message


def test_a_relative_path_is_shown_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert repr(str(tmp_path / "missing.json")) in judge("missing.json").problems["definition"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission(file):
    path = file("{}")
    pathlib.Path(path).chmod(0)
    assert "permissions" in judge(path).problems["definition"]
