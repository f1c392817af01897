"""One-time codes of an authenticator app (TOTP, RFC 6238), and recovery codes for a lost one."""

import hmac
from base64 import b32encode
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from libs.common.errors import Problem

# The defaults of all authenticator apps: HMAC-SHA-1, six digits, thirty seconds.
_STEP_S, _DIGITS = 30, 6
_DRIFT_STEPS = 1
"""The clock of a phone may be that much before or after ours (RFC 6238, 5.2)."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
TRIES = 5
PAUSE = timedelta(minutes=15)
"""After so many wrong codes: of a million codes three fit, so guessing takes years."""


class CodeWanted(Problem):
    status, slug, title = 401, "code-wanted", "A one-time code is needed too"
    example_detail = "Send the code that your authenticator app shows, or a recovery code."


class CodeRefused(Problem):
    status, slug, title = 401, "code-refused", "The one-time code is wrong"
    example_detail = "It is wrong, or was used before: take the next one."


class CodeWrong(Problem):
    """The sender is logged in, so it is no 401."""

    status, slug, title = 409, "code-wrong", "The one-time code is wrong"
    example_detail = "It is wrong, or was used before: take the next one."


class CodesPaused(Problem):
    status, slug, title = 429, "codes-paused", "Too many wrong codes"
    example_detail = "Try again in 15 minutes, or ask staff."


class CodesInUse(Problem):
    status, slug, title = 409, "codes-in-use", "The account has an authenticator app already"
    example_detail = "Remove it first, with one of its codes."


class CodesUnset(Problem):
    status, slug, title = 409, "codes-unset", "The account has no such authenticator app"
    example_detail = "Set one up first."


class CodesOff(Problem):
    status, slug, title = 409, "codes-off", "This platform has no key to keep such secrets under"
    example_detail = "Ask the co-op's staff to set SECRET_KEYS."


class CodeVerdict(StrEnum):
    FITS = "fits"  # or none is needed
    WANTED = "wanted"
    REFUSED = "refused"
    PAUSED = "paused"

    def check(self) -> None:
        """Raises CodeWanted, CodeRefused, CodesPaused."""
        for verdict, problem in _PROBLEMS.items():
            if self is verdict:
                raise problem


_PROBLEMS: dict[CodeVerdict, type[Problem]] = {
    CodeVerdict.WANTED: CodeWanted,
    CodeVerdict.REFUSED: CodeRefused,
    CodeVerdict.PAUSED: CodesPaused,
}


def code_of(secret: bytes, step: int) -> str:
    """Return the code of one step of 30 seconds, counted from 1970."""
    return _app(secret).generate(step * _STEP_S).decode()


def find_step(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """Return the step whose code it is; None unless it is later than ``after``, the last used."""
    current = int(now.timestamp()) // _STEP_S
    for step in range(current - _DRIFT_STEPS, current + _DRIFT_STEPS + 1):
        if step > after and hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            return step
    return None


def provisioning_uri(secret: bytes, email: str) -> str:
    """Return the text of an authenticator app's QR code."""
    return _app(secret).get_provisioning_uri(email, "Elocoop")


def _app(secret: bytes) -> TOTP:
    return TOTP(secret, _DIGITS, SHA1(), _STEP_S)  # noqa: S303 - as all apps have it


def base32(secret: bytes) -> str:
    return b32encode(secret).decode()
