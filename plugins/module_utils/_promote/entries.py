# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of C(config) that bring the objects of the target to the state of those of the source (X.3).

Private to the collection. An option that the source leaves at its default is null in an entry if the object
of the target has a value there, because an option that is not given would stay as it is.
"""

from __future__ import annotations

from .._compare.pairs import rule_of
from .._export.entries import with_secrets
from .._model.json_objects import ABSENT, copied, get_path, set_path
from .._model.options import Options
from .._model.resource import Field, Resource, replaced
from .left_behind import LeftBehind, warn_of_copied_secrets, warn_of_unused_secrets
from .org_content import OrgContent
from .secrets import SecretValues
from .selection import PromotedObject, Selection
from .task import PromoteTask

#: The entries of each list of C(config), and the promoted object of each.
Config = dict[str, list[Options]]


def make_config(task: PromoteTask, selection: Selection, target: OrgContent) -> Config:
    """Return the entries of all kinds, in the order of C(Selection.of).

    Add a problem for each secret without a value and for each object that means several of the target, and a
    warning about all that is left behind. Raise GenesysError if the target cannot be read.
    """
    secrets = SecretValues(task.given["secrets"], copied=task.given["copy_secrets"])
    drafts = {one: _draft(task, one) for kind in task.kinds for one in selection.of(kind)}
    secrets.name_all(drafts.values())
    if not secrets.copied:
        warn_of_copied_secrets(task, drafts)
    config: Config = {}
    for kind in task.kinds:
        resource, promoted = task.resource(kind), selection.of(kind)
        if not promoted and kind not in task.chosen:
            continue
        entries, left_behind = [], LeftBehind(resource)
        for one in promoted:
            entry, matches = drafts[one], target.matching(kind, one.options)
            if len(matches) > 1:
                _refuse_several(task, one, len(matches))
                continue
            present = matches[0] if matches else None
            left_behind.add(one, None if present is None else present.body)
            secrets.fill(
                resource, entry, one.options, None if present is None else present.options, one.label
            )
            if present is not None:
                _reset_others(resource, entry, present.options)
                left_behind.keep(one.label, rule_of(resource).take_away(entry, present.options))
            entries.append(entry)
        config[kind.list_option] = entries
        left_behind.warn(task.findings)
    secrets.report(task.found, task.findings)
    warn_of_unused_secrets(task, secrets.unused())
    return config


def _refuse_several(task: PromoteTask, one: PromotedObject, number: int) -> None:
    """Add a problem for an object of the source that means several of the target."""
    task.found.problem(
        one.kind.list_option,
        f"the target has {number} objects that the {one.label} may mean: rename all but one there, or name "
        "it in exclude",
    )


def _draft(task: PromoteTask, one: PromotedObject) -> Options:
    """Return the entry of an object without what its own org alone can mean, secrets as C(Secret)."""
    resource = task.resource(one.kind)
    options = copied(one.options)
    for option in rule_of(resource).not_compared:
        set_path(options, option, ABSENT)
    return with_secrets(resource, options, one.owner, task.secret_names)


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
