"""Movements of co-operative shares: what fits together, and what a member then holds."""

from datetime import date, timedelta
from itertools import accumulate
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.community.domain.capital.problems import (
    CapitalMovementUnfit,
    CapitalSharesMissing,
    NominalDiffers,
)
from services.community.domain.capital.register import (
    CapitalMovement,
    MovementKind,
    check_holding,
    check_nominal,
)

_ANNA, _BRUNO = uuid4(), uuid4()
_DAY = date(2026, 11, 2)


def _movement(
    gives: UUID | None, receives: UUID | None, capital_shares: int = 1, day: date = _DAY
) -> CapitalMovement:
    kind = MovementKind.TRANSFER
    if gives is None:
        kind = MovementKind.SUBSCRIPTION
    if receives is None:
        kind = MovementKind.REPAYMENT
    return CapitalMovement(
        id=uuid4(),
        organiser_id=uuid4(),
        kind=kind,
        day=day,
        from_member_id=gives,
        to_member_id=receives,
        capital_shares=capital_shares,
        nominal_cents=2000,
        document_reference="Bulletin 14",
    )


@pytest.mark.parametrize(
    ("kind", "gives", "receives"),
    [
        (MovementKind.SUBSCRIPTION, _ANNA, _BRUNO),
        (MovementKind.SUBSCRIPTION, None, None),
        (MovementKind.REPAYMENT, _ANNA, _BRUNO),
        (MovementKind.REPAYMENT, None, None),
        (MovementKind.TRANSFER, _ANNA, None),
        (MovementKind.TRANSFER, None, _BRUNO),
        (MovementKind.TRANSFER, _ANNA, _ANNA),
    ],
)
def test_each_kind_names_whom_it_is_about(
    kind: MovementKind, gives: UUID | None, receives: UUID | None
) -> None:
    with pytest.raises(CapitalMovementUnfit):
        CapitalMovement(
            id=uuid4(),
            organiser_id=uuid4(),
            kind=kind,
            day=_DAY,
            from_member_id=gives,
            to_member_id=receives,
            capital_shares=1,
            nominal_cents=2000,
            document_reference="Bulletin 14",
        )


def test_a_transfer_takes_from_one_what_it_gives_to_the_other() -> None:
    movement = _movement(_ANNA, _BRUNO, 3)

    assert (movement.change_for(_ANNA), movement.change_for(_BRUNO)) == (-3, 3)
    assert movement.change_for(uuid4()) == 0


def test_what_comes_and_goes_on_one_day_has_no_order() -> None:
    check_holding(_ANNA, [_movement(_ANNA, None, 5), _movement(None, _ANNA, 5)])


def test_what_is_repaid_before_it_was_subscribed_is_missing_on_that_day() -> None:
    before = _DAY - timedelta(days=1)
    movements = [_movement(None, _ANNA, 5), _movement(_ANNA, None, 2, day=before)]

    with pytest.raises(CapitalSharesMissing) as refusal:
        check_holding(_ANNA, movements)

    assert refusal.value.facts["day"] == before.isoformat()
    assert refusal.value.facts["capital_shares"] == -2


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-4, 4).filter(bool)), max_size=12))
def test_a_holding_is_refused_if_and_only_if_it_is_negative_at_the_end_of_a_day(
    changes: list[tuple[int, int]],
) -> None:
    movements = [
        _movement(
            None if change > 0 else _ANNA,
            _ANNA if change > 0 else None,
            abs(change),
            _DAY + timedelta(days=offset),
        )
        for offset, change in changes
    ]
    by_day = [sum(change for day, change in changes if day == number) for number in range(6)]

    if min(accumulate(by_day)) < 0:
        with pytest.raises(CapitalSharesMissing):
            check_holding(_ANNA, movements)
    else:
        check_holding(_ANNA, movements)


def test_all_shares_have_one_nominal_value() -> None:
    check_nominal(_movement(None, _ANNA), None)
    check_nominal(_movement(None, _ANNA), 2000)
    with pytest.raises(NominalDiffers):
        check_nominal(_movement(None, _ANNA), 1500)
