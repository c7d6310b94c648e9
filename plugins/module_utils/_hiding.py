# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hides secret texts in what a module prints, in a time that does not grow with the number of secrets.

Private to the collection. Does what Ansible does with a module's C(no_log_values), which looks for each of
them in every text: a whole org has thousands of both.
"""

from __future__ import annotations

import typing as t

#: What Ansible puts in the place of a text that is a secret, and of a secret in a text.
WHOLE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
PART = "********"

_LONGEST_START = 8


class Hider:
    """Hides secrets in JSON values; keys stay. Of secrets that overlap the longest is hidden."""

    def __init__(self, secrets: t.Iterable[str]) -> None:
        self._secrets = {secret for secret in secrets if secret}
        self._start = min((_LONGEST_START, *map(len, self._secrets)))
        self._by_start: dict[str, list[str]] = {}
        for secret in sorted(self._secrets, key=len, reverse=True):
            self._by_start.setdefault(secret[: self._start], []).append(secret)
        self._hidden: dict[str, str] = {}

    def __call__(self, value: t.Any) -> t.Any:
        """The value without secrets; a number whose text has one is hidden as a whole."""
        if not self._secrets or value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, (int, float)):
            return value if self.text(str(value)) == str(value) else WHOLE
        if isinstance(value, dict):
            return {key: self(entry) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [self(entry) for entry in value]
        return value

    def text(self, text: str) -> str:
        """A text without secrets; most texts of many objects are the same ones."""
        if text not in self._hidden:
            self._hidden[text] = WHOLE if text in self._secrets else self._without_parts(text)
        return self._hidden[text]

    def _without_parts(self, text: str) -> str:
        size, starts = self._start, self._by_start
        places = [i for i in range(len(text) - size + 1) if text[i : i + size] in starts]
        parts: list[str] = []
        done = 0
        for place in places:
            if place >= done:
                for secret in starts[text[place : place + size]]:
                    if text.startswith(secret, place):
                        parts += (text[done:place], PART)
                        done = place + len(secret)
                        break
        return "".join([*parts, text[done:]]) if parts else text
