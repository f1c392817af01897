"""What a consent may say, and what stays of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.community.domain.privacy.consents import (
    Consent,
    ConsentAnswer,
    Granularity,
    Proof,
    Purpose,
    Withdrawal,
)
from services.community.domain.problems import (
    ConsentChanged,
    ConsentEmpty,
    ConsentTooLong,
    ProofMissing,
)

_FIRST = date(2026, 11, 1)


def _consent(valid_from: date = _FIRST, valid_to: date = date(2027, 11, 1)) -> Consent:
    return Consent(
        id=UUID(int=1),
        member_id=UUID(int=2),
        prm=Prm("99000000000001"),
        purpose=Purpose.DISPLAY,
        granularity=Granularity.DAILY,
        answer=ConsentAnswer.GRANTED,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def test_a_consent_holds_for_three_years_to_the_day() -> None:
    assert _consent(_FIRST, date(2029, 11, 1)).valid_to == date(2029, 11, 1)
    with pytest.raises(ConsentTooLong):
        _consent(_FIRST, date(2029, 11, 2))


def test_a_consent_from_29_february_ends_by_1_march() -> None:
    assert _consent(date(2028, 2, 29), date(2031, 3, 1)).valid_to == date(2031, 3, 1)
    with pytest.raises(ConsentTooLong):
        _consent(date(2028, 2, 29), date(2031, 3, 2))


def test_a_consent_has_a_day() -> None:
    with pytest.raises(ConsentEmpty):
        _consent(_FIRST, _FIRST)


@given(st.dates(date(2000, 1, 1), date(2190, 1, 1)), st.integers(-2000, 2000))
def test_any_period_is_taken_or_refused_with_a_reason(first: date, days: int) -> None:
    is_taken = True
    try:
        _consent(first, first + timedelta(days=days))
    except (ConsentEmpty, ConsentTooLong):
        is_taken = False

    # Three years have 1095 days, or 1096 with a leap day in them.
    assert is_taken == (0 < days <= 1095) or days == 1096


def test_what_is_recorded_for_somebody_needs_a_proof() -> None:
    proven = replace(_consent(), proof=Proof("Mandat 14", "0" * 64))

    proven.check_proven()
    with pytest.raises(ProofMissing):
        _consent().check_proven()


def test_what_was_recorded_stays_but_for_a_withdrawal() -> None:
    consent = _consent()
    withdrawn = replace(
        consent, withdrawal=Withdrawal(_FIRST, datetime(2026, 11, 1, tzinfo=UTC), "lucie")
    )

    consent.check_same(withdrawn)
    with pytest.raises(ConsentChanged):
        consent.check_same(replace(consent, answer=ConsentAnswer.REFUSED))
