# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark of data actions of the platform API, beside a client with the provider's requests (P.17)."""

from __future__ import annotations

import copy
import dataclasses
import itertools
import json
import pathlib
import shutil
import sys
import typing as t

from simulator.control import Simulator

from .declarations import CHANGED_ONE_IN, Config, Objects
from .figures import Figure, Row, progress
from .measured_org import PLATFORM_KINDS, MeasuredOrg
from .processes import HERE, Cost, Failed, run, run_module

#: Concurrent requests and tokens of the provider, which the module gets too.
CONCURRENCY = TOKENS = 10
#: The size to which the rate limit of a token belongs. Smaller orgs get a smaller limit in a shorter window,
#: so that a run has as many windows.
FULL_SIZE = 500
TOKEN_LIMIT, WINDOW = 300, 60.0
#: The fewest requests of a window in a small org, because some requests do not depend on the size.
_FEWEST = 30

TYPE = "custom-rest-actions"
FORMS = ("inline", "uri")
OPERATIONS = ("unchanged", "created", "5 % changed")


@dataclasses.dataclass(frozen=True)
class Limits:
    """The rate limits of a measurement, and the largest number of the module's tokens."""

    name: str
    limited: bool
    tokens: int


LIMITS = (Limits("none", False, 1), Limits("1 token", True, 1), Limits("10 tokens", True, TOKENS))


class Measured(t.NamedTuple):
    """The requests and the cost of one client; None if it was not measured."""

    requests: int
    cost: Cost


def definition(number: int) -> dict[str, t.Any]:
    """Return a definition of ordinary size, in the names of the API."""
    schema = {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object"}
    names = ("id", "tier", "owner", "region")
    properties = {
        name: {"type": "string", "description": f"The {name} of contract {number}"} for name in names
    }
    inputs = {**schema, "required": ["id"], "properties": {"id": properties["id"]}}
    return {
        "contract": {
            "input": {"inputSchema": inputs},
            "output": {"successSchema": {**schema, "properties": properties}},
        },
        "config": {
            "timeoutSeconds": 10,
            "request": {
                "requestUrlTemplate": f"https://crm.example.com/contracts/{number}/${{input.id}}",
                "requestType": "POST",
                "requestTemplate": '{"id": "${input.id}", "fields": ["tier", "owner"]}',
                "headers": {"Accept": "application/json", "Content-Type": "application/json"},
            },
            "response": {
                "translationMap": {name: f"$.contract.{name}" for name in names},
                "translationMapDefaults": {"tier": '"none"'},
                "successTemplate": "{" + ", ".join(f'"{name}": ${{{name}}}' for name in names) + "}",
            },
        },
    }


def declaration(count: int) -> Config:
    """Return the declaration of an integration and its data actions."""
    common = {"integration": "CRM", "category": "Contracts", "secure": False}
    return {
        "integrations": [{"name": "CRM", "type": TYPE}],
        "data_actions": [
            {"name": f"Contract {number:04}", **common, "definition": definition(number)}
            for number in range(count)
        ],
    }


def changed(config: Config) -> tuple[Config, int]:
    """Return the declaration with another URL in 5 % of the data actions, and their number."""
    config = copy.deepcopy(config)
    entries = config["data_actions"][::CHANGED_ONE_IN]
    for entry in entries:
        entry["definition"]["config"]["request"]["requestUrlTemplate"] += "?view=full"
    return config, len(entries)


class PlatformBenchmark:
    """The benchmark on one org. C(latency) [s] delays each response."""

    def __init__(self, simulator: Simulator, folder: pathlib.Path, count: int, latency: float) -> None:
        self._simulator = simulator
        self._org = MeasuredOrg(simulator, f"platform{count}", api="platform", kinds=PLATFORM_KINDS)
        self._folder = folder
        self._count = count
        self._latency = latency
        self._config = declaration(count)
        self._allowed = max(_FEWEST, round(TOKEN_LIMIT * count / FULL_SIZE))
        self._window = max(1.0, WINDOW * count / FULL_SIZE)
        self._scratch = (folder / f"cache{number}" for number in itertools.count(1))

    def measure(self) -> tuple[list[Row], list[Figure]]:
        """Measure all operations, forms of templates and limits. Return the table and the figures."""
        rows: list[Row] = []
        figures: list[Figure] = []
        for form in FORMS:
            empty, full, warm = self._prepare(form)
            for operation, limits in itertools.product(OPERATIONS, LIMITS):
                row, found = self._measure_one(operation, form, limits, empty, full, warm)
                rows.append(row)
                figures += found
                progress(", ".join(f"{name} {value}" for name, value in row.items()))
        return rows, figures

    def _prepare(self, form: str) -> tuple[Objects, Objects, pathlib.Path]:
        """Return the objects before a creation and after it, and a read cache that knows the latter."""
        self._fill({"integrations": [{"name": "CRM", "integrationType": {"id": TYPE}}]}, form, None)
        empty = self._org.objects()
        warm = next(self._scratch)
        self._converge(self._config, warm, LIMITS[0], self._count)
        return empty, self._org.objects(), warm

    def _measure_one(
        self, operation: str, form: str, limits: Limits, empty: Objects, full: Objects, warm: pathlib.Path
    ) -> tuple[Row, list[Figure]]:
        before = empty if operation == "created" else full
        config, changes = changed(self._config) if operation == "5 % changed" else (self._config, 0)
        changes = self._count if operation == "created" else changes

        def module(cache: pathlib.Path | None) -> Measured:
            folder = next(self._scratch)
            if cache is not None:
                shutil.copytree(cache, folder)
            self._fill(before, form, limits)
            cost = self._converge(config, folder, limits, changes)
            return Measured(len(self._org.log()), cost)

        cold = module(None)
        known = None if operation == "created" else module(warm)
        provider = (
            None if limits.limited and limits.tokens == 1 else self._provider(before, form, limits, config)
        )
        row = {
            "operation": operation,
            "templates": form,
            "limits": limits.name,
            "requests cold": cold.requests,
            "warm": None if known is None else known.requests,
            "provider": None if provider is None else provider.requests,
            "s cold": cold.cost.wall,
            "s warm": None if known is None else known.cost.wall,
            "s provider": None if provider is None else provider.cost.wall,
            "provider / cold": None if provider is None else provider.cost.wall / cold.cost.wall,
            "provider / warm": None
            if provider is None or known is None
            else provider.cost.wall / known.cost.wall,
        }
        return row, self._figures(operation, form, limits, cold, known)

    def _figures(
        self, operation: str, form: str, limits: Limits, cold: Measured, known: Measured | None
    ) -> list[Figure]:
        """Return the numbers of requests with the bounds of P.17, once for each operation and form."""
        if limits.limited or operation == "5 % changed":
            return []
        what = f"{self._count} data actions {operation}, templates {form}: requests"
        fixed = 2 + 2 + max(1, -(-self._count // 100)) + 1  # token, org, three lists, one configuration
        reads = 1 if form == "inline" else 3
        if known is None:
            return [Figure(what, cold.requests, (1 + reads) * self._count + 2 * fixed)]
        return [
            Figure(f"{what}, cold", cold.requests, fixed + reads * self._count),
            Figure(f"{what}, warm", known.requests, fixed),
        ]

    def _fill(self, objects: Objects, form: str, limits: Limits | None) -> None:
        """Bring the org to a state. Without C(limits), it has neither limits nor latency."""
        key, limited = self._org.key, limits is not None and limits.limited
        self._org.fill(objects)
        self._simulator.platform(key, template_form=form)
        allowed = self._allowed if limited else None
        self._simulator.rate_limit(key, allowed=allowed, window=self._window)
        self._simulator.client_rate_limit(key, allowed=allowed and TOKENS * allowed, window=self._window)
        if limits is not None and self._latency:
            self._simulator.fault(key, times=None, delay=self._latency)

    def _converge(self, config: Config, cache: pathlib.Path, limits: Limits, changes: int) -> Cost:
        options = {
            **self._org.connection,
            "config": config,
            "concurrency": CONCURRENCY,
            "token_pool_size": limits.tokens,
            "read_cache": str(cache),
            "deadline": 3600,
        }
        cost, result = run_module("genesys_org_config", options, self._folder)
        totals = result["totals"]
        done = totals["created"] + totals["updated"] + totals["deleted"]
        if totals["failed"] or done != changes:
            raise Failed(f"expected {changes} changes, got {totals}")
        self._refuse_throttling(limits)
        return cost

    def _refuse_throttling(self, limits: Limits) -> None:
        refused = sum(entry["status"] == 429 for entry in self._org.log())
        if refused:
            raise Failed(f"{refused} requests of the module were refused with the limits {limits.name!r}")

    def _provider(self, before: Objects, form: str, limits: Limits, config: Config) -> Measured:
        """Measure the client with the provider's requests, from the same objects to the same ones."""
        self._fill(before, form, limits)
        ids = {stored["name"]: stored["id"] for stored in before.get("actions", [])}
        (integration,) = (stored["id"] for stored in before["integrations"])
        wanted = {entry["name"]: _body(entry, integration) for entry in config["data_actions"]}
        declared = {entry["name"]: _body(entry, integration) for entry in self._config["data_actions"]}
        updated = [name for name in ids if wanted[name] != declared[name]]
        job = self._folder / "provider.json"
        content = {
            "base_url": self._org.base_url,
            "client_id": self._org.client_id,
            "client_secret": self._org.client_secret,
            "tokens": TOKENS,
            "concurrency": CONCURRENCY,
            "integrations": [integration],
            "unchanged": [ids[name] for name in ids if name not in updated],
            "created": [body for name, body in wanted.items() if name not in ids],
            "updated": [{"id": ids[name], "body": _patch(wanted[name])} for name in updated],
        }
        job.write_text(json.dumps(content))
        cost = run([sys.executable, str(HERE / "provider_pattern.py"), str(job)], self._folder)
        return Measured(len(self._org.log()), cost)


def _body(entry: dict[str, t.Any], integration: str) -> dict[str, t.Any]:
    """Return the body that creates a declared data action."""
    own = {key: entry[key] for key in ("name", "category", "secure")}
    return {**own, "integrationId": integration, **entry["definition"]}


def _patch(body: dict[str, t.Any]) -> dict[str, t.Any]:
    return {key: body[key] for key in ("name", "category", "config")}
