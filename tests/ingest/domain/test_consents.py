"""What may be done with the curves of a point."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.curve_consents import Consent, Granularity
from services.ingest.domain.privacy.consents import Purpose, may
from services.ingest.domain.readings.coverage import Participation
from tests.ingest.domain.days import ANNA, BRUNO, PRM, takes_part

_TODAY = date(2026, 11, 25)
_CURVE, _DAILY = Granularity.LOAD_CURVE, Granularity.DAILY
_DISPLAY, _COLLECTION = Purpose.DISPLAY, Purpose.COLLECTION


def _consent(
    granularity: Granularity = _CURVE,
    *,
    purpose: Purpose = _DISPLAY,
    member_id: UUID = ANNA,
    is_granted: bool = True,
    withdrawn_on: date | None = None,
) -> Consent:
    return Consent(
        member_id=member_id,
        prm=PRM,
        purpose=purpose,
        granularity=granularity,
        is_granted=is_granted,
        valid_from=date(2026, 11, 1),
        valid_to=date(2027, 11, 1),
        withdrawn_on=withdrawn_on,
    )


def _shown(*consents: Consent, granularity: Granularity = _CURVE, day: date = _TODAY) -> bool:
    return may([takes_part()], consents, purpose=_DISPLAY, granularity=granularity, day=day)


def test_settlement_rests_on_the_participation_of_the_day() -> None:
    ended = takes_part(valid_to=_TODAY)
    last_day = _TODAY - timedelta(days=1)

    for day, expected in ((last_day, True), (_TODAY, False)):
        allowed = may([ended], [], purpose=Purpose.SETTLEMENT, granularity=_CURVE, day=day)
        assert allowed is expected


def test_an_organiser_sees_a_curve_about_which_nothing_was_said() -> None:
    assert _shown()
    assert not may([], [], purpose=_DISPLAY, granularity=_CURVE, day=_TODAY)


def test_a_withdrawal_ends_the_display_on_its_very_day() -> None:
    withdrawn = _consent(withdrawn_on=_TODAY)

    assert _shown(withdrawn, day=_TODAY - timedelta(days=1))
    assert not _shown(withdrawn)
    assert not _shown(withdrawn, granularity=_DAILY)


def test_who_shares_days_does_not_share_steps() -> None:
    assert _shown(_consent(_DAILY), granularity=_DAILY)
    assert not _shown(_consent(_DAILY))


def test_a_consent_that_is_over_is_asked_for_again() -> None:
    assert not _shown(_consent(), day=date(2027, 11, 1))
    assert _shown(_consent(), replace(_consent(), valid_to=date(2029, 11, 1)), day=date(2028, 1, 1))


def test_a_refusal_stands_before_a_grant_until_it_is_withdrawn() -> None:
    refusal = _consent(is_granted=False)

    assert not _shown(_consent(), refusal)
    assert _shown(_consent(_DAILY), refusal, granularity=_DAILY)
    assert _shown(_consent(), replace(refusal, withdrawn_on=_TODAY))
    # Steps tell what a day came to.
    assert not _shown(_consent(), _consent(_DAILY, is_granted=False))


def test_what_begins_later_says_nothing_yet() -> None:
    assert _shown(_consent(is_granted=False), day=date(2026, 10, 31))


def test_fetching_for_a_household_needs_its_consent() -> None:
    def fetched(*consents: Consent, granularity: Granularity = _CURVE) -> bool:
        return may(
            [takes_part()], consents, purpose=_COLLECTION, granularity=granularity, day=_TODAY
        )

    assert not fetched()
    assert not fetched(_consent())  # to display is not to collect
    assert not fetched(_consent(_DAILY, purpose=_COLLECTION))
    assert fetched(_consent(_DAILY, purpose=_COLLECTION), granularity=_DAILY)
    assert fetched(_consent(purpose=_COLLECTION))


def test_a_prospect_may_consent_before_taking_part() -> None:
    assert may(
        [], [_consent(purpose=_COLLECTION)], purpose=_COLLECTION, granularity=_CURVE, day=_TODAY
    )


@pytest.mark.parametrize("purpose", [_DISPLAY, _COLLECTION])
def test_what_the_one_before_said_says_nothing_of_the_new_occupant(purpose: Purpose) -> None:
    before = takes_part(valid_to=date(2026, 11, 10))
    after = takes_part(member_id=BRUNO, valid_from=date(2026, 11, 10))
    said = [_consent(purpose=purpose), _consent(purpose=purpose, member_id=BRUNO, is_granted=False)]

    assert may([before, after], said, purpose=purpose, granularity=_CURVE, day=date(2026, 11, 9))
    assert not may([before, after], said, purpose=purpose, granularity=_CURVE, day=_TODAY)


_DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@st.composite
def _consents(draw: st.DrawFn) -> Consent:
    first = draw(_DAYS)
    return Consent(
        member_id=draw(st.sampled_from([ANNA, BRUNO])),
        prm=PRM,
        purpose=draw(st.sampled_from(["display", "collection", "of a later version"])),
        granularity=draw(st.sampled_from(["load_curve", "daily", "of a later version"])),
        is_granted=draw(st.booleans()),
        valid_from=first,
        valid_to=first + timedelta(days=draw(st.integers(1, 1095))),
        withdrawn_on=draw(st.none() | _DAYS),
    )


@st.composite
def _participations(draw: st.DrawFn) -> Participation:
    first = draw(_DAYS)
    length = draw(st.none() | st.integers(1, 400))
    member_id = draw(st.sampled_from([ANNA, BRUNO]))
    end = None if length is None else first + timedelta(days=length)
    return takes_part(member_id=member_id, valid_from=first, valid_to=end)


_ANY = {
    "participations": st.lists(_participations(), max_size=3),
    "consents": st.lists(_consents(), max_size=4),
    "day": _DAYS,
}


@given(**_ANY, purpose=st.sampled_from(Purpose))
def test_who_may_have_steps_may_have_days(
    participations: list[Participation], consents: list[Consent], day: date, purpose: Purpose
) -> None:
    if may(participations, consents, purpose=purpose, granularity=_CURVE, day=day):
        assert may(participations, consents, purpose=purpose, granularity=_DAILY, day=day)


@given(**_ANY, granularity=st.sampled_from(Granularity), purpose=st.sampled_from(Purpose))
def test_nothing_beyond_settlement_is_done_once_all_is_withdrawn(
    participations: list[Participation],
    consents: list[Consent],
    day: date,
    granularity: Granularity,
    purpose: Purpose,
) -> None:
    withdrawn = [
        replace(consent, withdrawn_on=day, valid_from=min(consent.valid_from, day))
        for consent in consents
    ]
    holders = {
        participation.member_id for participation in participations if participation.takes_part(day)
    }
    deciding = holders or {participation.member_id for participation in participations}
    spoke = any(
        consent.purpose == purpose and consent.member_id in deciding for consent in withdrawn
    )

    allowed = may(participations, withdrawn, purpose=purpose, granularity=granularity, day=day)

    if purpose is Purpose.COLLECTION:
        assert not allowed
    elif purpose is Purpose.DISPLAY:
        assert allowed == (bool(participations) and not spoke)
    else:
        assert allowed == bool(holders)


@given(**_ANY, granularity=st.sampled_from(Granularity), purpose=st.sampled_from(Purpose))
def test_a_refusal_never_opens_anything(
    participations: list[Participation],
    consents: list[Consent],
    day: date,
    granularity: Granularity,
    purpose: Purpose,
) -> None:
    without = [consent for consent in consents if consent.is_granted]
    if not may(participations, without, purpose=purpose, granularity=granularity, day=day):
        allowed = may(participations, consents, purpose=purpose, granularity=granularity, day=day)
        assert not allowed


@given(**_ANY, granularity=st.sampled_from(Granularity), purpose=st.sampled_from(Purpose))
def test_the_order_of_what_was_said_makes_no_difference(
    participations: list[Participation],
    consents: list[Consent],
    day: date,
    granularity: Granularity,
    purpose: Purpose,
) -> None:
    decision, other = [
        may(participations, said, purpose=purpose, granularity=granularity, day=day)
        for said in (consents, consents[::-1])
    ]
    assert decision == other
