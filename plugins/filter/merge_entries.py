# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter merge_entries, which merges the lists that an inventory declares for an org (C.3)."""

from __future__ import annotations

import collections.abc as c
import typing as t

from ansible.errors import AnsibleFilterError
from ansible.template import accept_args_markers, accept_lazy_markers
from jinja2 import Undefined

from ansible_collections.genesys.cloud.plugins.module_utils._arguments import CONNECTION_OPTIONS

DOCUMENTATION = r"""
name: merge_entries
short_description: Merge the lists of entries that an inventory declares for an org
version_added: 1.0.0
author:
  - the genesys.cloud contributors (@genesys-cloud-collection)
description:
  - Merges lists whose entries are the options of one resource module. An entry of a later list replaces the
    whole entry of an earlier list with the same identity, which is O(ignore:name) or O(ignore:id) for most
    modules. Entries that no earlier list has are added at the end.
  - Ansible replaces a list of group variables with the list of host variables of the same name. With one
    variable for each level and this filter, each level declares only its additions and changes.
  - All problems are returned together. Their texts contain no values except names and ids, because entries
    may hold secrets.
options:
  _input:
    description:
      - The lists by the name of their variable. Later lists override earlier ones.
      - The texts of the problems contain these names.
    type: dict
    required: true
  identities:
    description:
      - The options that identify the object of an entry. Each entry must have at least one of them.
    type: list
    elements: str
    default: [name, id]
  strict:
    description:
      - Fails if there are problems instead of returning them.
      - Evaluates all values of the entries, not only the identities. Every undefined variable is then a
        problem, with the place that uses it.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Show the data actions that an org will have
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
        - If there are problems, the entries must not be used.
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

Entry = c.Mapping[str, t.Any]


class _Declared(t.NamedTuple):
    """An entry with the place where it is declared, like C(org_config_data_actions[3])."""

    place: str
    entry: Entry
    #: Option -> value as text. Entries with an equal pair declare the same object.
    identity: dict[str, str]


#: Identity, such as C(("name", "Orders")) -> the entry that has it.
Index = dict[tuple[str, str], _Declared]


@accept_args_markers
@accept_lazy_markers
def merge_entries(
    lists: c.Mapping[str, t.Any], identities: c.Sequence[str] = ("name", "id"), strict: bool = False
) -> dict[str, t.Any]:
    """Merge C({variable: [entry, ...]}) to C({"entries": [...], "problems": [text, ...]}).

    Raises AnsibleFilterError if the input is no mapping, and with C(strict) if there are problems.
    """
    if not isinstance(lists, c.Mapping):
        raise AnsibleFilterError(f"merge_entries takes a mapping of lists, not {type(lists).__name__}")
    problems: list[str] = []
    merged: list[_Declared] = []
    for variable, entries in lists.items():
        merged = _lay_over(merged, _read(variable, entries, tuple(identities), problems), problems)
    if strict:
        problems += [text for declared in merged for text in _undefined(declared.entry, declared.place)]
        if problems:
            raise AnsibleFilterError("\n".join(["Correct in the inventory:", *problems]))
    return {"entries": [declared.entry for declared in merged], "problems": problems}


def _read(variable: str, entries: t.Any, identities: tuple[str, ...], problems: list[str]) -> list[_Declared]:
    """Return the valid entries of one list and append its errors to C(problems)."""
    if isinstance(entries, Undefined):
        problems.append(f"{variable}: {_reason(entries)}")
        return []
    if not isinstance(entries, c.Sequence) or isinstance(entries, (str, bytes)):
        problems.append(f"{variable}: must be a list of entries, not {type(entries).__name__}")
        return []
    usable: list[_Declared] = []
    index: Index = {}
    for number, entry in enumerate(entries):
        place = f"{variable}[{number}]"
        if isinstance(entry, Undefined):
            problems.append(f"{place}: {_reason(entry)}")
            continue
        if not isinstance(entry, c.Mapping):
            problems.append(f"{place}: must be a mapping of module options, not {type(entry).__name__}")
            continue
        foreign = [option for option in entry if option in CONNECTION_OPTIONS]
        if foreign:
            options = ", ".join(foreign)
            problems.append(f"{place}: {options} is about the connection, which the host declares; remove it")
        values = {key: entry.get(key) for key in identities}
        undefined = list(_undefined(values, place))
        if undefined:
            problems += undefined
            continue
        declared = _Declared(place, entry, _identity(values))
        if not declared.identity:
            problems.append(f"{place}: does not say which object it means; give it {' or '.join(identities)}")
            continue
        twins = [
            f"the {key} {value!r}, as has {index[key, value].place}"
            for key, value in declared.identity.items()
            if (key, value) in index
        ]
        if twins:
            problems.append(f"{place}: has {' and '.join(twins)}; remove one of them")
        else:
            usable.append(declared)
            index |= dict.fromkeys(declared.identity.items(), declared)
    return usable


def _identity(values: c.Mapping[str, t.Any]) -> dict[str, str]:
    """Return the identities that an entry gives, as text: the name 404 is the name '404'."""
    return {key: str(value) for key, value in values.items() if value is not None and value != ""}


def _undefined(value: t.Any, path: str) -> t.Iterator[str]:
    """Yield the path and the reason of each template in a value that cannot be evaluated."""
    if isinstance(value, Undefined):
        yield f"{path}: {_reason(value)}"
    elif isinstance(value, c.Mapping):
        for key in value:
            yield from _undefined(value[key], f"{path}.{key}")
    elif isinstance(value, c.Sequence) and not isinstance(value, (str, bytes)):
        for number, inner in enumerate(value):
            yield from _undefined(inner, f"{path}[{number}]")


def _reason(undefined: Undefined) -> str:
    """Return why a template has no value. Only the exception that its use raises has the reason."""
    try:
        str(undefined)
    except Exception as error:
        return str(error)
    return "is undefined"


def _lay_over(below: list[_Declared], above: list[_Declared], problems: list[str]) -> list[_Declared]:
    """Replace entries of `below` with the matching entries of `above`, and append all other entries."""
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

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"merge_entries": merge_entries}
