# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the store of tokens that forks share: real forks, a real file, a counting token endpoint."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import resource
import signal
import time

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import resolve
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._http.auth import Token
from ansible_collections.genesys.cloud.plugins.module_utils._http.rate_limit import Window
from ansible_collections.genesys.cloud.plugins.module_utils._http.token_cache import TokenCache
from unit.patience import FOREVER, PATIENCE

FORK = multiprocessing.get_context("fork")


def connection(**options):
    given = {"base_url": "https://x.example.com", "client_id": "c", "client_secret": "s3cr3t", **options}
    found = resolve(given, {}, Findings())
    assert found is not None
    return found


class Endpoint:
    """A token endpoint that returns t1, t2 and so on, counted over all forks."""

    def __init__(self, life=60.0, seconds=0.0):
        self.asked = FORK.Value("i", 0)
        self._life, self._seconds = life, seconds

    def __call__(self, ends_at):
        with self.asked.get_lock():
            self.asked.value += 1
            number = self.asked.value
        time.sleep(self._seconds)
        return Token(f"t{number}", time.monotonic() + self._life, frozenset({"a", "b"}))


def run_in_forks(count, work):
    """Run C(work) in C(count) forks; return their results in the order of their end."""
    results = FORK.SimpleQueue()
    forks = [FORK.Process(target=lambda: results.put(work())) for _turn in range(count)]
    for fork in forks:
        fork.start()
    for fork in forks:
        fork.join(20)
    assert [fork.exitcode for fork in forks] == [0] * count
    return [results.get() for _turn in forks]


def ask(store, endpoint, rejected=None, seconds=PATIENCE, **options):
    return store.token(connection(**options), rejected, time.monotonic() + seconds, endpoint)


def test_a_profile_and_a_token_url_have_a_token_of_their_own(tmp_path):
    """Check that two APIs on one base URL do not share tokens, nor two login addresses of one API."""
    cache, endpoint = TokenCache(str(tmp_path)), Endpoint()
    own = connection()
    other_api = dataclasses.replace(own, api_profile=dataclasses.replace(REFERENCE, name="other"))
    elsewhere = dataclasses.replace(
        REFERENCE, token_url=lambda base_url, path: f"https://login.example.com{path}"
    )
    other_login = dataclasses.replace(own, api_profile=elsewhere)
    tokens = [
        cache.token(one, None, time.monotonic() + 10, endpoint).value
        for one in (own, other_api, other_login, own, other_api, other_login)
    ]
    assert tokens == ["t1", "t2", "t3"] * 2


def test_forks_share_one_token_and_its_scopes(tmp_path):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint(seconds=0.2)
    tokens = run_in_forks(8, lambda: ask(store, endpoint))
    assert endpoint.asked.value == 1
    assert {(token.value, token.scopes) for token in tokens} == {("t1", frozenset({"a", "b"}))}
    assert list(tmp_path.iterdir()) == [] and store.problem is None


@pytest.mark.parametrize(
    ("options", "same"),
    [
        ({"timeout": 5, "retries": 1, "deadline": 9, "organization": "x"}, True),
        ({"client_secret": "0ther"}, False),
        ({"client_id": "d"}, False),
        ({"scopes": ["a"]}, False),
        ({"base_url": "https://y.example.com"}, False),
        ({"token_path": "/login"}, False),
        ({"proxy": "http://127.0.0.1:9"}, False),
        ({"validate_certs": False}, False),
    ],
)
def test_what_makes_another_token(tmp_path, options, same):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint()
    ask(store, endpoint)
    ask(store, endpoint, **options)
    assert endpoint.asked.value == (1 if same else 2)


def test_forks_share_the_tokens_of_a_pool(tmp_path):
    """Check that a run has one token for each place in the pool, whichever size its tasks give."""
    store, endpoint = TokenCache(str(tmp_path)), Endpoint(seconds=0.05)
    own = connection(api_profile="platform")

    def work(size):
        sized = dataclasses.replace(own, token_pool_size=size)
        ends_at = time.monotonic() + PATIENCE
        return [store.token(sized, None, ends_at, endpoint, number).value for number in range(size)]

    found = run_in_forks(6, lambda: [work(2), work(3)])
    assert endpoint.asked.value == 3
    assert len({tuple(tokens) for pair in found for tokens in pair}) == 2
    assert all(len(set(longer)) == 3 and longer[:2] == shorter for shorter, longer in found)


def test_forks_share_the_windows_of_a_pool(tmp_path):
    """Check that the lower number of requests counts within a window, and the later one of two windows."""
    store, own, now = TokenCache(str(tmp_path)), connection(api_profile="platform"), time.monotonic()
    first, later = Window(5, now + 50, now + 51, now), Window(9, now + 60, now + 61, now + 20)

    def keep(*windows):
        run_in_forks(1, lambda: store.keep_windows(own, windows))
        return store.windows(own, 3)

    assert keep() == [None, None, None]
    assert keep(first, None, later) == [first, None, later]
    assert keep(first._replace(remaining=7), first, None) == [first, first, later]
    assert keep(first._replace(remaining=3))[0].remaining == 3
    assert keep(later)[0] == later
    assert keep(first)[0] == later
    assert store.windows(dataclasses.replace(own, client_id="d"), 2) == [None, None]


def test_a_new_token_has_no_window_yet(tmp_path):
    store, endpoint, now = TokenCache(str(tmp_path)), Endpoint(), time.monotonic()
    old = ask(store, endpoint)
    store.keep_windows(connection(), [Window(0, now + 50, now + 51, now)])
    assert ask(store, endpoint) == old
    assert store.windows(connection(), 1) != [None]
    ask(store, endpoint, rejected=old)
    assert store.windows(connection(), 1) == [None]


def test_orgs_do_not_wait_for_each_other(tmp_path):
    store, slow, quick = TokenCache(str(tmp_path)), Endpoint(seconds=FOREVER), Endpoint()
    other = FORK.Process(target=lambda: ask(store, slow))
    other.start()
    while not slow.asked.value:
        time.sleep(0.01)
    began = time.monotonic()
    ask(store, quick, client_id="another")
    assert time.monotonic() - began < PATIENCE
    other.kill()
    other.join(PATIENCE)


def test_a_rejected_token_is_replaced_for_all(tmp_path):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint(seconds=0.1)
    old = ask(store, endpoint)
    assert {token.value for token in run_in_forks(6, lambda: ask(store, endpoint, rejected=old))} == {"t2"}
    assert ask(store, endpoint).value == "t2"
    assert endpoint.asked.value == 2


def test_a_token_that_is_due_is_renewed(tmp_path):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint(life=0.2)
    ask(store, endpoint)
    time.sleep(0.3)
    assert ask(store, endpoint).value == "t2"


def test_a_rejected_token_is_gone_even_where_no_other_comes(tmp_path):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint()
    old = ask(store, endpoint)

    def refuse(ends_at):
        raise errors.AuthenticationFailed("refused", status=401)

    with pytest.raises(errors.AuthenticationFailed):
        ask(store, refuse, rejected=old)
    assert ask(store, endpoint).value == "t2"


def test_who_waits_does_not_wait_beyond_the_deadline(tmp_path):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint(seconds=FOREVER)
    other = FORK.Process(target=lambda: ask(store, endpoint))
    other.start()
    while not endpoint.asked.value:
        time.sleep(0.01)
    began = time.monotonic()
    with pytest.raises(errors.DeadlineExceeded):
        ask(store, endpoint, seconds=0.2)
    assert time.monotonic() - began < PATIENCE
    other.kill()
    other.join(10)
    assert ask(store, Endpoint()).value == "t1"  # the lock ended with the process that held it


def test_a_full_disk_means_a_token_of_ones_own(tmp_path):
    def work():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        first, second = ask(store, endpoint), ask(store, endpoint)
        return first.value, second.value, store.problem

    store, endpoint = TokenCache(str(tmp_path)), Endpoint()
    assert run_in_forks(1, work) == [("t1", "t2", "File too large")]


def test_a_folder_that_is_not_there(tmp_path):
    store, endpoint = TokenCache(str(tmp_path / "gone")), Endpoint()
    assert [ask(store, endpoint).value, ask(store, endpoint).value] == ["t1", "t2"]
    assert store.problem == "No such file or directory"


def test_what_a_killed_fork_left_half_written_counts_as_nothing(tmp_path):
    store, endpoint = TokenCache(str(tmp_path)), Endpoint()
    ask(store, endpoint)
    os.truncate(store._file, 10)
    assert ask(store, endpoint).value == "t2"


def test_neither_secret_nor_client_is_in_the_file(tmp_path):
    store = TokenCache(str(tmp_path))
    ask(store, Endpoint(), client_id="who-it-is")
    content = os.pread(store._file, 10_000, 0).decode()
    assert "t1" in content and "s3cr3t" not in content and "who-it-is" not in content
