"""What an organiser may look at: consents follow the person, and refusals the point too."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from libs.common.curve_consents import DISPLAY, Consent, Granularity, is_displayed
from libs.common.ids import Prm

_DAY = date(2026, 11, 25)
_ANNA, _BRUNO = uuid4(), uuid4()


def _said(*, is_granted: bool, valid_to: date = _DAY + timedelta(days=9)) -> Consent:
    return Consent(
        member_id=_ANNA,
        prm=Prm("99110000000108"),
        purpose=DISPLAY,
        granularity="load_curve",
        is_granted=is_granted,
        valid_from=_DAY - timedelta(days=9),
        valid_to=valid_to,
    )


def _brunos(consent: Consent, *, annas_too: bool) -> bool:
    """Whether the point is shown for Bruno's days; annas_too: whether she had it before."""
    ever = {_BRUNO, _ANNA} if annas_too else {_BRUNO}
    granularity = Granularity.LOAD_CURVE
    return is_displayed([consent], member_id=_BRUNO, ever=ever, granularity=granularity, day=_DAY)


def test_a_refusal_stays_with_a_point_that_was_given_to_another_as_if_it_had_been_theirs() -> None:
    """H3 of the security review: a participation re-recorded on a straw man."""
    assert not _brunos(_said(is_granted=False), annas_too=False)


@pytest.mark.parametrize(
    "said", [_said(is_granted=True), _said(is_granted=False, valid_to=_DAY)], ids=["grant", "over"]
)
def test_neither_a_grant_nor_what_is_over_says_anything_of_anothers_days(said: Consent) -> None:
    assert _brunos(said, annas_too=False)


def test_a_new_occupant_starts_anew() -> None:
    assert _brunos(_said(is_granted=False), annas_too=True)
