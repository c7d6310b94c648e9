# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way in which a task can fail (S0.10).

Private to the collection. Nothing here knows Ansible; C(render()) gives what C(fail_json) takes::

    GenesysError
    ├── InputError                 the task itself is wrong, found before any request
    ├── TransportError             no answer: DNS, refused, TLS, proxy, timeout
    │   ├── MalformedAnswer        an answer that is not what the API sends
    │   ├── DeadlineExceeded       the repeats of one call, or a wait, ran out of time
    │   └── OutcomeUnknown         a write without a usable answer: look the object up
    ├── ApiError                   the API answered with an error status
    │   ├── Redirected             3xx
    │   ├── BadRequest             400
    │   ├── AuthenticationFailed   401, and every refusal of a token
    │   ├── PermissionDenied       403
    │   ├── MissingObject          404 that the API itself answered
    │   ├── Conflict               409
    │   │   ├── DuplicateName      409, by its code or on POST
    │   │   └── StaleObject        409 by its code or on PUT and PATCH, and 412
    │   ├── Unprocessable          422
    │   ├── PreconditionRequired   428
    │   ├── RateLimited            429
    │   └── ServerError            5xx
    ├── NotFound                   no object has the given identity
    ├── Ambiguous                  several objects have the given name
    ├── FieldConflict              somebody else changed a field that the task declares (S0.5)
    ├── TooManyConflicts           the object kept changing underneath (S0.5)
    ├── UpdateTooSoon              the last update is less than min_update_interval ago (S2.3)
    ├── VerifyFailed               the object reads back different from what was sent (S1.5)
    ├── IndexNotUsed               a verifying query read every record (S4.7)
    ├── ReportFailed               the audit log or a notification could not be written or sent (S2.9, S2.10)
    ├── JournalFailed              the journal of writes could not be written or read
    ├── WrongOrganization          the credentials belong to another org
    └── ListChanged                a list kept changing while its pages were read

No message ever holds a secret, a token or a request body.
"""

from __future__ import annotations

import json
import typing as t

if t.TYPE_CHECKING:
    from collections.abc import Sequence

    from ._findings import Findings

#: How many of a server's field errors a message shows.
_SHOWN_DETAILS = 20


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _sentence(text: str) -> str:
    text = text.rstrip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


class GenesysError(Exception):
    """Any failure of the collection: one or two sentences, and what else C(fail_json) returns."""

    def __init__(self, message: str, **details: t.Any) -> None:
        super().__init__(message)
        self.message = message
        self.returned: dict[str, t.Any] = details

    def __str__(self) -> str:
        return self.message

    def add(self, sentence: str) -> None:
        """Append what is known only later, such as the number of attempts."""
        self.message = f"{_sentence(self.message)} {sentence}"

    def render(self) -> dict[str, t.Any]:
        """Keyword arguments for C(fail_json): C(msg), and the details that have a value."""
        return {"msg": str(self), **{k: v for k, v in self.returned.items() if v is not None}}


class InputError(GenesysError):
    """All violations of the user's input at once, C(problems) as C(["path: message"]) (DESIGN, rule 11).

    C(where) is for those that only the org can show.
    """

    def __init__(self, findings: Findings, where: str = "in the task's input") -> None:
        self.findings = findings
        problems = [str(problem) for problem in findings.problems]
        if len(problems) == 1:
            message = problems[0]
        else:
            message = "\n".join([f"{len(problems)} problems {where}:", *(f"- {p}" for p in problems)])
        super().__init__(message, problems=problems)


class TransportError(GenesysError):
    """No answer from the API; the message names the host and the cure."""


class MalformedAnswer(TransportError):
    """A success whose body is cut off, no JSON, or not of the shape that the API promises."""


class DeadlineExceeded(TransportError):
    """Time ran out. C(cause) is the failure of the last attempt, where there was one."""

    def __init__(self, message: str, *, cause: GenesysError | None = None, **details: t.Any) -> None:
        super().__init__(message, **{**_identity(cause), **details})
        self.cause = cause


class OutcomeUnknown(TransportError):
    """A write that may or may not have taken effect; C(cause) is why its answer is of no use.

    The caller reads the object again before it does anything else (API: "Decisions"). C(retry_after) is
    what the server asks for before the write is sent again, in seconds. C(failures) counts the failed
    requests that the option C(retries) bounds. C(out_of_time) is set where the deadline ended them.
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
        self.retry_after = retry_after
        self.failures = failures
        self.out_of_time = out_of_time


class ApiError(GenesysError):
    """The API answered with an error status.

    C(details) is a list of C({fieldName, errorCode, message}), each key optional, strings all. They are
    put into the text when it is asked for, so a resource may first replace wire paths by option paths.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str | None = None,
        details: Sequence[dict[str, str]] = (),
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
            shown = [_detail(detail) for detail in self.details[:_SHOWN_DETAILS]]
            more = len(self.details) - len(shown)
            parts.append(_sentence("; ".join(shown) + (f"; and {more} more" if more else "")))
        if self.advice:
            parts.append(_sentence(self.advice))
        if self.correlation_id:
            parts.append(f"Correlation id: {self.correlation_id}.")
        return " ".join(parts)


def _detail(detail: dict[str, str]) -> str:
    said = ", ".join(text for text in (detail.get("errorCode"), detail.get("message")) if text)
    return ": ".join(text for text in (detail.get("fieldName"), said) if text)


def _identity(cause: GenesysError | None) -> dict[str, t.Any]:
    return dict(cause.returned) if cause is not None else {}


class Redirected(ApiError):
    """3xx: never followed, so that a token goes to no other host."""


class BadRequest(ApiError):
    """400: the API calls the request malformed."""


class AuthenticationFailed(ApiError):
    """401, or the token endpoint refused the client, its scopes or the request."""


class PermissionDenied(ApiError):
    """403; C(missing) are the scopes that the token lacks, as far as the answer or the path tells."""

    def __init__(self, message: str, *, missing: Sequence[str] = (), **known: t.Any) -> None:
        super().__init__(message, **known)
        self.missing = tuple(missing)


class MissingObject(ApiError):
    """404 from the API itself (a gateway's 404 page is a plain C(ApiError))."""


class Conflict(ApiError):
    """409 that is neither a known duplicate nor a known stale write, for example on DELETE."""


class DuplicateName(Conflict):
    """409: another object has the name (S1.6)."""


class StaleObject(Conflict):
    """409 or 412: the object changed since it was read (S0.5)."""


class Unprocessable(ApiError):
    """422: the API understood the request and refuses its content."""


class PreconditionRequired(ApiError):
    """428: the write went out without the ETag that the API demands."""


class RateLimited(ApiError):
    """429 until the deadline, or with a C(Retry-After) beyond it."""


class ServerError(ApiError):
    """5xx, after all repeats."""


class NotFound(GenesysError):
    """No object has the id or name that the task gives."""


class Ambiguous(GenesysError):
    """Several objects of a kind (C(title), such as C(data action)) have the exact name (S0.7)."""

    def __init__(self, title: str, name: str, ids: Sequence[str]) -> None:
        super().__init__(
            f"The name {_show(name)} is ambiguous: {len(ids)} objects of the kind {title} have it "
            f"({', '.join(ids)}). Give the id of the one that is meant.",
            ids=list(ids),
        )
        self.name = name
        self.ids = list(ids)


class FieldConflict(GenesysError):
    """DeclaredFields fields that others changed since the first read; C(fields) is C([(path, theirs, ours)]).

    The caller has replaced secret values before it raises this.
    """

    def __init__(self, title: str, name: str, fields: Sequence[tuple[str, object, object]]) -> None:
        listed = "; ".join(
            f"{path} is now {_show(theirs)}, declared {_show(ours)}" for path, theirs, ours in fields
        )
        super().__init__(
            f"Somebody else changed the {title} {_show(name)} since it was read, in what this task declares; "
            f"nothing was written: {listed}. Run again to see the difference, or set on_conflict to "
            "overwrite.",
            conflicts=[{"path": path, "theirs": theirs, "ours": ours} for path, theirs, ours in fields],
        )
        self.fields = list(fields)


class TooManyConflicts(GenesysError):
    """The object changed between read and write at every try (S0.5)."""

    def __init__(self, title: str, name: str, tries: int, last: ApiError | None = None) -> None:
        correlation = f" Correlation id: {last.correlation_id}." if last else ""
        super().__init__(
            f"Gave up on the {title} {_show(name)} after {tries} tries: it changed between read and write "
            "each time, nothing was written. Something else keeps writing it; stop that, or run again later."
            f"{correlation}",
            **_identity(last),
        )
        self.tries = tries


class UpdateTooSoon(GenesysError):
    """The last update is less than the least interval ago; nothing was written (S2.3)."""


class VerifyFailed(GenesysError):
    """The stored object differs from what was sent; C(differences) is C([(path, sent, stored)])."""

    def __init__(self, title: str, name: str, differences: Sequence[tuple[str, object, object]]) -> None:
        listed = "; ".join(
            f"{path} was sent as {_show(sent)} and is {_show(stored)}" for path, sent, stored in differences
        )
        super().__init__(
            f"The {title} {_show(name)} was written but reads back different: {listed}. "
            "Read it again to see whether somebody else wrote it, or set verify to false.",
            differences=[
                {"path": path, "sent": sent, "stored": stored} for path, sent, stored in differences
            ],
        )
        self.differences = list(differences)


class IndexNotUsed(GenesysError):
    """A query that an index should serve was a full scan, and the task wants that to fail it (S4.7)."""


class ReportFailed(GenesysError):
    """The audit log or a notification did not get what the task has to report (S2.9, S2.10)."""


class JournalFailed(GenesysError):
    """The journal could not be opened or written; what was to be taken down before it, was not sent."""


class WrongOrganization(GenesysError):
    """The credentials reach another org than C(organization) names; nothing was written."""

    def __init__(self, expected: str, *, name: str | None, identifier: str | None) -> None:
        super().__init__(
            f"Nothing was written: the task is for the organization {_show(expected)}, but these credentials "
            f"belong to {_show(name)} (id {identifier}). Correct the credentials, or the option organization."
        )


class ListChanged(GenesysError):
    """The pages of a list did not fit together, even after reading them again."""
