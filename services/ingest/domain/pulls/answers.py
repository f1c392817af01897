"""The meaning of the DSO's answers, and when to ask again."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import assert_never

from services.ingest.domain.pulls.questions import PullSource

_BOM = b"\xef\xbb\xbf"
_MOST_RETRY_AFTER = timedelta(days=1)
_CODE = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}[0-9]{0,6}", re.ASCII)  # too short for a PRM

_FIRST_FAULT_PAUSE = timedelta(minutes=1)
_LONGEST_FAULT_PAUSE = timedelta(hours=4)
_MOST_FAULTS = 12  # some twelve hours: longer than an ordinary outage
_UNTIL_THERE = tuple(timedelta(hours=hours) for hours in (2, 6, 16, 24, 48, 96))
_THROTTLED_PAUSE = timedelta(minutes=1)
_LOCKED_OUT_PAUSE = timedelta(minutes=1)

_OK, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TIMEOUT, _TOO_MANY = 200, 401, 403, 404, 408, 429
_SERVER_ERRORS = range(500, 600)
_TOKEN_REFUSALS = (400, _UNAUTHORIZED, _FORBIDDEN)


@dataclass(frozen=True)
class DsoAnswer:
    """An answer; status None means that nothing came back, and then reason says why.

    of_token: the answer is to the request for a token, without which the question was not asked.
    """

    status: int | None
    body: bytes = b""
    retry_after: timedelta | None = None
    reason: str = ""
    of_token: bool = False
    too_large: bool = False


class Kind(StrEnum):
    RECEIVED = "received"
    FAULT = "fault"  # of the network or servers: passes by itself
    THROTTLED = "throttled"  # we are too fast: all questions to this source wait
    LOCKED_OUT = "locked_out"  # our credentials are not accepted: all questions wait here too
    NOT_THERE = "not_there"  # nothing is available yet
    REFUSED = "refused"  # asking again does not help


@dataclass(frozen=True)
class AnswerVerdict:
    """problem: what went wrong and what to do, for people; it never names a point."""

    kind: Kind
    problem: str = ""


def judge(answer: DsoAnswer, source: PullSource) -> AnswerVerdict:
    status = answer.status
    if status is None or status in _SERVER_ERRORS or status == _TIMEOUT:
        trouble = answer.reason if status is None else f"{status}"
        return AnswerVerdict(Kind.FAULT, f"The DSO's servers have trouble ({trouble}).")
    if status == _TOO_MANY:
        return AnswerVerdict(Kind.THROTTLED, "The DSO asks us to be slower (429).")
    if status == _UNAUTHORIZED or (answer.of_token and status in _TOKEN_REFUSALS):
        name = source.setting.upper()
        names = f"{name}_CLIENT_ID and {name}_CLIENT_SECRET"
        return AnswerVerdict(
            Kind.LOCKED_OUT,
            f"The DSO does not accept our credentials ({status}): check {names}, and that the "
            "application may use this API.",
        )
    return _judge_content(answer, status)


def _judge_content(answer: DsoAnswer, status: int) -> AnswerVerdict:
    if status == _OK and answer.too_large:
        return AnswerVerdict(Kind.REFUSED, "The answer is too large: ask for fewer days.")
    if status == _OK and is_whole(answer.body):
        return AnswerVerdict(Kind.RECEIVED)
    if status == _OK:
        return AnswerVerdict(Kind.FAULT, "The DSO's answer was cut off: it is no whole JSON.")
    code = f"{status} {error_code(answer.body)}".strip()
    if status == _NOT_FOUND:
        problem = f"The DSO has nothing of these days yet ({code}). If that stays: check the point."
        return AnswerVerdict(Kind.NOT_THERE, problem)
    if status == _FORBIDDEN:
        problem = (
            f"The DSO may not answer ({code}): consent or mandate is missing or over. Renew it, "
            "then pull again."
        )
        return AnswerVerdict(Kind.REFUSED, problem)
    problem = f"The DSO refused the question ({code}): check the point and the days."
    return AnswerVerdict(Kind.REFUSED, problem)


def without_mark(body: bytes) -> bytes:
    """Return the body so that it can stand within another document."""
    return body.removeprefix(_BOM).strip()


def is_whole(body: bytes) -> bool:
    """Return whether the body is a complete JSON object or array."""
    try:
        return isinstance(json.loads(without_mark(body)), dict | list)
    except (ValueError, RecursionError):
        return False


def error_code(body: bytes) -> str:
    """Return the DSO's code in an error's body, such as ``ADAM-ERR0123``; '' if there is none."""
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    code = tree.get("error") if isinstance(tree, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def read_retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Read seconds, or a date (RFC 9110 §10.2.3); at most a day, None if it is unreadable."""
    if not header:
        return None
    if re.fullmatch(r"[0-9]{1,9}", header.strip(), re.ASCII):
        return min(timedelta(seconds=int(header)), _MOST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(header)
        until = at if at.tzinfo else at.replace(tzinfo=UTC)
        return min(max(until - now, timedelta()), _MOST_RETRY_AFTER)
    except (ValueError, OverflowError):
        return None


def next_pause(
    kind: Kind, attempts: int, *, jitter: float, retry_after: timedelta | None
) -> timedelta | None:
    """Return how long to wait after so many attempts, the last of them just now; None is for ever.

    jitter: in [0, 1), drawn anew each time, so that questions that failed together do not come back
    together. The pause that the DSO asks for is never shortened.
    """
    pause: timedelta | None
    match kind:
        case Kind.RECEIVED | Kind.REFUSED:
            return None
        case Kind.FAULT:
            doubled = _FIRST_FAULT_PAUSE * 2 ** min(attempts - 1, _MOST_FAULTS)
            pause = min(doubled, _LONGEST_FAULT_PAUSE) if attempts < _MOST_FAULTS else None
        case Kind.NOT_THERE:
            pause = _UNTIL_THERE[attempts - 1] if attempts <= len(_UNTIL_THERE) else None
        case Kind.THROTTLED:
            pause = _THROTTLED_PAUSE
        case Kind.LOCKED_OUT:
            pause = _LOCKED_OUT_PAUSE
        case _:
            assert_never(kind)
    if pause is None:
        return None
    return max(pause * (0.5 + jitter / 2), retry_after or timedelta())
