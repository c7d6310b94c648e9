# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validation and test of a draft, and the comparison of the test's result with the option C(expect) (P.14).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._errors import ApiError, GenesysError, OutcomeUnknown
from ..._model.json_objects import Body, exact
from ..._printable import printable, printable_json
from .draft_store import DraftStore

_LONGEST = 300
_SHOWN = 20


class TestFailed(GenesysError):
    """A draft that is not valid, or whose test failed. C(test) is a field of the result."""

    __test__ = False  # pytest would take the class for tests


def read_validation(drafts: DraftStore, draft: Body, label: str) -> None:
    """Raise TestFailed with the API's reasons if a draft is not valid."""
    validation = drafts.validation(str(draft["id"]))
    if validation["valid"]:
        return
    errors = validation.get("errors")
    reasons = [_message(error) for error in errors if error] if isinstance(errors, list) else []
    listed = "; ".join(reasons[:_SHOWN]) or "the API gives no reason"
    raise TestFailed(f"{label} was not written, because its draft is not valid: {listed}.")


def check_test(context: Context, drafts: DraftStore, draft: Body, label: str) -> None:
    """Test a draft. Raise TestFailed if an operation failed or the result is not as expected.

    The outcome of each operation is in C(context.result_fields). The test calls the remote service, so a lost
    response is a failure and never a reason for a second call.
    """
    test, action_id = context.desired.test, str(draft["id"])
    try:
        response = drafts.send("POST", action_id, test.get("input") or {}, None, step="test")
    except OutcomeUnknown as error:
        raise TestFailed(
            f"{label} was not written: the response of its test was lost, and the test was not repeated, "
            f"because it may have reached the remote service. {error.cause}"
        ) from None
    except ApiError as error:
        error.add(f"{label} was not written, because the API refused its test.")
        raise
    data = response.data if isinstance(response.data, dict) else {}
    operations = [_operation(one) for one in data.get("operations") or [] if isinstance(one, dict)]
    outcome = {"success": data.get("success") is True, "operations": operations}
    context.result_fields["test"] = outcome
    if not outcome["success"]:
        failed = [
            f"{one['name']} ({one['error'] or 'no reason given'})" for one in operations if not one["success"]
        ]
        reason = "; ".join(failed) or _message(data.get("error")) or "the API gives no reason"
        raise TestFailed(f"{label} was not written, because its test failed: {reason}.", test=outcome)
    if test.get("expect") is not None:
        different = list(differences(test["expect"], data.get("finalResult"), "test.expect"))
        if different:
            outcome["success"] = False
            more = f"; and {len(different) - _SHOWN} more" if len(different) > _SHOWN else ""
            listed = "; ".join(different[:_SHOWN]) + more
            raise TestFailed(
                f"{label} was not written, because the result of its test is not as expected: {listed}.",
                test=outcome,
            )


def _operation(one: Body) -> dict[str, t.Any]:
    """Return step, name, success and error of an operation. Its result may hold secrets and is left out."""
    return {
        "step": one.get("step"),
        "name": printable(str(one.get("name") or "")),
        "success": one.get("success") is True,
        "error": _message(one.get("error")) or None,
    }


def _message(error: t.Any) -> str:
    """Return the text of an ErrorBody, in one line."""
    text = error.get("message") or error.get("code") if isinstance(error, dict) else error
    shown = printable(str(text or "")).rstrip(".")
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def differences(expected: t.Any, actual: t.Any, path: str) -> t.Iterator[str]:
    """Yield a sentence for each place where a JSON value lacks what is expected.

    An object may have more keys than the expected one. Lists have the same number of entries.
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            if key in actual:
                yield from differences(value, actual[key], f"{path}.{key}")
            else:
                yield f"{printable(f'{path}.{key}')} is missing"
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, value in enumerate(expected):
            yield from differences(value, actual[index], f"{path}[{index}]")
    elif exact(expected) != exact(actual):
        yield f"{printable(path)} is {_show(actual)} and not {_show(expected)}"


def _show(value: t.Any) -> str:
    text = printable_json(value, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
