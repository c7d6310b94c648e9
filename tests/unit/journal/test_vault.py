# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the vault format: salts, texts and malformed input.

tests/integration/test_journal_vault.py checks it against `ansible-vault`.
"""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._journal.vault import VaultError, decrypt, encrypt


@pytest.mark.parametrize("text", ["", "x", "a" * 15, "a" * 16, "Größe 💶", "{}\n" * 3000, "\ud800 alone"])
def test_any_text_comes_back(text):
    sealed = encrypt(text, "pässword")
    header, *body = sealed.splitlines()
    assert header == "$ANSIBLE_VAULT;1.2;AES256;genesys_journal"
    assert all(len(line) == 80 for line in body[:-1]) and 0 < len(body[-1]) <= 80
    assert decrypt(sealed, "pässword") == text


def test_every_text_has_a_salt_of_its_own():
    assert encrypt("same", "pw") != encrypt("same", "pw")


def test_a_password_is_stripped_as_ansible_vault_does():
    assert decrypt(encrypt("text", " pw\n"), "pw") == "text"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text of ansible-vault"),
        ("$ANSIBLE_VAULT;1.3;AES256;x\n00", "no text of ansible-vault"),
        ("$ANSIBLE_VAULT;1.2;AES;x\n00", "no text of ansible-vault"),
        ("$ANSIBLE_VAULT;1.2;AES256;x\nxyz", "damaged"),
        ("$ANSIBLE_VAULT;1.2;AES256;x\n0011", "damaged"),
        (encrypt("text", "other"), "the password is wrong"),
        (encrypt("text", "pw")[:-5], "damaged|wrong"),
    ],
)
def test_what_cannot_be_read_says_why(text, reason):
    with pytest.raises(VaultError, match=reason):
        decrypt(text, "pw")
