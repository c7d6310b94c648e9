# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test that the log of Ansible (ANSIBLE_LOG_PATH) has no secret URL and no request of the HTTP client."""

from __future__ import annotations

from integration.lanes import both_lanes, lanes_of
from unit.http_listener import HttpListener

#: A path that is a secret as a whole, as chat systems have it.
PATH = "/services/T0/c4n4ry-s3cr3t"


def test_the_log_has_no_requests(playbook, new_org, tmp_path):
    log = tmp_path / "ansible.log"
    orgs = [new_org(), new_org()]
    with HttpListener() as listener:
        notify = {"url": f"{listener.url}{PATH}", "on": ["changed"]}
        task = {
            "name": "Notify",
            "genesys.cloud.genesys_data_action": {
                **{key: f"{{{{ org.{key} }}}}" for key in orgs[0].connection},
                "name": "A",
                "rest": {"url": "https://crm.example.com", "method": "GET"},
                "notify": "{{ notify }}",
            },
        }
        run = playbook(
            [task],
            inventory=both_lanes(*orgs),
            env={"ANSIBLE_LOG_PATH": str(log), "ANSIBLE_LOG_VERBOSITY": "4"},
            verbosity=4,
            extra_vars={"notify": notify},
        )
        listener.wait_for(2)
    assert lanes_of(run)["fast", "Notify"] == "fast lane"
    text = log.read_text("utf-8")
    assert "Notify" in text
    assert "HTTP Request" not in text and "send_request_headers" not in text
