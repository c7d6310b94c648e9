# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the connection options, which all modules share."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.auth)."""

    DOCUMENTATION = r"""
options:
  base_url:
    description:
      - The address of the API, up to but without C(/api/v2), for example V(https://api.mypurecloud.com).
      - Exactly one of O(base_url) and O(region) is needed. There is no default, so that no task ever
        reaches an org that nobody named.
      - With C(http) everything travels in clear text, which gets a warning unless the host is this machine.
      - Taken from E(GENESYS_BASE_URL) when the task gives neither O(base_url) nor O(region).
    type: str
  region:
    description:
      - The region of the org, by name such as V(us-east-1), or by domain such as V(mypurecloud.com) or
        V(usw2.pure.cloud).
      - Taken from E(GENESYS_REGION) when the task gives neither O(base_url) nor O(region).
    type: str
  client_id:
    description:
      - The id of an OAuth client of the org with the grant type client credentials.
      - A task that gives any of O(client_id), O(client_secret) and O(access_token) uses none of these
        three from the environment, so that credentials of two orgs are never mixed.
      - Taken from E(GENESYS_CLIENT_ID).
    type: str
  client_secret:
    description:
      - The secret of O(client_id).
      - Taken from E(GENESYS_CLIENT_SECRET), under the same rule as O(client_id).
    type: str
  access_token:
    description:
      - A token in place of O(client_id) and O(client_secret). It is never renewed, a task fails when it
        expires.
      - Taken from E(GENESYS_ACCESS_TOKEN), under the same rule as O(client_id).
    type: str
  token_path:
    description:
      - The path of the token endpoint below O(base_url).
      - Taken from E(GENESYS_TOKEN_PATH) when the task does not give it.
    type: str
    default: /oauth/token
  token_request:
    description:
      - How the token request carries O(client_id) and O(client_secret).
      - With V(basic) they are a Basic header, with V(form) fields of the form, with V(json) the whole
        request is a JSON body.
      - Taken from E(GENESYS_TOKEN_REQUEST) when the task does not give it.
    type: str
    choices: [basic, form, json]
    default: basic
  scopes:
    description:
      - The OAuth scopes to ask for. By default these are all that the modules of this collection use; the
        org grants those of them that the client has.
      - In the environment they are separated by commas or spaces.
      - Taken from E(GENESYS_SCOPES) when the task does not give it.
    type: list
    elements: str
  timeout:
    description:
      - Seconds that one request may take, for connecting, for the answer and for its body each.
      - Taken from E(GENESYS_TIMEOUT) when the task does not give it.
    type: float
    default: 30
  retries:
    description:
      - How often a request is sent again after a failure that may pass, such as a 503 or a connection that
        broke. Only what is safe to repeat is sent again.
      - A write whose answer was lost, such as the creation of an object, is sent again only after the object
        was read and does not have the change. These repeats count too.
      - Waits after a 429 do not count, they end with O(deadline).
      - Taken from E(GENESYS_RETRIES) when the task does not give it.
    type: int
    default: 5
  deadline:
    description:
      - Seconds that one call of the API may take with all its repeats and waits. The reads that follow a lost
        answer are calls of their own.
      - Taken from E(GENESYS_DEADLINE) when the task does not give it.
    type: float
    default: 300
  validate_certs:
    description:
      - Whether the certificate of the server is verified.
      - Taken from E(GENESYS_VALIDATE_CERTS) when the task does not give it.
    type: bool
    default: true
  ca_path:
    description:
      - A PEM file with the certificates of the authorities to trust, or a folder of hashed ones. By default
        those of the system are trusted.
      - Taken from E(GENESYS_CA_PATH) when the task does not give it.
    type: path
  client_cert:
    description:
      - A PEM file with the certificate that this side shows, for gateways that ask for one. It may hold the
        key as well.
      - Taken from E(GENESYS_CLIENT_CERT) when the task gives neither O(client_cert) nor O(client_key).
    type: path
  client_key:
    description:
      - A PEM file with the unencrypted key of O(client_cert).
      - Taken from E(GENESYS_CLIENT_KEY) when the task gives neither O(client_cert) nor O(client_key).
    type: path
  proxy:
    description:
      - The URL of an HTTP proxy, which may hold user and password.
      - Without it E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) count as usual. They are
        ignored for this machine itself.
      - Taken from E(GENESYS_PROXY) when the task does not give it.
    type: str
  organization:
    description:
      - The id or the exact name of the org that is meant. When the credentials belong to another one, the
        task fails before it writes anything.
      - Taken from E(GENESYS_ORGANIZATION) when the task does not give it.
    type: str
  api_profile:
    description:
      - Which API the modules talk to. V(platform) is reserved and not available in this release.
      - Taken from E(GENESYS_API_PROFILE) when the task does not give it.
    type: str
    choices: [reference, platform]
    default: reference
requirements:
  - python >= 3.11
  - httpx >= 0.28.1
  - pydantic >= 2.11
  - python-jsonpath >= 2.0.2
  - tenacity >= 9.1.2
"""
