# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which values in headers and in URLs are secret, and how they are shown (S1.7, rule 8 of the architecture).

Private to the collection.
"""

from __future__ import annotations

import functools
import re
import typing as t
import urllib.parse

MASK = "********"
MASK_CHANGED = "******** (changed)"

# A literal between placeholders that is shorter (a `v1`, a `key=`) would mask innocent words of the output.
_SHORTEST_PART = 8
_SECRET_NAME = re.compile(
    r"authorization|cookie|api[-_]?key|(?:^|[-_])key$|token|secret|password", re.IGNORECASE
)
# Parameters whose names are too short, or too common elsewhere, to be searched for in header names.
_SECRET_PARAMETER = re.compile(r"^(?:auth|code|credentials?|pass|passwd|pwd|sig|signature)$", re.IGNORECASE)
_PARAMETER = re.compile(r"(?P<before>[?&;])(?P<name>[^=&;?#]+)=(?P<value>[^&;#]+)")
_PASSWORD = re.compile(r"(?P<before>^[a-z][a-z0-9+.-]*://[^/?#@:]*:)(?P<value>[^/?#]+)(?=@)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_SCHEME = re.compile(r"^\s*[A-Za-z][A-Za-z0-9_-]*\s+(?=\S)")


_MASK = "********"
_SHORTEST = 4  # a shorter secret would mask innocent letters everywhere and protects nobody
_LONGEST_TEXT = 300


def is_secret(name: str, value: t.Any, extra_names: t.Collection[str] = ()) -> bool:
    """Whether a header holds a secret: by its name, unless its value is only placeholders and a scheme word.

    C(extra_names) are the user's C(secret_headers), compared without regard to case.
    """
    known = _is_secret_name(name)
    if not known and extra_names:
        known = name.lower() in {extra.lower() for extra in extra_names}
    return known and bool(_literal_parts(str(value)))


@functools.lru_cache(maxsize=4096)
def _is_secret_name(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None


def secret_texts(headers: t.Any, extra_names: t.Collection[str] = ()) -> set[str]:
    """Every text that must never be printed: secret values, also without scheme word, and long parts."""
    found: set[str] = set()
    if isinstance(headers, dict):
        for name, value in headers.items():
            if is_secret(str(name), value, extra_names):
                found |= _texts(str(value))
    return found


def _texts(value: str) -> set[str]:
    parts = {part for part in _literal_parts(value) if len(part) >= _SHORTEST_PART}
    return {value.strip(), _without_scheme(value), *parts}


def secrets_in_arguments(raw: t.Any, extra_names: t.Collection[str] = (), *, urls: bool = False) -> set[str]:
    """Every secret text in raw task arguments, also under options that do not exist.

    A slip such as C(header) for C(headers) must not print what it holds. At the top level only unknown
    options count: C(token_path) is a known one, and AnsibleModule masks C(client_secret) itself. With
    C(urls), every text is searched for secrets as a URL has them.
    """
    found: set[str] = set()
    pending = [raw]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            for name, value in node.items():
                if isinstance(value, (str, int, float)) and is_secret(str(name), value, extra_names):
                    found |= _texts(str(value))
                if urls or isinstance(value, (dict, list, tuple)):
                    pending.append(value)
        elif isinstance(node, (list, tuple)):
            pending.extend(node)
        elif urls:
            found |= secret_texts_of_url(node, extra_names)
    return found


def mask(headers: t.Any, extra_names: t.Collection[str] = (), other: t.Any = None) -> t.Any:
    """The headers with secret values hidden; one that differs from C(other)'s says that it changed."""
    if not isinstance(headers, dict):
        return headers
    compared = other if isinstance(other, dict) else {}
    masked = {}
    for name, value in headers.items():
        if not is_secret(str(name), value, extra_names):
            masked[name] = value
        elif name in compared and compared[name] != value:
            masked[name] = MASK_CHANGED
        else:
            masked[name] = MASK
    return masked


def secret_texts_of_url(url: t.Any, extra_names: t.Collection[str] = ()) -> set[str]:
    """Every text that must never be printed: the URL as a whole, and the longer ones of its secrets."""
    values = {value for _name, value in _url_secrets(url, extra_names)}
    if not values:
        return values
    values |= {urllib.parse.unquote(value) for value in values}
    return {str(url), *(value for value in values if len(value) >= _SHORTEST_PART)}


def mask_url(url: t.Any, extra_names: t.Collection[str] = (), other: t.Any = None) -> t.Any:
    """The URL with a password before its host, and values of secret parameters, hidden as C(mask) does."""
    secrets, others = _url_secrets(url, extra_names), _url_secrets(other, extra_names)
    known = {name for name, _value in others}

    def hide(found: re.Match[str]) -> str:
        name, value = found.groupdict().get("name", ""), found["value"]
        if (name, value) not in secrets:
            return found[0]
        changed = name in known and (name, value) not in others
        return f"{found['before']}{name and f'{name}='}{MASK_CHANGED if changed else MASK}"

    return _PARAMETER.sub(hide, _PASSWORD.sub(hide, url)) if secrets else url


def _url_secrets(url: t.Any, extra_names: t.Collection[str]) -> set[tuple[str, str]]:
    """The secrets as C((name, value)) in the URL's encoding; a password before the host has no name."""
    if not isinstance(url, str) or not ("=" in url or "@" in url):
        return set()
    secrets = {("", found["value"]) for found in _PASSWORD.finditer(url)}
    for found in _PARAMETER.finditer(url):
        name = urllib.parse.unquote(found["name"])
        short = _SECRET_PARAMETER.search(name) is not None and bool(_literal_parts(found["value"]))
        if short or is_secret(name, found["value"], extra_names):
            secrets.add((found["name"], found["value"]))
    return secrets


def _without_scheme(value: str) -> str:
    return _SCHEME.sub("", value, count=1).strip()


def _literal_parts(value: str) -> set[str]:
    """The texts between placeholders that have a letter or digit, the scheme word apart."""
    parts = _PLACEHOLDER.split(_without_scheme(value))
    return {part.strip() for part in parts if re.search(r"\w", part)}


class Redactor:
    """Replaces the known secrets in a text. Thread-safe; tokens are added as they are fetched."""

    def __init__(self, secrets: t.Iterable[str] = ()) -> None:
        self._secrets: tuple[str, ...] = ()
        self.add(*secrets)

    def add(self, *secrets: str) -> None:
        forms = {form for secret in secrets for form in (secret, urllib.parse.quote_plus(secret))}
        known = {form for form in forms if len(form) >= _SHORTEST} | set(self._secrets)
        self._secrets = tuple(sorted(known, key=len, reverse=True))

    def __call__(self, text: str, longest: int = _LONGEST_TEXT) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return text if len(text) <= longest else f"{text[:longest]}…"
