# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Published data actions as tasks for the platform API: each with its integration."""

from __future__ import annotations

import typing as t

from unit.shared_data import platform_actions, rest_data_actions

#: The path of one action, which the platform refuses, and the path that its author meant.
REFUSED, MEANT = "$$.id", "$.id"
OWN, OTHER, SECOND = "purecloud-data-actions", "custom-rest-actions", "Second"
INTEGRATIONS = [
    {"name": OWN, "type": OWN},
    {"name": OTHER, "type": OTHER},
    {"name": SECOND, "type": OTHER},
]


def placed(
    entries: list[dict[str, t.Any]], url: t.Callable[[dict[str, t.Any]], str]
) -> list[dict[str, t.Any]]:
    """Give each entry an integration: by its URL, or the second one for the second bearer of a name."""
    names: set[str] = set()
    for entry in entries:
        kind = OWN if url(entry).startswith("/") else OTHER
        entry["integration"] = SECOND if entry["name"] in names else kind
        names.add(entry["name"])
    return entries


def definitions(*, everything: bool = False) -> list[dict[str, t.Any]]:
    """Return tasks for the published definitions but the one whose path the platform refuses.

    With C(everything), return that one too, with the path that its author meant.
    """
    entries = []
    for action in platform_actions():
        definition = {key: value for key, value in action.items() if key != "source"}
        paths = definition["config"]["response"]["translationMap"]
        refused = [name for name, path in paths.items() if path == REFUSED]
        paths |= dict.fromkeys(refused, MEANT)
        if everything or not refused:
            entries.append({"name": definition["name"], "definition": definition})
    return placed(entries, lambda entry: entry["definition"]["config"]["request"]["requestUrlTemplate"])


def rests(*, everything: bool = False) -> list[dict[str, t.Any]]:
    """Return tasks for published actions as options of rest, as C(definitions) does."""
    entries = []
    for entry in rest_data_actions():
        refused = [one for one in entry["rest"]["variable_mappings"] if one["source"] == REFUSED]
        for mapping in refused:
            mapping["source"] = MEANT
        if everything or not refused:
            entries.append(entry)
    return placed(entries, lambda entry: entry["rest"]["url"])
