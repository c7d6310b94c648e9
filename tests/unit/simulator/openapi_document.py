# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison of real requests and responses with an OpenAPI 3.1 document."""

from __future__ import annotations

import functools
import json
import pathlib
import re
import typing as t
import urllib.parse

import httpx
import jsonschema
import yaml

SIMULATOR = pathlib.Path(__file__).resolve().parents[2] / "simulator"
VERBS = {"get", "put", "post", "patch", "delete", "head", "options", "trace"}

Node = dict[str, t.Any]


@functools.cache
def _read(name: str) -> Node:
    """Return the content of a document by libyaml, because the loader in Python takes a second."""
    return t.cast("Node", yaml.load((SIMULATOR / name).read_text("utf-8"), Loader=yaml.CSafeLoader))


class Document:
    """An OpenAPI document. Its checks raise AssertionError with the operation and the difference."""

    def __init__(self, name: str) -> None:
        self.root = _read(name)
        self._validators: dict[int, jsonschema.Draft202012Validator] = {}

    def operations(self) -> set[tuple[str, str]]:
        """Return every C((METHOD, path template)) of the document."""
        return {
            (verb.upper(), path)
            for path, item in self.root["paths"].items()
            for verb in item
            if verb in VERBS
        }

    def operation(self, method: str, path: str) -> Node | None:
        """Return the operation of a request, or None. A literal path takes precedence over a template."""
        for template in sorted(self.root["paths"], key=lambda text: text.count("{")):
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, path):
                return t.cast("Node | None", self.root["paths"][template].get(method.lower()))
        return None

    def check_response(self, response: httpx.Response) -> None:
        """Read the response of an exchange and check it."""
        response.read()
        self.check_exchange(response)

    def check_exchange(self, response: httpx.Response) -> None:
        """Check the response of an exchange, and its request if it was accepted."""
        request = response.request
        title = f"{request.method} {request.url.path} -> {response.status_code}"
        operation = self.operation(request.method, request.url.path)
        assert operation is not None, f"{title}: not in the document"
        statuses = operation["responses"]
        described = statuses.get(str(response.status_code)) or (
            statuses.get("default") if response.is_error else None
        )
        assert described, f"{title}: status not in the document"
        described = self.resolve(described)
        self._check_headers(title, described.get("headers", {}), response.headers)
        self._check_content(title, described.get("content"), response.headers, response.content)
        if response.is_success and "requestBody" in operation:
            body = self.resolve(operation["requestBody"])
            self._check_content(f"{title}: request", body["content"], request.headers, request.content)

    def resolve(self, node: Node) -> Node:
        while "$ref" in node:
            assert node["$ref"].startswith("#/"), node["$ref"]
            found: t.Any = self.root
            for part in node["$ref"][2:].split("/"):
                found = found[part]
            node = found
        return node

    def schema_errors(self, schema: Node, value: t.Any) -> list[str]:
        validator = self._validators.get(id(schema))
        if validator is None:
            whole = {**schema, "components": self.root.get("components", {})}
            validator = jsonschema.Draft202012Validator(
                whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
            )
            self._validators[id(schema)] = validator
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def _check_headers(self, title: str, declared: Node, headers: httpx.Headers) -> None:
        for name, node in declared.items():
            header = self.resolve(node)
            assert name in headers or not header.get("required"), f"{title}: no header {name}"
            if name in headers:
                errors = self.schema_errors(header["schema"], headers[name])
                assert not errors, f"{title}: header {name}: {errors}"

    def _check_content(self, title: str, declared: Node | None, headers: httpx.Headers, body: bytes) -> None:
        if declared is None:
            assert body == b"", f"{title}: a body where the document has none"
            return
        media_type = headers["content-type"].partition(";")[0]
        assert media_type in declared, f"{title}: {media_type} is not in the document"
        if media_type == "application/x-www-form-urlencoded":
            value: t.Any = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        elif media_type != "application/json":
            value = body.decode()
        else:
            value = json.loads(body)
        errors = self.schema_errors(declared[media_type]["schema"], value)
        assert not errors, f"{title}: {errors}"
