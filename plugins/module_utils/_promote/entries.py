# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of C(config) that bring the objects of the target to the state of those of the source (X.3).

Private to the collection. An option that the source leaves at its default is null in an entry if the object
of the target has a value there, because an option that is not given would stay as it is.
"""

from __future__ import annotations

import collections
import typing as t

from .._compare.pairs import rule_of, unmanaged_differences
from .._export.entries import with_secrets
from .._findings import Findings
from .._model.json_objects import ABSENT, Body, copied, get_path, set_path
from .._model.options import Options
from .._model.rendering import MaskedBody
from .._model.resource import Field, Resource, ResourceKind, replaced
from .._printable import printable
from .._resources import registry
from .._secrets import is_distinctive
from .org_content import OrgContent
from .secrets import SecretValues, has_text, shown
from .selection import PromotedObject, Selection
from .task import PromoteTask

#: The entries of each list of C(config), and the promoted object of each.
Config = dict[str, list[Options]]


def make_config(task: PromoteTask, selection: Selection, target: OrgContent) -> Config:
    """Return the entries of all kinds, in the order of C(Selection.of).

    Add a problem for each secret without a value, and a warning about all that the target keeps. Raise
    GenesysError if the target cannot be read.
    """
    secrets = SecretValues(task.given["secrets"], copied=task.given["copy_secrets"])
    drafts = {one: _draft(task, one) for kind in task.kinds for one in selection.of(kind)}
    secrets.name_all(drafts.values())
    if not secrets.copied:
        _warn_of_copied_secrets(task, drafts)
    config: Config = {}
    for kind in task.kinds:
        resource, promoted = task.resource(kind), selection.of(kind)
        if not promoted and kind not in task.chosen:
            continue
        entries = config[kind.list_option] = []
        stays: dict[str, list[str]] = {}
        unmanaged: collections.Counter[str] = collections.Counter()
        for one in promoted:
            entry = drafts[one]
            matches = target.matching(kind, one.options)
            if len(matches) > 1:
                task.found.problem(
                    kind.list_option,
                    f"the target has {len(matches)} objects that the {one.label} may mean: rename all but "
                    "one there, or name it in exclude",
                )
                continue
            there = matches[0].body if matches else {}
            present = matches[0].options if matches else None
            unmanaged.update(_unmanaged_keys(resource, there, one.body))
            secrets.fill(resource, entry, one.options, present, one.label)
            if present is not None:
                _reset_others(resource, entry, present)
                stays[one.label] = rule_of(resource).take_away(entry, present)
            entries.append(entry)
        _warn_of_rest(kind, stays, task.findings)
        _warn_of_ids(resource, promoted, task.findings)
        for key, number in sorted(unmanaged.items()):
            _warn_of_lost(kind, printable(key), number, "the collection does not manage it", task.findings)
    secrets.report(task.found, task.findings)
    _warn_of_unused_secrets(task, secrets.unused())
    return config


def _draft(task: PromoteTask, one: PromotedObject) -> Options:
    """Return the entry of an object without what its own org alone can mean, secrets as C(Secret)."""
    resource = task.resource(one.kind)
    options = copied(one.options)
    for option in rule_of(resource).not_compared:
        set_path(options, option, ABSENT)
    return with_secrets(resource, options, one.owner, task.secret_names)


def _warn_of_copied_secrets(task: PromoteTask, drafts: dict[PromotedObject, Options]) -> None:
    """Warn of secrets of headers and URLs that an object has at another place too, such as a template."""
    secrets = {
        secret
        for one in drafts
        for secret in MaskedBody(task.resource(one.kind), one.body, task.secret_names).secrets
        if is_distinctive(secret)
    }
    for one, draft in drafts.items():
        if has_text(draft, secrets):
            task.findings.warn(
                one.kind.list_option,
                f"the {one.label} has a secret of the source outside of headers and URLs, such as in a "
                "template, and the target gets it: use a credential of the integration instead",
            )


def _warn_of_unused_secrets(task: PromoteTask, unused: list[str]) -> None:
    """Warn of given secrets that no object has, unless they are those of objects that are not promoted."""
    if task.given["names"] != ["*"]:
        return
    others = tuple(f"vault_{kind.name}_" for kind in registry.KINDS if kind not in task.chosen)
    names = [printable(name) for name in unused if not name.startswith(others)]
    if names:
        task.findings.warn("secrets", f"no promoted object has {shown(names)}: correct or remove the names")


def _reset_others(resource: Resource, entry: Options, present: Options) -> None:
    """Reset the options that only the present object has. Keys of maps that only it has are null."""
    ignored = {*rule_of(resource).not_compared, *resource.named_by, *resource.narrowed_by}
    for field in resource.fields:
        if field.option in ignored or field.write_only or field.chosen_by_api:
            continue
        wanted, current = (get_path(options, field.option) for options in (entry, present))
        if isinstance(current, dict) and _is_merged(field):
            known = wanted if isinstance(wanted, dict) else {}
            others = dict.fromkeys(key for key in current if key not in known)
            if others:
                set_path(entry, field.option, {**known, **others})
        elif wanted is ABSENT and current is not ABSENT:
            set_path(entry, field.option, None)


def _is_merged(field: Field) -> bool:
    """Return whether a write keeps the keys of a map that the task does not give."""
    return field.combine is not replaced


def _warn_of_rest(kind: ResourceKind, stays: dict[str, list[str]], findings: Findings) -> None:
    for label, parts in stays.items():
        if parts:
            findings.warn(kind.list_option, f"the {label} keeps what only the target has: {', '.join(parts)}")


def _warn_of_ids(resource: Resource, promoted: list[PromotedObject], findings: Findings) -> None:
    """Warn of options that are not promoted, because their values mean something in their own org only."""
    for option, reason in rule_of(resource).not_compared.items():
        number = sum(get_path(one.options, option) is not ABSENT for one in promoted)
        if number:
            _warn_of_lost(resource.definition, option, number, reason, findings)


def _unmanaged_keys(resource: Resource, there: Body, body: Body) -> list[str]:
    """Return the keys of an object that have values, other ones than in the target, and no option."""
    usual: dict[str, t.Any] = there or resource.constants
    return [
        key for key in unmanaged_differences(resource, usual, body) if body.get(key) not in (None, {}, [], "")
    ]


def _warn_of_lost(kind: ResourceKind, part: str, number: int, reason: str, findings: Findings) -> None:
    objects = f"{number} object{'s' * (number != 1)}"
    findings.warn(kind.list_option, f"{part} of {objects} was not promoted, because {reason}")
