# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the checkout, parsed."""

from __future__ import annotations

import functools
import importlib
import pathlib
import typing as t

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]


def in_checkout(module: t.Any) -> str:
    """Return the path of a Python module inside the checkout."""
    return str(pathlib.Path(module.__file__).resolve().relative_to(ROOT))


@functools.cache
def text(path: str) -> str:
    """Return the content of a file of the checkout, nothing if there is none."""
    file = ROOT / path
    return file.read_text("utf-8") if file.exists() else ""


@functools.cache
def content(path: str) -> t.Any:
    """Return a YAML file of the checkout, parsed."""
    return yaml.safe_load(text(path))


@functools.cache
def documentation(module: str) -> dict[str, t.Any]:
    """Return the DOCUMENTATION of a module of the collection, with the options of its fragments."""
    plugins = "ansible_collections.genesys.cloud.plugins"
    found = yaml.safe_load(importlib.import_module(f"{plugins}.modules.{module}").DOCUMENTATION)
    for name in found.get("extends_documentation_fragment", ()):
        file, _dot, part = name.removeprefix("genesys.cloud.").partition(".")
        fragment = importlib.import_module(f"{plugins}.doc_fragments.{file}").ModuleDocFragment
        options = yaml.safe_load(getattr(fragment, part.upper() or "DOCUMENTATION")).get("options", {})
        found["options"] = {**options, **found.get("options", {})}
    return found
