# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validation of a definition by the API itself, with a sample text that it masks (N.3).

Private to the collection. The API has regular expressions of its own dialect, and names of built-in masks.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._engine.received_objects import check_type
from ..._errors import Unprocessable
from ..._findings import Findings
from ..._model.json_type import BOOLEAN, TEXT, object_of
from ..._printable import printable

VALIDATE = "/api/v2/dataprivacy/maskingrules/validate"
#: The text for tasks without a sample, because the API requires one.
_ANY_TEXT = "Sample text 1234"
_ANSWER = object_of({"valid": BOOLEAN, "validationMessage": TEXT, "maskedText": TEXT})


def validate_definition(context: Context, definition: t.Any, findings: Findings) -> None:
    """Add a problem if the API refuses the definition, or if the definition masks nothing in the sample.

    Set the result field C(masked_sample).
    """
    sample = context.desired.sample_text
    body = {"text": sample or _ANY_TEXT, "definition": definition}
    try:
        answer = context.client.send("POST", VALIDATE, json=body, repeatable=True).data
    except Unprocessable as error:
        findings.problem("definition", f"is refused by the validation of the API: {error}")
        return
    check_type(_ANSWER, answer, f"POST {VALIDATE}", "result of a validation")
    result: dict[str, t.Any] = answer or {}
    if not result.get("valid"):
        message = printable(result.get("validationMessage") or "it gives no reason")
        findings.problem("definition", f"is refused by the validation of the API: {message}")
    elif sample is not None:
        context.result_fields["masked_sample"] = result.get("maskedText")
        if result.get("maskedText") == sample:
            findings.problem("sample_text", "is not masked: the definition matches nothing in it")
