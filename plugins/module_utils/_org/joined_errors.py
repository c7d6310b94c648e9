# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors of independent steps as one, so that a task reports all of them at once.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import GenesysError


def joined(errors: t.Iterable[GenesysError]) -> GenesysError:
    """Return the first error with the messages of the others after its own."""
    first, *others = errors
    for other in others:
        first.add(str(other))
    return first
