"""Participants, rates and missing months of a year, with plain values."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.prices.sales import Participation
from services.billing.domain.surplus.yearly_reports import (
    ProducerYear,
    YearEnergies,
    count_participants,
    missing_months,
)

_LUCIE, _BAKERY = uuid4(), uuid4()


def _part(
    prm: str,
    member_id: UUID,
    first: str,
    end: str | None = None,
    direction: Direction = Direction.CONSUMPTION,
) -> Participation:
    valid_to = date.fromisoformat(end) if end else None
    return Participation(Prm(prm), direction, member_id, date.fromisoformat(first), valid_to)


_PARTS = [
    _part("99000000000001", _LUCIE, "2025-06-01"),
    _part("99000000000002", _BAKERY, "2026-03-01", "2026-09-01"),
    _part("99000000000003", _BAKERY, "2025-06-01", None, Direction.PRODUCTION),
    _part("99000000000004", _LUCIE, "2025-06-01", "2026-01-01"),
    _part("99000000000005", _LUCIE, "2027-01-01"),
]


def test_participants_are_counted_on_the_last_day_of_the_year() -> None:
    kinds = {_LUCIE: "household", _BAKERY: "company"}

    participants = count_participants(_PARTS, kinds, year=2026, today=date(2027, 2, 1))  # type: ignore[arg-type]

    assert participants.day == date(2026, 12, 31)
    assert (participants.consumers, participants.producers) == (1, 1)
    assert participants.members == {"household": 1, "company": 1}
    assert (participants.entries, participants.exits) == (1, 2)


def test_or_today_while_the_year_lasts() -> None:
    participants = count_participants(_PARTS, {}, year=2026, today=date(2026, 8, 31))

    assert (participants.day, participants.consumers, participants.exits) == (
        date(2026, 8, 31),
        2,
        1,
    )
    assert participants.members == {None: 2}


def test_months_are_missing_once_they_are_over_and_somebody_took_part() -> None:
    parts = [_part("99000000000001", _LUCIE, "2026-02-15", "2026-05-01")]
    settled = [Month(2026, 3)]

    assert missing_months(parts, settled, year=2026, today=date(2026, 4, 30)) == [Month(2026, 2)]
    assert missing_months(parts, settled, year=2026, today=date(2026, 5, 1)) == [
        Month(2026, 2),
        Month(2026, 4),
    ]


@pytest.mark.parametrize(
    ("production_wmin", "rate"), [(0, None), (300, Decimal("0.3333")), (100, Decimal("1.0000"))]
)
def test_rates_are_of_four_decimals_and_none_of_nothing(
    production_wmin: int, rate: Decimal | None
) -> None:
    energies = YearEnergies(production_wmin=production_wmin, consumption_wmin=0, shared_wmin=100)

    assert energies.self_consumption_rate == rate
    assert energies.self_sufficiency_rate is None


def test_the_mean_price_is_what_was_paid_for_what_was_sold() -> None:
    year = ProducerYear(
        producer=Prm("99000000000003"),
        energy_wmin=3 * 60_000,
        revenue_cents=40,
        fees_cents=500,
        lowest_eur_per_kwh=Decimal("0.10"),
        highest_eur_per_kwh=Decimal("0.15"),
    )

    assert year.mean_eur_per_kwh == Decimal("0.1333")


def test_the_mean_price_is_none_that_nobody_paid() -> None:
    """474.43 € for 5,000 kWh at 0.0949 would be a price below the only one, by rounded lines."""
    year = ProducerYear(
        producer=Prm("99000000000003"),
        energy_wmin=5_000 * 60_000,
        revenue_cents=47_443,
        fees_cents=0,
        lowest_eur_per_kwh=Decimal("0.0950"),
        highest_eur_per_kwh=Decimal("0.0950"),
    )

    assert year.mean_eur_per_kwh == Decimal("0.0950")
