# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reader of a journal: its runs and their entries, with their secrets if the password is given.

Private to the collection. C(format.py) describes the lines, C(lines.py) checks each of them.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import InputError
from .._findings import Findings
from .._model.json_objects import Body, apply_merge_patch
from .._model.resource import Resource
from .authentication import AuthenticationError, line_key, verify
from .bodies import check_body, has_mask, is_cut_off
from .entry import Entry, Side
from .format import FORMATS
from .lines import Digests, Header, Intent, LineError, Outcome, RolledBack, parse_line, parse_object
from .vault import VaultError, decrypt

#: The kinds of the task's API by their names, under the name of its profile.
Kinds = t.Mapping[str, t.Mapping[str, Resource]]


@dataclasses.dataclass
class JournalRun:
    """One run of a journal, with the values of its header. C(lines) are the lines read of it so far.

    C(has_salt) says that its lines have HMACs. C(key) checks them, None if the password is not given.
    """

    run: str
    time: str
    org_id: str
    org_name: str | None
    host: str
    actor: str
    api_profile: str
    has_salt: bool
    key: bytes | None = None
    lines: int = 0
    entries: list[Entry] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class JournalContent:
    """The content of a journal: all C(runs) and all C(entries), in the order of the file.

    C(warnings) name the lines that were ignored, and those that are not authenticated.
    """

    runs: list[JournalRun] = dataclasses.field(default_factory=list)
    entries: list[Entry] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)

    def pending(self) -> list[Entry]:
        """Return the writes that may still have to be rolled back."""
        return [entry for entry in self.entries if entry.is_pending]


def read_journal(path: str, content: bytes, password: str | None, kinds: Kinds) -> JournalContent:
    """Return the content of the journal at a path. Only the secrets of pending entries are decrypted.

    Raises InputError, with the option to correct, if the file is no journal, has a newer format, a damaged
    line or a run with another API profile, and if the password is not the one that it was written with.
    """
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
        self._sealed: dict[tuple[str, int], list[tuple[int, str]]] = {}
        self._patches: dict[tuple[str, int], Body] = {}
        self._cut_off: list[tuple[int, bytes]] = []
        self._unauthenticated: list[int] = []

    def read(self, content: bytes) -> JournalContent:
        for number, text in enumerate(content.split(b"\n"), 1):
            if not text.strip():
                continue
            try:
                values = parse_object(text)
            except LineError as error:
                self._skip_cut_off_line(number, text, error)
                continue
            try:
                self._read_line(number, text, values)
            except LineError as error:
                raise self._damaged(number, error) from None
        for entry in self._content.pending():
            self._decrypt_secrets(entry)
        if self._password is not None and self._unauthenticated:
            lines = ", ".join(map(str, self._unauthenticated))
            self._content.warnings.append(
                f"the runs that begin in line {lines} of {self._path!r} are not authenticated, because they "
                "were written without journal_password or by an earlier version of the collection"
            )
        return self._content

    def _skip_cut_off_line(self, number: int, text: bytes, error: LineError) -> None:
        if not self._runs and not _HEADER.startswith(text[: len(_HEADER)]):
            raise _input_error(
                "journal", f"{self._path!r} is no journal: line {number} is no JSON object ({error})"
            )
        if not is_cut_off(text):
            raise self._damaged(number, error)
        self._cut_off.append((number, text))
        self._content.warnings.append(
            f"line {number} of {self._path!r} was cut off, because its process was killed or the disk was "
            "full: it is ignored, and the rollback reads the object to find out what happened to it"
        )

    def _read_line(self, number: int, text: bytes, values: Body) -> None:
        if "journal" in values:
            self._refuse_other_format(values)
        elif not self._runs:
            raise _input_error(
                "journal", f"{self._path!r} is no journal: it does not begin with the header of one"
            )
        line = parse_line(values)
        if isinstance(line, Header):
            self._read_header(number, line)
        elif line.run not in self._runs:
            raise LineError("run: there is no header of this run before it")
        run = self._runs[line.run]
        run.lines += 1
        if line.mac is not None and not run.has_salt:
            raise LineError("mac: the header of its run has no salt")
        self._authenticate(number, text, run)
        for earlier, cut_off in self._cut_off:
            if line.run.encode() in cut_off:  # a killed process writes no further line
                raise self._damaged(earlier, LineError("it is incomplete, but its run goes on"))
        if isinstance(line, Intent):
            self._read_intent(number, line, run)
        elif isinstance(line, Outcome):
            self._read_outcome(number, line)
        elif isinstance(line, RolledBack):
            self._entry(line.undone.key).rolled_back = True

    def _refuse_other_format(self, values: Body) -> None:
        if isinstance(values["journal"], bool) or values["journal"] not in FORMATS:
            raise _input_error(
                "journal",
                f"{self._path!r} has the format {values['journal']!r}, and this version of the collection "
                f"reads {' and '.join(map(str, FORMATS))}: use the version that wrote it "
                f"({values.get('collection')}) or a newer one",
            )

    def _read_header(self, number: int, line: Header) -> None:
        if line.api_profile not in self._kinds:
            raise _input_error(
                "journal",
                f"{self._path!r} has a run with the API profile {line.api_profile!r}, and this task uses "
                f"{', '.join(map(repr, self._kinds))}: set api_profile to {line.api_profile!r}",
            )
        if line.run in self._runs:
            raise LineError("run: an earlier header has the same")
        keys = ("run", "time", "org_id", "org_name", "host", "actor", "api_profile")
        run = JournalRun(**{key: getattr(line, key) for key in keys}, has_salt=line.salt is not None)
        if line.salt is None:
            self._unauthenticated.append(number)
        elif self._password is not None:
            run.key = line_key(self._password, line.salt)
        self._runs[run.run] = run
        self._content.runs.append(run)

    def _authenticate(self, number: int, text: bytes, run: JournalRun) -> None:
        if run.key is None:
            return
        try:
            verify(text, run.lines, run.key)
        except AuthenticationError as error:
            if run.lines > 1:
                raise LineError(f"it {error}, so that it or a line before it was changed") from None
            raise _input_error(
                "journal_password",
                f"does not decrypt the secrets in {self._path!r}: the password is wrong, or line {number} "
                "was changed",
            ) from None

    def _read_intent(self, number: int, line: Intent, run: JournalRun) -> None:
        resource = self._kinds[run.api_profile].get(line.kind)
        if resource is None:
            raise _input_error(
                "journal", f"{self._path!r} has objects of the kind {line.kind!r}, which is unknown here"
            )
        if (line.run, line.number) in self._entries:
            raise LineError("number: an earlier line of the run has the same")
        entry = Entry(
            run=line.run,
            number=line.number,
            resource=resource,
            action=line.action,
            id=line.id,
            name=line.name,
            before=line.before,
            after=line.after,
            etag=line.etag,
            secret_names=tuple(line.secret_headers),
            masked=line.masked,
            lacks=tuple(line.lacks),
            rolls_back=None if line.undoes is None else self._entry(line.undoes.key),
        )
        self._check(entry, "before", "after")
        self._read_secrets(number, entry, line)
        if entry.rolls_back is not None:
            if entry.rolls_back.resource is not resource or entry.rolls_back is entry:
                raise LineError("undoes: it is an entry of another kind")
            entry.rolls_back.rollbacks.append(entry)
        self._entries[entry.key] = entry
        run.entries.append(entry)
        self._content.entries.append(entry)

    def _read_outcome(self, number: int, line: Outcome) -> None:
        entry = self._entry((line.run, line.number))
        if entry.id is not None and line.id != entry.id:
            raise LineError("id: it is not the id of the entry")
        entry.outcome, entry.id, entry.written_etag = line.outcome, line.id, line.etag
        if line.written is not None:
            self._patches[entry.key] = line.written
            entry.written = _patched(entry.after, line.written)
            self._check(entry, "written")
        self._read_secrets(number, entry, line)
        if entry.rolls_back is not None and entry.action == "create":
            entry.rolls_back.successor = entry.id

    def _read_secrets(self, number: int, entry: Entry, line: Intent | Outcome) -> None:
        """Read what a line has of the secrets of its objects: masks, HMACs, encrypted values."""
        # A mask without the mark counts as a mask too, so that no rollback writes it as a value.
        entry.masked = entry.masked or line.masked or has_mask(entry)
        if line.hmac is not None:
            _read_digests(entry, line.hmac)
        if line.sealed is not None:
            self._sealed.setdefault(entry.key, []).append((number, line.sealed))

    def _decrypt_secrets(self, entry: Entry) -> None:
        sealed = self._sealed.get(entry.key)
        if self._password is None or not entry.masked or not sealed:
            return
        bodies: Body = {
            "before": entry.before,
            "after": entry.after,
            "written": self._patches.get(entry.key),
        }
        for number, text in sealed:
            try:
                bodies |= parse_object(decrypt(text, self._password).encode("utf-8", "surrogatepass"))
            except VaultError as error:
                raise _input_error(
                    "journal_password",
                    f"does not decrypt the secrets in line {number} of {self._path!r}: {error}",
                ) from None
            except LineError as error:
                raise self._damaged(number, error) from None
            for key, body in bodies.items():
                if body is not None and not isinstance(body, dict):
                    raise self._damaged(number, LineError(f"{key}: its encrypted value is no object"))
        entry.before, entry.after = bodies["before"], bodies["after"]
        if bodies["written"] is not None:
            entry.written = _patched(entry.after, bodies["written"])
        try:
            self._check(entry, "before", "after", "written")
        except LineError as error:
            raise self._damaged(sealed[-1][0], error) from None
        entry.masked, entry.lacks = False, ()

    def _check(self, entry: Entry, *sides: Side) -> None:
        for side in sides:
            check_body(entry, side)

    def _entry(self, key: tuple[str, int]) -> Entry:
        if key not in self._entries:
            raise LineError(f"there is no entry {key[1]} of the run {key[0]!r} before it")
        return self._entries[key]

    def _damaged(self, number: int, error: LineError) -> InputError:
        return _input_error(
            "journal", f"{self._path!r} is damaged: line {number} is not a line of a journal ({error})"
        )


def _patched(after: Body | None, patch: Body) -> Body:
    try:
        return apply_merge_patch(after or {}, patch)
    except RecursionError:
        raise LineError("written: it is nested too deeply") from None


def _read_digests(entry: Entry, digests: Digests) -> None:
    entry.digest_key = digests.key
    sides: tuple[Side, ...] = ("before", "after", "written")
    entry.digests |= {side: values for side in sides if (values := getattr(digests, side))}


def _input_error(option: str, message: str) -> InputError:
    findings = Findings()
    findings.problem(option, message)
    return InputError(findings)
