"""Whether the accise is due while nobody has decided: by kinds and powers of the plants."""

from datetime import date
from uuid import UUID

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.invoices.accise_of_month import AcciseOfMonth
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.prices.sales import Participation
from services.billing.domain.taxes.accise import AcciseEntry, AcciseRegime
from services.billing.domain.taxes.accise_default import default_entries, with_default

ROOF, FARM, HOME = Prm("99000000000091"), Prm("99000000000092"), Prm("99000000000001")
EXEMPT, UNDECIDED, STANDARD = (
    AcciseRegime.EXEMPT,
    AcciseRegime.UNDECIDED,
    AcciseRegime.STANDARD,
)
BEGINS = date(2026, 1, 1)


def _plant(
    prm: Prm = ROOF,
    power_w: int | None = 90_000,
    *,
    valid_from: date = BEGINS,
    valid_to: date | None = None,
    kind: str | None = "solar",
) -> Participation:
    return Participation(
        prm, Direction.PRODUCTION, UUID(int=1), valid_from, valid_to, power_w, production_kind=kind
    )


def _regimes(*participations: Participation) -> list[tuple[date, AcciseRegime]]:
    return [(entry.valid_from, entry.regime) for entry in default_entries(participations)]


def test_it_is_exempt_with_its_reasons_while_each_plant_is_below_one_megawatt() -> None:
    home = Participation(HOME, Direction.CONSUMPTION, UUID(int=2), BEGINS, None, 2_000_000)
    entry = default_entries([_plant(), _plant(FARM, 999_999), home])[-1]

    assert (entry.valid_from, entry.regime) == (BEGINS, EXEMPT)
    assert entry.legal_basis == "art. L312-79 et L312-87 du CIBS"
    assert entry.evidence == "installations d’énergie renouvelable de moins de 1 MW chacune"


@pytest.mark.parametrize(
    ("power_w", "kind"),
    [(None, "solar"), (1_000_000, "hydro"), (90_000, None), (90_000, "diesel")],
)
def test_a_plant_of_a_megawatt_or_of_unknown_power_or_energy_leaves_it_undecided(
    power_w: int | None, kind: str | None
) -> None:
    joins, leaves = date(2026, 5, 11), date(2026, 9, 1)
    farm = _plant(FARM, power_w, valid_from=joins, valid_to=leaves, kind=kind)

    assert _regimes(_plant(), farm)[1:] == [
        (BEGINS, EXEMPT),
        (joins, UNDECIDED),
        (leaves, EXEMPT),
    ]


def test_it_is_undecided_before_the_law_and_without_plants() -> None:
    assert _regimes(_plant(valid_from=date(2024, 6, 1))) == [
        (date(2024, 6, 1), UNDECIDED),
        (date(2025, 3, 1), EXEMPT),
    ]
    assert {regime for _, regime in _regimes()} == {UNDECIDED}


def test_a_decision_stands_whatever_changes_after_it() -> None:
    decided = AcciseEntry(valid_from=date(2026, 5, 11), regime=STANDARD)
    farm = _plant(FARM, 1_500_000, valid_from=date(2026, 6, 1))

    versions = with_default([decided], [_plant(), farm])

    assert versions[-2:] == [*default_entries([_plant()])[-1:], decided]
    accise = AcciseOfMonth([decided], Month(2026, 6), [_plant(), farm])
    energy = DayEnergy(ROOF, HOME, date(2026, 6, 20), 60_000)
    assert [period.regime for period in accise.periods([energy])] == [STANDARD]


def test_who_says_undecided_is_undecided() -> None:
    undecided = AcciseEntry(valid_from=BEGINS, regime=UNDECIDED)
    accise = AcciseOfMonth([undecided], Month(2026, 6), [_plant()])
    energy = DayEnergy(ROOF, HOME, date(2026, 6, 20), 60_000)
    assert [period.regime for period in accise.periods([energy])] == [UNDECIDED]
