# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Encryption in the format of ansible-vault. C(ansible-vault decrypt) reads these texts, and vice versa.

Private to the collection. Format 1.2 is written, 1.1 (without a label) is read too. The texts have AES-256
in counter mode and HMAC-SHA256 over the ciphertext. PBKDF2-HMAC-SHA256 makes the keys from the password and a
salt for each text. Modules cannot import C(ansible.parsing.vault).
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import os

from .._deps import load_ciphers

LABEL = "genesys_journal"

_NAME = "$ANSIBLE_VAULT"
_CIPHER = "AES256"
_WIDTH = 80
_SALT = _KEY = 32
_BLOCK = 16
_ITERATIONS = 10_000


class VaultError(Exception):
    """A damaged or foreign vault text, or a wrong password."""


def encrypt(text: str, password: str, label: str = LABEL) -> str:
    """Return the vault text, in lines of 80 characters. Takes about 10 ms and the library cryptography."""
    salt = os.urandom(_SALT)
    cipher_key, hmac_key, counter = _keys(password, salt)
    clear = text.encode("utf-8", "surrogatepass")
    padding = _BLOCK - len(clear) % _BLOCK
    encrypted = _counter_mode(cipher_key, counter, clear + bytes([padding]) * padding)
    parts = (salt, hmac.digest(hmac_key, encrypted, "sha256"), encrypted)
    body = b"\n".join(part.hex().encode() for part in parts).hex()
    lines = [body[start : start + _WIDTH] for start in range(0, len(body), _WIDTH)]
    return "\n".join([f"{_NAME};1.2;{_CIPHER};{label}", *lines, ""])


def decrypt(vault_text: str, password: str) -> str:
    """Return the clear text. Raises VaultError."""
    header, _newline, body = vault_text.strip().partition("\n")
    name, version, cipher, *_label = [*header.split(";"), "", ""]
    if name != _NAME or version not in ("1.1", "1.2") or cipher.strip() != _CIPHER:
        raise VaultError("it is no text of ansible-vault with AES256")
    try:
        parts = binascii.unhexlify("".join(body.split())).split(b"\n")
        salt, tag, encrypted = (binascii.unhexlify(part) for part in parts)
    except ValueError:
        raise VaultError("the text is damaged") from None
    cipher_key, hmac_key, counter = _keys(password, salt)
    if not hmac.compare_digest(hmac.digest(hmac_key, encrypted, "sha256"), tag):
        raise VaultError("the password is wrong, or the text is damaged")
    clear = _counter_mode(cipher_key, counter, encrypted)
    return clear[: -clear[-1]].decode("utf-8", "surrogatepass")


def _keys(password: str, salt: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the keys of cipher and HMAC, and the first counter. ansible-vault strips passwords as well."""
    length = 2 * _KEY + _BLOCK
    derived = hashlib.pbkdf2_hmac("sha256", password.strip().encode(), salt, _ITERATIONS, length)
    return derived[:_KEY], derived[_KEY : 2 * _KEY], derived[2 * _KEY :]


def _counter_mode(key: bytes, counter: bytes, data: bytes) -> bytes:
    ciphers = load_ciphers()
    if ciphers is None:
        raise AssertionError("a password is only accepted if the library is installed")
    cipher = ciphers.Cipher(ciphers.algorithms.AES(key), ciphers.modes.CTR(counter)).encryptor()
    return bytes(cipher.update(data) + cipher.finalize())
