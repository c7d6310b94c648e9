# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files with the variables of an org: their texts, and their replacement on the disk (X.1)."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys
import typing as t

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._inventory.file_replacement import (
    FilesNotWritten,
    check_files,
    plan_files,
    write_files,
)
from ansible_collections.genesys.cloud.plugins.module_utils._inventory.secret_variables import Secret
from ansible_collections.genesys.cloud.plugins.module_utils._inventory.variable_files import (
    file_names,
    variable_texts,
)

SECRET = Secret("integration_credential", "CRM's\nlogin", "password")
VARIABLE = "vault_integration_credential_crm_s_login_password"
KINDS = {
    "integration_credentials": [{"name": SECRET.name, "fields": {"user": "u", "password": SECRET}}],
    "webhooks": [],
}
NAMES = file_names(KINDS)


def problems(folder: pathlib.Path, *, overwrite: bool = False) -> list[str]:
    findings = Findings()
    check_files(folder, NAMES, findings, overwrite=overwrite)
    return [problem.message for problem in findings.problems]


def write(folder: pathlib.Path, kinds: dict[str, t.Any], **more: t.Any) -> dict[str, str]:
    """Write the files. Return the action of each file by its name."""
    changes = plan_files(folder, variable_texts(kinds, **more), NAMES)
    write_files(changes)
    return {change.path.name: change.action for change in changes}


def contents(folder: pathlib.Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_file_for_each_kind_and_one_for_the_secrets() -> None:
    texts = variable_texts(KINDS)
    assert [yaml.safe_load(text) for text in texts.values()] == [
        {
            "org_config_integration_credentials": [
                {"name": SECRET.name, "fields": {"user": "u", "password": f"{{{{ {VARIABLE} }}}}"}}
            ]
        },
        {"org_config_webhooks": []},
        {
            VARIABLE: f"{{{{ undef(hint='the secret {VARIABLE} has no value yet, define it in a file such as "
            "vault.yml') }}"
        },
    ]
    assert list(texts) == [
        "org_config_integration_credentials.yml",
        "org_config_webhooks.yml",
        "org_config_secrets.yml",
    ]
    assert '# password of the integration credential "CRM\'s\\nlogin"\n' in texts["org_config_secrets.yml"]


def test_one_file_for_all_kinds() -> None:
    texts = variable_texts(KINDS, one_file=True)
    assert list(texts) == ["org_config.yml", "org_config_secrets.yml"]
    assert list(yaml.safe_load(texts["org_config.yml"])) == [
        "org_config_integration_credentials",
        "org_config_webhooks",
    ]


def test_values_that_no_file_can_hold_are_an_error_that_names_all_of_them() -> None:
    with pytest.raises(InputError) as caught:
        variable_texts({"webhooks": [{"name": "\ud83d"}], "flow_settings": [{"name": "\ud83d"}]})
    assert [problem.path for problem in caught.value.findings.problems] == [
        "org_config_webhooks.yml",
        "org_config_flow_settings.yml",
    ]


def test_files_are_written_once_and_are_private(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "host_vars" / "acme"
    assert problems(folder) == []
    assert set(write(folder, KINDS).values()) == {"create"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    assert set(write(folder, KINDS).values()) == {"none"}
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == before


def test_the_mode_of_a_file_stays(tmp_path: pathlib.Path) -> None:
    write(tmp_path, KINDS)
    (tmp_path / "org_config_webhooks.yml").chmod(0o644)
    assert write(tmp_path, {**KINDS, "webhooks": [{"name": "Feed"}]}) == {
        "org_config_integration_credentials.yml": "none",
        "org_config_webhooks.yml": "update",
        "org_config_secrets.yml": "none",
    }
    assert (tmp_path / "org_config_webhooks.yml").stat().st_mode & 0o777 == 0o644


def test_files_of_the_other_layout_and_of_no_secrets_are_removed(tmp_path: pathlib.Path) -> None:
    write(tmp_path, KINDS)
    (tmp_path / "vault.yml").write_text("mine")
    kinds = {"integration_credentials": [], "webhooks": []}
    assert write(tmp_path, kinds, one_file=True) == {
        "org_config.yml": "create",
        "org_config_integration_credentials.yml": "delete",
        "org_config_webhooks.yml": "delete",
        "org_config_secrets.yml": "delete",
    }
    assert sorted(contents(tmp_path)) == ["org_config.yml", "vault.yml"]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda text: text + b"# a comment\n", "was edited since it was written"),
        (lambda text: text.replace(b"\n", b"\r\n"), "was not written by an export"),
        (lambda text: b"org_config_webhooks: []\n", "was not written by an export"),
        (lambda text: b"\xff", "was not written by an export"),
        (lambda text: b"", "was not written by an export"),
    ],
)
def test_an_edited_file_is_kept(
    edit: t.Callable[[bytes], bytes], reason: str, tmp_path: pathlib.Path
) -> None:
    write(tmp_path, KINDS)
    file = tmp_path / "org_config_webhooks.yml"
    file.write_bytes(edit(file.read_bytes()))
    assert problems(tmp_path) == [
        f"{str(file)!r} {reason}. Move it, choose another folder, or set overwrite: true to replace it"
    ]
    assert problems(tmp_path, overwrite=True) == []
    assert write(tmp_path, KINDS)[file.name] == "update"


def test_folders_and_files_of_others_are_refused(tmp_path: pathlib.Path) -> None:
    assert problems(pathlib.Path("relative")) == ["must be an absolute path, not 'relative'"]
    file = tmp_path / "file"
    file.touch()
    assert problems(file / "below") == [f"{str(file)!r}: Not a directory"]
    assert problems(file) == [f"{str(file)!r}: Not a directory"]
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "missing")
    assert problems(dangling) == [f"{str(dangling)!r}: Not a directory"]
    open_folder = tmp_path / "open"
    open_folder.mkdir()
    open_folder.chmod(0o777)
    assert "every user can replace files in its folder" in problems(open_folder)[0]
    folder = tmp_path / "folder"
    write(folder, KINDS)
    (folder / "org_config_webhooks.yml").unlink()
    (folder / "org_config_webhooks.yml").symlink_to(file)
    (folder / "org_config_secrets.yml").chmod(0o666)
    (folder / "org_config.yml").mkdir()
    assert [problem.partition("yml': ")[2][:25] for problem in problems(folder)] == [
        "it is a symbolic link, wh",
        "it is no regular file",
        "its mode is 0666, others ",
    ]
    with pytest.raises(FilesNotWritten, match=r"symbolic link.*No file was changed"):
        write(folder, KINDS)


def test_a_full_disk_changes_nothing(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, KINDS)
    before = contents(tmp_path)
    real, calls = os.fsync, iter([None, OSError(28, "No space left on device")])

    def fsync(file: int) -> None:
        error = next(calls, None)
        if error is not None:
            raise error
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(FilesNotWritten, match=r"No space left on device\. No file was changed"):
        write(tmp_path, {name: [{"name": "new"}] for name in KINDS})
    assert contents(tmp_path) == before


#: Writes the files and kills its process at the N-th call of a function that changes the folder.
KILLED = """
import os, pathlib, signal, sys
from unit.inventory.test_variable_files import KINDS, write
calls = 0
def dying(real):
    def call(*args, **kwargs):
        global calls
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call
os.fsync, os.fchmod = dying(os.fsync), dying(os.fchmod)
pathlib.Path.replace, pathlib.Path.unlink = dying(pathlib.Path.replace), dying(pathlib.Path.unlink)
write(pathlib.Path(sys.argv[1]), {name: [{"name": "new"}] for name in KINDS})
"""


def test_a_killed_run_leaves_whole_files(tmp_path: pathlib.Path) -> None:
    write(tmp_path / "new", {name: [{"name": "new"}] for name in KINDS})
    new = contents(tmp_path / "new")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    seen = []
    for point in range(1, 20):
        folder = tmp_path / str(point)
        write(folder, KINDS)
        old = contents(folder)
        run = subprocess.run([sys.executable, "-c", KILLED, folder, str(point)], env=environment, check=False)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
        left = {name: text for name, text in contents(folder).items() if not name.startswith(".")}
        assert all(text in (old.get(name), new.get(name)) for name, text in left.items())
        seen.append(sum(left.get(name) == new.get(name) for name in {**old, **new}))
        write(folder, {name: [{"name": "new"}] for name in KINDS})  # the next run repairs the folder
        assert {name: text for name, text in contents(folder).items() if name[0] != "."} == new
    assert seen == [0, 0, 0, 0, 0, 1, 2, 3]  # two files prepared, then replaced one by one


def test_a_folder_that_cannot_be_made_is_named(tmp_path: pathlib.Path) -> None:
    changes = plan_files(tmp_path / "acme", variable_texts(KINDS), NAMES)
    (tmp_path / "acme").touch()
    expected = f"The files cannot be written to '{tmp_path}/acme': Not a directory. No file was changed."
    with pytest.raises(FilesNotWritten) as raised:
        write_files(changes)
    assert str(raised.value) == expected


def test_two_exports_at_once_remove_the_same_file(tmp_path: pathlib.Path) -> None:
    write(tmp_path, KINDS, one_file=True)
    first, second = (plan_files(tmp_path, variable_texts(KINDS), NAMES) for _export in range(2))
    write_files(first)
    write_files(second)
    assert "org_config.yml" not in contents(tmp_path)
    assert len(contents(tmp_path)) == len(KINDS) + 1
