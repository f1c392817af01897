"""What the DSO's answers mean, and how long we wait after each."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.pulls import PullSource
from services.ingest.domain.pulls.answers import (
    DsoAnswer,
    Kind,
    error_code,
    judge,
    next_pause,
    read_retry_after,
)

_NOW = datetime(2026, 10, 27, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (DsoAnswer(None, reason="ConnectTimeout"), Kind.FAULT),
        (DsoAnswer(500), Kind.FAULT),
        (DsoAnswer(503), Kind.FAULT),
        (DsoAnswer(408), Kind.FAULT),
        (DsoAnswer(200, b'{"meter_reading": {'), Kind.FAULT),
        (DsoAnswer(200, b"true"), Kind.FAULT),
        (DsoAnswer(200, b"[" * 100_000), Kind.FAULT),
        (DsoAnswer(200, b'\xef\xbb\xbf{"meter_reading": {}}'), Kind.RECEIVED),
        (DsoAnswer(200, b"[]"), Kind.RECEIVED),
        (DsoAnswer(200, too_large=True), Kind.REFUSED),
        (DsoAnswer(429), Kind.THROTTLED),
        (DsoAnswer(429, of_token=True), Kind.THROTTLED),
        (DsoAnswer(401), Kind.LOCKED_OUT),
        (DsoAnswer(400, of_token=True), Kind.LOCKED_OUT),
        (DsoAnswer(403, of_token=True), Kind.LOCKED_OUT),
        (DsoAnswer(500, of_token=True), Kind.FAULT),
        (DsoAnswer(404), Kind.NOT_THERE),
        (DsoAnswer(403), Kind.REFUSED),
        (DsoAnswer(400), Kind.REFUSED),
        (DsoAnswer(302), Kind.REFUSED),
    ],
)
def test_an_answer_means(answer: DsoAnswer, kind: Kind) -> None:
    verdict = judge(answer, PullSource.ACC)

    assert verdict.kind == kind
    assert bool(verdict.problem) == (kind != Kind.RECEIVED)


@given(
    status=st.integers(100, 599),
    noise=st.binary(max_size=60),
    source=st.sampled_from(PullSource),
    of_token=st.booleans(),
)
def test_every_answer_means_something_and_repeats_no_point(
    status: int, noise: bytes, source: PullSource, *, of_token: bool
) -> None:
    prm = "99000000000017"
    body = json.dumps({"error": f"{noise!r} {prm}", "error_description": prm}).encode()

    verdict = judge(DsoAnswer(status, body, of_token=of_token), source)

    assert prm not in verdict.problem


def test_the_code_of_an_error_is_told_unless_it_might_name_somebody() -> None:
    assert error_code(b'{"error": "ADAM-ERR0123"}') == "ADAM-ERR0123"
    for body in (b'{"error": "A99000000000017"}', b'{"error": 7}', b"[]", b"<html>", b'{"error'):
        assert error_code(body) == ""


@given(st.integers(1, 11), st.floats(0, 1, exclude_max=True))
def test_the_pause_after_faults_doubles_within_its_jitter_up_to_four_hours(
    attempts: int, jitter: float
) -> None:
    pause = next_pause(Kind.FAULT, attempts, jitter=jitter, retry_after=None)

    longest = min(timedelta(minutes=1) * 2 ** (attempts - 1), timedelta(hours=4))
    assert pause is not None
    assert longest / 2 <= pause <= longest


@pytest.mark.parametrize(("kind", "most"), [(Kind.FAULT, 11), (Kind.NOT_THERE, 6)])
def test_after_so_many_attempts_it_is_given_up(kind: Kind, most: int) -> None:
    pauses = [
        next_pause(kind, number, jitter=0, retry_after=None) for number in range(1, most + 20)
    ]

    assert None not in pauses[:most]
    assert set(pauses[most:]) == {None}


@given(st.sampled_from([Kind.FAULT, Kind.THROTTLED, Kind.NOT_THERE]), st.integers(0, 86_400))
def test_what_the_dso_asks_us_to_wait_is_never_cut_short(kind: Kind, wait_s: int) -> None:
    retry_after = timedelta(seconds=wait_s)

    pause = next_pause(kind, 1, jitter=0, retry_after=retry_after)

    assert pause is not None
    assert pause >= retry_after


@pytest.mark.parametrize("kind", [Kind.RECEIVED, Kind.REFUSED])
def test_what_is_answered_is_not_asked_again(kind: Kind) -> None:
    assert next_pause(kind, 1, jitter=0, retry_after=timedelta(seconds=9)) is None


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("90", 90),
        (" 7 ", 7),
        ("Tue, 27 Oct 2026 08:02:00 GMT", 120),
        ("Tue, 27 Oct 2026 07:00:00 GMT", 0),
        ("999999999", 86_400),
        ("Wed, 27 Oct 2999 08:02:00 GMT", 86_400),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read(header: str | None, wait_s: int | None) -> None:
    wait = None if wait_s is None else timedelta(seconds=wait_s)

    assert read_retry_after(header, _NOW) == wait


@given(st.text(max_size=40))
def test_no_retry_after_stops_us(header: str) -> None:
    read_retry_after(header, _NOW)
