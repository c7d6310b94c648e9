# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be told offline of an address that JSON is to be posted to, and of its headers.

Private to the collection. S0.8, S2.10.
"""

from __future__ import annotations

import typing as t
import urllib.parse

from ._findings import Findings
from ._secrets import MASK
from ._tls import is_loopback


def check_url(url: str, path: str, findings: Findings, *, sent: str) -> None:
    """A problem for what is no http(s) URL with a host; a warning where C(sent) would go in clear text.

    No message repeats the URL: it may be a secret.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        findings.problem(path, "must be a URL like https://host/path")
    elif parts.username is not None or parts.password is not None:
        findings.problem(path, "must not hold credentials: give them as a header")
    elif MASK in url:
        findings.problem(path, "holds a masked value: give the real URL")
    elif parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        findings.warn(path, f"http sends {sent} in clear text: use https")


def check_headers(headers: t.Mapping[t.Any, t.Any], path: str, findings: Findings) -> None:
    """A problem for each header that cannot be sent. Numbers are taken for their text."""
    for name, value in headers.items():
        if not _is_header(str(name), value):
            findings.problem(f"{path}.{name}", "must be a header of printable ASCII text on one line")
        elif str(value).startswith(MASK):
            findings.problem(f"{path}.{name}", "is a masked value: give the header's real value")


def _is_header(name: str, value: t.Any) -> bool:
    texts = [name, str(value)]
    if isinstance(value, (bool, dict, list)) or value is None or not name or " " in name or ":" in name:
        return False
    return all(text.isascii() and text.isprintable() for text in texts)
