# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checked arguments of a module, with the connection and the secrets that they contain.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._findings import Findings
from .._http.connection import Connection, proxy_secrets
from .._secrets import MASK, is_secret, mask_url, scalars, secret_texts_of_url, secrets_in_arguments
from .connection import CONNECTION_OPTIONS, resolve
from .validation import printable_name, to_dictionary

#: Ansible's replacement for a value that is hidden as a whole.
WHOLE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
#: C(from) and C(to) are values that a promotion replaces, often addresses.
_URL_OPTIONS = ("base_url", "from", "proxy", "region", "to", "token_path", "url")
#: The option whose C(url) may have a secret in its path.
_SECRET_PATHS = "target"


@dataclasses.dataclass(kw_only=True)
class ModuleArguments:
    """Checked arguments of a module: C(given) has the typed values, C(findings) every problem.

    C(connection) is None if the input has problems or if the task sends no request. C(secrets) are the texts
    that must never be printed. Each object that is read adds its secrets to them.
    """

    given: dict[str, t.Any]
    findings: Findings
    connection: Connection | None = None
    secrets: set[str] = dataclasses.field(default_factory=set)

    @property
    def identity_options(self) -> tuple[str, ...]:
        """Return the options that name the object of the task."""
        return ()


def connect(prepared: ModuleArguments, environ: t.Mapping[str, str]) -> None:
    """Resolve the connection of checked arguments; options that the task omits come from the environment."""
    given = {name: value for name, value in prepared.given.items() if name in CONNECTION_OPTIONS}
    for proxy in (given.get("proxy"), environ.get("GENESYS_PROXY")):
        prepared.secrets.update(proxy_secrets(proxy))  # also if the connection has problems
    prepared.connection = resolve(given, environ, prepared.findings)
    if prepared.connection is not None:
        prepared.secrets.update(prepared.connection.secrets())


def secrets_given(spec: dict[str, t.Any], raw: t.Mapping[str, t.Any], *, urls: bool = False) -> set[str]:
    """Return the secret texts in raw arguments, in every form that Ansible converts to the option's type.

    The text of an option with C(no_log), and text where the spec has a structure, is a secret as a whole.
    C(urls) also finds the secrets in URLs. An option whose spec has C(no_log=False) contains no secret, even
    if the name of a key looks like one.
    """
    extra = _secret_names(raw)
    secrets: set[str] = set()
    for option, value in raw.items():
        known = spec.get(option)
        if known is None or known.get("no_log") is not False or option in _URL_OPTIONS:
            parsed = _parsed(known or {"type": "raw"}, value, secrets)
            in_urls = urls or option in _URL_OPTIONS
            secrets |= secrets_in_arguments(parsed if known else {option: parsed}, extra, urls=in_urls)
            if option == _SECRET_PATHS and isinstance(parsed, dict):
                secrets |= secret_texts_of_url(parsed.get("url"), extra, in_path=True)
            if option in _URL_OPTIONS and _shown_url(value, extra) == WHOLE:
                secrets.add(str(value))
    return secrets


def _secret_names(raw: t.Mapping[str, t.Any]) -> list[str]:
    """Return the names in C(secret_headers), which may be a list or its text."""
    names = raw.get("secret_headers")
    if isinstance(names, str):
        names = re.split(r"[\s,\[\]\"']+", names)
    return [str(name) for name in names if name] if isinstance(names, (list, tuple)) else []


def _parsed(option: dict[str, t.Any], value: t.Any, secrets: set[str]) -> t.Any:
    """Return a value with its texts converted to the dictionaries of the spec.

    Texts that are no dictionary, and values of options with C(no_log), are added to C(secrets).
    """
    kind = option.get("type", "str")
    if value is None:
        return None
    if option.get("no_log") and isinstance(value, (str, int, float)):
        secrets.add(str(value))
    if kind == "dict":
        try:
            dictionary = to_dictionary(value)
        except (TypeError, ValueError):
            secrets |= _texts_in(value)
            return value
        if option.get("no_log"):
            secrets |= {str(text) for text in scalars(dictionary) if text is not None}
        options = option.get("options")
        if options is None:
            return dictionary
        return {
            name: _parsed(options.get(name, {"type": "raw"}), entry, secrets)
            for name, entry in dictionary.items()
        }
    if kind == "list" and option.get("elements") == "dict":
        if not isinstance(value, (list, tuple)):
            secrets |= _texts_in(value)
            return value
        return [_parsed({**option, "type": "dict"}, entry, secrets) for entry in value]
    return value


def readable_arguments(spec: dict[str, t.Any], arguments: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return arguments without problems as AnsibleModule accepts them: text of dictionaries is parsed.

    Null counts as omitted, because AnsibleModule rejects it for options with choices, numbers and booleans.
    """
    readable = {}
    for name, value in arguments.items():
        option = spec.get(name, {})
        if option.get("type") == "dict" and value is not None:
            value = to_dictionary(value)
            if "options" in option:
                value = readable_arguments(option["options"], value)
        elif option.get("elements") == "dict" and "options" in option and isinstance(value, (list, tuple)):
            value = [readable_arguments(option["options"], to_dictionary(entry)) for entry in value]
        if value is not None:
            readable[name] = value
    return readable


def _texts_in(value: t.Any) -> set[str]:
    """Return the texts of a value, or of the elements of a list."""
    return {
        entry for entry in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(entry, str)
    }


def shown_arguments(
    spec: dict[str, t.Any], arguments: t.Mapping[str, t.Any], secret_names: t.Collection[str] | None = None
) -> dict[str, t.Any]:
    """Return arguments without secrets, each masked in its own place, also a short or everyday one.

    Unknown options, and values that are no structure where the spec has one, are hidden as a whole.
    """
    names = _secret_names(arguments) if secret_names is None else secret_names
    aliases = {alias: name for name, option in spec.items() for alias in option.get("aliases", ())}
    return {
        printable_name(str(name)): _shown(spec.get(aliases.get(name, name)), str(name), value, names)
        for name, value in arguments.items()
    }


def _shown(option: dict[str, t.Any] | None, name: str, value: t.Any, names: t.Collection[str]) -> t.Any:
    if value is None or name.startswith("_ansible_"):
        return value
    if option is None or option.get("no_log"):
        return WHOLE
    if option.get("type") == "dict":
        try:
            dictionary = to_dictionary(value)
        except (TypeError, ValueError):
            return WHOLE
        if "options" in option:
            return shown_arguments(option["options"], dictionary, names)
        return _masked_by_name(dictionary, names)
    if option.get("type") == "list" and option.get("elements") == "dict":
        if not isinstance(value, (list, tuple)):
            return WHOLE
        return [_shown({**option, "type": "dict"}, name, entry, names) for entry in value]
    if name in _URL_OPTIONS:
        return _shown_url(value, names)
    return value if option.get("no_log") is False else _masked_by_name(value, names)


def _shown_url(value: t.Any, names: t.Collection[str]) -> t.Any:
    """Return a URL without its secrets, or C(WHOLE) if the place of its password is ambiguous."""
    text = str(value)
    shown = mask_url(text, names)
    if shown == text and "@" in text.split("://", 1)[-1].partition(":")[2]:
        return WHOLE
    return shown if isinstance(value, str) else _masked_by_name(value, names)


def _masked_by_name(value: t.Any, names: t.Collection[str]) -> t.Any:
    """Return a value of any depth with masked secrets, which the names of keys and URL parameters mark."""
    if isinstance(value, dict):
        return {
            printable_name(str(key)): MASK
            if is_secret(str(key), entry, names)
            else _masked_by_name(entry, names)
            for key, entry in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_masked_by_name(entry, names) for entry in value]
    return mask_url(value, names)
