# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of the option C(definition): a JSON object, read on the host where the module runs (P.11).

Private to the collection. Messages name the file and the cure, never its content.
"""

from __future__ import annotations

import codecs
import errno
import pathlib
import typing as t

from ansible.module_utils.common.validation import check_type_path

from ..._findings import Findings
from ..._model.json_objects import Body, is_unicode
from .json_text import NoJson, read_json, read_regular_file

#: The largest file that is read [bytes]. The platform takes requests of 512,000 bytes.
MOST_BYTES = 2_000_000
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REASONS = {
    errno.ENOENT: "there is no such file. A relative path begins at the working folder of the module: "
    "give an absolute path, such as {{ playbook_dir }}/NAME.json",
    errno.ENOTDIR: "a part of the path is a file: correct the path",
    errno.EACCES: "the file cannot be read by this user: change its permissions",
    errno.EPERM: "the file cannot be read by this user: change its permissions",
    errno.ELOOP: "the path has a loop of symbolic links: correct the path",
    errno.ENAMETOOLONG: "the path is too long: correct it",
    errno.EISDIR: "this is a folder: give one JSON file",
}


def read_definition_file(given: str, option: str, findings: Findings) -> Body | None:
    """Return the object in a JSON file. Add a problem and return None if there is none.

    The path has the form of all paths of modules: C(~) and variables of the environment are replaced.
    """
    if not given.strip() or "\0" in given or not is_unicode(given):
        findings.problem(option, "must be a mapping, or the path of a JSON file")
        return None
    if given.lstrip().startswith(("{", "[")):
        findings.problem(
            option, "is JSON text: decode it with the filter from_json, or give the path of a file"
        )
        return None
    path = pathlib.Path(check_type_path(given)).absolute()
    try:
        document = read_json(_read_text(path), unique_keys=True)
        if not isinstance(document, dict):
            raise NoJson("has no JSON object: it must begin with {")
    except (NoJson, OSError) as error:
        why = _explain(error) if isinstance(error, OSError) else str(error)
        findings.problem(option, f"the file {str(path)!r}: {why}")
        return None
    return t.cast(Body, document)


def _read_text(path: pathlib.Path) -> str:
    """Return the text of a regular file. Raise NoJson or OSError."""
    content = read_regular_file(path, MOST_BYTES)
    if content is None:
        raise NoJson("this is no regular file: give a JSON file")
    if len(content) > MOST_BYTES:
        raise NoJson(f"has more than {MOST_BYTES} bytes, more than the platform takes: give one data action")
    if content.startswith(_BYTE_ORDER_MARKS):
        raise NoJson("begins with a byte order mark: save it as UTF-8 without BOM")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise NoJson(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from None


def _explain(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or f"{error.strerror or error}: correct the path"
