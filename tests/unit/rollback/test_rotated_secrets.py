# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of rollbacks without the journal's password, after other users have changed secrets."""

from __future__ import annotations

import pytest

from unit.journaled_site import CHANGES, NEW, NEW_QUERY, NEW_TOKEN, OLD_TOKEN, PASSWORD
from unit.module_runner import run_module, warnings_of

ROTATED = "Bearer r0tated-by-a-colleague"
#: Kind in the simulator -> the option of its headers, and their parents in the API's object.
HEADERS = {
    "data_actions": ("rest.headers", "restConfig"),
    "webhooks": ("target.headers", "target"),
}


def rotate(site, kind: str, name: str, secret: str = ROTATED) -> None:
    """Change the secret of an object's header Authorization as another user does."""
    parent = HEADERS[kind][1]
    stored = site.org.named(name, kind)
    part = {**stored[parent], "headers": {**stored[parent]["headers"], "Authorization": secret}}
    site.org.edit(stored["id"], {parent: part}, kind)


def use_token(site) -> None:
    """Use an access token from now on, so that the tasks have no client secret."""
    site.access_token = site.org.simulator.token(site.org.key)


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("kind", list(HEADERS))
def test_a_created_object_with_a_rotated_secret_stays(site, kind, check_mode):
    site.change(kind, **NEW[kind])
    rotate(site, kind, "N")
    before = site.state()
    (undone,) = site.undo(check_mode=check_mode).values()
    assert site.state() == before and undone.plan == "none" and not undone.changed
    assert undone.not_restored == [HEADERS[kind][0]]
    assert undone.notes == [f"it was not removed, because of a concurrent change of {HEADERS[kind][0]}"]


@pytest.mark.parametrize("kind", list(HEADERS))
def test_a_created_object_with_its_secret_is_removed(site, kind):
    site.change(kind, **NEW[kind])
    assert [one.plan for one in site.undo().values()] == ["delete"]
    assert site.org.objects(kind) == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_added_header_with_a_rotated_secret_stays(site, check_mode):
    site.seed("webhooks")
    target = {"headers": {"Authorization": OLD_TOKEN, "X-Api-Key": "k3y-s3cr3t-value", "X-Region": "emea"}}
    url = site.org.named("A", "webhooks")["target"]["url"]
    site.change("webhooks", name="A", target={"url": url, **target}, enabled=True)
    stored = site.org.named("A", "webhooks")
    headers = {**stored["target"]["headers"], "X-Api-Key": "r0tated-k3y-value"}
    site.org.edit(stored["id"], {"target": {**stored["target"], "headers": headers}}, "webhooks")
    (undone,) = site.undo(check_mode=check_mode).values()
    assert site.org.named("A", "webhooks")["target"]["headers"] == headers
    assert undone.not_restored == ["target.headers"]
    assert undone.notes == ["concurrent changes were kept: target.headers"]
    assert site.org.named("A", "webhooks")["enabled"] is check_mode


def test_a_url_with_a_rotated_secret_stays(site):
    site.seed("webhooks")
    plain = {"url": "https://hooks.example.com/plain", "headers": {}}
    site.change("webhooks", name="A", target=plain)
    site.journal.unlink()
    site.change("webhooks", name="A", target={**plain, "url": CHANGES["webhooks"]["target"]["url"]})
    stored = site.org.named("A", "webhooks")
    rotated = stored["target"]["url"].replace(NEW_QUERY, "r0tated-query")
    site.org.edit(stored["id"], {"target": {**stored["target"], "url": rotated}}, "webhooks")
    (undone,) = site.undo().values()
    assert site.org.named("A", "webhooks")["target"]["url"] == rotated
    assert undone.notes == ["concurrent changes were kept: target.url"]


@pytest.mark.parametrize("check_mode", [True, False])
def test_without_a_key_an_object_without_a_version_stays(site, check_mode):
    """Check that the secret of a webhook, which has neither version nor ETag, is not guessed."""
    use_token(site)
    site.change("webhooks", **NEW["webhooks"])
    assert "hmac" not in site.journal.read_text("utf-8")
    (undone,) = site.undo(check_mode=check_mode).values()
    assert site.org.named("N", "webhooks") and undone.plan == "none"
    assert undone.not_restored == ["target.url", "target.headers"]
    assert undone.notes == [
        "the secrets in target.headers.Authorization, target.url keep it from being removed: whether they "
        "have changed since cannot be determined, because the object does not have the version that the "
        "journal has for it, and the journal has no HMAC of them (hmac_key_file, else client_secret)"
    ]


def test_without_a_key_the_version_shows_that_nothing_has_changed(site):
    use_token(site)
    site.change("data_actions", **NEW["data_actions"])
    site.change("data_actions", name="N", description="second write of the same user")
    assert [one.plan for one in site.undo().values()] == ["delete"]
    assert site.org.objects("data_actions") == []


def test_without_a_key_another_version_leaves_it_open(site):
    use_token(site)
    site.change("data_actions", **NEW["data_actions"])
    rotate(site, "data_actions", "N", NEW_TOKEN)  # the same value again, but nothing can show that
    (undone,) = site.undo().values()
    assert site.org.named("N") and undone.plan == "none"
    assert undone.notes[0].startswith(
        "the secrets in rest.headers.Authorization keep it from being removed: whether they have changed"
    )


def test_without_a_key_an_update_keeps_what_it_cannot_compare(site):
    site.seed("webhooks")
    use_token(site)
    url = site.org.named("A", "webhooks")["target"]["url"]
    headers = {"Authorization": OLD_TOKEN, "X-Api-Key": "k3y-s3cr3t-value", "X-Region": "emea"}
    site.change("webhooks", name="A", target={"url": url, "headers": headers}, enabled=True)
    (undone,) = site.undo().values()
    now = site.org.named("A", "webhooks")
    assert now["target"]["headers"] == headers and now["enabled"] is False
    assert undone.not_restored == ["target.headers.X-Api-Key"]
    assert undone.notes[0].startswith("the secrets in target.headers.X-Api-Key were kept: whether they have")


def test_own_later_writes_are_no_changes_of_others(site):
    """Check that a secret which a later task of the journal wrote does not keep the object."""
    site.change("webhooks", **NEW["webhooks"])
    site.change(
        "webhooks",
        name="N",
        target={**NEW["webhooks"]["target"], "headers": {"Authorization": "Bearer s3cond-own-token"}},
    )
    site.undo()
    assert site.org.objects("webhooks") == []


def test_the_key_of_a_file_is_the_same_for_every_credential(site, tmp_path):
    key = tmp_path / "hmac.key"
    key.write_text("0123456789abcdef0123456789abcdef\n", "utf-8")
    key.chmod(0o600)
    site.change("webhooks", **NEW["webhooks"], hmac_key_file=str(key))
    use_token(site)
    (undone,) = site.undo().values()
    assert undone.plan == "none" and "the task has no key to their HMACs in the journal" in undone.notes[0]

    other = tmp_path / "other.key"
    other.write_text("another-key-of-32-bytes-0123456789", "utf-8")
    other.chmod(0o600)
    (undone,) = site.undo(hmac_key_file=str(other)).values()
    assert undone.plan == "none" and "another key than that of the task" in undone.notes[0]
    # The write was left open, so that the rollback can be repeated with the right key.
    assert [one.plan for one in site.undo(hmac_key_file=str(key)).values()] == ["delete"]
    assert site.undo(hmac_key_file=str(key)) == {} and site.org.objects("webhooks") == []


def test_the_key_file_of_the_environment_is_used(site, tmp_path):
    key = tmp_path / "hmac.key"
    key.write_text("0123456789abcdef0123456789abcdef\n", "utf-8")
    key.chmod(0o600)
    use_token(site)
    given = {**site.connection, "journal": str(site.journal)}
    environ = {"GENESYS_HMAC_KEY_FILE": str(key)}
    assert run_module("genesys_webhook", {**given, **NEW["webhooks"]}, environ=environ)["changed"]
    result = run_module("genesys_org_config", {**given, "state": "rolled_back"}, environ=environ)
    assert result["changed"] and not warnings_of(result), result
    assert site.org.objects("webhooks") == []
    text = site.journal.read_text("utf-8")
    assert "hmac" in text and "0123456789abcdef" not in text


def test_a_key_file_of_an_unknown_user_is_a_problem(site):
    result = site.change("webhooks", **NEW["webhooks"], hmac_key_file="~no-such-user/key")
    assert "hmac_key_file: must be an absolute path, not '~no-such-user/key'" in result["msg"]


@pytest.mark.parametrize(
    ("content", "mode", "problem"),
    [
        (None, 0, "cannot be used (No such file or directory)"),
        ("short", 0o600, "it has 5 bytes, and a key needs at least 16: make one with 'openssl rand -hex 32'"),
        ("0123456789abcdef", 0o644, "its mode is 0644, others have rights to it: chmod 0600"),
        ("x" * 5000, 0o600, "it has more than 4096 bytes"),
    ],
)
def test_an_unusable_key_file_is_a_problem_before_any_request(site, tmp_path, content, mode, problem):
    key = tmp_path / "hmac.key"
    if content is not None:
        key.write_text(content, "utf-8")
        key.chmod(mode)
    result = site.change("webhooks", **NEW["webhooks"], hmac_key_file=str(key))
    assert result["failed"] and result["problems"][0].startswith(f"hmac_key_file: '{key}' cannot be used")
    assert problem in result["problems"][0] and site.org.log() == []
    result = site.change("webhooks", name="N", hmac_key_file="relative/key")
    assert any("hmac_key_file: must be an absolute path" in one for one in result["problems"])


def test_no_digest_repeats_and_none_is_made_without_the_key(site):
    """Check that equal secrets of two entries cannot be recognised in the file."""
    site.change("data_actions", **NEW["data_actions"], journal_password=PASSWORD)
    site.change("data_actions", name="M", rest=NEW["data_actions"]["rest"], journal_password=PASSWORD)
    digests = [line["hmac"] for line in site.lines() if "action" in line]
    assert digests[0]["key"] == digests[1]["key"] and len(digests[0]["key"]) == 16
    values = [one["after"]["rest.headers.Authorization"] for one in digests]
    assert len(set(values)) == 2 and all(len(value) == 64 for value in values)
