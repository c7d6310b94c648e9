# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of secret header values and of the text shown instead of them (S1.7)."""

from __future__ import annotations

import json
import urllib.parse

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _secrets
from ansible_collections.genesys.cloud.plugins.module_utils._module.ansible_module import OutputFilter


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", "Bearer abcdef123456"),
        ("proxy-authorization", "Basic QWxhZGRpbg=="),
        ("X-API-Key", "k-1"),
        ("apikey", "k-1"),
        ("Ocp-Apim-Subscription-Key", "k-1"),
        ("X-Auth-Token", "t"),
        ("Cookie", "session=1"),
        ("Client-Secret", "s"),
        ("X-Password", "p"),
        ("Authorization", "Bearer ${token} and-something-fixed"),
        ("X-Auth", "a"),
        ("x-auth-user", "a"),
        ("X-Goog-IAP-JWT-Assertion", "e.y.J"),
        ("jwt", "e.y.J"),
        ("X-Hub-Signature-256", "sha256=00"),
        ("Webhook-Signature", "v1,a"),
        ("X-Amz-Credential", "AKIA"),
        ("x-amz-date", "20260101T000000Z"),
    ],
)
def test_secret_by_its_name(name, value):
    assert _secrets.is_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Accept", "application/json"),
        ("X-Region", "emea"),
        ("Authorization", "Bearer ${api_token}"),
        ("Authorization", "Basic ${user}:${password}"),
        ("x-api-key", "${apikey}"),
        ("X-Monkey", "see"),
        ("Authorization", ""),
    ],
)
def test_no_secret_by_its_name_or_because_only_placeholders_remain(name, value):
    assert not _secrets.is_secret(name, value)


def test_the_user_names_further_headers():
    assert _secrets.is_secret("X-Tenant", "acme-4711", ["x-tenant"])
    assert not _secrets.is_secret("X-Tenant", "${tenant}", ["x-tenant"])


def test_secret_texts_hold_the_value_with_and_without_its_scheme_word():
    assert _secrets.secret_texts({"Authorization": "Bearer abc", "Accept": "json"}) == {"Bearer abc", "abc"}


def test_short_literals_between_placeholders_would_mask_innocent_words():
    texts = _secrets.secret_texts({"Authorization": "Sig v1/${a}/0123456789abcdef"})
    assert texts == {"Sig v1/${a}/0123456789abcdef", "v1/${a}/0123456789abcdef", "/0123456789abcdef"}


def test_a_changed_secret_says_so_without_either_value():
    masked = _secrets.mask(
        {"Authorization": "Bearer new", "Accept": "a"}, (), {"Authorization": "Bearer old"}
    )
    assert masked == {"Authorization": "******** (changed)", "Accept": "a"}
    assert _secrets.mask({"Authorization": "Bearer same"}, (), {"Authorization": "Bearer same"}) == {
        "Authorization": "********"
    }


def test_secrets_are_found_under_misspelled_options_too():
    raw = {
        "rest": {"header": {"Authorization": "Bearer s3cr3t-1"}, "sample_response": [{"token": "s3cr3t-2"}]}
    }
    assert _secrets.secrets_in_arguments(raw) == {"Bearer s3cr3t-1", "s3cr3t-1", "s3cr3t-2"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://h.example.com/a?token=s3cr3t-0001&x=1", "https://h.example.com/a?token=********&x=1"),
        ("https://h.example.com/a?x=1&sig=ab%2Fcd#part", "https://h.example.com/a?x=1&sig=********#part"),
        ("https://h.example.com/a;api_key=1", "https://h.example.com/a;api_key=********"),
        ("https://h.example.com/?code=a&code=b", "https://h.example.com/?code=********&code=********"),
        ("https://h.example.com/?X-Auth%2DToken=t", "https://h.example.com/?X-Auth%2DToken=********"),
        ("https://h.example.com/?tenant=acme", "https://h.example.com/?tenant=********"),
        (
            "https://h.example.com/#access_token=abc&state=1",
            "https://h.example.com/#access_token=********&state=1",
        ),
        ("https://h.example.com/?jwt=e.y.J", "https://h.example.com/?jwt=********"),
        (
            "https://h.example.com/?X-Amz-Signature=00ff&x=1",
            "https://h.example.com/?X-Amz-Signature=********&x=1",
        ),
        ("https://ghp_0123456789abcdef@h.example.com/x", "https://********@h.example.com/x"),
        ("https://ghp_0123456789/abc=@h.example.com/x", "https://********@h.example.com/x"),
        ("https://sk_live:@h.example.com/", "https://********:@h.example.com/"),
        ("https://0a1b2c3d4e5f:x-oauth-basic@h.example.com", "https://********:********@h.example.com"),
        ("https://me:pa55@h.example.com/?sig=1", "https://me:********@h.example.com/?sig=********"),
    ],
)
def test_secrets_of_a_url_are_hidden(url, shown):
    assert _secrets.mask_url(url, ["Tenant"]) == shown
    assert url in _secrets.secret_texts_of_url(url, ["Tenant"])


@pytest.mark.parametrize(
    "url",
    [
        "https://h.example.com/token/x?page=1",
        "https://h.example.com/?code=${input.code}&token=${input.token}",
        "https://me@h.example.com",
        "https://operator@h.example.com",
        "https://ops%40crm2.example.com@h.example.com",
        "https://${input.user_token_1}@h.example.com",
        "https://h.example.com/users/ann1@example.com/x",
        "https://intranet/users/ann1@example.com/x",
        "https://h.example.com/#/page?x=1",
        "https://h?token=",
        "a",
        None,
        7,
    ],
)
def test_urls_without_secrets_stay_as_they_are(url):
    assert _secrets.mask_url(url) == url
    assert _secrets.secret_texts_of_url(url) == set()


def test_a_secret_of_a_url_that_changes_shows_that_it_does():
    new, old = "https://h.example.com/?token=new&sig=same", "https://h.example.com/?token=old&sig=same"
    shown = _secrets.mask_url(new, (), old)
    assert shown == "https://h.example.com/?token=******** (changed)&sig=********"
    assert _secrets.mask_url(new, (), "https://other.example.com/") == _secrets.mask_url(new)


def test_texts_of_a_url_are_the_whole_and_the_long_values_in_both_encodings():
    url = "https://h.example.com/?token=abcd%2Fefgh&pwd=short"
    assert _secrets.secret_texts_of_url(url) == {url, "abcd%2Fefgh", "abcd/efgh"}
    raw = {"target": {"url": url}, "name": "W"}
    assert _secrets.secrets_in_arguments(raw, urls=True) == {url, "abcd%2Fefgh", "abcd/efgh"}
    assert _secrets.secrets_in_arguments(raw) == set()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://hooks.example.com/services/T00000000/B00/aB3dE5fG7hI9?x=1",
            "https://hooks.example.com/services/T00000000/B00/********?x=1",
        ),
        ("https://h.example.com/c4n4ry-s3cr3t", "https://h.example.com/********"),
        ("https://h.example.com/in/XyzAbcDefGhiJklM#a", "https://h.example.com/in/********#a"),
        ("https://h.example.com/2c1f3a%2D9d4e5f6a/x?sig=1", "https://h.example.com/********/x?sig=********"),
    ],
)
def test_tokens_in_the_path_of_a_target_are_hidden(url, shown):
    assert _secrets.mask_url(url, in_path=True) == shown
    assert url in _secrets.secret_texts_of_url(url, in_path=True)
    assert _secrets.mask_url(url.partition("?")[0]) == url.partition("?")[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://h.example.com",
        "https://h.example.com/",
        "https://h4.example-0123456789.com/genesys/events/v2/organizations",
        "https://h.example.com/${input.hook_id_1}/x",
        "https://h.example.com/Notifications/internationalization",
        "",
    ],
)
def test_words_in_the_path_of_a_target_are_shown(url):
    assert _secrets.mask_url(url, in_path=True) == url
    assert _secrets.secret_texts_of_url(url, in_path=True) == set()


def test_a_token_of_a_path_that_changes_shows_that_it_does():
    new, old = "https://h.example.com/c4n4ry-s3cr3t", "https://h.example.com/0ld-s3cr3t-11"
    assert _secrets.mask_url(new, (), old, in_path=True) == "https://h.example.com/******** (changed)"


SECRET = 'p/ä"s\\s w=rd+1'


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        json.dumps(SECRET)[1:-1].replace("/", "\\/"),
        json.dumps(SECRET)[1:-1].replace("\\u00e4", "\\u00E4"),
        repr(SECRET)[1:-1],
        urllib.parse.quote(SECRET),
        urllib.parse.quote(SECRET, safe=""),
        urllib.parse.quote_plus(SECRET),
        "p%2f%c3%a4%22s%5cs%20w%3drd%2b1",
        "p%2f%c3%a4%22s%5cs+w%3drd%2b1",
    ],
)
def test_a_secret_is_hidden_in_every_form(form):
    assert form in _secrets.forms_of(SECRET)
    assert _secrets.Redactor([SECRET])(f"before {form} after") == "before ******** after"
    assert OutputFilter([SECRET])({"msg": f"before {form} after"}) == {"msg": "before ******** after"}


def test_a_plain_secret_has_one_form():
    assert _secrets.forms_of("abc-DEF_1.2~3") == {"abc-DEF_1.2~3"}
