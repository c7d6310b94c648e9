# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exceptions of the collection, one class for each way in which a task can fail (S0.10).

Private to the collection. Independent of Ansible. Messages contain no secret, no token and no request body.
C(render()) returns the arguments of C(fail_json)::

    GenesysError
    ├── InputError                 invalid input, found before any request or in the org's objects
    ├── TransportError             no response: DNS, refused connection, TLS, proxy, timeout
    │   ├── MalformedResponse      a response that is not what the API promises
    │   ├── DeadlineExceeded       the retries of one call, or a wait, ran out of time
    │   └── OutcomeUnknown         a write without a usable response: read the object again
    ├── ApiError                   a response with an error status
    │   ├── Redirected             3xx
    │   ├── BadRequest             400
    │   ├── AuthenticationFailed   401, and every refusal of a token
    │   ├── PermissionDenied       403
    │   ├── MissingObject          404 from the API itself
    │   ├── Conflict               a refusal that the API profile calls a conflict
    │   │   ├── DuplicateName      a conflict of the kind NAME, as the API profile decides
    │   │   └── StaleObject        a conflict of the kind VERSION, as the API profile decides
    │   ├── Unprocessable          422
    │   ├── PreconditionRequired   428
    │   ├── RateLimited            429
    │   └── ServerError            5xx
    ├── NotFound                   no object has the given identity
    ├── Ambiguous                  several objects have the given name
    ├── FieldConflict              a concurrent change of a declared field (S0.5)
    ├── TooManyConflicts           a concurrent change at every attempt to write (S0.5)
    ├── UpdateTooSoon              the last update is less than min_update_interval ago (S2.3)
    ├── VerifyFailed               the object read back differs from the object sent (S1.5)
    ├── IndexNotUsed               a verifying query was a full scan (S4.7)
    ├── ReportFailed               an audit log not written or a notification not sent (S2.9, S2.10)
    ├── JournalFailed              a journal that cannot be opened, written or read
    ├── WrongOrganization          credentials of another org
    └── ListChanged                a list that kept changing while its pages were read
"""

from __future__ import annotations

import typing as t

from ._printable import printable, printable_json

if t.TYPE_CHECKING:
    from ._findings import Findings

#: Field errors of a response that a message shows at most.
_SHOWN_DETAILS = 20


def _show(value: object) -> str:
    text = printable_json(value, default=str)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _sentence(text: str) -> str:
    text = text.rstrip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


class GenesysError(Exception):
    """Base class: a message of one or two sentences, and C(details), the result fields of the failed task."""

    def __init__(self, message: str, **details: t.Any) -> None:
        super().__init__(message)
        self.message = message
        self.returned: dict[str, t.Any] = details

    def __str__(self) -> str:
        return self.message

    def add(self, sentence: str) -> None:
        """Append a sentence to the message, such as the number of attempts."""
        self.message = f"{_sentence(self.message)} {sentence}"

    def render(self) -> dict[str, t.Any]:
        """Return the arguments of C(fail_json): C(msg), and the details that are not None."""
        return {"msg": str(self), **{k: v for k, v in self.returned.items() if v is not None}}


class InputError(GenesysError):
    """All problems of the user's input at once (rule 11 of docs/architecture.md).

    The result field C(problems) is C(["path: message"]). C(where) completes the headline "3 problems …".
    """

    def __init__(self, findings: Findings, where: str = "in the task's input") -> None:
        self.findings = findings
        problems = [str(problem) for problem in findings.problems]
        listed = "\n".join([f"{len(problems)} problems {where}:", *(f"- {p}" for p in problems)])
        super().__init__(problems[0] if len(problems) == 1 else listed, problems=problems)


class TransportError(GenesysError):
    """No response from the API; the message names the host and a remedy."""


class MalformedResponse(TransportError):
    """A success whose body is truncated, not JSON, or not of the shape that the API promises."""


class DeadlineExceeded(TransportError):
    """The end of a deadline. C(cause) is the failure of the last attempt, None without one."""

    def __init__(self, message: str, *, cause: GenesysError | None = None, **details: t.Any) -> None:
        super().__init__(message, **{**_identity(cause), **details})
        self.cause = cause


class OutcomeUnknown(TransportError):
    """A write that may or may not have taken effect; C(cause) is the failure of its response.

    The caller must read the object again before it retries. C(retry_after) is the pause that the server
    asks for [s]. C(failures) counts the failed requests, which the option C(retries) bounds.
    C(out_of_time) is true if the deadline ended the retries.
    """

    def __init__(
        self,
        message: str,
        *,
        cause: GenesysError,
        retry_after: float | None = None,
        failures: int = 1,
        out_of_time: bool = False,
    ) -> None:
        super().__init__(message, **_identity(cause))
        self.cause = cause
        self.retry_after, self.failures, self.out_of_time = retry_after, failures, out_of_time


class ApiError(GenesysError):
    """A response with an error status.

    C(details) is a list of C({fieldName, errorCode, message}), strings with optional keys. C(__str__) renders
    them late, so that a resource can first replace their wire paths by option paths.
    """

    perhaps_written = False  #: whether an earlier attempt at the same write may have taken effect

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str | None = None,
        details: t.Sequence[dict[str, str]] = (),
        correlation_id: str | None = None,
        advice: str = "",
    ) -> None:
        super().__init__(message, status=status, code=code, correlation_id=correlation_id)
        self.status = status
        self.code = code
        self.details = list(details)
        self.correlation_id = correlation_id
        self.advice = advice

    def add(self, sentence: str) -> None:
        self.advice = f"{_sentence(self.advice)} {sentence}".lstrip()

    def __str__(self) -> str:
        parts = [_sentence(self.message)]
        if self.details:
            texts = list(dict.fromkeys(map(_detail, self.details)))
            shown = texts[:_SHOWN_DETAILS]
            more = len(texts) - len(shown)
            parts.append(_sentence("; ".join(shown) + (f"; and {more} more" if more else "")))
        if self.advice:
            parts.append(_sentence(self.advice))
        if self.correlation_id:
            parts.append(f"Correlation id: {self.correlation_id}.")
        return " ".join(parts)


def _detail(detail: dict[str, str]) -> str:
    reason = ", ".join(text for text in (detail.get("errorCode"), detail.get("message")) if text)
    return ": ".join(text for text in (detail.get("fieldName"), reason) if text)


def _identity(cause: GenesysError | None) -> dict[str, t.Any]:
    return dict(cause.returned) if cause is not None else {}


class Redirected(ApiError):
    """3xx. Redirects are never followed, so that no other host gets a token."""


class BadRequest(ApiError):
    """400: a request that the API calls malformed."""


class AuthenticationFailed(ApiError):
    """401, or a refusal of the client, its scopes or the request by the token endpoint."""


class PermissionDenied(ApiError):
    """403. C(missing) are the scopes that the token lacks, by the response or by the request's path."""

    def __init__(self, message: str, *, missing: t.Sequence[str] = (), **known: t.Any) -> None:
        super().__init__(message, **known)
        self.missing = tuple(missing)


class MissingObject(ApiError):
    """404 from the API itself; a gateway's 404 page is a plain C(ApiError)."""


class Conflict(ApiError):
    """A conflict of the kind OTHER, as the API profile decides, or of the kind of a subclass."""


class DuplicateName(Conflict):
    """A conflict of the kind NAME: another object has the name (S1.6)."""


class StaleObject(Conflict):
    """A conflict of the kind VERSION: the object changed since it was read (S0.5)."""


class Unprocessable(ApiError):
    """422: a well-formed request whose content the API refuses."""


class PreconditionRequired(ApiError):
    """428: a write without the ETag that the API demands."""


class RateLimited(ApiError):
    """429 at every retry, or with a C(Retry-After) beyond the deadline."""


class ServerError(ApiError):
    """5xx, after all retries."""


class NotFound(GenesysError):
    """No object with the id or name that the task gives."""


class Ambiguous(GenesysError):
    """Several objects of a kind (C(title)) with one identity, whose quoted parts are C(shown) (S0.7)."""

    def __init__(self, title: str, shown: str, ids: t.Sequence[str]) -> None:
        super().__init__(
            f"The {title} {shown} is ambiguous: {len(ids)} objects have this name "
            f"({', '.join(map(printable, ids))}). Give the id of one of them.",
            ids=list(ids),
        )


class FieldConflict(GenesysError):
    """A concurrent change of fields that the task declares (S0.5).

    C(fields) is C([(path, current value, declared value)]), secrets masked. C(effect) is the clause that
    says what was written.
    """

    def __init__(
        self, title: str, name: str, fields: t.Sequence[tuple[str, object, object]], effect: str
    ) -> None:
        listed = "; ".join(
            f"{path} is now {_show(current)}, declared {_show(wanted)}" for path, current, wanted in fields
        )
        super().__init__(
            f"A concurrent change of the {title} {name!r} conflicts with this task; {effect}: {listed}. "
            "Run the task again to see the difference, or set on_conflict to overwrite.",
            conflicts=[{"path": path, "theirs": current, "ours": wanted} for path, current, wanted in fields],
        )


class TooManyConflicts(GenesysError):
    """An object that changed before every attempt to write it (S0.5). C(effect) is as in FieldConflict."""

    def __init__(self, title: str, name: str, attempts: int, last: ApiError | None, effect: str) -> None:
        correlation = f" Correlation id: {last.correlation_id}." if last else ""
        super().__init__(
            f"The {title} {name!r} changed between read and write in each of {attempts} attempts; {effect}. "
            f"Stop the other writer, or run the task again later.{correlation}",
            **_identity(last),
        )


class UpdateTooSoon(GenesysError):
    """An update that was not sent, because the last one is less than min_update_interval ago (S2.3)."""


class VerifyFailed(GenesysError):
    """A stored object that differs from the object sent; C(differences) is C([(path, sent, stored)])."""

    def __init__(self, title: str, name: str, differences: t.Sequence[tuple[str, object, object]]) -> None:
        listed = "; ".join(
            f"{path} was sent as {_show(sent)} and is {_show(stored)}" for path, sent, stored in differences
        )
        super().__init__(
            f"The {title} {name!r} was written, but the object read back differs: {listed}. "
            "Check for a concurrent change, or set verify to false.",
            differences=[{"path": path, "sent": sent, "stored": now} for path, sent, now in differences],
        )


class IndexNotUsed(GenesysError):
    """A full scan by a query that an index should serve, where the task asks for a failure (S4.7)."""


class ReportFailed(GenesysError):
    """A failed write of the audit log, or a failed notification (S2.9, S2.10)."""


class JournalFailed(GenesysError):
    """A journal that cannot be opened, written or read. A write whose entry failed was not sent."""


class WrongOrganization(GenesysError):
    """Credentials of another org than the option C(organization) names. C(effect) is what was not done."""

    def __init__(
        self, expected: str, *, name: str | None, identifier: str | None, effect: str = "Nothing was written"
    ) -> None:
        super().__init__(
            f"{effect}: the task is for the org {_show(expected)}, but its credentials belong to "
            f"{_show(name)} (id {printable(str(identifier))}). Correct the credentials or the option "
            "organization."
        )


class ListChanged(GenesysError):
    """A list whose pages did not fit together, even after they were read again."""
