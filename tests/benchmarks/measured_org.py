# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The org of the simulator that the benchmarks measure. It is reset to a known state before every run."""

from __future__ import annotations

import typing as t

from simulator.control import Simulator

from .declarations import Objects

#: The names, in the simulator, of all kinds that a declaration can have.
KINDS = ("data_actions", "privacy_purposes", "customobjects", "flows", "webhooks")
PLATFORM_KINDS = ("integrations", "actions")


class MeasuredOrg:
    """One org of the API C(api) and its OAuth client. C(kinds) are the kinds of its objects."""

    def __init__(
        self,
        simulator: Simulator,
        key: str,
        api: t.Literal["reference", "platform"] = "reference",
        kinds: t.Sequence[str] = KINDS,
    ) -> None:
        self._simulator = simulator
        self._api = api
        self._kinds = kinds
        self.key = key
        self.client_id, self.client_secret = f"{key}-client", f"{key}-client-secret-s3cr3t"
        client = {"client_id": self.client_id, "client_secret": self.client_secret, "scopes": None}
        self.id = simulator.create_org(key, api=api, name=f"Measured {key}", clients=[client])["id"]
        self.base_url = simulator.base_url

    @property
    def connection(self) -> dict[str, t.Any]:
        """Return the connection options of every module."""
        return {
            "base_url": self.base_url,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "organization": self.id,
            "api_profile": self._api,
        }

    def fill(self, objects: Objects) -> None:
        """Replace the contents of the org, with the ids, versions and ETags of the objects. Empty its log."""
        self._simulator.reset(self.key)
        if self._api == "reference":
            self._simulator.rebuild(self.key, duration=0)
        for kind, stored in objects.items():
            self._simulator.seed(self.key, kind, stored)

    def objects(self) -> Objects:
        return {kind: self._simulator.objects(self.key, kind) for kind in self._kinds}

    def log(self) -> list[dict[str, t.Any]]:
        return self._simulator.log(self.key)

    def token(self) -> str:
        return self._simulator.token(self.key)
