"""How long a submission waits, and what may be sent again."""

from datetime import timedelta
from itertools import pairwise

import pytest

from services.billing.domain.e_invoicing.submissions import (
    AGAIN,
    TO_LOOK_AT,
    AlreadySubmitted,
    PlatformAnswer,
    SubmissionState,
    check_may_submit,
    pause_between_looks,
    settled,
)
from services.billing.domain.retrying import MOST_ATTEMPTS, pause_before


def test_pauses_grow_to_some_hours() -> None:
    pauses = [pause_before(attempt) for attempt in range(1, 200)]
    looks = [pause_between_looks(number) for number in range(200)]

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    for waits in (pauses, looks):
        assert all(earlier <= later for earlier, later in pairwise(waits))
    assert pauses[-1] == timedelta(hours=6)
    assert looks[-1] == timedelta(hours=12)


def test_who_says_how_long_to_wait_is_not_asked_before() -> None:
    assert pause_before(1, timedelta(hours=1)) == timedelta(hours=1)
    assert pause_before(4, timedelta(seconds=5)) == timedelta(minutes=8)


def test_after_too_many_attempts_it_is_given_up() -> None:
    busy = PlatformAnswer(SubmissionState.QUEUED, reason="Busy.")

    assert settled(busy, MOST_ATTEMPTS - 1) == busy
    given_up = settled(busy, MOST_ATTEMPTS)
    assert given_up.state == SubmissionState.FAILED
    assert given_up.reason == f"Given up after {MOST_ATTEMPTS} attempts. Busy."


def test_what_a_person_must_look_at_can_be_sent_again() -> None:
    assert TO_LOOK_AT < AGAIN
    for state in SubmissionState:
        if state in AGAIN:
            check_may_submit(state, "F2026-00001")
        else:
            with pytest.raises(AlreadySubmitted):
                check_may_submit(state, "F2026-00001")
