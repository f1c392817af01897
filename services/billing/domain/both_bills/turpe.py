"""The tariff of networks (TURPE), as suppliers pass it on: grids by formula and day."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.reference import read_rows

_DAYS_PER_YEAR = 365


class TariffFormula(StrEnum):
    """The formula of a point (formule tarifaire d'acheminement), as suppliers' bills name it."""

    CU4 = "BTINFCU4"
    MU4 = "BTINFMU4"
    CUST = "BTINFCUST"
    MUDT = "BTINFMUDT"
    LU = "BTINFLU"
    SUP_CU = "BTSUPCU"
    SUP_LU = "BTSUPLU"

    @property
    def is_small(self) -> bool:
        """Low voltage up to 36 kVA."""
        return self.startswith("BTINF")

    @property
    def classes(self) -> AbstractSet[HourName]:
        """The hour classes of its energies; those of all its grids are the same."""
        return next(iter(_grids()[self])).energy_ceur_per_kwh.keys()


class RowStatus(StrEnum):
    """The origin of a row."""

    FOUND = "found"  # in a text of the authority that sets it, or of an operator that applies it
    SECONDARY = "secondary"  # in a register or package that cites such a text
    ESTIMATE = "estimate"  # in no text: computed from the row before, to be replaced


@dataclass(frozen=True)
class TurpeRates:
    """A row over local days ``[start, end)``, before taxes.

    power_eur_per_kva_year: by class of power; with one power in all classes the first counts.
    Fixed parts are None if only the grid's energy prices are known.
    """

    start: date
    end: date
    legal_reference: str
    status: RowStatus
    management_eur_per_year: Decimal | None
    metering_eur_per_year: Decimal | None
    power_eur_per_kva_year: Mapping[str, Decimal]
    energy_ceur_per_kwh: Mapping[HourName, Decimal]

    def covers(self, day: date) -> bool:
        return self.start <= day < self.end

    def fixed_eur_per_year(self, subscribed_kva: int) -> Decimal:
        """Management, metering and power, the base of the CTA."""
        # b1·P1 + Σ b_i·(P_i − P_i-1): only the first is not zero when all powers are equal.
        power_eur_per_kva_year = next(iter(self.power_eur_per_kva_year.values()))
        return (
            _known(self.management_eur_per_year)
            + _known(self.metering_eur_per_year)
            + power_eur_per_kva_year * subscribed_kva
        )


@dataclass(frozen=True)
class CollectiveGrids:
    """The optional grid of collective self-consumption: one for local energy, one for the rest."""

    local: TurpeRates
    rest: TurpeRates


def grid_on(day: date, formula: TariffFormula) -> TurpeRates | None:
    """The grid of a formula on a local day, None if unknown."""
    return _find(day, formula)


def collective_grids_on(day: date, formula: TariffFormula) -> CollectiveGrids | None:
    """The collective grids, None if the formula has no such option or they are unknown."""
    local, rest = _find(day, f"{formula}ACCAUTO"), _find(day, f"{formula}ACCALLO")
    return CollectiveGrids(local, rest) if local and rest else None


def management_difference_eur(day: date, formula: TariffFormula, days: int) -> Decimal | None:
    """The extra cost of managing a point that takes part in an operation, not rounded.

    Up to 36 kVA it is one amount for all formulas; above, it is unknown. It seems to be due
    whatever grid is chosen.
    """
    usual, collective = grid_on(day, formula), collective_grids_on(day, TariffFormula.CU4)
    if not formula.is_small or usual is None or collective is None:
        return None
    yearly_eur = _known(collective.local.management_eur_per_year) - _known(
        usual.management_eur_per_year
    )
    return prorated_eur(yearly_eur, days)


def prorated_eur(eur_per_year: Decimal, days: int) -> Decimal:
    """The amount due for so many days, whatever the year; not rounded."""
    return eur_per_year * days / _DAYS_PER_YEAR


def _known(eur: Decimal | None) -> Decimal:
    assert eur is not None
    return eur


def _find(day: date, code: str) -> TurpeRates | None:
    return next((grid for grid in _grids().get(code, ()) if grid.covers(day)), None)


@cache
def _grids() -> Mapping[str, Sequence[TurpeRates]]:
    grids: dict[str, list[TurpeRates]] = {}
    for row in read_rows("turpe"):
        grids.setdefault(row["code"], []).append(_grid(row))
    return grids


def _grid(row: Mapping[str, Any]) -> TurpeRates:
    return TurpeRates(
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        legal_reference=row["legal_reference"],
        status=RowStatus(row["status"]),
        management_eur_per_year=_decimal(row["management_eur_per_year"]),
        metering_eur_per_year=_decimal(row["metering_eur_per_year"]),
        power_eur_per_kva_year={
            name: Decimal(value) for name, value in row["power_eur_per_kva_year"].items()
        },
        energy_ceur_per_kwh={
            HourName(name): Decimal(value) for name, value in row["energy_ceur_per_kwh"].items()
        },
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
