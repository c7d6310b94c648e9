# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Regions of Genesys Cloud and their domains (S3.5).

Private to the collection. The API of a region is at C(https://api.<domain>), its
login at C(https://login.<domain>).
"""

from __future__ import annotations

from .._findings import did_you_mean

#: AWS region name to domain. The sovereign region has no public region name, only a domain.
DOMAINS = {
    "us-east-1": "mypurecloud.com",
    "eu-west-1": "mypurecloud.ie",
    "ap-southeast-2": "mypurecloud.com.au",
    "ap-northeast-1": "mypurecloud.jp",
    "eu-central-1": "mypurecloud.de",
    "us-west-2": "usw2.pure.cloud",
    "ca-central-1": "cac1.pure.cloud",
    "ap-northeast-2": "apne2.pure.cloud",
    "ap-northeast-3": "apne3.pure.cloud",
    "eu-west-2": "euw2.pure.cloud",
    "eu-central-2": "euc2.pure.cloud",
    "ap-south-1": "aps1.pure.cloud",
    "ap-southeast-1": "apse1.pure.cloud",
    "sa-east-1": "sae1.pure.cloud",
    "me-central-1": "mec1.pure.cloud",
    "mx-central-1": "mxc1.pure.cloud",
    "us-east-2": "use2.us-gov-pure.cloud",
}
_SOVEREIGN = "edee1.eusc-pure.cloud"
#: Domains of the vendor's own test systems.
_INTERNAL = ("inindca.com", "inintca.com")


def domain_of(region: str) -> str | None:
    """Return the domain of a region, given by name or domain in any case; None if it is unknown."""
    name = region.lower()
    if name in DOMAINS:
        return DOMAINS[name]
    return name if name == _SOVEREIGN or name in DOMAINS.values() else None


def api_host(region: str) -> str:
    """Return the host of a region's API; that of some region for an unknown one."""
    return f"api.{domain_of(region) or next(iter(DOMAINS.values()))}"


def vendor_domain(host: str) -> str | None:
    """Return the vendor's domain that a host belongs to, None for any other host."""
    host = host.lower().rstrip(".")
    domains = (*DOMAINS.values(), _SOVEREIGN, *_INTERNAL)
    return next((domain for domain in domains if host == domain or host.endswith(f".{domain}")), None)


def suggestion(region: str) -> str:
    """Return a hint for an unknown region, such as C(; did you mean 'us-east-1'?)."""
    host = region.lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    for prefix in ("api.", "login.", "apps."):
        host = host.removeprefix(prefix)
    if domain_of(host):
        return f"; did you mean {host!r}?"
    return did_you_mean(host, [*DOMAINS, *DOMAINS.values(), _SOVEREIGN])
