# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of a journal: its runs and their entries, with their secrets if the password is given.

Private to the collection. C(format.py) describes the lines.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from .._api.reference import REFERENCE
from .._errors import InputError
from .._findings import Findings
from .._model.json_objects import apply_merge_patch
from .._model.resource import Resource
from .entry import Entry
from .file import read_journal_file
from .format import FORMAT, Line
from .vault import VaultError, decrypt

#: The kinds of the task's API by their names, under the name of its profile.
Kinds = t.Mapping[str, t.Mapping[str, Resource]]


@dataclasses.dataclass
class JournalRun:
    """One run of a journal, with the values of its header."""

    run: str
    time: str
    org_id: str
    org_name: str | None
    host: str
    actor: str
    api_profile: str
    entries: list[Entry] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class JournalContent:
    """The content of a journal: all C(runs) and all C(entries), in the order of the file.

    C(warnings) name the lines that could not be read because they are incomplete.
    """

    runs: list[JournalRun] = dataclasses.field(default_factory=list)
    entries: list[Entry] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)

    def pending(self) -> list[Entry]:
        """Return the writes that may still have to be rolled back."""
        return [entry for entry in self.entries if entry.is_pending]


def read_journal(path: str, password: str | None, kinds: Kinds) -> JournalContent:
    """Return the content of the journal at a path. Only the secrets of pending entries are decrypted.

    Raises InputError, with the option to correct, if the file is missing, is no journal, has a newer format
    or a run with another API profile, and if the password is not the one that it was written with.
    """
    try:
        content = read_journal_file(path)
    except OSError as error:
        raise _input_error("journal", f"{path!r} cannot be read ({error.strerror or error})") from None
    return _Reader(path, password, kinds).read(content)


_HEADER = b'{"journal":'


class _Reader:
    """The state of reading one journal."""

    def __init__(self, path: str, password: str | None, kinds: Kinds) -> None:
        self._path = path
        self._password = password
        self._kinds = kinds
        self._content = JournalContent()
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
                    self._warn_of_cut_off_line(number, text)
                continue
            try:
                self._read_line(line)
            except (KeyError, TypeError, ValueError, AttributeError):
                raise _input_error(
                    "journal", f"{self._path!r} is damaged: line {number} is not a line of a journal"
                ) from None
        for entry in self._content.pending():
            self._decrypt_secrets(entry)
        return self._content

    def _warn_of_cut_off_line(self, number: int, text: bytes) -> None:
        if not self._runs and not _HEADER.startswith(text[: len(_HEADER)]):
            raise _input_error("journal", f"{self._path!r} is no journal: line {number} is no JSON object")
        self._content.warnings.append(
            f"line {number} of {self._path!r} was cut off, because its process was killed or the disk was "
            "full: it is ignored, and the rollback reads the object to find out what happened to it"
        )

    def _read_line(self, line: Line) -> None:
        if "journal" in line:
            self._read_header(line)
        elif line.get("run") not in self._runs:
            raise _input_error(
                "journal", f"{self._path!r} is no journal: it does not begin with the header of one"
            )
        elif "undone" in line:
            self._entries[_key(line["undone"])].rolled_back = True
        elif "outcome" in line:
            self._read_outcome(line)
        else:
            self._read_intent(line)

    def _read_header(self, line: Line) -> None:
        if line["journal"] != FORMAT:
            raise _input_error(
                "journal",
                f"{self._path!r} has the format {line['journal']!r}, and this version of the collection "
                f"reads {FORMAT}: use the version that wrote it ({line.get('collection')}) or a newer one",
            )
        keys = ("run", "time", "org_id", "org_name", "host", "actor")
        api_profile = line.get("api_profile", REFERENCE.name)  # earlier versions write no profile
        if api_profile not in self._kinds:
            raise _input_error(
                "journal",
                f"{self._path!r} has a run with the API profile {api_profile!r}, and this task uses "
                f"{', '.join(map(repr, self._kinds))}: set api_profile to {api_profile!r}",
            )
        run = JournalRun(**{key: line[key] for key in keys}, api_profile=api_profile)
        self._runs[run.run] = run
        self._content.runs.append(run)

    def _read_intent(self, line: Line) -> None:
        resource = self._kinds[self._runs[line["run"]].api_profile].get(line["kind"])
        if resource is None:
            raise _input_error(
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
        self._content.entries.append(entry)
        if "sealed" in line:
            self._sealed.setdefault(entry.key, []).append(line["sealed"])

    def _read_outcome(self, line: Line) -> None:
        entry = self._entries[_key(line)]
        entry.outcome, entry.id = line["outcome"], line["id"]
        if line["written"] is not None:
            self._patches[entry.key] = line["written"]
            entry.written = apply_merge_patch(entry.after or {}, line["written"])
        if entry.rolls_back is not None and entry.action == "create":
            entry.rolls_back.successor = entry.id
        if "sealed" in line:
            self._sealed.setdefault(entry.key, []).append(line["sealed"])

    def _decrypt_secrets(self, entry: Entry) -> None:
        sealed = self._sealed.get(entry.key)
        if self._password is None or not entry.masked or not sealed:
            return
        try:
            bodies: dict[str, t.Any] = {"written": self._patches.get(entry.key)}
            for text in sealed:
                bodies |= json.loads(decrypt(text, self._password))
        except VaultError as error:
            raise _input_error(
                "journal_password", f"does not decrypt the secrets in {self._path!r}: {error}"
            ) from None
        entry.before, entry.after = bodies["before"], bodies["after"]
        if bodies["written"] is not None:
            entry.written = apply_merge_patch(entry.after or {}, bodies["written"])
        entry.masked, entry.lacks = False, ()


def _parsed(text: bytes) -> Line | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _key(line: Line) -> tuple[str, int]:
    return line["run"], line["number"]


def _input_error(option: str, message: str) -> InputError:
    findings = Findings()
    findings.problem(option, message)
    return InputError(findings)
