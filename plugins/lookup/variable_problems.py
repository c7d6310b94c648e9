# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookup variable_problems: finds problems of the variables that a host sets for the roles (C.3)."""

from __future__ import annotations

DOCUMENTATION = r"""
name: variable_problems
short_description: Find problems of the variables that a host sets for the roles of the collection
version_added: 1.0.0
author:
  - the genesys.cloud contributors (@genesys-cloud-collection)
description:
  - Finds variables whose names begin with the prefix of a role and that no role has, variables that cannot
    be rendered, values that are no choice, empty folders, unknown kinds, missing or contradicting variables
    of the connection, and unknown tags.
  - Returns all problems together and does not fail at the first one. The texts contain no value of a
    variable, except of one with choices.
  - The names, types and choices are those of the argument specs of the roles. The names of the playbook
    C(genesys.cloud.site) are added.
options:
  _terms:
    description:
      - The variables to render. The connection is only checked if C(org_config_organization) is one of
        them.
      - The default is all variables of the role P(genesys.cloud.org_config#role) without the lists of
        entries, which P(genesys.cloud.merge_entries#filter) checks.
    type: list
    elements: str
  tags:
    description:
      - The tags that the role has.
    type: list
    elements: str
    default: []
  all_tags:
    description:
      - Whether the playbook has no other tags than O(tags) and those of the variable C(org_config_tags).
        Otherwise an unknown tag is only a problem if it resembles one of these.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Check the variables of the role org_config
  ansible.builtin.assert:
    that: problems | length == 0
    fail_msg: "{{ problems }}"
  vars:
    problems: "{{ query('genesys.cloud.variable_problems') }}"
"""

RETURN = r"""
_list:
  description: One text for each problem, which begins with the name of the variable.
  type: list
  elements: str
  sample:
    - "org_config_journal: 'rollout' is undefined"
    - "org_config_data_action: is no variable of the role org_config; did you mean org_config_data_actions?"
"""

import collections.abc as c
import difflib
import functools
import pathlib
import re
import typing as t

from ansible.errors import AnsibleError
from ansible.module_utils.common.yaml import yaml_load
from ansible.plugins.lookup import LookupBase

Variables = c.Mapping[str, t.Any]
Spec = c.Mapping[str, t.Any]

_COLLECTION = pathlib.Path(__file__).resolve().parents[2]
_ROLES = ("org_config", "rollback", "drift_check", "org_export", "org_compare", "org_promote")
#: Tags that Ansible itself knows.
_SPECIAL_TAGS = frozenset({"all", "tagged", "untagged", "always", "never"})
#: The variable of the role drift_check that has a mode for each kind, and its modes.
UNMANAGED = "drift_check_unmanaged"
IGNORE = "ignore"
_MODES = (IGNORE, "warn", "fail")
#: The variables that have kinds by the names of their lists.
CHOSEN_KINDS = ("org_export_kinds", "org_compare_kinds", "org_promote_kinds")
#: How much a tag must resemble a known tag to count as its misspelling.
_SIMILARITY = 0.75


class LookupModule(LookupBase):
    """Ansible's entry point."""

    def run(self, terms: list[str], variables: Variables | None = None, **kwargs: t.Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        declared = variables or {}
        specs = role_options()
        rendered = Rendered(self._templar.template)
        names = terms or [name for name in specs if _is_setting(name, specs[name])]
        for name in names:
            if name in declared:
                rendered.add(name, declared[name])
        return [
            *unknown_variables(declared, [*specs, *playbook_variables()]),
            *self._tag_problems(declared, rendered.values.get("org_config_tags")),
            *rendered.problems,
            *wrong_values(rendered.values, specs),
            *unmanaged_problems(rendered.values.get(UNMANAGED, IGNORE), kinds_of(specs)),
            *kind_problems(rendered.values, kinds_of(specs)),
            *(connection_problems(rendered) if "org_config_organization" in names else []),
        ]

    def _tag_problems(self, declared: Variables, others: t.Any) -> list[str]:
        known = [*self.get_option("tags"), *map(str, others if isinstance(others, list) else [])]
        problems: list[str] = []
        for option, variable in (("--tags", "ansible_run_tags"), ("--skip-tags", "ansible_skip_tags")):
            tags = declared.get(variable) or []
            problems += unknown_tags(option, tags, known, whole=self.get_option("all_tags"))
        return problems


@functools.cache
def role_options() -> dict[str, Spec]:
    """Return the options of all roles by name, from their argument specs."""
    options: dict[str, Spec] = {}
    for role in _ROLES:
        text = (_COLLECTION / "roles" / role / "meta" / "argument_specs.yml").read_text("utf-8")
        options |= yaml_load(text)["argument_specs"]["main"]["options"]
    return options


@functools.cache
def playbook_variables() -> list[str]:
    """Return the variables of the playbook site.yml, from its text, as playbooks have no argument spec."""
    text = (_COLLECTION / "playbooks" / "site.yml").read_text("utf-8")
    return sorted(set(re.findall(r"\brollout_\w+", text)))


def _is_setting(name: str, spec: Spec) -> bool:
    """Return whether a variable is one of the role org_config and no list of entries."""
    return name.startswith("org_config_") and spec.get("elements") != "dict"


_OMITTED: t.Final = object()


class Rendered:
    """Rendered values of variables, and the problems of those that cannot be rendered."""

    def __init__(self, template: t.Callable[[t.Any], t.Any]) -> None:
        self.values: dict[str, t.Any] = {}
        self.problems: list[str] = []
        self._failed: set[str] = set()
        self._template = template

    def add(self, name: str, raw: t.Any) -> None:
        """Render one variable. A variable that is rendered to C(omit) counts as unset."""
        before = len(self.problems)
        value = self._render(raw, name)
        if len(self.problems) > before:
            self._failed.add(name)
        elif value is not _OMITTED:
            self.values[name] = value

    def has(self, name: str) -> bool:
        """Return whether a variable is set and not empty, or has a problem already."""
        value = self.values.get(name)
        return name in self._failed or (value not in (None, False) and bool(str(value).strip()))

    def _render(self, raw: t.Any, path: str) -> t.Any:
        """Render each text of a structure by itself, so that each problem has its path."""
        if isinstance(raw, c.Mapping):
            pairs = {key: self._render(raw[key], f"{path}.{key}") for key in raw}
            return {key: value for key, value in pairs.items() if value is not _OMITTED}
        if isinstance(raw, (list, tuple)):
            values = [self._render(inner, f"{path}[{number}]") for number, inner in enumerate(raw)]
            return [value for value in values if value is not _OMITTED]
        try:
            # A list drops an omitted element, while omit alone raises an exception.
            rendered = self._template([raw])
        except AnsibleError as error:
            self.problems.append(f"{path}: {reason_of(error)}")
            return None
        return rendered[0] if rendered else _OMITTED


def reason_of(error: BaseException) -> str:
    """Return why a template has no value, on one line and without Ansible's words around it."""
    return " ".join(str(error).split()).removeprefix("A captured exception marker was tripped: ")


def unknown_variables(declared: c.Iterable[str], known: c.Collection[str]) -> list[str]:
    """Return a problem for each variable with the prefix of a role, or of site.yml, that is not known."""
    problems = []
    for prefix, owner in [(f"{role}_", f"the role {role}") for role in _ROLES] + [
        ("rollout_", "the playbook genesys.cloud.site")
    ]:
        # The prefix makes all names alike, so only the rest of the names is compared.
        names = [name.removeprefix(prefix) for name in known if name.startswith(prefix)]
        for name in sorted(name for name in declared if name.startswith(prefix)):
            rest = name.removeprefix(prefix)
            if rest not in names:
                close = difflib.get_close_matches(rest, names, n=1)
                cure = f"did you mean {prefix}{close[0]}?" if close else "remove or rename it"
                problems.append(f"{name}: is no variable of {owner}; {cure}")
    return problems


def unknown_tags(
    option: str, tags: c.Iterable[str], known: c.Sequence[str], *, whole: bool
) -> t.Iterator[str]:
    """Yield a problem for each unknown tag. Without C(whole), only for one that resembles a known tag."""
    for tag in tags:
        if tag in _SPECIAL_TAGS or tag in known:
            continue
        close = difflib.get_close_matches(tag, known, n=1, cutoff=_SIMILARITY)
        if close:
            yield f"{option}: there is no tag {tag!r}; did you mean {close[0]}?"
        elif whole and known:
            yield f"{option}: there is no tag {tag!r}; the tags are {', '.join(known)}"
        elif whole:
            yield f"{option}: there is no tag {tag!r}; this playbook has no tags"


def wrong_values(values: Variables, specs: c.Mapping[str, Spec]) -> t.Iterator[str]:
    """Yield a problem for each value that is no choice or, where the role itself reads it, no mapping."""
    for name, value in values.items():
        spec = specs.get(name, {})  # secrets of an export have none
        choices = spec.get("choices")
        if choices and value is not None and value not in choices:
            given = repr(str(value)) if isinstance(value, (str, int, float)) else "a structure"
            yield f"{name}: must be one of {', '.join(choices)}, not {given}"
        if "default" in spec and spec["type"] == "dict" and not isinstance(value, c.Mapping):
            yield f"{name}: must be a mapping"
        # An empty path means the working directory. Paths without a default may be empty.
        if "default" in spec and spec["type"] == "path":
            yield from _folder_problems(name, value)


def _folder_problems(name: str, value: t.Any) -> t.Iterator[str]:
    if value is None or (isinstance(value, str) and not value.strip()):
        yield f"{name}: must be the path of a folder, and is {'null' if value is None else 'empty'}"
    elif isinstance(value, bool) or not isinstance(value, (str, int, float)):
        given = f"the boolean {str(value).lower()}" if isinstance(value, bool) else "a structure"
        yield f"{name}: must be the path of a folder, not {given}"


def kind_problems(values: Variables, kinds: c.Sequence[str]) -> t.Iterator[str]:
    """Yield a problem for each unknown kind in the lists of chosen kinds. The modules check their types."""
    for name in CHOSEN_KINDS:
        given = values.get(name)
        given = given.split(",") if isinstance(given, str) and given.strip() else given
        for number, kind in enumerate(given if isinstance(given, list) else ()):
            if str(kind).strip() not in kinds:
                close = difflib.get_close_matches(str(kind), kinds, n=1)
                cure = f"did you mean {close[0]}?" if close else f"the kinds are {', '.join(kinds)}"
                yield f"{name}[{number}]: there is no such kind; {cure}"


def kinds_of(specs: c.Iterable[str]) -> list[str]:
    """Return the kinds that have lists of entries among the variables of the roles."""
    names = set(specs)
    return [
        name.removeprefix("org_config_")
        for name in specs
        if {f"{name}_group", f"{name}_host"} <= names and name.startswith("org_config_")
    ]


def unmanaged_problems(value: t.Any, kinds: c.Sequence[str]) -> t.Iterator[str]:
    """Yield a problem for each unknown kind, mode or key of drift_check_unmanaged, with the cure."""
    if not isinstance(value, c.Mapping):
        yield from _mode_problems(UNMANAGED, value, " or a mapping from kinds to them")
        return
    for kind, rule in value.items():
        path = f"{UNMANAGED}.{kind}"
        if kind not in (*kinds, "default"):
            close = difflib.get_close_matches(str(kind), [*kinds, "default"], n=1)
            cure = f"did you mean {close[0]}?" if close else f"the kinds are {', '.join(kinds)}, and default"
            yield f"{path}: there is no such kind; {cure}"
        elif kind == "default" or not isinstance(rule, c.Mapping):
            yield from _mode_problems(path, rule)
        else:
            yield from _rule_problems(path, rule)


def _rule_problems(path: str, rule: Variables) -> t.Iterator[str]:
    for key, value in rule.items():
        if key == "mode":
            yield from _mode_problems(f"{path}.mode", value)
        elif key != "protect":
            yield f"{path}.{key}: is unknown; the keys are mode and protect"
        elif not isinstance(value, list) or not all(isinstance(glob, str) for glob in value):
            yield f"{path}.protect: must be a list of patterns such as manual-*"


def _mode_problems(path: str, mode: t.Any, others: str = "") -> t.Iterator[str]:
    if isinstance(mode, str) and mode in _MODES:
        return
    given = (
        repr(str(mode)) if isinstance(mode, (str, int, float)) else "null" if mode is None else "a structure"
    )
    close = difflib.get_close_matches(str(mode), _MODES, n=1)
    cure = f"; did you mean {close[0]}?" if close else ""
    yield f"{path}: must be one of {', '.join(_MODES)}{others}, not {given}{cure}"


def connection_problems(rendered: Rendered) -> t.Iterator[str]:
    """Yield a problem for each variable of the connection that is missing or contradicts another."""
    organization, base_url, region, client_id, client_secret, access_token = (
        rendered.has(f"org_config_{name}")
        for name in ("organization", "base_url", "region", "client_id", "client_secret", "access_token")
    )
    if not organization:
        yield "org_config_organization: is missing or empty; give the id or the name of the org"
    if not base_url and not region:
        yield "org_config_region: is missing or empty, and so is org_config_base_url; give one of them"
    if base_url and region:
        yield "org_config_region: is given, and so is org_config_base_url; remove one of them"
    if not client_id and not access_token:
        yield "org_config_client_id: is missing or empty; the role does not take it from GENESYS_CLIENT_ID"
    if not client_secret and not access_token:
        yield (
            "org_config_client_secret: is missing or empty; the role does not take it from"
            " GENESYS_CLIENT_SECRET"
        )
    if access_token and (client_id or client_secret):
        yield "org_config_access_token: is given beside an OAuth client; remove one of them"
