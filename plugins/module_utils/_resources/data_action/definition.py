# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A data action's task in the terms of the platform API: from C(definition), or from C(rest) (P.10, P.11).

Private to the collection. Pure but for the file that C(definition) may name.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.json_objects import Body, set_path
from .definition_checks import Facts, check_definition, check_facts
from .definition_file import read_definition_file
from .definition_shape import read_shape
from .rest_to_wire import inferred_contract, to_wire

__all__ = ["inferred_contract", "platform_definition"]

_OPTION = "definition"
#: Options beside the definition, which override its values, and their places in the API's object.
_BESIDE = {
    "name": "name",
    "category": "category",
    "secure": "secure",
    "timeout_seconds": "config.timeoutSeconds",
}


def platform_definition(given: t.Mapping[str, t.Any], findings: Findings) -> Body:
    """Return the parts of the API's object that a task declares; add all problems and warnings.

    C(given) are the checked options: C(definition) or C(rest), and beside them C(name), C(category),
    C(secure) and C(timeout_seconds). Omitted options are no part of the result. A new data action needs a
    whole contract: C(inferred_contract) returns the parts that the result lacks.
    """
    definition, rest = given.get(_OPTION), given.get("rest")
    wire: Body = {}
    if definition is not None:
        if rest is not None:
            findings.problem(_OPTION, "cannot be given with rest: give one of them")
        wire = read_definition(definition, findings)
    elif rest is not None:
        wire = to_wire(rest, findings)
    beside = [option for option in _BESIDE if given.get(option) is not None]
    for option in beside:
        set_path(wire, _BESIDE[option], given[option])
    paths = Facts(
        name=_path("name", beside),
        category=_path("category", beside),
        timeout="timeout_seconds" if "timeout_seconds" in beside else f"{_OPTION}.config.timeoutSeconds",
        method="rest.method" if definition is None else f"{_OPTION}.config.request.requestType",
    )
    check_facts(wire, paths, findings)
    if definition is not None:
        check_definition(wire, _OPTION, findings, given.get("secret_headers") or ())
    return wire


def read_definition(definition: t.Any, findings: Findings) -> Body:
    """Return the known keys of a definition, which is a mapping or the path of a JSON file."""
    raw = read_definition_file(definition, _OPTION, findings) if isinstance(definition, str) else definition
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        findings.problem(_OPTION, "must be a mapping, or the path of a JSON file")
        return {}
    return read_shape(raw, _OPTION, findings)


def _path(key: str, beside: list[str]) -> str:
    return key if key in beside else f"{_OPTION}.{key}"
