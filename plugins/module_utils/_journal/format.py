# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of a journal: entries as JSON objects, with their secrets masked or encrypted.

Private to the collection. Every line is a JSON object. C(run) and C(number) identify its entry.

Header      C(journal) (the format's version), C(run), C(time), C(org_id), C(org_name), C(host), C(actor),
            C(api_profile) (C(reference) without it), C(collection) (its version), C(salt) with a password
Intent      C(run), C(number), C(kind), C(action), C(id), C(name), C(etag), C(before), C(after); if these
            have secrets C(masked), C(lacks), C(hmac) and, with a password, C(sealed); C(undoes) in a rollback
Outcome     C(run), C(number), C(outcome), C(id), C(etag), C(written): the merge patch (RFC 7396) from
            C(after) to the object in the response; if that has secrets C(masked), C(hmac) and C(sealed)
Rollback    C(run), C(undone): the entry of which nothing is left to roll back, as C({run, number})

C(hmac) has the fingerprint C(key) of its key, and the digests of secrets by option for each object. With a
password every line ends with C(line) and C(mac), see C(authentication.py). Format 1 has neither of these, no
C(etag) in an outcome and no C(masked) there.
"""

from __future__ import annotations

import json
import typing as t

from .._model.json_objects import make_merge_patch
from .._model.rendering import BodyMasker, MaskedBody
from .._secret_hmac import HmacKey
from .entry import Entry, digests_of, secrets_to_restore
from .vault import encrypt

Line = dict[str, t.Any]

_HEADER = b'{"journal":'

#: The version of the format, which every additional key changes, and all versions that can be read.
FORMAT = 2
FORMATS = (1, FORMAT)


def first_header(beginning: bytes) -> tuple[bytes, Line] | None:
    """Return the first header in the beginning of a journal and its text, None if there is none yet.

    Raises ValueError if the file is no journal.
    """
    for text in beginning.split(b"\n"):
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            if text.strip() and not text.startswith(_HEADER[: len(text)]):
                raise ValueError("it is no journal") from None
            continue  # cut off: its process was killed
        if not isinstance(line, dict) or "journal" not in line:
            raise ValueError("it is no journal")
        return text, line
    return None


def intent_line(entry: Entry, masker: BodyMasker, password: str | None, key: HmacKey | None) -> Line:
    """Return the line of a write that has not been sent yet."""
    before, after = masker.mask(entry.before), masker.mask(entry.after)
    bodies = {"before": entry.before, "after": entry.after}
    masked = {"before": before and before.masked, "after": after and after.masked}
    line: Line = {
        "run": entry.run,
        "number": entry.number,
        "kind": entry.resource.kind,
        "action": entry.action,
        "id": entry.id,
        "name": entry.name,
        "etag": entry.etag,
        **masked,
    }
    if masked != bodies:
        line["masked"] = True
        line["lacks"] = secrets_to_restore(before, entry.after)
        if password is not None:
            line["sealed"] = encrypt(json.dumps(bodies), password)
        if key is not None:
            line["hmac"] = {
                "key": key.fingerprint,
                "before": digests_of(entry, entry.before, key),
                "after": digests_of(entry, entry.after, key),
            }
    if entry.secret_names:
        line["secret_headers"] = list(entry.secret_names)
    if entry.rolls_back is not None:
        line["undoes"] = reference(entry.rolls_back)
    return line


def outcome_line(entry: Entry, password: str | None, key: HmacKey | None) -> Line:
    """Return the line of a write whose outcome is known, or known to be unknown."""
    line: Line = {
        "run": entry.run,
        "number": entry.number,
        "outcome": entry.outcome,
        "id": entry.id,
        "etag": entry.written_etag,
        "written": None,
    }
    if entry.written is not None:
        patch = make_merge_patch(entry.after or {}, entry.written)
        line["written"] = MaskedBody(entry.resource, patch, entry.secret_names).masked
        if line["written"] != patch:
            line["masked"] = True
            if password is not None:
                line["sealed"] = encrypt(json.dumps({"written": patch}), password)
        digests = {} if key is None else digests_of(entry, entry.written, key)
        if key is not None and digests:
            line["hmac"] = {"key": key.fingerprint, "written": digests}
    return line


def rolled_back_line(run: str, entry: Entry) -> Line:
    """Return the line of the run C(run) about an entry of which nothing is left to roll back."""
    return {"run": run, "undone": reference(entry)}


def reference(entry: Entry) -> Line:
    """Return the part of a line that identifies an entry."""
    return {"run": entry.run, "number": entry.number}
