# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of the variables that stand for secrets (X.1)."""

from __future__ import annotations

import hashlib
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._inventory.secret_variables import (
    Secret,
    secrets_in,
    variable_names,
)
from unit.inventory.odd_texts import texts

KIND = "integration_credential"
DECOMPOSED = "cafe\u0301"


def digits(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:6]


def named(*names: str, field: str = "clientSecret") -> list[str]:
    return list(variable_names([Secret(KIND, name, field) for name in names]).values())


def test_a_name_has_kind_object_and_field() -> None:
    assert named("CRM: login/EU") == ["vault_integration_credential_crm__login_eu_clientsecret"]


def test_names_that_coincide_get_digits() -> None:
    assert named("CRM login", "crm-login", "other") == [
        f"vault_integration_credential_crm_login_clientsecret_{digits('CRM login')}",
        f"vault_integration_credential_crm_login_clientsecret_{digits('crm-login')}",
        "vault_integration_credential_other_clientsecret",
    ]


def test_names_beyond_ascii_get_digits() -> None:
    assert named("café", DECOMPOSED) == [
        f"vault_integration_credential_caf__clientsecret_{digits('café')}",
        f"vault_integration_credential_cafe__clientsecret_{digits(DECOMPOSED)}",
    ]


def test_fields_of_one_object_that_coincide_have_different_variables() -> None:
    secrets = [Secret(KIND, "CRM", field) for field in ("user name", "user-name")]
    assert len(set(variable_names(secrets).values())) == 2


def test_one_secret_in_two_places_is_one_variable() -> None:
    secret = Secret("webhook", "Feed", "target.headers.X-Key")
    assert list(secrets_in([{"a": [secret]}, {"b": {"c": secret}, "d": "x"}])) == [secret, secret]
    assert len(variable_names(secrets_in([secret, secret]))) == 1


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.builds(Secret, st.sampled_from(["a", "a_b"]), texts, texts), max_size=8, unique=True))
def test_every_secret_has_a_variable_of_its_own(secrets: list[Secret]) -> None:
    names = variable_names(secrets)
    assert list(names) == secrets
    assert len(set(names.values())) == len(secrets)
    assert all(re.fullmatch("vault_[a-z0-9_]+", name) for name in names.values())
