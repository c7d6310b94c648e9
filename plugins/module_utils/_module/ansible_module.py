# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AnsibleModule for this collection: input problems, masked output, exit and failure.

Private to the collection. No other package uses AnsibleModule, exits or fails. The module for a whole org
starts in C(org.py), because ansible-core packs everything that a module imports, and the other modules do
not need that code.
"""

from __future__ import annotations

import types
import typing as t

from ansible.module_utils import basic
from ansible.module_utils.basic import AnsibleModule

from .. import _deps  # the first import, because it refuses an old Python
from .._arguments.arguments import WHOLE, ModuleArguments, readable_arguments, secrets_given, shown_arguments
from .._errors import GenesysError, InputError
from .._model.json_objects import is_unicode
from .._printable import printable_lines, printable_values
from .._runtime import Stopped, current_runtime
from .._secrets import forms_of, is_distinctive
from .._unexpected_errors import UnexpectedError, unexpected_errors
from .stop_signals import stopped_by_signals

T = t.TypeVar("T")

#: Ansible's replacement for a secret inside a text.
PART = "********"
_MAX_PREFIX = 8  # characters
#: Keys whose values programs read, so they are never masked by content.
_MACHINE_READ = frozenset(
    ("action", "etag", "id", "kind", "plan", "schema_version", "schemaVersion", "status", "version")
)
_COUNTS = frozenset(("api", "totals"))


def run_query(
    spec: dict[str, t.Any],
    prepare: t.Callable[[t.Mapping[str, t.Any], t.Mapping[str, str]], t.Any],
    read: t.Callable[[t.Any], dict[str, t.Any]],
) -> None:
    """Run a module that only reads: C(prepare) checks the arguments, C(read) returns the result."""
    raw = raw_arguments()
    query = checked_arguments(spec, raw, prepare)
    run(build(spec, query), lambda: read(query))


def checked_arguments(
    spec: dict[str, t.Any],
    raw: dict[str, t.Any] | None,
    prepare: t.Callable[[t.Mapping[str, t.Any], t.Mapping[str, str]], T],
) -> T | None:
    """Return the arguments that C(prepare) has checked, or None if they cannot be checked.

    An unexpected error of the checks fails the module.
    """
    if raw is None or _deps.MISSING:
        return None
    try:
        with unexpected_errors("The check of the task's arguments"):
            return prepare(raw, current_runtime().environ)
    except UnexpectedError as error:
        # Unchecked arguments may have secrets anywhere: AnsibleModule and the traceback get none of them.
        internal = {name: value for name, value in raw.items() if _is_internal(name)}
        error.add("Nothing was sent.")
        error.returned["exception"] = error.frames
        build({}, None, internal).fail_json(**error.render())


def raw_arguments() -> dict[str, t.Any] | None:
    """Return the arguments as the task has them. AnsibleModule would set omitted options to None."""
    return basic._load_params()


class ReportingModule(AnsibleModule):
    """AnsibleModule that fails with every problem of the input, not only with the first one.

    It masks secrets in the place of Ansible, which would mask every text that contains the value of a
    C(no_log) option, however short.
    """

    no_log_values: set[str]
    #: Arguments that have problems, so that AnsibleModule gets none of them.
    _refused: t.Mapping[str, t.Any] = types.MappingProxyType({})
    prepared: t.ClassVar[ModuleArguments | None] = None
    #: Arguments to use in place of those that Ansible passed to the process, or None.
    arguments: t.ClassVar[dict[str, t.Any] | None] = None

    def _load_params(self) -> None:
        if self.arguments is None:
            super()._load_params()
        else:
            self.params = dict(self.arguments)
        if self.prepared is None or self.prepared.findings.problems:
            # AnsibleModule would fail at unchecked values with another message or a traceback.
            self._refused = {name: value for name, value in self.params.items() if not _is_internal(name)}
            self.params = {name: value for name, value in self.params.items() if _is_internal(name)}
        else:
            self.params = readable_arguments(self.argument_spec, self.params)

    def _log_invocation(self) -> None:
        # Writes the arguments to syslog, which takes no lone surrogates and no NUL.
        params = self.params
        self.params = printable_values(self._shown_params())
        try:
            super()._log_invocation()
        finally:
            self.params = params

    def fail_json(self, msg: str, **kwargs: t.Any) -> t.NoReturn:
        if self.prepared is not None and self.prepared.findings.problems:
            kwargs = {**InputError(self.prepared.findings).render(), **kwargs}
            msg = kwargs.pop("msg")
        elif self.prepared is None:
            msg = _deps.require() or msg
        if self.prepared is not None:
            # Reports of many objects need the name or id, and some controllers drop the arguments.
            identity = {option: self.prepared.given.get(option) for option in self.prepared.identity_options}
            kwargs = {**{option: value for option, value in identity.items() if value is not None}, **kwargs}
        super().fail_json(**self._printable({"msg": msg, **kwargs}))
        raise AssertionError("unreachable: fail_json exits")

    def exit_json(self, **kwargs: t.Any) -> t.NoReturn:
        super().exit_json(**self._printable(kwargs))
        raise AssertionError("unreachable: exit_json exits")

    def _return_formatted(self, kwargs: dict[str, t.Any]) -> None:
        # ansible-core adds the traceback of the current exception itself, with the texts of exceptions.
        if isinstance(kwargs.get("exception"), str):
            kwargs["exception"] = self._filter()(kwargs["exception"])
        super()._return_formatted(kwargs)

    def _printable(self, result: dict[str, t.Any]) -> dict[str, t.Any]:
        """Emit the warnings. Return the result with the arguments, both without secrets."""
        masked = self._filter()
        self.no_log_values = set()  # the filter has them; Ansible would also mask what programs read
        if self.prepared is not None:
            for warning in self.prepared.findings.warnings:
                self.warn(printable_lines(masked(str(warning))))
        module_args = self._shown_params()
        shown = {**_with_printable_texts(masked(result)), "invocation": {"module_args": module_args}}
        # The controller refuses a result with lone surrogates, which an API's JSON may contain.
        return shown if is_unicode(shown) else t.cast("dict[str, t.Any]", encodable(shown))

    def _shown_params(self) -> dict[str, t.Any]:
        """Return the arguments without secrets: those in their own place, and known ones anywhere."""
        masked = self._filter()
        shown = shown_arguments(self.argument_spec, {**self.params, **self._refused})
        return {name: masked(value) for name, value in shown.items()}

    def _filter(self) -> OutputFilter:
        """Return the filter of this task's distinctive secrets."""
        if self.prepared is None:  # a library is missing, so the arguments were not checked
            secrets = secrets_given(self.argument_spec, self.params, urls=True)
        else:
            secrets = self.prepared.secrets
        known = {*secrets, *getattr(self, "no_log_values", ())}
        return OutputFilter(secret for secret in known if is_distinctive(secret))


def build(
    spec: dict[str, t.Any], prepared: ModuleArguments | None, arguments: dict[str, t.Any] | None = None
) -> ReportingModule:
    """Create the module. It fails at once if Ansible or C(prepared) has problems with the arguments.

    C(arguments) replace those that Ansible passed to the process, unless they are None.
    """
    # Set on the class, because AnsibleModule may already fail in its constructor.
    ReportingModule.prepared, ReportingModule.arguments = prepared, arguments
    return ReportingModule(argument_spec=spec, supports_check_mode=True)


def run(module: ReportingModule, work: t.Callable[[], dict[str, t.Any]]) -> None:
    """Exit with the result of C(work), or fail with the GenesysError that it raises."""
    missing = _deps.require()
    if missing is not None:
        module.fail_json(missing)
    try:
        with unexpected_errors("The task"):
            with stopped_by_signals():
                result = work()
            module.exit_json(**result)
    except GenesysError as error:
        module.fail_json(**error.render())
    except Stopped as stop:
        message = f"The task was stopped by {stop.name} before it ended. {stop.text}".strip()
        module.fail_json(message, **stop.returned)


def _is_internal(name: object) -> bool:
    """Return whether the controller passes the argument, not the task."""
    return str(name).startswith("_ansible_")


def encodable(value: t.Any) -> t.Any:
    """Return a JSON value with escapes in the place of lone surrogates, which UTF-8 does not have."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {encodable(key): encodable(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [encodable(entry) for entry in value]
    return value


class OutputFilter:
    """Replacement of secrets in JSON values, not in keys. The longest secret at a position is replaced."""

    def __init__(self, secrets: t.Iterable[str]) -> None:
        self._secrets = {form for secret in secrets if secret for form in forms_of(secret)}
        self._prefix_length = min((_MAX_PREFIX, *map(len, self._secrets)))
        self._by_prefix: dict[str, list[str]] = {}
        for secret in sorted(self._secrets, key=len, reverse=True):
            self._by_prefix.setdefault(secret[: self._prefix_length], []).append(secret)
        self._cache: dict[str, str] = {}

    def __call__(self, value: t.Any) -> t.Any:
        """Return the value without secrets. A number that contains a secret is replaced as a whole."""
        if not self._secrets or value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (int, float)):
            return value if self.text(str(value)) == str(value) else WHOLE
        if isinstance(value, dict):
            return {
                key: entry if _is_machine_read(key, entry) else self(entry) for key, entry in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self(entry) for entry in value]
        return value

    def text(self, text: str) -> str:
        """Return the text without secrets. Results are cached, because many objects share most texts."""
        if text not in self._cache:
            self._cache[text] = WHOLE if text in self._secrets else self._without_parts(text)
        return self._cache[text]

    def _without_parts(self, text: str) -> str:
        size, by_prefix = self._prefix_length, self._by_prefix
        places = [i for i in range(len(text) - size + 1) if text[i : i + size] in by_prefix]
        parts: list[str] = []
        done = 0
        for place in places:
            if place >= done:
                for secret in by_prefix[text[place : place + size]]:
                    if text.startswith(secret, place):
                        parts += (text[done:place], PART)
                        done = place + len(secret)
                        break
        return "".join([*parts, text[done:]]) if parts else text


def _with_printable_texts(result: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a result whose messages cannot forge lines. Records keep their true values."""
    shown: dict[str, t.Any] = {
        key: printable_values(result[key]) for key in ("msg", "problems") if key in result
    }
    if isinstance(result.get("objects"), list):
        shown["objects"] = [
            {**one, "error": printable_values(one["error"])} if one.get("error") else one
            for one in result["objects"]
        ]
    return {**result, **shown}


def _is_machine_read(key: t.Any, value: t.Any) -> bool:
    if isinstance(value, dict):
        return key in _COUNTS
    return key in _MACHINE_READ and isinstance(value, (str, int))
