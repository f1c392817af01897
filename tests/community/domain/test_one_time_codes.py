"""One-time codes: those of the RFCs, drift of clocks, and none twice."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from services.community.domain.accounts.one_time_codes import (
    CodeRefused,
    CodesPaused,
    CodeVerdict,
    CodeWanted,
    base32,
    code_of,
    find_step,
    provisioning_uri,
)

_SECRET = b"12345678901234567890"
_NOW = datetime(2026, 11, 26, 12, 0, 7, tzinfo=UTC)
_STEP = int(_NOW.timestamp()) // 30


@pytest.mark.parametrize(
    ("step", "code"), list(enumerate(["755224", "287082", "359152", "969429", "338314", "254676"]))
)
def test_codes_are_those_of_rfc_4226_appendix_d(step: int, code: str) -> None:
    assert code_of(_SECRET, step) == code


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_the_last_six_digits_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)

    assert find_step(_SECRET, code, now=now, after=0) == seconds // 30


def test_a_phone_may_be_thirty_seconds_wrong_and_no_more() -> None:
    code = code_of(_SECRET, _STEP)
    steps = [
        find_step(_SECRET, code, now=_NOW + timedelta(seconds=30 * off), after=0)
        for off in (-2, -1, 0, 1, 2)
    ]

    assert steps == [None, _STEP, _STEP, _STEP, None]


def test_a_code_that_was_used_and_those_before_it_are_refused() -> None:
    codes = [code_of(_SECRET, step) for step in (_STEP - 1, _STEP, _STEP + 1)]
    steps = [find_step(_SECRET, code, now=_NOW, after=_STEP) for code in codes]

    assert steps == [None, None, _STEP + 1]


@pytest.mark.parametrize("code", ["", "12345", "MFRGGZDFMZTWQ2LK", "１２３４５６"])
def test_what_is_no_code_does_not_fit(code: str) -> None:
    assert find_step(_SECRET, code, now=_NOW, after=0) is None


def test_the_uri_tells_the_secret_and_whose_it_is() -> None:
    uri = urlsplit(provisioning_uri(_SECRET, "lucie+co@example.org"))

    assert (uri.scheme, uri.netloc, uri.path) == (
        "otpauth",
        "totp",
        "/Elocoop:lucie%2Bco%40example.org",
    )
    assert parse_qs(uri.query) == {
        "secret": [base32(_SECRET)],
        "issuer": ["Elocoop"],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }


@pytest.mark.parametrize(
    ("verdict", "problem"),
    [
        (CodeVerdict.WANTED, CodeWanted),
        (CodeVerdict.REFUSED, CodeRefused),
        (CodeVerdict.PAUSED, CodesPaused),
    ],
)
def test_a_verdict_that_is_not_to_go_on_is_a_refusal(
    verdict: CodeVerdict, problem: type[Exception]
) -> None:
    CodeVerdict.FITS.check()
    with pytest.raises(problem):
        verdict.check()
