# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The note about permissions in a module's documentation, made from the table of the platform API."""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.module_utils._api.platform import PLATFORM
from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import Resource, ResourceKind


def paths_of(resource: Resource) -> set[str]:
    """Return the path templates that a kind uses."""
    endpoint = resource.endpoint
    items = {
        operation.path
        for operation in PLATFORM.operations
        if operation.path.rpartition("/")[0] == endpoint.path and operation.path.endswith("}")
    }
    own = {endpoint.path, endpoint.list_path or endpoint.path, *items}
    return {*own, *resource.other_paths, *resource.write_paths}


def permissions_of(kind: ResourceKind, *, info: bool) -> list[str]:
    """Return the permissions that the kind's module or its info module needs, in the order of the table."""
    resource = kind.profiles[PLATFORM.name]
    own = resource.endpoint.path
    needed: dict[str, None] = {}
    for operation in PLATFORM.operations:
        reads = operation.method == "GET"
        foreign = operation.path != own and not operation.path.startswith(f"{own}/{{")
        foreign = foreign and operation.path not in resource.write_paths
        if operation.path in paths_of(resource) and (reads or not (info or foreign)):
            # An info module reads the parts of its objects, and the integrations that its options name.
            if info and "/draft" in operation.path:
                continue
            named = resource.identify is not None and operation.path == "/api/v2/integrations"
            if info and operation.path in resource.other_paths and foreign and not named:
                continue
            needed |= dict.fromkeys(operation.needed)
    return list(needed)


def permission_note(kind: ResourceKind, *, info: bool) -> str:
    """Return the sentence of the documentation."""
    listed = ", ".join(f"C({name})".replace(" or ", ") or C(") for name in permissions_of(kind, info=info))
    return f"The OAuth client needs a role with these permissions in the API C(platform): {listed}."
