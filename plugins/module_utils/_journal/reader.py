# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a journal back: its runs with their entries, with the secrets where the password is given.

Private to the collection. C(_journal_lines) has the format.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._errors import InputError
from .._findings import Findings
from .._model.json_objects import apply_merge_patch
from .._model.resource import Resource
from .entry import Entry
from .file import read_journal_file
from .format import FORMAT, Line
from .vault import VaultError, decrypt


@dataclasses.dataclass
class JournalRun:
    """One run of a journal, with what its header tells."""

    run: str
    time: str
    org_id: str
    org_name: str | None
    host: str
    actor: str
    entries: list[Entry] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class JournalContent:
    """What a journal has: C(runs), and all C(entries), both in the order of the file.

    C(warnings) say what of the file could not be read: a line that was cut off when its process was killed.
    """

    runs: list[JournalRun] = dataclasses.field(default_factory=list)
    entries: list[Entry] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)

    def pending(self) -> list[Entry]:
        """The writes that were not undone yet, those apart that were undos or were refused."""
        return [entry for entry in self.entries if entry.is_pending]


def read_journal(path: str, password: str | None, kinds: t.Mapping[str, Resource]) -> JournalContent:
    """The journal at a path. Only the secrets of what is still to be undone are decrypted.

    Raises InputError, with the option to correct, where the file is missing, no journal, or of a newer
    format, and where the password is not the one it was written with.
    """
    try:
        content = read_journal_file(path)
    except OSError as error:
        raise _wrong("journal", f"{path!r} cannot be read ({error.strerror or error})") from None
    return _Reading(path, password, kinds).read(content)


_HEADER = b'{"journal":'


class _Reading:
    def __init__(self, path: str, password: str | None, kinds: t.Mapping[str, Resource]) -> None:
        self._path = path
        self._password = password
        self._kinds = kinds
        self._recorded = JournalContent()
        self._runs: dict[str, JournalRun] = {}
        self._entries: dict[tuple[str, int], Entry] = {}
        self._sealed: dict[tuple[str, int], list[str]] = {}
        self._patches: dict[tuple[str, int], dict[str, t.Any]] = {}

    def read(self, content: bytes) -> JournalContent:
        lines = content.split(b"\n")
        for number, text in enumerate(lines, 1):
            line = _parsed(text)
            if line is None:
                if text.strip():
                    self._cut_off(number, text)
                continue
            try:
                self._take(line)
            except (KeyError, TypeError, ValueError, AttributeError):
                raise _wrong(
                    "journal", f"{self._path!r} is damaged: line {number} is none of a journal"
                ) from None
        for entry in self._recorded.pending():
            self._unseal(entry)
        return self._recorded

    def _cut_off(self, number: int, text: bytes) -> None:
        if not self._runs and not _HEADER.startswith(text[: len(_HEADER)]):
            raise _wrong("journal", f"{self._path!r} is no journal: line {number} is no JSON object")
        self._recorded.warnings.append(
            f"line {number} of {self._path!r} was cut off, when its process was killed or the disk was full: "
            "it is ignored, and what it was about is found out by looking at the object"
        )

    def _take(self, line: Line) -> None:
        if "journal" in line:
            self._take_header(line)
        elif line.get("run") not in self._runs:
            raise _wrong("journal", f"{self._path!r} is no journal: it does not begin with the header of one")
        elif "undone" in line:
            self._entries[_key(line["undone"])].rolled_back = True
        elif "outcome" in line:
            self._take_outcome(line)
        else:
            self._take_intent(line)

    def _take_header(self, line: Line) -> None:
        if line["journal"] != FORMAT:
            raise _wrong(
                "journal",
                f"{self._path!r} has the format {line['journal']!r}, and this version of the collection "
                f"reads {FORMAT}: use the version that wrote it ({line.get('collection')}) or a newer one",
            )
        told = ("run", "time", "org_id", "org_name", "host", "actor")
        run = JournalRun(**{field: line[field] for field in told})
        self._runs[run.run] = run
        self._recorded.runs.append(run)

    def _take_intent(self, line: Line) -> None:
        resource = self._kinds.get(line["kind"])
        if resource is None:
            raise _wrong(
                "journal", f"{self._path!r} has objects of the kind {line['kind']!r}, which is unknown here"
            )
        entry = Entry(
            run=line["run"],
            number=line["number"],
            resource=resource,
            action=line["action"],
            id=line["id"],
            name=line["name"],
            before=line["before"],
            after=line["after"],
            etag=line["etag"],
            secret_names=tuple(line.get("secret_headers", ())),
            masked=line.get("masked", False),
            lacks=tuple(line.get("lacks", ())),
            rolls_back=self._entries[_key(line["undoes"])] if "undoes" in line else None,
        )
        if entry.rolls_back is not None:
            entry.rolls_back.rollback_began = True
        self._entries[entry.key] = entry
        self._runs[entry.run].entries.append(entry)
        self._recorded.entries.append(entry)
        if "sealed" in line:
            self._sealed.setdefault(entry.key, []).append(line["sealed"])

    def _take_outcome(self, line: Line) -> None:
        entry = self._entries[_key(line)]
        entry.outcome, entry.id = line["outcome"], line["id"]
        if line["written"] is not None:
            self._patches[entry.key] = line["written"]
            entry.written = apply_merge_patch(entry.after or {}, line["written"])
        if entry.rolls_back is not None and entry.action == "create":
            entry.rolls_back.successor = entry.id
        if "sealed" in line:
            self._sealed.setdefault(entry.key, []).append(line["sealed"])

    def _unseal(self, entry: Entry) -> None:
        sealed = self._sealed.get(entry.key)
        if self._password is None or not entry.masked or not sealed:
            return
        try:
            known: dict[str, t.Any] = {"written": self._patches.get(entry.key)}
            for text in sealed:
                known |= json.loads(decrypt(text, self._password))
        except VaultError as error:
            raise _wrong(
                "journal_password", f"does not open the secrets in {self._path!r}: {error}"
            ) from None
        entry.before, entry.after = known["before"], known["after"]
        if known["written"] is not None:
            entry.written = apply_merge_patch(entry.after or {}, known["written"])
        entry.masked, entry.lacks = False, ()


def _parsed(text: bytes) -> Line | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _key(line: Line) -> tuple[str, int]:
    return line["run"], line["number"]


def _wrong(option: str, message: str) -> InputError:
    findings = Findings()
    findings.problem(option, message)
    return InputError(findings)
