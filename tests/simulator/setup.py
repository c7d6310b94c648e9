# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orgs from plain data: the control API's and a seed file's."""

from __future__ import annotations

import json
import pathlib
import typing as t

import yaml

from .orgs import Org, World

ORG_KEYS = {"key", "name", "id", "datasets", "clients", "token_lifetime", "objects"}


class SetupError(ValueError):
    """The data does not describe an org."""


def create_org(world: World, given: t.Mapping[str, t.Any]) -> Org:
    """An org from C({key, name, id, datasets, clients[{client_id, client_secret, scopes}], token_lifetime,
    objects{kind: [wire objects]}}); C(key) alone is required."""
    unknown = set(given) - ORG_KEYS
    if unknown:
        raise SetupError(f"an org has no {', '.join(sorted(unknown))}")
    key, clients = given.get("key"), given.get("clients") or []
    if not isinstance(key, str) or not key:
        raise SetupError("an org needs a key")
    if key in world.orgs:
        raise SetupError(f"the org {key} exists already")
    taken = [client["client_id"] for client in clients if client["client_id"] in world.clients]
    if taken:
        raise SetupError(f"the client id {taken[0]} belongs to another org; it tells the orgs apart")
    kinds = {kind.name for kind in world.kinds}
    for kind in given.get("objects") or {}:
        if kind not in kinds:
            raise SetupError(f"no kind {kind}; there are {', '.join(sorted(kinds))}")
    org = world.create_org(key, given.get("name") or key, given.get("id"))
    if given.get("datasets") is not None:
        org.datasets = frozenset(given["datasets"])
    if given.get("token_lifetime") is not None:
        org.token_lifetime = given["token_lifetime"]
    for client in clients:
        world.add_client(org, client["client_id"], client["client_secret"], client.get("scopes"))
    for kind, objects in (given.get("objects") or {}).items():
        for wire in objects:
            org.collections[kind].seed(wire)
    return org


def load(world: World, path: pathlib.Path) -> None:
    """Create the orgs of a seed file: YAML or JSON, C({orgs: [...]})."""
    text = path.read_text(encoding="utf-8")
    data = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    if not isinstance(data, dict) or set(data) != {"orgs"}:
        raise SetupError(f"{path}: a seed file is an object with the one key orgs")
    for given in data["orgs"]:
        create_org(world, given)
