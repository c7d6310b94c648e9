# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The only place that knows AnsibleModule, and the only one that exits or fails.

Private to the collection. The module about a whole org begins in C(_module_org): what a module imports, each
of its processes loads and ansible-core packs, and a single module needs nothing of that one.
"""

from __future__ import annotations

import typing as t

from ansible.module_utils import basic
from ansible.module_utils.basic import AnsibleModule

from .._arguments.arguments import ModuleArguments
from .._deps import MISSING, require
from .._errors import GenesysError, InputError
from .._runtime import current_runtime

#: What Ansible puts in the place of a text that is a secret, and of a secret in a text.
WHOLE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
PART = "********"
_LONGEST_START = 8


def run_query(
    spec: dict[str, t.Any],
    prepare: t.Callable[[t.Mapping[str, t.Any], t.Mapping[str, str]], t.Any],
    read: t.Callable[[t.Any], dict[str, t.Any]],
) -> None:
    """The whole of a module that only reads, whatever it reads."""
    raw = raw_arguments()
    query = None if raw is None or MISSING else prepare(raw, current_runtime().environ)
    module = build(spec, query)
    run(module, lambda: read(query))


def raw_arguments() -> dict[str, t.Any] | None:
    """What the task says, before AnsibleModule makes omitted options and null ones the same."""
    return basic._load_params()


class ReportingModule(AnsibleModule):
    """AnsibleModule that fails with every problem of the input instead of its own first one.

    It hides the nested secrets that the arguments' checks found, Ansible those of its own C(no_log) options.
    """

    prepared: t.ClassVar[ModuleArguments | None] = None
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
            known = {option: self.prepared.given.get(option) for option in self.prepared.identity_options}
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
        return value if self.prepared is None else OutputFilter(self.prepared.secrets)(value)


def build(
    spec: dict[str, t.Any], prepared: ModuleArguments | None, arguments: dict[str, t.Any] | None = None
) -> ReportingModule:
    """The module, which fails at once where something is wrong with its arguments or C(prepared).

    C(arguments) is what it is to take for the task's arguments, None for what was sent.
    """
    # AnsibleModule may fail while it is being built, so it must know the problems before.
    ReportingModule.prepared, ReportingModule.arguments = prepared, arguments
    return ReportingModule(argument_spec=spec, supports_check_mode=True)


def run(module: ReportingModule, work: t.Callable[[], dict[str, t.Any]]) -> None:
    """Does the work and ends with its result, or with what it raised."""
    missing = require()
    if missing is not None:
        module.fail_json(missing)
    try:
        result = work()
    except GenesysError as error:
        module.fail_json(**error.render())
    module.exit_json(**result)


class OutputFilter:
    """Hides secrets in JSON values; keys stay. Of secrets that overlap the longest is hidden."""

    def __init__(self, secrets: t.Iterable[str]) -> None:
        self._secrets = {secret for secret in secrets if secret}
        self._start = min((_LONGEST_START, *map(len, self._secrets)))
        self._by_start: dict[str, list[str]] = {}
        for secret in sorted(self._secrets, key=len, reverse=True):
            self._by_start.setdefault(secret[: self._start], []).append(secret)
        self._hidden: dict[str, str] = {}

    def __call__(self, value: t.Any) -> t.Any:
        """The value without secrets; a number whose text has one is hidden as a whole."""
        if not self._secrets or value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (int, float)):
            return value if self.text(str(value)) == str(value) else WHOLE
        if isinstance(value, dict):
            return {key: self(entry) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [self(entry) for entry in value]
        return value

    def text(self, text: str) -> str:
        """A text without secrets; most texts of many objects are the same ones."""
        if text not in self._hidden:
            self._hidden[text] = WHOLE if text in self._secrets else self._without_parts(text)
        return self._hidden[text]

    def _without_parts(self, text: str) -> str:
        size, starts = self._start, self._by_start
        places = [i for i in range(len(text) - size + 1) if text[i : i + size] in starts]
        parts: list[str] = []
        done = 0
        for place in places:
            if place >= done:
                for secret in starts[text[place : place + size]]:
                    if text.startswith(secret, place):
                        parts += (text[done:place], PART)
                        done = place + len(secret)
                        break
        return "".join([*parts, text[done:]]) if parts else text
