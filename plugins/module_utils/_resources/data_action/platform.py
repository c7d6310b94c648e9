# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data action of the platform API: its fields, its endpoint, and the checks of its writes (P.10 to P.16).

Private to the collection. The canonical object is a definition in the API's names with the texts of its
templates, also where the API shows links to them.
"""

from __future__ import annotations

import typing as t

from ..._api.platform import NUMBERED
from ..._engine.context import Context
from ..._engine.run_cache import RunCache
from ..._errors import GenesysError, InputError
from ..._findings import Findings
from ..._http.client import Client
from ..._model.comparison import Comparison, NameOf
from ..._model.endpoint import Endpoint
from ..._model.json_objects import ABSENT, REQUIRED, Body, get_path, set_path
from ..._model.json_type import BOOLEAN, TEXT, WHOLE_NUMBER, map_of, object_of
from ..._model.options import KnownObjects, NotExpressible, Options, options_of
from ..._model.plan import Plan, RemoteObject, name_of
from ..._model.resource import Field, Resource
from ..integration.references import KIND as INTEGRATION_KIND
from ..integration.references import OWN_ACTIONS, is_symbolic, known_id, resolve_reference, type_of
from .consumers import BUILD, CONSUMING
from .consumers import refuse_removal as refuse_consumed
from .contract import REPLACEMENT, check_change, refuse_useless_test
from .definition import inferred_contract, platform_definition
from .definition_checks import problems_of_change
from .draft import discard_left, send_in_steps
from .draft_store import DRAFT_PATHS
from .platform_parts import PATH, complete, decode, encode, with_sent
from .templates import DEFAULT_REQUEST, DEFAULT_SUCCESS, same_schema, same_text

_FUNCTION_TYPE = "function-data-actions"
_FUNCTION_CATEGORY = "function data action"
_NO_PLACE = "has no place in the API 'platform'"
_NOT_MANAGED = "and the collection only reads it"

INTEGRATION = Field("integration", "integrationId", REQUIRED, json_type=TEXT)
SECURE = Field("secure", "secure", False, json_type=BOOLEAN)
INPUT_SCHEMA = Field(
    "definition.contract.input.inputSchema",
    "contract.input.inputSchema",
    REQUIRED,
    canonical=same_schema,
    json_type=object_of({}),
)
SUCCESS_SCHEMA = Field(
    "definition.contract.output.successSchema",
    "contract.output.successSchema",
    REQUIRED,
    canonical=same_schema,
    json_type=object_of({}),
)
_CONTRACT = (INPUT_SCHEMA, SUCCESS_SCHEMA)


def _config(path: str, *arguments: t.Any, **options: t.Any) -> Field:
    """Return the field of a part of the configuration."""
    return Field(f"definition.config.{path}", f"config.{path}", *arguments, **options)


_FIELDS = (
    Field("name", "name", REQUIRED, json_type=TEXT),
    INTEGRATION,
    Field("category", "category", REQUIRED, json_type=TEXT),
    SECURE,
    Field("timeout_seconds", "config.timeoutSeconds", json_type=WHOLE_NUMBER, chosen_by_api=True),
    INPUT_SCHEMA,
    SUCCESS_SCHEMA,
    _config("request.requestUrlTemplate", REQUIRED, url=True, json_type=TEXT),
    _config("request.requestType", REQUIRED, json_type=TEXT),
    _config("request.headers", {}, headers=True, json_type=map_of(TEXT)),
    _config("request.requestTemplate", DEFAULT_REQUEST, canonical=same_text(DEFAULT_REQUEST), json_type=TEXT),
    _config("response.translationMap", {}, json_type=map_of(TEXT)),
    _config("response.translationMapDefaults", {}, json_type=map_of(TEXT)),
    _config(
        "response.successTemplate", DEFAULT_SUCCESS, canonical=same_text(DEFAULT_SUCCESS), json_type=TEXT
    ),
)


def validate(given: dict[str, t.Any], findings: Findings) -> None:
    """Put the definition that the options mean into the form of the fields."""
    refuse_useless_test(given, findings)
    declared = platform_definition(given, findings)
    for option in ("name", "category", "secure"):
        value = declared.pop(option, None)
        if given.get(option) is None and value is not None:
            given[option] = value
    config = declared.get("config")
    if isinstance(config, dict) and "timeoutSeconds" in config:
        timeout = config.pop("timeoutSeconds")
        if given.get("timeout_seconds") is None:
            given["timeout_seconds"] = timeout
    given.pop("definition", None)
    if declared:
        given["definition"] = declared
    if given.get("integration_type") is not None and given.get("integration") is None:
        findings.problem("integration", "is required with integration_type, which chooses among integrations")


def identify(client: Client, run_cache: RunCache, given: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the id of the integration that the task names. Raise NotFound, Ambiguous and InputError."""
    reference = given.get("integration")
    if reference is None:
        return {}
    if is_symbolic(reference):
        return {"integration": known_id(run_cache, reference)}
    return {"integration": resolve_reference(client, run_cache, reference, given.get("integration_type"))}


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Declare the id of the integration, as far as the run knows it, and the contract that C(rest) implies.

    The latter is only for a new data action, whose contract the API requires.
    """
    desired, declared = context.desired, context.declared
    if desired.integration is None:
        declared.pop(INTEGRATION, None)
    else:
        declared[INTEGRATION] = known_id(context.run_cache, desired.integration)
    for field in context.scratch.pop("inferred", ()):
        declared.pop(field, None)
    if current is None and desired.rest is not None:
        contract = {"contract": inferred_contract(desired.definition or {})}
        inferred = {field: field.of(contract) for field in _CONTRACT if field.of(contract) is not ABSENT}
        declared.update(inferred)
        context.scratch["inferred"] = tuple(inferred)


def unmanaged(body: Body) -> str:
    """Return why the collection only reads a data action: it is built in, or an integration has made it."""
    if str(body.get("id")).startswith(OWN_ACTIONS):
        return f"names a data action that its integration has by itself, {_NOT_MANAGED}"
    if _FUNCTION_CATEGORY in str(body.get("category")).casefold():
        return f"names a Function data action, {_NOT_MANAGED}"
    return ""


def may_prune(client: Client, run_cache: RunCache, body: Body) -> bool:
    """Return whether a data action is no Function data action, which its integration's type shows."""
    return type_of(client, run_cache, str(body.get("integrationId"))) != _FUNCTION_TYPE


def preflight(context: Context, plan: Plan) -> RemoteObject | None:
    """Refuse a change of what the first publication froze, and a write whose integration is missing."""
    _refuse_function(context, plan)
    check_change(context, plan)
    _refuse_new_problems(plan)
    if not context.check_mode and is_symbolic((plan.after or {}).get("integrationId")):
        raise GenesysError(
            f"The data action {name_of(plan)!r} was not written, because this run did not create its "
            "integration. Correct the failure of the integration, and run again."
        )
    return None


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove a Function data action, and one that flows consume."""
    _refuse_function(context, plan)
    refuse_consumed(context, plan)


def _refuse_function(context: Context, plan: Plan) -> None:
    integration_id = str((plan.after or plan.before or {}).get("integrationId"))
    if type_of(context.client, context.run_cache, integration_id) == _FUNCTION_TYPE:
        findings = Findings()
        findings.problem(
            "integration", f"is of the type {_FUNCTION_TYPE}, whose data actions the collection only reads"
        )
        raise InputError(findings)


def _refuse_new_problems(plan: Plan) -> None:
    """Refuse declared parts that do not fit the parts that the org has."""
    findings = problems_of_change(plan.before, plan.after or {}, "definition")
    if findings.problems:
        raise InputError(findings)


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a data action, with its integration by name, and by type if the name needs it.

    Raise NotExpressible for a Function data action.
    """
    integration_id = str(body.get("integrationId"))
    identity = known.identity_of(INTEGRATION_KIND, integration_id)
    options = options_of(resource, body, known)
    if identity is not None:
        name, kind = identity
        if kind == _FUNCTION_TYPE:
            raise NotExpressible("is a Function data action, which the collection only reads")
        options["integration"] = name
        if known.name_of(INTEGRATION_KIND, integration_id) is None:
            options["integration_type"] = kind
    return options


def with_names(body: Body, name_of: NameOf) -> Body:
    """Return a data action with the name of its integration in the place of the id."""
    return {**body, INTEGRATION.wire: name_of(INTEGRATION_KIND, str(body.get(INTEGRATION.wire)))}


def take_away(entry: Options, present: t.Mapping[str, t.Any]) -> list[str]:
    """Declare the defaults where the definition has null, which is no value there."""
    for field in _FIELDS:
        if field.option.startswith("definition.") and get_path(entry, field.option) is None:
            set_path(entry, field.option, field.initial())
    return []


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=PATH,
        paging=NUMBERED,
        name_param="name",
        item_params={"expand": "contract", "includeConfig": "true"},
        list_params={"includeAuthActions": "true"},
        locking="version",
        verb="PATCH",
        decode=decode,
        encode=encode,
        complete=complete,
        completes_by_id=True,
        is_cacheable=True,
        with_sent=with_sent,
    ),
    fields=_FIELDS,
    server_owned=("id", "version"),
    event="Integrations.Action",
    identity=("name", "integration"),
    narrowed_by=("integration_type",),
    other_paths=(
        f"{PATH}/{{actionId}}/templates/{{fileName}}",
        "/api/v2/integrations",
        "/api/v2/integrations/{integrationId}",
        BUILD,
        CONSUMING,
        *DRAFT_PATHS,
    ),
    refused_options=dict.fromkeys(
        ("conditions", "dataset_dependencies", "max_condition_depth", "max_condition_children"),
        f"{_NO_PLACE}: remove it from the tasks of this org",
    ),
    ignored_options={"description": f"{_NO_PLACE} and is ignored"},
    validate=validate,
    identify=identify,
    unmanaged=unmanaged,
    may_prune=may_prune,
    resolve=resolve,
    preflight=preflight,
    refuse_removal=refuse_removal,
    update_body=lambda context, plan: plan.after or {},
    send_in_steps=send_in_steps,
    discard=discard_left,
    replacement=REPLACEMENT,
    to_options=to_options,
    comparison=Comparison(with_names=with_names, take_away=take_away),
)
