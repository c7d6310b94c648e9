# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML text of variables: what Ansible loads and templates is the value, and people can read it (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._inventory.yaml_text import yaml_text
from unit.inventory.odd_texts import ODD_TEXTS, texts

numbers = st.integers() | st.floats(allow_nan=False)
values = st.recursive(
    texts | st.none() | st.booleans() | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


class _Loader(yaml.SafeLoader):
    """PyYAML's loader with the tag of Ansible that is not evaluated here."""


class _CLoader(yaml.CSafeLoader):
    """The same with libyaml, which reads some texts in another way."""


for _loader in (_Loader, _CLoader):
    _loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def loaded(text: str) -> list[t.Any]:
    """Return the value of a YAML text as both loaders read it."""
    return [loader(text.encode()).get_single_data() for loader in (_Loader, _CLoader)]


def templated(text: str, folder: pathlib.Path) -> t.Any:
    """Return the value as Ansible gives it to a module: loaded as trusted variables, then templated."""
    file = folder / "vars.yml"
    file.write_bytes(text.encode())
    loader = DataLoader()
    try:
        variables = loader.load_from_file(str(file), cache="none", trusted_as_template=True)
    except TypeError:  # ansible-core before 2.19 trusts all files
        variables = loader.load_from_file(str(file), cache="none")
    return Templar(loader=loader, variables={"value": variables}).template(variables)


def exact(value: t.Any) -> t.Any:
    """Return a value that differs from all of other types: 1 from true and from 1.0."""
    if isinstance(value, dict):
        return {str(key): exact(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [exact(entry) for entry in value]
    # Ansible's values are of subclasses.
    base = next((one for one in (str, bool, int, float) if isinstance(value, one)), type(None))
    return (base.__name__, value if value is None else base(value))


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.dictionaries(texts, values, max_size=4))
def test_a_value_comes_back_as_it_was(value: dict[str, t.Any]) -> None:
    text = yaml_text(value)
    for one in loaded(text):
        assert exact(one or {}) == exact(value), text
        assert repr(one or {}) == repr(value)  # in the same order


@pytest.mark.parametrize("form", ["{}", "a{}", "{}b", "first\n{}\nlast", "{}\n", "\n{}", "one\n  {}\n two\n"])
def test_ansible_templates_nothing(form: str, tmp_path: pathlib.Path) -> None:
    value = {
        "texts": [form.format(text) for text in ODD_TEXTS],
        "keys": {form.format(text): 1 for text in ODD_TEXTS},
    }
    assert exact(templated(yaml_text(value), tmp_path)) == exact(value)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(value=st.dictionaries(texts, values, max_size=3))
def test_ansible_gets_the_value(value: dict[str, t.Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    if value:
        assert exact(templated(yaml_text(value), tmp_path_factory.mktemp("vars"))) == exact(value)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(value=st.dictionaries(texts, values, max_size=3))
def test_a_line_has_no_invisible_character_and_no_blank_at_its_end(value: dict[str, t.Any]) -> None:
    """An editor or a hook of git that removes such characters would change the value."""
    text = yaml_text(value)
    assert text == "" or text.endswith("\n")
    assert not text.endswith("\n\n")
    for line in text.split("\n"):
        assert line == line.rstrip()
        assert line.replace("\t", "").isprintable() or "\u3000" in line or "\u00a0" in line


def test_a_template_is_a_block() -> None:
    velocity = '{\n  "id": "${input.id}"\n#if($x)\n\n  , "y": $esc.jsonString($x)\n#end\n}'
    assert yaml_text(
        {"entries": [{"name": "on", "request": {"body": velocity, "jinja": "{{ a }}\n{{ b }}\n"}}]}
    ) == (
        "entries:\n"
        '  - name: "on"\n'
        "    request:\n"
        "      body: |-\n"
        "        {\n"
        '          "id": "${input.id}"\n'
        "        #if($x)\n"
        "\n"
        '          , "y": $esc.jsonString($x)\n'
        "        #end\n"
        "        }\n"
        "      jinja: !unsafe |\n"
        "        {{ a }}\n"
        "        {{ b }}\n"
    )


def test_line_ends_that_a_block_would_lose_are_escaped_line_by_line() -> None:
    assert yaml_text({"body": "one\r\n  two  \n\tthree\ufeff"}) == (
        'body: "one\\r\\n\\\n  \\  two  \\n\\\n  \\tthree\\uFEFF"\n'
    )


def test_simple_texts_have_no_quotes() -> None:
    urls = [
        "https://crm.example.com/v1/${input.id}?a=b&c=%20",
        "Order status (EU)",
        "a:b",
        "application/json",
    ]
    assert yaml_text({"urls": urls}) == "urls:\n" + "".join(f"  - {url}\n" for url in urls)
    assert yaml_text(
        {"a": 'say "hi"', "b": 'C:\\x "it\'s"', "c": [], "d": {}, "e": [[1, [2]], [{"f": None}]]}
    ) == ("a: 'say \"hi\"'\nb: 'C:\\x \"it''s\"'\nc: []\nd: {}\ne:\n  - - 1\n    - - 2\n  - - f: null\n")


def test_long_keys_are_keys() -> None:
    value = {"k" * 2000: {"x\n" * 800: ["a\nb"]}}
    for one in loaded(yaml_text(value)):
        assert one == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [{"b": "\ud83d"}]}, "a[0].b has half of a surrogate pair"),
        ({"a": {"\udc00": 1}}, "a.\udc00 has half of a surrogate pair"),
        ({"a": {1: "b"}}, "a has a key that is no text: 1"),
        ({"a": [b"b"]}, "a[0] is of the type bytes"),
    ],
)
def test_other_values_are_refused(value: dict[str, t.Any], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("[", r"\[")):
        yaml_text(value)
