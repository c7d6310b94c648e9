# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter merge_entries: merges the lists of entries that an inventory declares for an org (C.3)."""

from __future__ import annotations

import collections.abc as c
import typing as t

from ansible import template
from ansible.errors import AnsibleFilterError
from jinja2 import Undefined

from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import CONNECTION_OPTIONS

DOCUMENTATION = r"""
name: merge_entries
short_description: Merge the lists of entries that an inventory declares for an org
version_added: 1.0.0
author:
  - the genesys.cloud contributors (@genesys-cloud-collection)
description:
  - Merges lists whose entries are the options of one resource module. An entry of a later list replaces, as a
    whole, the entry of an earlier list with the same identity, which is O(ignore:name) or O(ignore:id) for
    most modules. Entries that no earlier list has are added at the end.
  - In Ansible, a list in host variables replaces a list of the same name in group variables. With this
    filter and one variable for each level, a level declares only the entries that it adds or changes.
  - Returns all problems together and does not fail at the first one. Entries may have secrets, so the texts
    of the problems contain no value other than a name or an id.
options:
  _input:
    description:
      - A mapping from the name of a variable to its list. Later lists override earlier ones.
      - The texts of the problems contain the names.
    type: dict
    required: true
  identities:
    description:
      - The options that identify the object of an entry. Each entry must have at least one of them.
      - Options with a plus between them, such as C(name+type), identify the object together. An entry must
        have the first of them.
      - An empty list is for the modules of which an org has one object. All entries mean this object.
    type: list
    elements: str
    default: [name, id]
  evaluate:
    description:
      - Evaluate all options of the entries, not only O(identities). Each use of an undefined variable is a
        problem with its place.
    type: bool
    default: false
  strict:
    description:
      - Fail if there are problems, instead of returning them. Includes O(evaluate).
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Show which data actions an org will have
  ansible.builtin.debug:
    msg: "{{ (lists | genesys.cloud.merge_entries)['entries'] | map(attribute='name') }}"
  vars:
    lists:
      org_config_data_actions:
        - name: Order status
          rest:
            url: https://orders.example.com/v1/orders/${orderNumber}
            method: GET
      org_config_data_actions_host:
        - name: Order status
          rest:
            url: https://orders.dev.example.com/v1/orders/${orderNumber}
            method: GET
"""

RETURN = r"""
_value:
  description: The merged entries and the problems of the lists.
  type: dict
  contains:
    entries:
      description: The merged list, in the order in which the entries were first declared.
      type: list
      elements: dict
    problems:
      description:
        - One text for each problem, with variable and index.
        - Do not use the entries if there are problems.
      type: list
      elements: str
  sample:
    entries:
      - name: Order status
        rest:
          url: https://orders.dev.example.com/v1/orders/${orderNumber}
          method: GET
    problems: []
"""

ConfigEntry = c.Mapping[str, t.Any]


class MergeResult(t.TypedDict):
    """The value that the filter returns."""

    entries: list[ConfigEntry]
    problems: list[str]


class _DeclaredEntry(t.NamedTuple):
    """An entry with the place of its declaration, such as C(org_config_data_actions[3])."""

    place: str
    entry: ConfigEntry
    #: Identifying options to their values as text. Entries that share one of them mean the same object.
    identity: dict[str, str]


#: Option and value, such as C(("name", "Orders")), to the entry that has them.
EntriesByIdentity = dict[tuple[str, str], _DeclaredEntry]


def _accept_undefined(merge: t.Callable[..., MergeResult]) -> t.Callable[..., MergeResult]:
    """Let Ansible pass undefined variables to a filter. Before ansible-core 2.19 it does so anyway."""
    for decorator in ("accept_lazy_markers", "accept_args_markers"):
        merge = getattr(template, decorator, lambda function: function)(merge)
    return merge


@_accept_undefined
def merge_entries(
    lists: c.Mapping[str, t.Any],
    identities: c.Sequence[str] = ("name", "id"),
    strict: bool = False,
    evaluate: bool = False,
) -> MergeResult:
    """Merge the lists of C({variable: [entry, ...]}) in their order.

    Raises AnsibleFilterError if the input is no mapping, and with C(strict) for every problem.
    """
    if not isinstance(lists, c.Mapping):
        raise AnsibleFilterError(f"merge_entries needs a mapping of lists, not {_type_name(lists)}")
    problems: list[str] = []
    merged: list[_DeclaredEntry] = []
    for variable, entries in lists.items():
        merged = _override(merged, _usable_entries(variable, entries, tuple(identities), problems), problems)
    if strict or evaluate:
        problems += [
            text for declared in merged for text in _undefined_problems(declared.entry, declared.place)
        ]
    if strict and problems:
        raise AnsibleFilterError("\n".join(["Correct in the inventory:", *problems]))
    return {"entries": [declared.entry for declared in merged], "problems": problems}


def _usable_entries(
    variable: str, entries: t.Any, identities: tuple[str, ...], problems: list[str]
) -> list[_DeclaredEntry]:
    """Return the valid entries of one list. Add a text to C(problems) for each invalid one."""
    if isinstance(entries, Undefined):
        problems.append(f"{variable}: {_undefined_reason(entries)}")
        return []
    if not isinstance(entries, c.Sequence) or isinstance(entries, (str, bytes)):
        problems.append(f"{variable}: must be a list of entries, not {_type_name(entries)}")
        return []
    usable: list[_DeclaredEntry] = []
    index: EntriesByIdentity = {}
    for number, entry in enumerate(entries):
        place = f"{variable}[{number}]"
        if isinstance(entry, Undefined):
            problems.append(f"{place}: {_undefined_reason(entry)}")
            continue
        if not isinstance(entry, c.Mapping):
            problems.append(f"{place}: must be a mapping of module options, not {_type_name(entry)}")
            continue
        connection_options = [option for option in entry if option in CONNECTION_OPTIONS]
        if connection_options:
            options = ", ".join(connection_options)
            problems.append(
                f"{place}: connection options belong to the host, not to an entry; remove {options}"
            )
        values = {option: entry.get(option) for key in identities for option in key.split("+")}
        undefined = list(_undefined_problems(values, place))
        if undefined:
            problems += undefined
            continue
        declared = _DeclaredEntry(place, entry, _identity(values, identities))
        if not declared.identity:
            options = " or ".join(key.partition("+")[0] for key in identities)
            problems.append(f"{place}: does not identify an object; set {options}")
            continue
        duplicates = [
            f"the same {_options_of(key, values)} {value!r} as {index[key, value].place}"
            if key
            else f"the same object as {index[key, value].place}"
            for key, value in declared.identity.items()
            if (key, value) in index
        ]
        if duplicates:
            problems.append(f"{place}: has {' and '.join(duplicates)}; remove one of them")
        else:
            usable.append(declared)
            index |= dict.fromkeys(declared.identity.items(), declared)
    return usable


def _type_name(value: t.Any) -> str:
    """Return the name of a value's Python type, which Ansible may replace by a private subclass."""
    for base in (bool, str, int, float, dict, list, tuple):
        if isinstance(value, base):
            return base.__name__
    return type(value).__name__


def _identity(values: c.Mapping[str, t.Any], identities: tuple[str, ...]) -> dict[str, str]:
    """Return the identities that are set, as text."""
    found = {} if identities else {"": ""}
    for key in identities:
        parts = [values[option] for option in key.split("+")]
        if parts[0] is not None and parts[0] != "" and parts[0] is not False:
            found[key] = " ".join(str(part) for part in parts if part is not None and part != "")
    return found


def _options_of(identity: str, values: c.Mapping[str, t.Any]) -> str:
    """Return the options of an identity that an entry gives: C(name and integration)."""
    return " and ".join(option for option in identity.split("+") if values[option] not in (None, ""))


def _undefined_problems(value: t.Any, path: str) -> t.Iterator[str]:
    """Yield a problem for each place in a value whose template cannot be evaluated."""
    if isinstance(value, Undefined):
        yield f"{path}: {_undefined_reason(value)}"
    elif isinstance(value, c.Mapping):
        for key in value:
            yield from _undefined_problems(value[key], f"{path}.{key}")
    elif isinstance(value, c.Sequence) and not isinstance(value, (str, bytes)):
        for number, inner in enumerate(value):
            yield from _undefined_problems(inner, f"{path}[{number}]")


def _undefined_reason(undefined: Undefined) -> str:
    """Return why a template has no value. Only the exception that using it raises has the reason."""
    try:
        str(undefined)
    except Exception as error:
        return str(error).removeprefix("A captured exception marker was tripped: ")
    return "is undefined"


def _override(
    below: list[_DeclaredEntry], above: list[_DeclaredEntry], problems: list[str]
) -> list[_DeclaredEntry]:
    """Replace each entry of `below` that an entry of `above` matches; add the other entries at the end."""
    merged = list(below)
    numbers = {identity: number for number, one in enumerate(below) for identity in one.identity.items()}
    for declared in above:
        matches = sorted({numbers[one] for one in declared.identity.items() if one in numbers})
        if not matches:
            merged.append(declared)
        elif len(matches) > 1:
            places = " and ".join(below[number].place for number in matches)
            problems.append(f"{declared.place}: its name and id belong to two entries, {places}; keep one")
        elif merged[matches[0]] is not below[matches[0]]:
            places = f"{below[matches[0]].place}, and so does {merged[matches[0]].place}"
            problems.append(f"{declared.place}: replaces {places}; remove one of them")
        else:
            merged[matches[0]] = declared
    return merged


class FilterModule:
    """Ansible's entry point."""

    def filters(self) -> dict[str, t.Callable[..., MergeResult]]:
        return {"merge_entries": merge_entries}
