# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the journal's secrets against `ansible-vault`: each side decrypts what the other encrypted."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._journal.vault import decrypt, encrypt
from integration.playbook import clean_environment

PASSWORD = "correct horse battery staple"
TEXTS = ["x", "a" * 16, "Größe 💶\n" * 500]


@pytest.fixture
def vault(tmp_path: pathlib.Path):
    password = tmp_path / "password"
    password.write_text(f"{PASSWORD}\n", "utf-8")

    def run(action: str, text: str, *arguments: str) -> str:
        source = tmp_path / "text"
        source.write_bytes(text.encode())
        command = [sys.executable, "-m", "ansible", "vault", action, *arguments, "--output", "-", str(source)]
        if not arguments:
            command += ["--vault-password-file", str(password)]
        environment = {**clean_environment(), "ANSIBLE_HOME": str(tmp_path / "home")}
        done = subprocess.run(
            command, env=environment, capture_output=True, cwd=tmp_path, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    run.password = password  # type: ignore[attr-defined]
    return run


@pytest.mark.parametrize("text", TEXTS)
def test_ansible_vault_decrypts_what_encrypt_returns(vault, text):
    assert vault("decrypt", encrypt(text, PASSWORD)) == text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("label", [None, "prod"])
def test_we_read_what_ansible_vault_encrypts(vault, text, label):
    identity = (
        [] if label is None else ["--vault-id", f"{label}@{vault.password}", "--encrypt-vault-id", label]
    )
    sealed = vault("encrypt", text, *identity)
    assert sealed.startswith("$ANSIBLE_VAULT;1.2;AES256;prod" if label else "$ANSIBLE_VAULT;1.1;AES256\n")
    assert decrypt(sealed, PASSWORD) == text


def test_the_secrets_of_a_journal(playbook, org, vault, tmp_path):
    journal = tmp_path / "journals" / "org.jsonl"
    headers = {"Authorization": "Bearer s3cr3t-token-of-crm"}
    module = {
        **org.connection,
        "name": "A",
        "rest": {"url": "https://crm.example.com", "method": "GET", "headers": headers},
        "journal": str(journal),
        "journal_password": PASSWORD,
    }
    run = playbook([{"genesys.cloud.genesys_data_action": module}], verbosity=4)
    assert run.returncode == 0, run.output
    assert PASSWORD not in run.output and "s3cr3t-token-of-crm" not in run.output
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    (intent,) = [line for line in lines if "action" in line]
    assert json.loads(vault("decrypt", intent["sealed"]))["after"]["restConfig"]["headers"] == headers
