# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runner of `ansible-test sanity` on a copy of this checkout; it passes its arguments on (`--test pylint`).

Without arguments it runs all tests, but pylint not on the files below tests/, which takes minutes and has a
target of its own, `make pylint-tests`.

ansible-test requires the collection in a real folder ansible_collections/genesys/cloud, not behind a link.
It keeps one environment per test under HOME. It downloads a pip bootstrap script unless its cache has one,
and it passes none of the caller's environment variables to pip. This script works around both, so that only
a package index is needed.
"""

from __future__ import annotations

import ast
import configparser
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys

from ansible_test._internal.host_configs import VirtualPythonConfig
from ansible_test._internal.python_requirements import get_venv_packages

CHECKOUT = pathlib.Path(__file__).resolve().parents[1]
COPY = CHECKOUT / ".cache/sanity/ansible_collections/genesys/cloud"
HOME = CHECKOUT / ".cache/home"
PIP_CONFIGURATION = HOME / ".config/pip/pip.conf"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

ALL_TESTS = (["--skip-test", "pylint"], ["--test", "pylint", "--exclude", "tests/"])

#: The pip that comes with Python can install the pinned requirements of a test.
PIP_BOOTSTRAP = "import ensurepip\n\nensurepip.bootstrap()\n"


def copy_checkout() -> None:
    """Copy all files that git would commit after `git add --all` to COPY."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    shutil.rmtree(COPY, ignore_errors=True)
    for name in filter(None, listed.split("\0")):
        source, target = CHECKOUT / name, COPY / name
        if source.is_symlink() or source.exists():  # a tracked file may be deleted and not yet committed
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    # Without its own repository, ansible-test would use this checkout's, which ignores the copy.
    subprocess.run(["git", "init", "--quiet", COPY], check=True)


def write_pip_bootstrap() -> None:
    """Put a local script at the cache path of the bootstrap script that ansible-test would download."""
    version = get_venv_packages(VirtualPythonConfig(version=PYTHON, path=sys.executable))["pip"]
    script = HOME / f".ansible/test/cache/get_pip_{version.replace('.', '_')}.py"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(PIP_BOOTSTRAP, encoding="utf-8")


def write_pip_configuration() -> None:
    """Write pip's effective settings, environment variables included, to the configuration file in HOME."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    parser = configparser.ConfigParser(interpolation=None)
    parser.add_section("global")
    for variable, option in (
        ("REQUESTS_CA_BUNDLE", "cert"),
        ("HTTPS_PROXY", "proxy"),
        ("https_proxy", "proxy"),
    ):
        if os.environ.get(variable):
            parser.set("global", option, os.environ[variable])
    # Lines such as  global.cert='/etc/ca.pem'  and  :env:.find-links='wheels'; :env: lines come last and win.
    for line in listed.splitlines():
        name, value = line.split("=", 1)
        section, option = name.rsplit(".", 1)
        section = "global" if section == ":env:" else section
        if not parser.has_section(section):
            parser.add_section(section)
        parser.set(section, option, ast.literal_eval(value).replace("\n", "\n    "))

    PIP_CONFIGURATION.parent.mkdir(parents=True, exist_ok=True)
    PIP_CONFIGURATION.touch(mode=0o600)  # an index URL may contain a password
    with PIP_CONFIGURATION.open("w", encoding="utf-8") as stream:
        parser.write(stream)


def main() -> int:
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "sanity.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second run in this checkout would replace the copy
        calls = [sys.argv[1:]] if sys.argv[1:] else ALL_TESTS
        return max(run_sanity(arguments) for arguments in calls)


def run_sanity(arguments: list[str]) -> int:
    """Return the exit code of `ansible-test sanity`."""
    copy_checkout()
    write_pip_bootstrap()
    write_pip_configuration()
    ansible_test = pathlib.Path(sys.executable).with_name("ansible-test")
    try:
        return subprocess.run(
            [ansible_test, "sanity", "--python", PYTHON, *arguments],
            cwd=COPY,
            env={**os.environ, "HOME": str(HOME)},
            check=False,
        ).returncode
    finally:
        PIP_CONFIGURATION.unlink()


if __name__ == "__main__":
    sys.exit(main())
