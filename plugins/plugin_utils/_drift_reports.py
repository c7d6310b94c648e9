# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift reports: JSON for programs, Markdown for a merge request, JUnit XML for CI's test view (C.5).

Private to the collection. Pure: the same drift gives the same text, so that a repeated check changes no
file. Values are those of the modules' diffs, with secrets masked.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from ansible_collections.genesys.cloud.plugins.module_utils._printable import (
    printable,
    printable_json,
    printable_lines,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import Comparison, OrgDrift, overall_status
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_status import (
    DRIFTED,
    EXIT_CODES,
    IN_SYNC,
    NOT_JUDGED,
    WARNED,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_undeclared import Undeclared
from ansible_collections.genesys.cloud.plugins.plugin_utils._field_differences import Difference

_STATUS_LABELS = {IN_SYNC: "in sync", DRIFTED: "drifted", NOT_JUDGED: "not judged"}
_MOST_URGENT_FIRST = [NOT_JUDGED, DRIFTED, IN_SYNC]
_WORST_FIRST = [NOT_JUDGED, DRIFTED, WARNED]

#: Maximum length [characters]. GitHub's limit for a comment is 65,536; CI adds text around the report.
MARKDOWN_LIMIT = 60_000
_CELL_LIMIT = 300
_MESSAGE_LIMIT = 2_000

# XML 1.0 forbids these characters even when they are escaped.
_INVALID_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_json(orgs: Sequence[OrgDrift]) -> str:
    """Render C({status, exit_code, counts, orgs}), indented.

    An org is C({org, other, status, problems, notes, objects, undeclared}), C(other) the org that it was
    compared with. An object is C({kind, name, id, status, action, message, differences: [{field, before,
    after}]}), an undeclared one C({kind, name, id, status, message}).
    """
    status = overall_status(orgs)
    content = {
        "status": status,
        "exit_code": EXIT_CODES[status],
        "counts": {name: len(_with_status(orgs, name)) for name in _STATUS_LABELS},
        "orgs": [
            {
                "org": org.name,
                "other": org.other,
                "status": org.status,
                "problems": list(org.problems),
                "notes": list(org.notes),
                "objects": [_object_as_json(compared) for compared in org.objects],
                "undeclared": [dataclasses.asdict(one) for one in org.undeclared],
            }
            for org in orgs
        ],
    }
    return printable_json(content, indent=2, default=str) + "\n"


def _object_as_json(compared: Comparison) -> dict[str, t.Any]:
    return {
        "kind": compared.kind,
        "name": compared.name,
        "id": compared.id,
        "status": compared.status,
        "action": compared.action,
        "message": compared.message,
        "differences": [
            {"field": one.field, "before": one.before, "after": one.after} for one in compared.differences
        ],
    }


def to_junit(orgs: Sequence[OrgDrift]) -> str:
    """Render a test suite for each org, with a test case for each object.

    Drift is a failure. An object or org that is not judged is an error. The case C(inventory) has the org's
    problems, and stands for an org without objects, so that the test view shows every org. Undeclared objects
    have cases of their own. A warning is a skipped case, the only one that test views show without a failure.
    """
    root = ET.Element("testsuites", name="Configuration drift")
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for org in orgs:
        suite = ET.SubElement(root, "testsuite", name=_xml_name(org.name))
        if org.problems or not org.objects:
            case = ET.SubElement(suite, "testcase", classname=_xml_name(org.name), name="inventory")
            if org.problems:
                _add_outcome(case, "error", NOT_JUDGED, "\n".join(org.problems))
        for compared in org.objects:
            classname = f"{org.name}.{compared.kind}"
            case = ET.SubElement(
                suite, "testcase", classname=_xml_name(classname), name=_xml_name(compared.name)
            )
            if compared.status == NOT_JUDGED:
                _add_outcome(case, "error", NOT_JUDGED, compared.message or "")
            elif compared.status == DRIFTED:
                _add_outcome(case, "failure", compared.action, _plain_diff(org, compared))
        for one in org.undeclared:
            _add_undeclared(suite, org.name, one)
        counts = {
            "tests": len(suite),
            "failures": len(suite.findall("testcase/failure")),
            "errors": len(suite.findall("testcase/error")),
            "skipped": len(suite.findall("testcase/skipped")),
        }
        for name, count in counts.items():
            suite.set(name, str(count))
            totals[name] += count
    for name, count in totals.items():
        root.set(name, str(count))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_undeclared(suite: ET.Element, org: str, one: Undeclared) -> None:
    """Add the test case of an undeclared object, or of a kind whose undeclared objects are not known."""
    tag = {DRIFTED: "failure", NOT_JUDGED: "error", WARNED: "skipped"}[one.status]
    case = ET.SubElement(
        suite, "testcase", classname=_xml_name(f"{org}.{one.kind}"), name=_xml_name(one.label)
    )
    rest = f" (id {one.id})" if one.message is None else f": {one.message}"
    _add_outcome(case, tag, "undeclared", f"{one.kind} {one.label!r} {one.finding}{rest}")


def _add_outcome(case: ET.Element, tag: str, kind: str, text: str) -> None:
    """Add a failure or error to C(case), with the first line of C(text) as its message."""
    first, _newline, rest = _valid_xml(text).partition("\n")
    ET.SubElement(case, tag, type=kind, message=first).text = f"{first}\n{rest}" if rest else first


def _plain_diff(org: OrgDrift, compared: Comparison) -> str:
    lines = [f"{compared.kind} {compared.name!r} {org.labels()[compared.action]}"]
    lines += [f"{one.field}: {_as_json(one.before)} -> {_as_json(one.after)}" for one in compared.differences]
    return "\n".join(lines)


def _xml_name(text: str) -> str:
    return _valid_xml(printable(text))


def _valid_xml(text: str) -> str:
    return _INVALID_IN_XML.sub("�", printable_lines(text))


def to_markdown(orgs: Sequence[OrgDrift]) -> str:
    """Render a table of the orgs, then each object that drifted or was not judged, up to MARKDOWN_LIMIT.

    Text from an org or the inventory is rendered as code, so that HTML, links and mentions stay inactive.
    """
    counts = [f"{len(_with_status(orgs, status))} {_STATUS_LABELS[status]}" for status in _MOST_URGENT_FIRST]
    title = "Comparison of orgs" if any(org.other for org in orgs) else "Configuration drift"
    blocks = [f"# {title}: {', '.join(counts)}\n"]
    ordered = sorted(orgs, key=lambda org: _MOST_URGENT_FIRST.index(org.status))
    undeclared = any(org.undeclared for org in orgs)
    columns = ["objects", "drifted", "not judged"] + ["undeclared"] * undeclared
    blocks.append(f"| org | result | {' | '.join(columns)} |\n|---|---|{'---:|' * len(columns)}\n")
    blocks += [_org_row(org, undeclared=undeclared) for org in ordered]
    blocks += [block for org in ordered for block in _org_sections(org)]
    return _join_up_to_limit(blocks)


def _org_row(org: OrgDrift, *, undeclared: bool) -> str:
    """Render an org's row of the table, with C(undeclared) the number of undeclared objects."""
    word = _STATUS_LABELS[org.status] if org.status == IN_SYNC else f"**{_STATUS_LABELS[org.status]}**"
    numbers = [len(org.objects), len(org.with_status(DRIFTED)), len(org.with_status(NOT_JUDGED))]
    numbers += [sum(one.message is None for one in org.undeclared)] * undeclared
    return f"| {_table_cell(org.name)} | {word} | {' | '.join(map(str, numbers))} |\n"


def _org_sections(org: OrgDrift) -> t.Iterator[str]:
    """Yield sections for an org's problems, notes, objects that are not in sync, and undeclared objects."""
    heading = f"\n## {_code_span(org.name)}\n"
    if org.problems:
        yield heading + "\n" + _code_block("\n".join(org.problems))
        heading = ""
    if org.notes:
        yield f"{heading}\n### Not compared\n\n" + _code_block("\n".join(org.notes))
        heading = ""
    for compared in [*org.with_status(NOT_JUDGED), *org.with_status(DRIFTED)]:
        title = f"{_code_span(compared.kind)} {_code_span(compared.name)}"
        if compared.status == NOT_JUDGED:
            yield f"{heading}\n### {title} could not be judged\n\n{_code_block(compared.message or '')}"
        else:
            rows = "".join(_difference_row(one) for one in compared.differences)
            sides = (
                ("in the org", "declared") if org.other is None else map(_table_cell, (org.name, org.other))
            )
            head = f"| field | {' | '.join(sides)} |\n|---|---|---|\n"
            yield f"{heading}\n### {title} {_label(org, compared)}\n\n{head}{rows}"
        heading = ""
    if org.undeclared:
        head = "| kind | object | id | result |\n|---|---|---|---|\n"
        yield f"{heading}\n### Objects that no inventory declares\n\n{head}"
        yield from map(
            _undeclared_row, sorted(org.undeclared, key=lambda one: _WORST_FIRST.index(one.status))
        )


def _undeclared_row(one: Undeclared) -> str:
    word = {DRIFTED: "**drifted**", NOT_JUDGED: "**not judged**", WARNED: "warning"}[one.status]
    result = word if one.message is None else f"{word}: {_table_cell(one.message)}"
    cells = [one.kind, one.label, one.id or ""]
    return f"| {' | '.join(_table_cell(cell) if cell else '' for cell in cells)} | {result} |\n"


def _label(org: OrgDrift, compared: Comparison) -> str:
    """Return what an object's plan means, with the name of another org as code."""
    label = org.labels()[compared.action]
    if org.other is None or not label.endswith(org.other):
        return label
    return f"{label.removesuffix(org.other)}{_code_span(org.other)}"


def _difference_row(one: Difference) -> str:
    sides = [_table_cell(_as_json(side)) if side is not None else "" for side in (one.before, one.after)]
    return f"| {_table_cell(one.field)} | {' | '.join(sides)} |\n"


def _join_up_to_limit(blocks: list[str]) -> str:
    """Join as many whole blocks as fit. The last line has the number of blocks that are left out."""
    size, fitting = 0, 0
    for block in blocks:
        size += len(block)
        if size > MARKDOWN_LIMIT:
            break
        fitting += 1
    if fitting < len(blocks):
        rest = f"\n{len(blocks) - fitting} more entries did not fit. See drift.json for all entries.\n"
        return "".join(blocks[:fitting]) + rest
    return "".join(blocks)


def _as_json(value: t.Any) -> str:
    """Render a value on one line, with text in quotes so that line breaks and trailing blanks are visible."""
    return printable_json(value, default=str)


def _code_span(text: str) -> str:
    """Render a code span for text that may have backticks, on one line and at most _CELL_LIMIT long."""
    text = _truncated(printable(text.replace("\n", " ")), _CELL_LIMIT)
    fence = "`" * (_longest_backticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _table_cell(text: str) -> str:
    """Render a code span for a table cell, where an unescaped pipe would end the cell even in code."""
    return _code_span(text).replace("|", "\\|")


def _code_block(text: str) -> str:
    """Render a code block for text that may have backticks, at most _MESSAGE_LIMIT long."""
    fence = "`" * max(3, _longest_backticks(text) + 1)
    return f"{fence}text\n{_truncated(printable_lines(text), _MESSAGE_LIMIT)}\n{fence}\n"


def _longest_backticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _truncated(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _with_status(orgs: Sequence[OrgDrift], status: str) -> list[OrgDrift]:
    return [org for org in orgs if org.status == status]
