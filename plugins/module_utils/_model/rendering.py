# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rendering of objects without their secrets: masked bodies, records in the options' terms, and diffs.

Private to the collection. The secrets of a body are found and masked once. Records, diffs, hashes and the
journal's lines are all made from the result.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from .._printable import printable, printable_values
from .._secrets import mask, mask_url, secret_texts, secret_texts_of_url
from .json_objects import ABSENT, Body, get_path, set_path
from .plan import Plan
from .resource import Field, Resource

#: The bodies that a masker remembers: before, after, now, and the one that check mode predicts.
_REMEMBERED = 4


@dataclasses.dataclass(frozen=True, eq=False)
class MaskedBody:
    """A body of an object without its secrets. C(clear), the body itself, must not change any more.

    Values are masked on first use, and once. Only the masked values are stored, because a run holds
    thousands of bodies.
    """

    resource: Resource
    clear: Body
    secret_names: t.Collection[str] = ()

    @property
    def masked(self) -> Body:
        """Return the body with its masked values, which shares all other values with C(clear).

        It is C(clear) itself if there is no secret.
        """
        body = self.clear
        for path, value in self._masked_values:
            body = _with_value(body, path, value)
        return body

    @functools.cached_property
    def secrets(self) -> tuple[str, ...]:
        """Return every secret text in the headers and URLs of the body."""
        secrets: set[str] = set()
        for field in self.resource.fields:
            if field.headers:
                secrets |= secret_texts(field.of(self.clear), self.secret_names)
            elif field.url:
                secrets |= secret_texts_of_url(
                    field.of(self.clear), self.secret_names, in_path=field.secret_path
                )
        return tuple(secrets)

    @functools.cached_property
    def _masked_values(self) -> tuple[tuple[str, t.Any], ...]:
        """Return the fields that have secrets, as C((path, masked value))."""
        values = []
        for field in self.resource.fields:
            value = get_path(self.clear, field.wire) if field.headers or field.url else ABSENT
            if value is not ABSENT:
                masked = mask_value(field, value, self.secret_names)
                if masked != value:
                    values.append((field.wire, masked))
        return tuple(values)


class BodyMasker:
    """The masked bodies of one object. Each body is masked once, however often it is rendered.

    C(secret_names) are the user's C(secret_headers).
    """

    __slots__ = ("_recent", "resource", "secret_names")

    def __init__(self, resource: Resource, secret_names: t.Collection[str] = ()) -> None:
        self.resource = resource
        self.secret_names = secret_names
        self._recent: tuple[MaskedBody, ...] = ()

    @t.overload
    def mask(self, body: Body) -> MaskedBody: ...

    @t.overload
    def mask(self, body: None) -> None: ...

    def mask(self, body: Body | None) -> MaskedBody | None:
        """Return the masked body of C(body), the same one each time; None for None."""
        if body is None:
            return None
        for known in self._recent:
            if known.clear is body:
                return known
        masked = MaskedBody(self.resource, body, self.secret_names)
        self._recent = (masked, *self._recent[: _REMEMBERED - 1])
        return masked

    def keep_only(self, *bodies: Body | None) -> None:
        """Free all other bodies, because a run holds thousands of objects and plans many of them anew."""
        self._recent = tuple(known for known in self._recent if any(known.clear is body for body in bodies))

    def secrets_in(self, *bodies: Body | None) -> set[str]:
        """Return every secret text in the bodies that are there."""
        secrets: set[str] = set()
        return secrets.union(*(self.mask(body).secrets for body in bodies if body is not None))


def to_record(body: MaskedBody, *, readable: bool = False) -> dict[str, t.Any]:
    """Return an object in the terms of the module's options, so that it can be given back to the module.

    Server-owned fields follow in snake_case. A top-level field that the collection does not know keeps
    the API's name. A field that the object lacks is null. With C(readable), a value that has a form for
    readers takes it, such as conditions as a line of text.
    """
    resource = body.resource
    masked = body.masked
    record = _view(body, masked, None, readable=readable)
    known = {field.wire.partition(".")[0] for field in resource.fields}
    for key, value in masked.items():
        if key in resource.server_owned or key in resource.constants:
            if key == "id":
                record[resource.id_option] = value and resource.endpoint.api_id(value)
            else:
                record[snake_case(key)] = value
        elif key not in known and key not in record:
            record[key] = value
    return record


def to_diff(masker: BodyMasker, plan: Plan) -> dict[str, t.Any]:
    """Return the C(before) and C(after) of Ansible's diff: every managed field, secrets masked.

    A changed secret is shown as changed, without either value. Texts are as C(printable_lines) has them.
    """
    old, new = masker.mask(plan.before), masker.mask(plan.after)
    before = {} if old is None else _view(old, old.masked, None, readable=True)
    after: dict[str, t.Any] = {}
    if plan.action == "none":
        after = before
    elif new is not None:
        after = _view(new, new.masked, old, readable=True)
    header = f"{masker.resource.title} {_quoted_name(plan)}"
    shown_before = printable_values(before)
    shown_after = shown_before if after is before else printable_values(after)
    return {
        "before": shown_before,
        "after": shown_after,
        "before_header": header,
        "after_header": header,
    }


def shown_value(field: Field, value: t.Any, secret_names: t.Collection[str]) -> t.Any:
    """Return one wire value as a message may show it."""
    if value is ABSENT:
        return None
    return (field.display or field.from_wire)(mask_value(field, value, secret_names))


def mask_value(field: Field, value: t.Any, secret_names: t.Collection[str], other: t.Any = None) -> t.Any:
    """Return a wire value without its secrets.

    A secret that differs from the one in C(other) is shown as changed.
    """
    if field.headers:
        return mask(value, secret_names, other)
    return mask_url(value, secret_names, other, in_path=field.secret_path) if field.url else value


def _view(body: MaskedBody, masked: Body, compared: MaskedBody | None, *, readable: bool) -> dict[str, t.Any]:
    view: dict[str, t.Any] = {}
    for field in body.resource.fields:
        value = field.of(masked)
        shown = None
        if value is not ABSENT:
            if compared is not None and masked is not body.clear:
                value = _marked_as_changed(field, value, body, compared)
            show = field.display if readable and field.display is not None else field.from_wire
            shown = show(value)
        set_path(view, field.option, shown)
    return view


def _marked_as_changed(field: Field, masked: t.Any, body: MaskedBody, compared: MaskedBody) -> t.Any:
    """Return the masked value of a field; a secret that differs from C(compared)'s is shown as changed."""
    if not (field.headers or field.url):
        return masked
    new, old = field.of(body.clear), field.of(compared.clear)
    return masked if new == old else mask_value(field, new, body.secret_names, old)


def _with_value(body: Body, path: str, value: t.Any) -> Body:
    """Return the body with another value at an existing path. Only the objects on the path are copied."""
    key, _dot, rest = path.partition(".")
    return {**body, key: _with_value(body[key], rest, value) if rest else value}


def _quoted_name(plan: Plan) -> str:
    body = {**(plan.before or {}), **(plan.after or {})}
    return printable(repr(body.get("name", body.get("id", ""))))


def snake_case(name: str) -> str:
    """Return an API's name as options and returned values have it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
