# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orgs, clients and settings, created from the data of the control API and of seed files."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pydantic
import yaml

from .api import Api
from .orgs import Org, World
from .platform.switches import SwitchBoard
from .rate_limits import Limit
from .reference.schema_rebuilds import Rebuilds, RebuildSettings
from .scope_names import ScopeNames
from .store import Lag
from .strict_models import Key, RateLimitSetup, Seconds, SetupError, StrictModel, Wire


def _known_names(names: list[str] | None, info: pydantic.ValidationInfo) -> list[str] | None:
    """Raise ValueError for a name outside the ScopeNames that C(StrictModel.read) was given.

    A field for the names of the other API must be None.
    """
    known = info.context
    assert isinstance(known, ScopeNames)
    if names is not None and info.field_name != f"{known.noun}s":
        raise ValueError(f"a client of this API has {known.noun}s")
    for name in names or []:
        if name not in known:
            raise ValueError(f"there is no {known.noun} {name}")
    return names


Names = t.Annotated[list[str] | None, pydantic.AfterValidator(_known_names)]


class HeldNames(StrictModel):
    """The scopes (reference API) or permissions (platform API) of a client or token; None gives all."""

    scopes: Names = None
    permissions: Names = None

    @property
    def held(self) -> list[str] | None:
        return self.scopes if self.permissions is None else self.permissions


class ClientSetup(HeldNames):
    """An OAuth client."""

    client_id: Key
    client_secret: str


class TokenSetup(HeldNames):
    """A token of the control API. C(lifetime) None is the lifetime of the org."""

    lifetime: Seconds | None = None


class LagSetup(StrictModel):
    """The delay [s] with which lists and reads by id show writes."""

    lists: Seconds = 0
    reads: Seconds = 0


class Settings(StrictModel):
    """The settings of an org. Only given settings are applied.

    C(platform) are fields of C(platform.switches.Switches), for an org of the platform API.
    """

    token_lifetime: Seconds = 3600
    rate_limit: RateLimitSetup | None = None
    client_rate_limit: RateLimitSetup | None = None
    rebuild: RebuildSettings = pydantic.Field(default_factory=RebuildSettings)
    lag: dict[str, LagSetup] = pydantic.Field(default_factory=dict)
    platform: Wire = pydantic.Field(default_factory=dict)

    def apply(self, org: Org) -> None:
        """Apply the settings to an org. Raise SetupError for a kind or a setting that its API lacks."""
        if self.platform and org.api.name != "platform":
            raise SetupError(f"platform: the org {org.key} has the {org.api.name} API")
        if self.platform:
            org.state(SwitchBoard).change(self.platform)
        if "token_lifetime" in self.model_fields_set:
            org.token_lifetime = self.token_lifetime
        if "rate_limit" in self.model_fields_set:
            org.limit_tokens(_limit(self.rate_limit))
        if "client_rate_limit" in self.model_fields_set:
            org.limit_clients(_limit(self.client_rate_limit))
        if "rebuild" in self.model_fields_set:
            org.state(Rebuilds).settings = self.rebuild
        unknown = sorted(set(self.lag) - set(org.collections))
        if unknown:
            raise SetupError(f"lag: no kind {', '.join(unknown)}; there are {', '.join(org.collections)}")
        for kind, lag in self.lag.items():
            org.collections[kind].set_lag(Lag(lag.lists, lag.reads))


def _limit(given: RateLimitSetup | None) -> Limit | None:
    return Limit(given.allowed, given.window) if given else None


class OrgSetup(StrictModel):
    """An org. C(datasets) None accepts every dataset id; C(objects) are wire objects by kind."""

    key: Key
    api: t.Literal["reference", "platform"] = "reference"
    name: str | None = None
    id: str | None = None
    datasets: list[str] | None = None
    clients: list[ClientSetup] = pydantic.Field(default_factory=list)
    token_lifetime: Seconds = 3600
    objects: dict[str, list[Wire]] = pydantic.Field(default_factory=dict)


def create_org(world: World, given: t.Any) -> Org:
    """Create an org from the data of an OrgSetup. Raise SetupError and create nothing if it is invalid."""
    api = _api(world, given)
    setup = OrgSetup.read(given, api.scopes)
    if setup.key in world.orgs:
        raise SetupError(f"the org {setup.key} exists already")
    for client in setup.clients:
        if client.client_id in world.clients:
            raise SetupError(f"the client id {client.client_id} belongs to another org already")
    kinds = {kind.name for kind in api.kinds}
    for kind in setup.objects:
        if kind not in kinds:
            raise SetupError(f"no kind {kind}; there are {', '.join(sorted(kinds))}")
    org = world.create_org(setup.key, setup.name or setup.key, setup.id, api)
    org.datasets = None if setup.datasets is None else frozenset(setup.datasets)
    org.token_lifetime = setup.token_lifetime
    for client in setup.clients:
        world.add_client(org, client.client_id, client.client_secret, client.held)
    for kind, objects in setup.objects.items():
        for wire in objects:
            org.collections[kind].seed(wire)
    return org


def _api(world: World, given: t.Any) -> Api:
    """Return the API that the data of an org names, the first one if it names none that exists."""
    name = given.get("api") if isinstance(given, dict) else None
    first = next(iter(world.apis.values()))
    return world.apis.get(name, first) if isinstance(name, str) else first


def load_seed_file(world: World, path: pathlib.Path) -> None:
    """Create the orgs of a seed file: YAML or JSON, C({orgs: [...]}). Raise SetupError if it is invalid."""
    text = path.read_text(encoding="utf-8")
    data = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    if not isinstance(data, dict) or set(data) != {"orgs"} or not isinstance(data["orgs"], list):
        raise SetupError(f"{path}: a seed file is an object with the one key orgs, a list")
    for given in data["orgs"]:
        create_org(world, given)
