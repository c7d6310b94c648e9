# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of whole-org runs under the platform's rate limit, with one token and with a pool (P.5).

The windows of the limits are longer than a test may take, so that a request beyond a limit never succeeds.
"""

from __future__ import annotations

import collections

import pytest

from unit.patience import FOREVER

LIST = "/api/v2/integrations"
TOKENS = "/oauth/token"
COUNT = 60
WANTED = [{"name": f"i{number:02}", "type": "custom-rest-actions"} for number in range(COUNT)]


@pytest.fixture
def limited(tasks):
    """Return tasks for an org with 60 integrations that allows each token 30 requests."""
    kind = {"integrationType": {"id": "custom-rest-actions"}}
    tasks.org.seed([{**kind, "name": entry["name"]} for entry in WANTED], kind="integrations")
    tasks.org.simulator.rate_limit(tasks.org.key, allowed=30, window=FOREVER)
    return tasks


def requests_of_tokens(org):
    """Return how many requests each token has sent, and the statuses of token requests."""
    log = org.log()
    used = collections.Counter(
        entry["request_headers"]["authorization"] for entry in log if entry["path"] != TOKENS
    )
    return sorted(used.values()), [entry["status"] for entry in log if entry["path"] == TOKENS]


def test_a_pool_reads_what_one_token_may_not_read_at_once(limited):
    """Situation 18 of the public reports: no token more than needed, and none beyond the limit."""
    result = limited.done("org_config", config={"integrations": WANTED}, token_pool_size=10)
    assert result["changed"] is False
    assert 429 not in [entry["status"] for entry in limited.org.log()]
    used, tokens = requests_of_tokens(limited.org)
    assert len(used) == 3 and tokens == [200] * 3 and max(used) <= 30


def test_one_token_waits_for_its_window(limited):
    message = limited.failed("org_config", config={"integrations": WANTED}, deadline=2)
    assert "429" in message and "raise the option deadline, or run again later" in message
    assert requests_of_tokens(limited.org)[1] == [200]


def test_a_pool_is_no_larger_than_the_option_says(limited):
    limited.failed("org_config", config={"integrations": WANTED}, deadline=2, token_pool_size=2)
    assert requests_of_tokens(limited.org)[1] == [200, 200]


def test_the_limit_of_all_tokens_opens_no_further_token(limited):
    limited.org.simulator.client_rate_limit(limited.org.key, allowed=20, window=FOREVER)
    limited.failed("org_config", config={"integrations": WANTED}, deadline=2, token_pool_size=5)
    assert requests_of_tokens(limited.org)[1] == [200]


def test_the_limit_of_the_token_endpoint_is_waited_for(tasks):
    """Situation 18 of the public reports: a 400 whose text begins with "rate limit exceeded;"."""
    tasks.org.platform(token_rate_limit={"allowed": 1, "window": 1.5})
    tasks.done("integration_info")
    result = tasks.done("integration_info")
    assert result["api"]["retries"] >= 1
    statuses = requests_of_tokens(tasks.org)[1]
    assert statuses[0] == statuses[-1] == 200 and 400 in statuses


def test_a_pool_under_the_limit_of_the_token_endpoint_waits_for_neither_in_vain(limited):
    """Check that a further token which does not come in time fails only requests beyond the limit."""
    limited.org.platform(token_rate_limit={"allowed": 1, "window": FOREVER})
    message = limited.failed("org_config", config={"integrations": WANTED}, deadline=2, token_pool_size=2)
    assert "429" in message
    used, tokens = requests_of_tokens(limited.org)
    assert len(used) == 1 and tokens[0] == 200 and set(tokens[1:]) == {400}


def test_tokens_of_a_pool_are_in_no_result(limited):
    result = limited.done("org_config", config={"integrations": WANTED}, token_pool_size=10)
    headers = {
        entry["request_headers"]["authorization"] for entry in limited.org.log() if entry["path"] != TOKENS
    }
    assert len(headers) == 3
    assert not any(header.removeprefix("Bearer ") in str(result) for header in headers)
