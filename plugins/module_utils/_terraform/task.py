# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of an import from Terraform, and the files that it reads, checked before any write (X.4).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import pathlib
import typing as t

from .._arguments.arguments import ModuleArguments, secrets_given
from .._arguments.validation import validate
from .._export.task import refuse_hidden_variables
from .._findings import Findings
from .._inventory.file_replacement import check_files
from .._inventory.variable_files import file_names
from .._resources.data_action.json_text import NoJson, read_json, read_regular_file
from .conversion import Choices
from .resource_types import MANAGED

#: The largest file that is read [bytes].
_MOST_BYTES = 64 * 1024 * 1024
_HCL = 'Export with export_format = "json", because the collection does not read HCL'
_SUFFIX = ".tf.json"


@dataclasses.dataclass(kw_only=True)
class ImportTask(ModuleArguments):
    """Checked arguments of an import. C(sources) are the parsed files by their names."""

    folder: pathlib.Path
    sources: dict[str, t.Any]

    @property
    def choices(self) -> Choices:
        names = ("ignore", "variables", "ids", "secret_headers")
        return Choices(**{name: self.given[name] for name in names})


def import_spec() -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of the module."""
    return {
        "src": {"type": "list", "elements": "path", "required": True},
        "path": {"type": "path", "required": True},
        "layout": {"type": "str", "choices": ["kinds", "file"], "default": "kinds"},
        "overwrite": {"type": "bool", "default": False},
        "ignore": {"type": "list", "elements": "str", "default": []},
        "variables": {"type": "dict", "default": {}},
        "ids": {"type": "dict", "default": {}},
        "secret_headers": {"type": "list", "elements": "str", "default": [], "no_log": False},
    }


def known_names() -> list[str]:
    """Return the names of all files that an import may write. Files of other kinds come from elsewhere."""
    return file_names(dict.fromkeys(managed.kind.list_option for managed in MANAGED.values()))


def prepare_import(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> ImportTask:
    """Check raw arguments and read the files of Terraform. Add every problem to C(findings)."""
    findings = Findings()
    spec = import_spec()
    given = validate(spec, dict(raw), findings)
    task = ImportTask(
        given=given, findings=findings, folder=pathlib.Path(given.get("path") or "/"), sources={}
    )
    task.secrets |= secrets_given(spec, raw)
    if isinstance(given.get("path"), str):
        check_files(task.folder, known_names(), findings, overwrite=bool(given.get("overwrite")))
        refuse_hidden_variables(task.folder, findings)
    if given.get("src") == []:
        findings.problem("src", "must have a file")
    for index, name in enumerate(given.get("src") or []):
        if isinstance(name, str):
            task.sources |= _read(f"src[{index}]", pathlib.Path(name), findings)
    return task


def _read(option: str, path: pathlib.Path, findings: Findings) -> dict[str, t.Any]:
    """Return the parsed file, or those of a folder, by their names."""
    if not path.is_absolute():
        findings.problem(option, f"must be an absolute path, not {str(path)!r}")
        return {}
    try:
        if not path.is_dir():
            return {path.name: read_json(_text_of(path), unique_keys=True)}
        files = sorted(one for one in path.iterdir() if one.name.endswith(_SUFFIX))
        if not files:
            findings.problem(option, f"the folder {str(path)!r} has no file *{_SUFFIX}. {_HCL}")
        unread = sorted(one.name for one in path.iterdir() if one.name.endswith(".tf"))
        if files and unread:
            findings.warn(option, f"the folder {str(path)!r} has HCL, which is not read: {', '.join(unread)}")
        return {one.name: read_json(_text_of(one), unique_keys=True) for one in files}
    except NoJson as error:
        findings.problem(option, f"{str(path)!r} {error}. {_HCL}")
    except UnicodeDecodeError:
        findings.problem(option, f"{str(path)!r} is not in UTF-8")
    except OSError as error:
        findings.problem(option, f"{str(path)!r} cannot be read: {error.strerror or error}")
    return {}


def _text_of(path: pathlib.Path) -> str:
    """Return the text of a regular file. Raise NoJson, OSError or UnicodeDecodeError."""
    content = read_regular_file(path, _MOST_BYTES)
    if content is None:
        raise NoJson("is no regular file")
    if len(content) > _MOST_BYTES:
        raise NoJson(f"has more than {_MOST_BYTES // 2**20} MiB")
    return content.decode("utf-8-sig")
