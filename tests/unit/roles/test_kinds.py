# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every resource kind of the registry is in every file that lists kinds.

CONTRIBUTING.md, "To add a resource kind", names the same files. A failure names the files that lack a kind.
"""

from __future__ import annotations

import re
import typing as t

import pytest

# The only imports of the collection's private modules here: they change when a module moves.
from ansible_collections.genesys.cloud.plugins.module_utils._api import platform, reference
from ansible_collections.genesys.cloud.plugins.module_utils._model.endpoint import Endpoint
from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import Resource, ResourceKind
from ansible_collections.genesys.cloud.plugins.module_utils._org import task as arguments
from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry
from integration.test_lanes_agree import TASKS
from simulator import app
from simulator.platform import api as platform_api
from simulator.reference import api, event_types
from simulator.reference import scopes as simulator_scopes
from unit.roles.checkout import ROOT, content, documentation, in_checkout, text

ROLE = "roles/org_config"
ROLE_README, ROLE_VARS, ROLE_TASKS = f"{ROLE}/README.md", f"{ROLE}/vars/main.yml", f"{ROLE}/tasks/main.yml"
ROLE_DEFAULTS, ROLE_SPECS = f"{ROLE}/defaults/main.yml", f"{ROLE}/meta/argument_specs.yml"
RESOURCES = "plugins/module_utils/_resources"
ORG_MODULE = "plugins/modules/genesys_org_config.py"
LEVELS = ("", "_group", "_host")

Lacking = t.Callable[[ResourceKind], list[str]]


def resource_of(kind: ResourceKind) -> Resource:
    """Return the kind in the reference API, else in the API that has it."""
    return kind.profiles.get(reference.REFERENCE.name) or next(iter(kind.profiles.values()))


def endpoint_of(kind: ResourceKind) -> Endpoint:
    return resource_of(kind).endpoint


def is_of_reference(kind: ResourceKind) -> bool:
    return reference.REFERENCE.name in kind.profiles


def path_of(kind: ResourceKind) -> str:
    return endpoint_of(kind).path


def module_of(kind: ResourceKind) -> str:
    return f"genesys_{kind.name}"


def info_module_of(kind: ResourceKind) -> str:
    """Return the name of the kind's info module, which may cover more than the kind: genesys_flow_info."""
    names = [path.stem for path in (ROOT / "plugins/modules").glob("genesys_*_info.py")]
    found = [name for name in names if module_of(kind).startswith(name.removesuffix("_info"))]
    return max(found, key=len) if found else f"{module_of(kind)}_info"


def variable_of(kind: ResourceKind) -> str:
    return f"org_config_{kind.list_option}"


def variables_of(kind: ResourceKind) -> list[str]:
    return [f"{variable_of(kind)}{level}" for level in LEVELS]


def identities_of(kind: ResourceKind) -> list[str]:
    """Return the identities as the role has them: options that name an object together have a plus.

    There are none for a kind of which an org has one object.
    """
    if kind.only_id is not None:
        return []
    narrowed_by = dict.fromkeys(one for resource in kind.profiles.values() for one in resource.narrowed_by)
    together = "+".join((*kind.identity, *narrowed_by)) if kind.identity else None
    return [*([together] if together else []), kind.id_option, *kind.named_ids]


def role_entry(kind: ResourceKind) -> dict[str, t.Any]:
    """Return the kind's entry of the role's list as the registry has the kind."""
    return {"name": kind.list_option, "identities": identities_of(kind), "prunable": kind.prunable}


def without(wanted: t.Iterable[str], there: t.Container[str], what: str) -> list[str]:
    """Return the wanted names that are not there, each with what it is."""
    return [f"{what} {name!r}" for name in wanted if name not in there]


def in_role_vars(kind: ResourceKind) -> list[str]:
    entry = role_entry(kind)
    return [] if entry in content(ROLE_VARS)["__org_config_kinds"] else [f"in __org_config_kinds {entry}"]


def in_role_tasks(kind: ResourceKind) -> list[str]:
    (tags,) = content(ROLE_TASKS)[1]["tags"]
    return without([kind.list_option], re.findall(r"'(\w+)'", tags), "the tag")


def in_role_specs(kind: ResourceKind) -> list[str]:
    options = content(ROLE_SPECS)["argument_specs"]["main"]["options"]
    described = re.sub(r"\s+", " ", str(options.get(f"org_config_{kind.list_option}")))
    lacking = without(variables_of(kind), options, "the option")
    lacking += without([f"M(genesys.cloud.{module_of(kind)})"], described, "in the description")
    lacking += without([f"C({name})" for name in kind.identity_options], described, "in the description")
    return lacking + without(
        [kind.list_option] * kind.prunable, options["org_config_prune"]["options"], "in org_config_prune"
    )


def in_role_defaults(kind: ResourceKind) -> list[str]:
    return without(variables_of(kind), content(ROLE_DEFAULTS), "the default of")


def in_role_readme(kind: ResourceKind) -> list[str]:
    identities = " or ".join(f"`{option}`".replace("+", "` and `") for option in identities_of(kind))
    known_by = identities or "nothing: an org has one"
    row = f"| `org_config_{kind.list_option}` | `{module_of(kind)}` | {known_by} |"
    return without([row], text(ROLE_README).splitlines(), "the row")


def in_readme(kind: ResourceKind) -> list[str]:
    return without([f"| `{module_of(kind)}` |"], text("README.md"), "the row")


def in_org_module(kind: ResourceKind) -> list[str]:
    documented = documentation("genesys_org_config")
    config = documented["options"]["config"]["suboptions"]
    pruned = documented["options"]["prune"]["suboptions"]
    lacking = without([f"M(genesys.cloud.{module_of(kind)})"], str(config.get(kind.list_option)), "in config")
    lacking += without([kind.list_option] * kind.prunable, pruned, "in prune")
    others = [entry["module"] for entry in documented["seealso"]]
    return lacking + without([f"genesys.cloud.{module_of(kind)}"], others, "in seealso")


def in_org_options(kind: ResourceKind) -> list[str]:
    lacking = without([kind.list_option], arguments.org_options()["config"]["options"], "in config")
    return lacking + without(
        [kind.list_option] * kind.prunable, arguments.org_options()["prune"]["options"], "in prune"
    )


def in_permissions(kind: ResourceKind) -> list[str]:
    """Each path of a kind of the platform API has its permissions."""
    resource = kind.profiles.get(platform.PLATFORM.name)
    if resource is None:
        return []
    known = {operation.path for operation in platform.PLATFORM.operations}
    endpoint = resource.endpoint
    paths = (endpoint.path, endpoint.list_path or endpoint.path, *resource.other_paths, *resource.write_paths)
    return without(paths, known, "the path")


def in_scopes(kind: ResourceKind) -> list[str]:
    lacking = []
    if not is_of_reference(kind):
        return []
    for method in ("GET", endpoint_of(kind).verb):
        needed = reference.REFERENCE.needed_scopes(method, f"{path_of(kind)}/id")
        lacking += without(needed, reference.REFERENCE.default_scopes, "in the default scopes")
        lacking += [] if needed else [f"the scopes of {method} {path_of(kind)}"]
    return lacking


def in_events(kind: ResourceKind) -> list[str]:
    subject = resource_of(kind).event if is_of_reference(kind) else ""
    return without([subject] if subject else [], reference.EVENT_SUBJECTS, "the subject")


def in_runtime(kind: ResourceKind) -> list[str]:
    groups = content("meta/runtime.yml")["action_groups"]
    lacking = without([module_of(kind), info_module_of(kind)], groups["genesys"], "in the group genesys")
    return lacking + without([module_of(kind)], groups["resources"], "in the group resources")


def in_lane_test(kind: ResourceKind) -> list[str]:
    called = {
        status: {f"genesys_{name}" for name, _given, _keywords in tasks.values()}
        for status, tasks in TASKS.items()
    }
    lacking = without([module_of(kind)], called["changed"], "a task that changes with")
    return lacking + without([info_module_of(kind)], called["ok"], "a task that reads with")


def in_integration_tests(kind: ResourceKind) -> list[str]:
    tests = [
        path for path in (ROOT / "tests/integration").glob("test_*.py") if "lanes_agree" not in path.name
    ]
    used = re.findall(r"\bgenesys_\w+", "".join(path.read_text("utf-8") for path in tests))
    return without([module_of(kind)], used, "a test of")


def in_simulator(kind: ResourceKind) -> list[str]:
    routed = {
        path
        for served in (api.REFERENCE, platform_api.PLATFORM)
        for route in served.routes(app.new_world())
        if isinstance(path := getattr(route, "path", None), str)
    }
    item = (endpoint_of(kind).item_path or f"{path_of(kind)}/{{}}".format)("{}")
    lacking = without([item], {re.sub(r"{\w+}", "{}", path) for path in routed}, "the route")
    served = api.REFERENCE if is_of_reference(kind) else platform_api.PLATFORM
    own = path_of(kind) if item == f"{path_of(kind)}/{{}}" else item.replace("{}", "{id}")
    return lacking + without([own], [one.path for one in served.kinds], "the kind with the path")


def in_simulator_events(kind: ResourceKind) -> list[str]:
    subject = resource_of(kind).event if is_of_reference(kind) else ""
    return without([subject] if subject else [], event_types.SUBJECTS, "the subject")


def in_openapi(kind: ResourceKind) -> list[str]:
    if not is_of_reference(kind):
        return []
    return without([f"{path_of(kind)}/{{id}}"], content(OPENAPI)["paths"], "the path")


def in_simulator_scopes(kind: ResourceKind) -> list[str]:
    if not is_of_reference(kind):
        return []
    wanted = reference.REFERENCE.needed_scopes("GET", path_of(kind)) + reference.REFERENCE.needed_scopes(
        endpoint_of(kind).verb, path_of(kind)
    )
    return without(wanted, simulator_scopes.SCOPES, "the scope")


def in_kind_file(kind: ResourceKind) -> list[str]:
    """A small kind is one file. A larger one is a folder."""
    one, folder = f"{RESOURCES}/{kind.name}.py", f"{RESOURCES}/{kind.name}/kind.py"
    return [] if text(one) or text(folder) else [f"the file {one} or {folder}"]


def in_api_files(kind: ResourceKind) -> list[str]:
    """A kind that is a folder has a file for each API."""
    if text(f"{RESOURCES}/{kind.name}.py"):
        return []
    files = [f"{RESOURCES}/{kind.name}/{profile}.py" for profile in kind.profiles]
    return [f"the file {file}" for file in files if not text(file)]


def in_own_file(path: str) -> Lacking:
    """Return a check that a kind has the file. KIND and INFO stand for names without C(genesys_)."""

    def check(kind: ResourceKind) -> list[str]:
        info = info_module_of(kind).removeprefix("genesys_")
        own = path.replace("KIND", kind.name).replace("INFO", info)
        return [] if text(own) else [f"the file {own}"]

    return check


#: The document of the reference API. That of the platform is compared with the server alone.
OPENAPI = "tests/simulator/reference/openapi.yaml"

#: A file as CONTRIBUTING.md names it, and the check that returns what of a kind is not in it.
PLACES: list[tuple[str, Lacking]] = [
    (f"{RESOURCES}/KIND.py", in_kind_file),
    (f"{RESOURCES}/KIND/kind.py", in_kind_file),
    (f"{RESOURCES}/KIND/reference.py", in_api_files),
    ("plugins/modules/genesys_KIND.py", in_own_file("plugins/modules/genesys_KIND.py")),
    ("plugins/modules/genesys_KIND_info.py", in_own_file("plugins/modules/genesys_INFO.py")),
    ("plugins/action/genesys_KIND.py", in_own_file("plugins/action/genesys_KIND.py")),
    ("plugins/action/genesys_KIND_info.py", in_own_file("plugins/action/genesys_INFO.py")),
    ("meta/runtime.yml", in_runtime),
    (in_checkout(reference), in_scopes),
    (f"{in_checkout(platform).removesuffix('.py')}_permissions.py", in_permissions),
    (in_checkout(reference), in_events),
    (in_checkout(registry), in_org_options),
    (ORG_MODULE, in_org_module),
    (ROLE_VARS, in_role_vars),
    (ROLE_TASKS, in_role_tasks),
    (ROLE_DEFAULTS, in_role_defaults),
    (ROLE_SPECS, in_role_specs),
    (ROLE_README, in_role_readme),
    ("README.md", in_readme),
    (in_checkout(api), in_simulator),
    (in_checkout(simulator_scopes), in_simulator_scopes),
    (in_checkout(event_types), in_simulator_events),
    (OPENAPI, in_openapi),
    ("tests/integration/test_lanes_agree.py", in_lane_test),
    ("tests/integration", in_integration_tests),
]


@pytest.mark.parametrize(
    ("place", "check"), PLACES, ids=[f"{check.__name__}-{place}" for place, check in PLACES]
)
def test_every_kind_is_in_every_file_that_lists_kinds(place: str, check: Lacking) -> None:
    lacking = [
        f"{place} lacks of the kind {kind.list_option}: {'; '.join(missing)}"
        for kind in registry.KINDS
        if (missing := check(kind))
    ]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("place", sorted({place for place, _check in PLACES}))
def test_contributing_names_every_file_that_lists_kinds(place: str) -> None:
    _before, _heading, section = text("CONTRIBUTING.md").partition("## To add a resource kind\n")
    assert f"`{place}`" in section.partition("\n## ")[0], f"CONTRIBUTING.md does not name {place}"


def test_the_role_has_the_kinds_of_the_registry_in_their_order() -> None:
    entries = [role_entry(kind) for kind in registry.KINDS]
    assert content(ROLE_VARS)["__org_config_kinds"] == entries, f"{ROLE_VARS}: __org_config_kinds"
    defaults = [
        name for name in content(ROLE_DEFAULTS) if name.startswith(tuple(map(variable_of, registry.KINDS)))
    ]
    assert defaults == [name for kind in registry.KINDS for name in variables_of(kind)], ROLE_DEFAULTS


def test_the_role_has_no_kind_that_the_registry_lacks() -> None:
    """A kind that was removed from the registry must not stay an option of the role."""
    kinds = {kind.list_option for kind in registry.KINDS}
    specs = content(ROLE_SPECS)["argument_specs"]["main"]["options"]
    listed = {name.removesuffix("_host") for name in specs if name.endswith("_host")}
    assert listed == {variable_of(kind) for kind in registry.KINDS}, ROLE_SPECS
    assert set(re.findall(r"'(\w+)'", content(ROLE_TASKS)[1]["tags"][0])) - {"never"} == kinds, ROLE_TASKS
    assert set(documentation("genesys_org_config")["options"]["config"]["suboptions"]) == kinds, ORG_MODULE
    assert set(re.findall(r"^\| `org_config_(\w+)` \| `genesys_", text(ROLE_README), re.M)) == kinds, (
        ROLE_README
    )
