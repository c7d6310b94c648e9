# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract of a data action, which its publish freezes: refused or replaced changes (P.13).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._engine.replacement import frozen_changes
from ..._errors import GenesysError
from ..._findings import Findings
from ..._http.connection import quote
from ..._model.json_objects import Body
from ..._model.plan import Plan, name_of
from ..._model.replacement import Replacement
from ..integration.references import is_symbolic
from .consumers import Consumed, Consumers, find_consumers, reason_to_keep

_LONGEST_NAME = 256
_INTEGRATION = "/api/v2/integrations/{}"
_ENABLED = "ENABLED"


def short_id(action_id: str) -> str:
    """Return the first eight characters of the GUID in the id of an action."""
    return action_id.rpartition("_")[2][:8]


REPLACEMENT = Replacement(
    frozen=("contract", "secure", "integrationId"),
    interim_suffix=" (replacement)",
    retired_suffix=lambda action_id: f" (replaced {short_id(action_id)})",
    longest_name=_LONGEST_NAME,
    keeps=reason_to_keep,
)


def check_change(context: Context, plan: Plan) -> None:
    """Refuse a change that the API refuses, and a test that cannot run. Sends reads only.

    Raise Consumed with the flows that consume the action, unless the change may replace the action. In that
    case they are in the result.
    """
    frozen = frozen_changes(context, plan)
    if frozen:
        before = plan.before or {}
        consumers = find_consumers(context.client, context.run_cache, before)
        context.result_fields["consumers"] = consumers.flows
        options = ", ".join(dict.fromkeys(field.option for field in frozen))
        if not context.desired.replaces:
            raise _refusal(plan, options, consumers)
        if consumers.doubt:
            context.findings.warn("on_contract_change", consumers.doubt)
        context.result_fields["replacement"] = {
            "old_id": before["id"],
            "old_name": REPLACEMENT.retired_name(name_of(plan), str(before["id"])),
            "new_id": None,
        }
    if plan.action in ("create", "update") and context.desired.test is not None:
        _check_integration(context, plan.after or {})


def _refusal(plan: Plan, options: str, consumers: Consumers) -> Consumed:
    return Consumed(
        f"The data action {name_of(plan)!r} (id {(plan.before or {})['id']}) was not changed, because its "
        f"publish has frozen {options}. Flows that consume it: {consumers}. Undo the change, or set "
        "on_contract_change to replace: a new action with another id then takes the name, the old one stays "
        "under another name. Flows that consume the old one have to be changed and published.",
        consumers,
    )


def _check_integration(context: Context, action: Body) -> None:
    """Raise GenesysError if the integration of a tested action is not enabled.

    Check mode only warns, because the same run may enable the integration before.
    """
    integration_id = action.get("integrationId")
    if not isinstance(integration_id, str) or is_symbolic(integration_id):
        return
    path = _INTEGRATION.format(quote(integration_id))
    response = context.client.get(path, allow_missing=True)
    found = None if response is None or not isinstance(response.data, dict) else response.data
    state = None if found is None else found.get("intendedState")
    if state == _ENABLED or (found is None and context.check_mode):
        return
    named = repr(found.get("name")) if found is not None else integration_id
    if context.check_mode:
        context.findings.warn("test", f"needs an enabled integration, and {named} is {state} now")
        return
    raise GenesysError(
        f"The data action {action.get('name')!r} was not written: test needs an enabled integration, and "
        f"{named} is {state or 'missing'}. Enable it, or omit test."
    )


def refuse_useless_test(given: dict[str, t.Any], findings: Findings) -> None:
    """Add a problem for a test of a data action that the task removes."""
    if given.get("state") == "absent" and given.get("test") is not None:
        findings.problem("test", "has no meaning with state absent: omit it")
