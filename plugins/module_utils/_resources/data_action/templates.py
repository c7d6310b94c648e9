# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates and schemas of a data action of the platform API: their forms, and what compares equal (P.12).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._model.json_objects import Body, exact

#: The templates that the server has where a write has none.
DEFAULT_REQUEST = "${input.rawRequest}"
DEFAULT_SUCCESS = "${rawResult}"
#: The ends of the keys that repeat a part as a link or in another form.
_REPEATED = ("Uri", "Flattened")


@dataclasses.dataclass(frozen=True)
class Template:
    """A template: its part of the configuration, its key there, and its file."""

    part: str
    key: str
    file: str

    @property
    def uri(self) -> str:
        return f"{self.key}Uri"


TEMPLATES = (
    Template("request", "requestTemplate", "requesttemplate.vm"),
    Template("response", "successTemplate", "successtemplate.vm"),
)


def same_text(default: str) -> t.Callable[[t.Any], t.Any]:
    """Return the function that gives the compared form of a template whose default is C(default).

    An empty text is the default. Line ends and one line break at the end do not count.
    """

    def canonical(text: t.Any) -> t.Any:
        if not isinstance(text, str):
            return text
        lines = text.replace("\r\n", "\n").removesuffix("\n")
        return "" if lines == default else lines

    return canonical


def same_schema(schema: t.Any) -> t.Any:
    """Return the compared form of a schema: without null, independent of the order of keys."""
    return exact(_without_null(schema))


def _without_null(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: _without_null(entry) for key, entry in value.items() if entry is not None}
    return [_without_null(entry) for entry in value] if isinstance(value, list) else value


def plain_contract(contract: t.Any) -> t.Any:
    """Return a contract with the schemas that clients own, without links and flattened forms."""
    if not isinstance(contract, dict):
        return contract
    plain = {side: _without_repeated(schemas) for side, schemas in contract.items()}
    if isinstance(plain.get("output"), dict):
        plain["output"].pop("errorSchema", None)
    return plain


def plain_config(config: t.Any) -> t.Any:
    """Return a configuration with its inline templates. The link to any other template stays."""
    if not isinstance(config, dict):
        return config
    plain = dict(config)
    for template in TEMPLATES:
        part = plain.get(template.part)
        if isinstance(part, dict) and part.get(template.key) is not None:
            plain[template.part] = {key: value for key, value in part.items() if key != template.uri}
    return plain


def with_templates(config: Body, texts: t.Mapping[Template, str | None]) -> Body:
    """Return a configuration with the texts of templates in the place of their links.

    The API's default stands for a text that is None.
    """
    whole = dict(config)
    for template, text in texts.items():
        part = {key: value for key, value in (whole.get(template.part) or {}).items() if key != template.uri}
        if text is not None:
            part[template.key] = text
        whole[template.part] = part
    return whole


def linked_templates(body: Body) -> list[Template]:
    """Return the templates of which an object has only the link."""
    config = body.get("config")
    parts = config if isinstance(config, dict) else {}
    return [
        template
        for template in TEMPLATES
        if isinstance(parts.get(template.part), dict) and template.uri in parts[template.part]
    ]


def _without_repeated(schemas: t.Any) -> t.Any:
    if not isinstance(schemas, dict):
        return schemas
    return {key: value for key, value in schemas.items() if not key.endswith(_REPEATED)}
