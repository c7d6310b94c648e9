# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The only place that knows AnsibleModule, and the only one that exits or fails.

Private to the collection. The module about a whole org begins in C(_module_org): what a module imports, each
of its processes loads and ansible-core packs, and a single module needs nothing of that one.
"""

from __future__ import annotations

import functools
import typing as t

from ansible.module_utils import basic
from ansible.module_utils.basic import AnsibleModule

from .._converge import converge
from .._deps import MISSING, require
from .._errors import GenesysError, InputError
from .._hiding import Hider
from .._model.resource import IDENTITIES, Resource
from .._object.task import Arguments, argument_spec, prepare
from .._runtime import surroundings
from .info import info_spec, prepare_info, read_records


def run_resource(resource: Resource) -> None:
    """The whole of a resource module."""
    raw = raw_arguments()
    task = None if raw is None or MISSING else prepare(resource, raw, surroundings().environ)
    module = build(argument_spec(resource), task)
    run(module, lambda: converge(t.cast("t.Any", task), check_mode=module.check_mode))


def run_info(resource: Resource) -> None:
    """The whole of an info module."""
    run_query(info_spec(resource), functools.partial(prepare_info, resource), read_records)


def run_query(
    spec: dict[str, t.Any],
    prepare: t.Callable[[t.Mapping[str, t.Any], t.Mapping[str, str]], t.Any],
    read: t.Callable[[t.Any], dict[str, t.Any]],
) -> None:
    """The whole of a module that only reads, whatever it reads."""
    raw = raw_arguments()
    query = None if raw is None or MISSING else prepare(raw, surroundings().environ)
    module = build(spec, query)
    run(module, lambda: read(query))


def raw_arguments() -> dict[str, t.Any] | None:
    """What the task says, before AnsibleModule makes omitted options and null ones the same."""
    return basic._load_params()


class _AllErrorsModule(AnsibleModule):
    """AnsibleModule that fails with every problem of the input instead of its own first one.

    It hides the nested secrets that the arguments' checks found, Ansible those of its own C(no_log) options.
    """

    prepared: t.ClassVar[Arguments | None] = None
    #: What it is to take for the task's arguments; None: what was sent.
    arguments: t.ClassVar[dict[str, t.Any] | None] = None

    def _load_params(self) -> None:
        if self.arguments is None:
            super()._load_params()
        else:
            self.params = dict(self.arguments)

    def _log_invocation(self) -> None:
        # The arguments go to syslog from here.
        params = self.params
        self.params = self._hidden(params)
        try:
            super()._log_invocation()
        finally:
            self.params = params

    def fail_json(self, msg: str, **kwargs: t.Any) -> t.NoReturn:
        if self.prepared is not None and self.prepared.findings.problems:
            kwargs = {**InputError(self.prepared.findings).render(), **kwargs}
            msg = kwargs.pop("msg")
        if self.prepared is not None:
            # Which object it was: a report of many needs it, and not every controller returns the arguments.
            known = {option: self.prepared.given.get(option) for option in IDENTITIES}
            kwargs = {**{option: value for option, value in known.items() if value is not None}, **kwargs}
        super().fail_json(**self._final({"msg": msg, **kwargs}))
        raise AssertionError("unreachable: fail_json exits")

    def exit_json(self, **kwargs: t.Any) -> t.NoReturn:
        super().exit_json(**self._final(kwargs))
        raise AssertionError("unreachable: exit_json exits")

    def _final(self, result: dict[str, t.Any]) -> dict[str, t.Any]:
        """The result as it may be printed, with the arguments; gives the warnings."""
        if self.prepared is not None:
            for warning in self.prepared.findings.warnings:
                self.warn(self._hidden(str(warning)))
        return t.cast(
            "dict[str, t.Any]", self._hidden({**result, "invocation": {"module_args": self.params}})
        )

    def _hidden(self, value: t.Any) -> t.Any:
        return value if self.prepared is None else Hider(self.prepared.secrets)(value)


def build(
    spec: dict[str, t.Any], prepared: Arguments | None, arguments: dict[str, t.Any] | None = None
) -> _AllErrorsModule:
    """The module, which fails at once where something is wrong with its arguments or C(prepared).

    C(arguments) is what it is to take for the task's arguments, None for what was sent.
    """
    # AnsibleModule may fail while it is being built, so it must know the problems before.
    _AllErrorsModule.prepared, _AllErrorsModule.arguments = prepared, arguments
    return _AllErrorsModule(argument_spec=spec, supports_check_mode=True)


def run(module: _AllErrorsModule, work: t.Callable[[], dict[str, t.Any]]) -> None:
    """Does the work and ends with its result, or with what it raised."""
    missing = require()
    if missing is not None:
        module.fail_json(missing)
    try:
        result = work()
    except GenesysError as error:
        module.fail_json(**error.render())
    module.exit_json(**result)
