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
      - URL of the API without C(/api/v2), for example V(https://api.mypurecloud.com).
      - Exactly one of O(base_url) and O(region) is required. There is no default, so that a task only reaches
        an org that was named explicitly.
      - With C(http) all data, including credentials, is sent in clear text. The task warns of that unless the
        host is the local machine.
      - Taken from E(GENESYS_BASE_URL) when the task gives neither O(base_url) nor O(region).
    type: str
  region:
    description:
      - The region of the org, by name such as V(us-east-1), or by domain such as V(mypurecloud.com) or
        V(usw2.pure.cloud).
      - Taken from E(GENESYS_REGION) when the task gives neither O(base_url) nor O(region).
    type: str
  login_url:
    description:
      - URL of the host that issues tokens in the API V(platform), without C(/oauth/token).
      - The default is the vendor's login host of the same region if the API is on one of the vendor's hosts,
        else O(base_url). O(region) excludes it.
      - Taken from E(GENESYS_LOGIN_URL) when the task gives none of O(base_url), O(region) and O(login_url).
    type: str
  client_id:
    description:
      - ID of an OAuth client of the org with the grant type client credentials.
      - If a task gives any of O(client_id), O(client_secret) and O(access_token), none of the three is taken
        from the environment, so that credentials of two orgs are never mixed.
      - Taken from E(GENESYS_CLIENT_ID).
    type: str
  client_secret:
    description:
      - The secret of O(client_id).
      - Taken from E(GENESYS_CLIENT_SECRET), under the same rule as O(client_id).
    type: str
  access_token:
    description:
      - Access token that replaces O(client_id) and O(client_secret). It is not renewed. A task fails when the
        token expires.
      - Taken from E(GENESYS_ACCESS_TOKEN), under the same rule as O(client_id).
    type: str
  token_path:
    description:
      - Path of the token endpoint below O(base_url). An error in the API V(platform), which has one endpoint.
      - Taken from E(GENESYS_TOKEN_PATH) when the task does not give it.
    type: str
    default: /oauth/token
  token_request:
    description:
      - How the token request sends O(client_id) and O(client_secret).
      - V(basic) sends them as a Basic header. V(form) sends them as fields of the form. V(json) sends the
        whole request as a JSON body.
      - An error in the API V(platform), which takes a Basic header.
      - Taken from E(GENESYS_TOKEN_REQUEST) when the task does not give it.
    type: str
    choices: [basic, form, json]
    default: basic
  token_pool_size:
    description:
      - Maximum number of access tokens that a run uses for an org, between V(1) and V(10). Only for the API
        V(platform), whose rate limit counts the requests of each token.
      - A further token is requested only when all others would wait for the rate limit. A run of few requests
        uses one token. The tokens are not stored.
      - Needs O(client_id) and O(client_secret).
      - Taken from E(GENESYS_TOKEN_POOL_SIZE) when the task does not give it.
    type: int
    default: 1
  scopes:
    description:
      - OAuth scopes to request. The default is all scopes that the modules of this collection use. The org
        grants those of them that the client has.
      - An error in the API V(platform), which grants by the roles of the OAuth client.
      - In the environment variable, scopes are separated by commas or spaces.
      - Taken from E(GENESYS_SCOPES) when the task does not give it.
    type: list
    elements: str
  timeout:
    description:
      - Maximum time of one attempt at a request (seconds), from the lookup of the host's name to the last
        byte of the response.
      - Taken from E(GENESYS_TIMEOUT) when the task does not give it.
    type: float
    default: 30
  retries:
    description:
      - Maximum number of retries after a transient failure, such as a 503 or a broken connection. Only
        requests that are safe to repeat are retried.
      - A write whose response was lost, such as the creation of an object, is sent again only after the
        object was read and does not have the change. These retries count too.
      - Retries after a 429 do not count. They are limited by O(deadline).
      - Taken from E(GENESYS_RETRIES) when the task does not give it.
    type: int
    default: 5
  deadline:
    description:
      - Maximum time of one API call with all its retries and waits (seconds). The reads that follow a lost
        response are separate calls.
      - Taken from E(GENESYS_DEADLINE) when the task does not give it.
    type: float
    default: 300
  list_lag:
    description:
      - Maximum time after which the API's lists show a change (seconds).
      - If the last look at a list is older, it is read again before an object is created, unless the API
        refuses a second object of a name. If the API refuses a new name as taken, the task waits as long for
        a list that shows the other object.
      - If the response of a creation was lost and the API accepts a second object of a name, a list is read
        after twice this time. It shows whether the lost request was carried out late.
      - A creation ends when a list shows the new object, and a removal when no list shows the object any
        more. They wait longer than this, up to O(deadline), and then warn.
      - If a list shows an object that needs no change, modules for one object read it again by its id,
        because it may have been removed or changed meanwhile. M(genesys.cloud.genesys_org_config) relies on
        the list.
      - Taken from E(GENESYS_LIST_LAG) when the task does not give it.
    type: float
    default: 5
  validate_certs:
    description:
      - Whether the server's certificate is verified.
      - Taken from E(GENESYS_VALIDATE_CERTS) when the task does not give it.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file with trusted CA certificates, or a folder of hashed CA certificates. The default is the
        system's CA certificates.
      - Taken from E(GENESYS_CA_PATH) when the task does not give it.
    type: path
  client_cert:
    description:
      - PEM file with the client certificate, for gateways that require one. It may also contain the key.
      - Taken from E(GENESYS_CLIENT_CERT) when the task gives neither O(client_cert) nor O(client_key).
    type: path
  client_key:
    description:
      - PEM file with the unencrypted key of O(client_cert).
      - Taken from E(GENESYS_CLIENT_KEY) when the task gives neither O(client_cert) nor O(client_key).
    type: path
  proxy:
    description:
      - URL of an HTTP proxy, which may contain user and password.
      - Without it E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and E(NO_PROXY) apply as usual. They are
        ignored for the local machine.
      - Taken from E(GENESYS_PROXY) when the task does not give it.
    type: str
  organization:
    description:
      - ID or exact name of the expected org. If the credentials belong to another org, the task fails before
        it writes anything. A token that the task gets later is checked too, before it is used.
      - An empty text is an error, because the check would be missing. An empty environment variable counts as
        unset.
      - Taken from E(GENESYS_ORGANIZATION) when the task does not give it.
    type: str
  api_profile:
    description:
      - The API that the modules use. V(platform) is the API that the vendor serves in every region.
        V(reference) is the API of the project's contract, which its simulator serves.
      - The default follows the target. It is V(platform) with O(region) and with a O(base_url) on one of the
        vendor's hosts, and V(reference) with any other host.
      - Each result names it as C(api.profile).
      - Taken from E(GENESYS_API_PROFILE) when the task does not give it.
    type: str
    choices: [reference, platform]
requirements:
  - python >= 3.11
  - httpx >= 0.28.1
  - pydantic >= 2.11
  - python-jsonpath >= 2.0.2
  - tenacity >= 9.1.2
"""
