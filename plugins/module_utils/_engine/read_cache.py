# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The read cache: digests of objects as they were last read, which show what needs no further read (P.17).

Private to the collection. The cache has no content of an object, only a keyed digest of each field. It is for
kinds whose objects cannot change without a new version, which lists show. It never hides a change: the
digests hold for one org, one id and one version, and cannot be made without the key.
"""

from __future__ import annotations

import json
import pathlib
import threading
import typing as t
from collections.abc import Callable, Collection

from .._findings import Findings
from .._http.client import Client
from .._http.connection import quote
from .._model.json_objects import ABSENT, REQUIRED, Body, copied, get_path, set_path
from .._model.plan import DeclaredFields, RemoteObject
from .._model.resource import Field, Resource, replaced, same_identity
from .._private_file import read_private_file, replace_private_file
from .._secret_hmac import HmacKey, key_of_task
from .lookup import complete, read_organization
from .run_cache import RunCache

_MOST_BYTES = 65_536
#: The number of the files' format. Files of another format are not used.
_FORMAT = 1


class ReadCache:
    """Thread-safe cache of one org in a folder, with a file for each object.

    C(organization) returns the id of the org. Without C(stores) nothing is written. The first problem with
    the folder is a warning in C(findings).
    """

    def __init__(
        self,
        folder: pathlib.Path,
        key: HmacKey,
        organization: Callable[[], str],
        findings: Findings,
        *,
        stores: bool,
    ) -> None:
        self._folder = folder
        self._key = key
        self._organization = organization
        self._findings = findings
        self._stores = stores
        self._lock = threading.Lock()

    def known(
        self, resource: Resource, listed: RemoteObject, desired: t.Any, declared: DeclaredFields
    ) -> RemoteObject | None:
        """Return a listed object with its declared fields if each of them is as declared, else None.

        The fields that the task does not declare, and the list does not show, are missing in the result.
        """
        body = listed.body
        wanted = {field: value for field, value in declared.items() if field.option not in resource.named_by}
        if (
            desired.state != "present"
            or not same_identity(resource.desired_identity(desired), resource.identity_of(body))
            or any(field.write_only or field.combine is not replaced for field in wanted)
            or any(
                _is_shown(field, body) and not field.equal(field.of(body), wanted[field]) for field in wanted
            )
        ):
            return None
        digests = self._read(resource, body)
        for field, value in wanted.items():
            if not self._matches(digests.get(field.option), resource, body, field, value):
                return None
        whole = copied(body)
        for field, value in wanted.items():
            set_path(whole, field.wire, copied(value))
        return RemoteObject(whole, listed.etag, is_whole=False)

    def remember(self, resource: Resource, body: Body) -> None:
        """Store the digests of an object that was read with all its parts."""
        required = (field for field in resource.fields if field.default is REQUIRED)
        if not self._stores or "version" not in body or any(field.of(body) is ABSENT for field in required):
            return
        content = {
            "format": _FORMAT,
            "key": self._key.fingerprint,
            "digests": {
                field.option: self._key.digest(
                    *self._context(resource, body, field), value=_text(field, body)
                )
                for field in resource.fields
                if not field.write_only
            },
        }
        file = self._file(resource, body)
        if content == self._content(file):
            return
        try:
            # Parents would not have the mode.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            replace_private_file(file, json.dumps(content))
        except OSError as error:
            self._warn(f"{str(file.parent)!r} cannot be written ({error.strerror or error})")

    def forget_others(self, resource: Resource, ids: Collection[str]) -> None:
        """Remove the files of objects that the org does not have any more. A failure has no effect."""
        if not self._stores:
            return
        kept = {f"{resource.kind}_{quote(identifier)}.json" for identifier in ids}
        try:
            for file in self._org_folder().glob(f"{resource.kind}_*.json"):
                if file.name not in kept:
                    file.unlink(missing_ok=True)
        except OSError as error:
            self._warn(
                f"{str(self._folder)!r} cannot be cleared of removed objects ({error.strerror or error})"
            )

    def _matches(self, digest: t.Any, resource: Resource, body: Body, field: Field, value: t.Any) -> bool:
        declared: Body = {}
        set_path(declared, field.wire, value)
        context = self._context(resource, body, field)
        return isinstance(digest, str) and self._key.matches(digest, *context, value=_text(field, declared))

    def _context(self, resource: Resource, body: Body, field: Field) -> tuple[str, ...]:
        """Return what a digest holds for, beside its value."""
        version = json.dumps(body.get("version"))
        return ("read cache", self._organization(), resource.kind, str(body["id"]), version, field.option)

    def _read(self, resource: Resource, body: Body) -> dict[str, t.Any]:
        """Return the digests of an object, none if its file is missing, damaged or foreign."""
        digests = self._content(self._file(resource, body)).get("digests")
        return digests if isinstance(digests, dict) else {}

    def _content(self, file: pathlib.Path) -> dict[str, t.Any]:
        try:
            content = json.loads(read_private_file(str(file), longest=_MOST_BYTES))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            reason = getattr(error, "strerror", None) or "it is damaged"
            self._warn(f"{str(file)!r} is not used ({reason}), and the object is read")
            return {}
        fits = isinstance(content, dict) and content.get("format") == _FORMAT
        return content if fits and content.get("key") == self._key.fingerprint else {}

    def _org_folder(self) -> pathlib.Path:
        return self._folder / quote(self._organization())

    def _file(self, resource: Resource, body: Body) -> pathlib.Path:
        return self._org_folder() / f"{resource.kind}_{quote(str(body['id']))}.json"

    def _warn(self, message: str) -> None:
        with self._lock:
            if not any(warning.path == "read_cache" for warning in self._findings.warnings):
                self._findings.warn("read_cache", message)


def _is_shown(field: Field, body: Body) -> bool:
    """Return whether a listed object has a field."""
    return get_path(body, field.wire) not in (ABSENT, None)


def _text(field: Field, body: Body) -> str:
    """Return the compared form of a field of an object as text, "" if it has none."""
    value = field.comparable(field.of(body))
    return "" if value is ABSENT else json.dumps(_whole_numbers(value), sort_keys=True, default=repr)


def _whole_numbers(value: t.Any) -> t.Any:
    """Return a JSON value in which 1.0 and 1, which compare equal, are the same text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole_numbers(entry) for key, entry in value.items()}
    return [_whole_numbers(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def open_read_cache(
    given: t.Mapping[str, t.Any],
    client_secret: str | None,
    client: Client,
    run_cache: RunCache,
    findings: Findings,
    *,
    check_mode: bool,
) -> None:
    """Give the cache of a run the read cache that the task's options name, if they name one.

    Check mode uses it only with C(read_cache_in_check_mode), and stores nothing.
    """
    path = given.get("read_cache")
    if path is None or (check_mode and not given.get("read_cache_in_check_mode")):
        return
    try:
        key = run_cache.get_or_compute("HMAC key", lambda: key_of_task(given, client_secret))
    except OSError as error:
        findings.warn("read_cache", f"is not used, because hmac_key_file cannot be read ({error})")
        return
    if key is None:
        findings.warn(
            "read_cache",
            "is not used, because the task has neither hmac_key_file nor client_secret, the keys of digests",
        )
        return
    run_cache.read_cache = ReadCache(
        pathlib.Path(path),
        key,
        lambda: str(read_organization(client, run_cache)["id"]),
        findings,
        stores=not check_mode,
    )


def whole_object(
    client: Client,
    resource: Resource,
    listed: RemoteObject,
    run_cache: RunCache,
    desired: t.Any,
    declared: DeclaredFields,
) -> RemoteObject | None:
    """Return a listed object with all parts, None if it is gone.

    If the read cache shows that the declared fields are as declared, return it with these and without a
    request.
    """
    cache = run_cache.read_cache if resource.endpoint.is_cacheable else None
    if cache is None:
        return complete(client, resource, listed)
    known: RemoteObject | None = cache.known(resource, listed, desired, declared)
    if known is not None:
        return known
    whole = complete(client, resource, listed)
    if whole is not None:
        cache.remember(resource, whole.body)
    return whole
