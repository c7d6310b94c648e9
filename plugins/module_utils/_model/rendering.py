# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How objects are shown: the record in the options' terms, and the diff. Secrets are masked here.

Private to the collection.
"""

from __future__ import annotations

import copy
import re
import typing as t

from .._secrets import mask, mask_url, secret_texts, secret_texts_of_url
from .json_objects import ABSENT, Body, get_path, set_path
from .plan import Plan
from .resource import Field, Resource


def to_record(
    resource: Resource, body: Body, secret_names: t.Collection[str] = (), *, readable: bool = False
) -> dict[str, t.Any]:
    """An object in the terms of the module's options, so that it can be given back to the module.

    What the server owns follows in snake_case; a top-level field that the collection does not know keeps
    the API's name. A field that the object does not have is null. Secret header values are masked. With
    C(readable), values that have a form for readers (conditions as a line) take it.
    """
    record = _view(resource, body, secret_names, None, readable=readable)
    known = {field.wire.partition(".")[0] for field in resource.fields}
    for key, value in body.items():
        if key in resource.server_owned or key in resource.constants:
            record[resource.id_option if key == "id" else snake_case(key)] = value
        elif key not in known:
            record[key] = value
    return record


def to_diff(resource: Resource, plan: Plan, secret_names: t.Collection[str] = ()) -> dict[str, t.Any]:
    """The C(before) and C(after) of Ansible's diff: every managed field, secrets masked.

    A secret header that changes shows that it does, without either value.
    """
    before: dict[str, t.Any] = {}
    after: dict[str, t.Any] = {}
    if plan.before is not None:
        before = _view(resource, plan.before, secret_names, None, readable=True)
    if plan.action == "none":
        after = before
    elif plan.after is not None:
        after = _view(resource, plan.after, secret_names, plan.before, readable=True)
    header = f"{resource.title} {_name_of(plan)}"
    return {"before": before, "after": after, "before_header": header, "after_header": header}


def shown_value(field: Field, value: t.Any, secret_names: t.Collection[str]) -> t.Any:
    """A single wire value as a message may show it."""
    if value is ABSENT:
        return None
    return (field.display or field.from_wire)(masked(field, value, secret_names))


def masked(field: Field, value: t.Any, secret_names: t.Collection[str], other: t.Any = None) -> t.Any:
    """A wire value without the secrets in it; what differs from those of C(other) says that it changed."""
    if field.headers:
        return mask(value, secret_names, other)
    return mask_url(value, secret_names, other) if field.url else value


def masked_body(resource: Resource, body: Body, secret_names: t.Collection[str]) -> Body:
    """The object without the secrets in its headers and URLs; the same object where it has none."""
    hidden = body
    for field in resource.fields:
        value = get_path(body, field.wire)
        shown = value if value is ABSENT else masked(field, value, secret_names)
        if shown != value:
            hidden = copy.deepcopy(body) if hidden is body else hidden
            set_path(hidden, field.wire, shown)
    return hidden


def secrets_of(resource: Resource, body: Body | None, secret_names: t.Collection[str]) -> set[str]:
    """Every secret text that an object holds."""
    found: set[str] = set()
    for field in resource.fields:
        if field.headers and body is not None:
            found |= secret_texts(field.of(body), secret_names)
        elif field.url and body is not None:
            found |= secret_texts_of_url(field.of(body), secret_names)
    return found


def _view(
    resource: Resource, body: Body, secret_names: t.Collection[str], compared: Body | None, *, readable: bool
) -> dict[str, t.Any]:
    view: dict[str, t.Any] = {}
    for field in resource.fields:
        value = field.of(body)
        shown = None
        if value is not ABSENT:
            value = masked(field, value, secret_names, None if compared is None else field.of(compared))
            show = field.display if readable and field.display is not None else field.from_wire
            shown = show(value)
        set_path(view, field.option, shown)
    return view


def _name_of(plan: Plan) -> str:
    body = plan.after or plan.before or {}
    return repr(body.get("name", body.get("id", "")))


def snake_case(name: str) -> str:
    """An API's name as options and returns have it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
