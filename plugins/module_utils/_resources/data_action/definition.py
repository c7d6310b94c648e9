# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The declared parts of a data action of the platform API, from the options of a task (P.11).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.json_objects import Body, copied

_KEYS = ("name", "category", "secure", "contract", "config")


def platform_definition(given: t.Mapping[str, t.Any], findings: Findings) -> Body:
    """Return the declared parts of the API's object. Options beside the definition win.

    Add problems to C(findings).
    """
    definition = given.get("definition")
    if given.get("rest") is not None:
        findings.problem("rest", "has no form in the API 'platform' yet: give definition")
    if definition is None:
        definition = {}
    if not isinstance(definition, dict):
        findings.problem("definition", "must be a mapping")
        return {}
    for key in definition:
        if key not in _KEYS:
            findings.problem(f"definition.{key}", "is unknown")
    declared = {key: copied(value) for key, value in definition.items() if key in _KEYS}
    for option in ("category", "secure"):
        if given.get(option) is not None:
            declared[option] = given[option]
    if given.get("timeout_seconds") is not None:
        declared.setdefault("config", {})["timeoutSeconds"] = given["timeout_seconds"]
    return declared
