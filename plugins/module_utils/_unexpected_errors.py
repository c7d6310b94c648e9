# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversion of unexpected exceptions, such as a TypeError, to the failure of one object or task.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import pathlib
import traceback
import typing as t

from ._errors import GenesysError


class UnexpectedError(GenesysError):
    """An exception of a class that the code does not expect: a fault of the collection.

    The message has the class and the place of the exception, but not its text, which may be a secret. The
    result field C(exception) is the traceback, which Ansible shows with -vvv. The result field C(changed) is
    missing if it is unknown whether a write took effect.
    """

    has_outcome = False  #: whether the outcome of the object's write was added

    def __init__(self, subject: str, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = (
            f" in {pathlib.PurePath(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
        )
        super().__init__(
            f"{subject} failed with an unexpected {type(error).__name__}{place}. This is a fault of the "
            "collection: report it with the output of -vvv.",
            exception="".join(traceback.format_exception(error)),
        )
        #: The traceback without the text of the exception.
        self.frames = "".join((*traceback.format_list(frames), type(error).__name__))


@contextlib.contextmanager
def unexpected_errors(subject: str) -> t.Iterator[None]:
    """Raise UnexpectedError in the place of every exception that is no GenesysError.

    C(subject) begins its message. Interruptions are no Exception, so they pass.
    """
    try:
        yield
    except GenesysError:
        raise
    except Exception as error:  # A fault in the code for one object must not end the run of the others.
        raise UnexpectedError(subject, error) from error
