# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Detection and masking of secrets in headers and URLs (S1.7, rule 8 of docs/architecture.md).

Private to the collection.
"""

from __future__ import annotations

import functools
import json
import re
import threading
import typing as t
import urllib.parse

MASK = "********"
MASK_CHANGED = "******** (changed)"

# Masking shorter literals between placeholders (a `v1`, a `key=`) would hide harmless words of the output.
_SHORTEST_PART = 8
_SECRET_NAME = re.compile(
    r"authorization|cookie|api[-_]?key|(?:^|[-_])key$|token|secret|password|signature|jwt|^x[-_](?:auth|amz)",
    re.IGNORECASE,
)
# Secret only as names of URL parameters: in header names they are too short or too common.
_SECRET_PARAMETER = re.compile(r"^(?:auth|code|credentials?|pass|passwd|pwd|sig)$", re.IGNORECASE)
# A fragment may have parameters too, such as #access_token=abc.
_PARAMETER = re.compile(r"(?P<before>[?&;#])(?P<name>[^=&;?#]+)=(?P<value>[^&;#]+)")
# A password with an unquoted slash is found too, if it cannot be a port and a path.
_PASSWORD = re.compile(
    r"(?P<before>^[a-z][a-z0-9+.-]*://[^/?#@:]*:)(?P<value>[^/?#]+(?=@)|(?!\d{1,5}[/?#]|\$\{)[^@]+(?=@))",
    re.IGNORECASE,
)
# A user without a password, or with the password that some services expect beside a token. A user with an
# unquoted slash is found too, if the part before the slash is long and no domain.
_USER = re.compile(
    r"(?P<before>^[a-z][a-z0-9+.-]*://)(?P<value>[^/?#@:\s]+|[^./?#@:\s]{12,}[/?#][^@]*)"
    r"(?P<empty>:(?=@))?(?=@|:x-oauth-basic@)",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_SEGMENT = re.compile(r"(?P<before>/)(?P<value>[^/]+)")
# Parts of a path or names of users that are random enough for a token.
_SHORTEST_TOKEN = 12
_LETTERS_OF_TOKEN = re.compile(r"[A-Za-z0-9+=]{16,}")
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")  # the same in every form
_ENCODED = re.compile(r"%[0-9A-F]{2}")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_SAFE_IN_QUERY = "/:?@!$'()*,;~+="  # characters that many clients do not encode
_SCHEME = re.compile(r"^\s*[A-Za-z][A-Za-z0-9_-]*\s+(?=\S)")
_SHORTEST = 4  # masking shorter secrets would hide harmless letters everywhere
_LONGEST_TEXT = 300
# Values that ordinary texts contain too: one short word, a number or version, and some longer words.
_EVERYDAY = re.compile(
    r"[a-z]{1,7}|[A-Z]?[a-z]{1,6}|[A-Z]{1,7}|[vV]?\d{1,5}|[vV]?\d+(?:\.\d+){1,3}|\d{4}-\d\d-\d\d"
    r"|(?i:anonymous|application(?:/json)?|authorization|deprecated|development|disabled|localhost|optional"
    r"|password|production|required|unchanged|undefined|username)"
)


def is_secret(name: str, value: t.Any, extra_names: t.Collection[str] = ()) -> bool:
    """Return whether a header is secret by its name and has more than placeholders and a scheme word.

    C(extra_names) are the user's C(secret_headers), compared case-insensitively.
    """
    return has_secret_name(name, extra_names) and bool(_literal_parts(str(value)))


def has_secret_name(name: str, extra_names: t.Collection[str] = ()) -> bool:
    """Return whether a header is secret by its name, or one of the user's C(secret_headers)."""
    return _is_secret_name(name) or name.lower() in {str(extra).lower() for extra in extra_names}


def lacks_secret(name: str, value: str, extra_names: t.Collection[str] = ()) -> bool:
    """Return whether a secret header has an empty value, or C(Authorization) only a scheme."""
    text = value.strip().lower()
    if name.lower().endswith("authorization") and text in {"basic", "bearer", "digest", "token"}:
        return True
    return not text and has_secret_name(name, extra_names)


@functools.lru_cache(maxsize=4096)
def _is_secret_name(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None


def is_distinctive(text: str) -> bool:
    """Return whether a secret may be masked wherever its text occurs.

    A short or everyday value, such as C(1) or C(none), is part of harmless texts, so it is masked in its own
    place alone.
    """
    return len(text) >= _SHORTEST and _EVERYDAY.fullmatch(text) is None


def secret_texts(headers: t.Any, extra_names: t.Collection[str] = ()) -> set[str]:
    """Return the texts to mask: secret values with and without their scheme word, and their longer parts."""
    texts: set[str] = set()
    if isinstance(headers, dict):
        for name, value in headers.items():
            if is_secret(str(name), value, extra_names):
                texts |= _texts(str(value))
    return texts


def _texts(value: str) -> set[str]:
    parts = {part for part in _literal_parts(value) if len(part) >= _SHORTEST_PART}
    return {value.strip(), _without_scheme(value), *parts}


def secrets_in_arguments(raw: t.Any, extra_names: t.Collection[str] = (), *, urls: bool = False) -> set[str]:
    """Return the secret texts in raw task arguments, also those under unknown options.

    A typo such as C(header) for C(headers) must not print secrets. Of a known option, C(raw) is the value
    without the name: C(token_path) is no secret, and AnsibleModule masks C(client_secret) itself. With
    C(urls), every text is searched for the secrets of a URL.
    """
    found: set[str] = set()
    pending = [raw]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            for name, value in node.items():
                for single in scalars(value) if is_secret(str(name), value, extra_names) else ():
                    found |= _texts(str(single))
                if urls or isinstance(value, (dict, list, tuple)):
                    pending.append(value)
        elif isinstance(node, (list, tuple)):
            pending.extend(node)
        elif urls:
            found |= secret_texts_of_url(node, extra_names)
    return found


def scalars(value: t.Any) -> list[t.Any]:
    """Return the texts and numbers in a value of any depth."""
    if isinstance(value, (dict, list, tuple)):
        nested = value.values() if isinstance(value, dict) else value
        return [scalar for entry in nested for scalar in scalars(entry)]
    return [] if value is None or isinstance(value, bool) else [value]


def mask(headers: t.Any, extra_names: t.Collection[str] = (), other: t.Any = None) -> t.Any:
    """Return the headers with masked secrets; a value that differs from C(other)'s gets C(MASK_CHANGED)."""
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


def secret_texts_of_url(
    url: t.Any, extra_names: t.Collection[str] = (), *, in_path: bool = False
) -> set[str]:
    """Return the texts to mask: the whole URL if it contains secrets, and the longer of these.

    With C(in_path), a part of the path that looks like a token is a secret.
    """
    values = {value for _name, value in _url_secrets(url, extra_names, in_path)}
    if not values:
        return values
    values |= {urllib.parse.unquote(value) for value in values}
    return {str(url), *(value for value in values if len(value) >= _SHORTEST_PART)}


def mask_url(
    url: t.Any, extra_names: t.Collection[str] = (), other: t.Any = None, *, in_path: bool = False
) -> t.Any:
    """Return the URL with its secrets masked as C(mask) does: credentials and values of secret parameters.

    C(in_path) is as in C(secret_texts_of_url).
    """
    secrets, others = _url_secrets(url, extra_names, in_path), _url_secrets(other, extra_names, in_path)
    known = {name for name, _value in others}

    def masked(match: re.Match[str]) -> str:
        name, value = match.groupdict().get("name", _KEYS.get(match.re, "")), match["value"]
        if (name, value) not in secrets:
            return match[0]
        changed = name in known and (name, value) not in others
        shown = MASK_CHANGED if changed else MASK
        equals = f"{name}=" if match.re is _PARAMETER else ""
        return f"{match['before']}{equals}{shown}{match.groupdict().get('empty') or ''}"

    if not secrets:
        return url
    authority, path, rest = _split(url)
    shown = _PASSWORD.sub(masked, _USER.sub(masked, f"{authority}{path}{rest}"))
    if in_path:
        authority, path, rest = _split(shown)
        shown = f"{authority}{_SEGMENT.sub(masked, path)}{rest}"
    return _PARAMETER.sub(masked, shown)


#: The names of secrets that have none in the URL.
_KEYS = {_PASSWORD: "", _USER: "@", _SEGMENT: "/"}


def _split(url: str) -> tuple[str, str, str]:
    """Return scheme and host, the path, and the rest of a URL. Each may be empty."""
    found = _AUTHORITY.match(url)
    start = 0 if found is None else found.end()
    end = min((place for place in (url.find(mark, start) for mark in "?#") if place >= 0), default=len(url))
    return url[:start], url[start:end], url[end:]


def _looks_like_token(text: str) -> bool:
    """Return whether a part of a URL is long and random enough for a token.

    It has letters and digits, or letters of both cases without separators. Placeholders are no token.
    """
    text = urllib.parse.unquote(text)
    if len(text) < _SHORTEST_TOKEN or "${" in text or "@" in text:
        return False
    has_letter, has_digit = any(map(str.isalpha, text)), any(map(str.isdigit, text))
    if has_letter and has_digit:
        return True
    return _LETTERS_OF_TOKEN.fullmatch(text) is not None and text not in (text.lower(), text.title())


def _url_secrets(url: t.Any, extra_names: t.Collection[str], in_path: bool = False) -> set[tuple[str, str]]:
    """Return the secrets as C((name, value)), percent-encoded. C(_KEYS) has the names of credentials."""
    if not isinstance(url, str) or not (in_path or "=" in url or "@" in url):
        return set()
    secrets = {("", match["value"]) for match in _PASSWORD.finditer(url)}
    user = _USER.match(url)
    if user is not None and "${" not in user["value"] and (user["empty"] or _looks_like_token(user["value"])):
        secrets.add(("@", user["value"]))
    if in_path:
        segments = (match["value"] for match in _SEGMENT.finditer(_split(url)[1]))
        secrets |= {("/", segment) for segment in segments if _looks_like_token(segment)}
    for match in _PARAMETER.finditer(url):
        name = urllib.parse.unquote(match["name"])
        short = _SECRET_PARAMETER.search(name) is not None and bool(_literal_parts(match["value"]))
        if short or is_secret(name, match["value"], extra_names):
            secrets.add((match["name"], match["value"]))
    return secrets


def _without_scheme(value: str) -> str:
    return _SCHEME.sub("", value, count=1).strip()


def _literal_parts(value: str) -> set[str]:
    """Return the texts between placeholders that contain a letter or digit, without the scheme word."""
    parts = _without_placeholders(_without_scheme(value))
    return {part.strip() for part in parts if re.search(r"\w", part)}


def _without_placeholders(text: str) -> list[str]:
    """Return the texts around the placeholders, in linear time also if no placeholder is closed."""
    parts, done = [], 0
    while (start := text.find("${", done)) >= 0 and (end := text.find("}", start)) >= 0:
        parts.append(text[done:start])
        done = end + 1
    return [*parts, text[done:]]


def forms_of(secret: str) -> set[str]:
    """Return the forms in which a text may contain a secret: clear, percent-encoded, escaped in a string."""
    if _PLAIN.fullmatch(secret):
        return {secret}
    quoted = {
        urllib.parse.quote_plus(secret, errors="replace"),
        *(urllib.parse.quote(secret, safe=safe, errors="replace") for safe in ("", "/", _SAFE_IN_QUERY)),
    }
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}
    return {
        secret,
        *quoted,
        *(_ENCODED.sub(lambda match: match[0].lower(), form) for form in quoted),
        *escaped,
        *(form.replace("/", r"\/") for form in escaped),
        *(_ESCAPED.sub(lambda match: f"\\u{match[1].upper()}", form) for form in escaped),
    }


class Redactor:
    """Thread-safe filter that replaces distinctive secrets in texts; fetched tokens are added to it."""

    def __init__(self, secrets: t.Iterable[str] = ()) -> None:
        self._secrets: tuple[str, ...] = ()
        self._adding = threading.Lock()
        self.add(*secrets)

    def add(self, *secrets: str) -> None:
        forms = {form for secret in secrets for form in forms_of(secret)}
        with self._adding:
            known = {form for form in forms if is_distinctive(form)} | set(self._secrets)
            self._secrets = tuple(sorted(known, key=len, reverse=True))

    def __call__(self, text: str, longest: int = _LONGEST_TEXT) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return text if len(text) <= longest else f"{text[:longest]}…"
