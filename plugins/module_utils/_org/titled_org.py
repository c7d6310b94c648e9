# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of the two orgs of a task: its client, and errors whose messages begin with its title (X.2, X.3).

Private to the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.lookup import check_organization, read_organization
from .._engine.run_cache import RunCache
from .._errors import GenesysError
from .._http.client import Client
from .._model.json_objects import Body
from .._worker_pool import worker_pool
from .joined_errors import joined

Org = t.TypeVar("Org", bound="TitledOrg")
Result = t.TypeVar("Result")


class TitledOrg:
    """One org. C(title) names it in messages, such as C(the source)."""

    def __init__(self, title: str, client: Client) -> None:
        self.title = title
        self.client = client
        self.run_cache = RunCache()

    @contextlib.contextmanager
    def errors(self) -> t.Iterator[None]:
        """Begin the message of each error with the title of the org."""
        try:
            yield
        except GenesysError as error:
            raise self.named(error) from error

    def named(self, error: GenesysError) -> GenesysError:
        """Return the error with the title of the org at the beginning of its message, once."""
        prefix = f"{self.title.capitalize()}: "
        if not error.message.startswith(prefix):
            error.message = f"{prefix}{error.message}"
        return error

    def organization(self, effect: str = "Nothing was written") -> Body:
        """Return the org, C({id, name}). Raise WrongOrganization if the task names another one.

        C(effect) is as in C(check_organization).
        """
        connection = self.client.connection
        with self.errors():
            organization = read_organization(self.client, self.run_cache)
            if connection.organization is not None:
                check_organization(organization, connection, effect)
        return organization


def for_both(orgs: t.Sequence[Org], step: t.Callable[[Org], Result]) -> list[Result]:
    """Take a step for both orgs at the same time. Return both results, or raise the errors of both."""
    with worker_pool(len(orgs)) as threads:
        steps = [threads.submit(step, org) for org in orgs]
    results, errors = [], []
    for one in steps:
        try:
            results.append(one.result())
        except GenesysError as error:
            errors.append(error)
    if errors:
        raise joined(errors)
    return results
