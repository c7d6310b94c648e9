# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of a journal: entries as JSON objects, with their secrets masked or encrypted.

Private to the collection. Every line is a JSON object. C(run) and C(number) identify its entry.

Header      C(journal) (the format's version), C(run), C(time), C(org_id), C(org_name), C(host), C(actor),
            C(api_profile) (C(reference) without it), C(collection) (its version)
Intent      C(run), C(number), C(kind), C(action), C(id), C(name), C(etag), C(before), C(after); if these
            have secrets C(masked), C(lacks) and, with a password, C(sealed); C(undoes) in a rollback
Outcome     C(run), C(number), C(outcome), C(id), C(written): the merge patch (RFC 7396) from C(after) to the
            object in the response; C(sealed) if that has secrets
Rollback    C(run), C(undone): the entry of which nothing is left to roll back, as C({run, number})
"""

from __future__ import annotations

import json
import typing as t

from .._model.json_objects import make_merge_patch
from .._model.rendering import BodyMasker, MaskedBody
from .entry import Entry, secrets_to_restore
from .vault import encrypt

Line = dict[str, t.Any]

#: The version of the format. Compatible additions do not change it.
FORMAT = 1


def intent_line(entry: Entry, masker: BodyMasker, password: str | None) -> Line:
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
    if entry.secret_names:
        line["secret_headers"] = list(entry.secret_names)
    if entry.rolls_back is not None:
        line["undoes"] = reference(entry.rolls_back)
    return line


def outcome_line(entry: Entry, password: str | None) -> Line:
    """Return the line of a write whose outcome is known, or known to be unknown."""
    line: Line = {
        "run": entry.run,
        "number": entry.number,
        "outcome": entry.outcome,
        "id": entry.id,
        "written": None,
    }
    if entry.written is not None:
        patch = make_merge_patch(entry.after or {}, entry.written)
        line["written"] = MaskedBody(entry.resource, patch, entry.secret_names).masked
        if password is not None and line["written"] != patch:
            line["sealed"] = encrypt(json.dumps({"written": patch}), password)
    return line


def rolled_back_line(run: str, entry: Entry) -> Line:
    """Return the line of the run C(run) about an entry of which nothing is left to roll back."""
    return {"run": run, "undone": reference(entry)}


def reference(entry: Entry) -> Line:
    """Return the part of a line that identifies an entry."""
    return {"run": entry.run, "number": entry.number}
