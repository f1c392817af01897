"""The accise on electricity: an operation's decisions, and the tax on the energy of a month."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import ClassVar, NamedTuple

from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.reference import LegalRate, RateTable, rate_on
from services.billing.domain.versions import in_force

_SMALL_POWER_W = 36_000
_HIGH_POWER_W = 250_000
_KWH_PER_MWH = 1000


class AcciseRegimeInvalid(Problem):
    status, slug, title = 409, "accise-regime-invalid", "The accise regime lacks its reasons"
    example_detail = "An exemption needs its legal basis and the document that proves it."
    example_facts: ClassVar = {"field": "evidence"}


class AcciseRegime(StrEnum):
    """Whether an operation's shared energy bears the accise.

    Exempt needs a reason: CIBS L312-79 and L312-87 set a rate of zero for sites below 1 MW. It is
    the default below that power (``accise_default``).
    """

    EXEMPT = "exempt"
    STANDARD = "standard"
    UNDECIDED = "undecided"


class AcciseCategory(StrEnum):
    """The tax category of a consumption (CIBS art. L312-24)."""

    HOUSEHOLD = "household"  # ménages et assimilés: households, and all up to 36 kVA
    SME = "sme"  # economic activity, above 36 kVA and up to 250
    HIGH_POWER = "high_power"  # economic activity, above 250 kVA


@dataclass(frozen=True, kw_only=True)
class AcciseEntry:
    """An operation's decision, in force from a local day on. Raises AcciseRegimeInvalid.

    evidence: the document on file, for example a ruling. categories: for consumers whose category
    does not follow from their kind and power.
    """

    valid_from: date
    regime: AcciseRegime
    legal_basis: str | None = None
    evidence: str | None = None
    categories: Mapping[Prm, AcciseCategory] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.regime is AcciseRegime.EXEMPT:
            for name in ("legal_basis", "evidence"):
                if not getattr(self, name):
                    raise AcciseRegimeInvalid(
                        "An exemption needs its legal basis and the document that proves it.",
                        field=name,
                    )
        elif self.legal_basis or self.evidence:
            raise AcciseRegimeInvalid(
                f"Only an exemption has a legal basis and evidence, not {self.regime}.",
                field="regime",
            )
        if self.categories and self.regime is not AcciseRegime.STANDARD:
            raise AcciseRegimeInvalid(
                "Categories of consumers matter only where the accise is due.", field="categories"
            )


@dataclass(frozen=True)
class AccisePeriod:
    """The regime over local days ``[valid_from, valid_to)`` of a month."""

    regime: AcciseRegime
    valid_from: date
    valid_to: date
    legal_basis: str | None
    evidence: str | None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class TaxLine:
    """The accise on one consumer's energy over local days [from, to); VAT is due on it.

    category and rate are None while unknown: the amount is then zero, and the document is not
    issued.
    """

    tax: str
    consumer: Prm
    category: AcciseCategory | None
    valid_from: date
    valid_to: date
    quantity_kwh: int
    rate_eur_per_mwh: str | None
    vat_rate: str
    amount_cents: int


CategoryOn = Callable[[Prm, date], AcciseCategory | None]
"""The category of a consumer on a local day, None if unknown."""


class _Taxed(NamedTuple):
    """The subject of one tax line."""

    consumer: Prm
    category: AcciseCategory | None
    rate: LegalRate | None
    period: AccisePeriod


def category_of(*, is_household: bool, power_w: int | None) -> AcciseCategory | None:
    """Return the category, None where it depends on an unknown power (CIBS art. L312-24)."""
    if is_household:
        return AcciseCategory.HOUSEHOLD
    if power_w is None:
        return None
    if power_w <= _SMALL_POWER_W:
        return AcciseCategory.HOUSEHOLD
    return AcciseCategory.SME if power_w <= _HIGH_POWER_W else AcciseCategory.HIGH_POWER


def accise_periods(entries: Sequence[AcciseEntry], days: Sequence[date]) -> list[AccisePeriod]:
    """Return the regimes of a month from its days in order; undecided before the first entry.

    entries: with those of the default, see ``accise_default``.
    """
    periods = []
    for entry, group in groupby(days, key=lambda day: in_force(entries, day)):
        period_days = list(group)
        periods.append(
            AccisePeriod(
                regime=entry.regime if entry else AcciseRegime.UNDECIDED,
                valid_from=period_days[0],
                valid_to=period_days[-1] + timedelta(days=1),
                legal_basis=entry.legal_basis if entry else None,
                evidence=entry.evidence if entry else None,
            )
        )
    return periods


def accise_lines(
    energies: Iterable[DayEnergy],
    periods: Sequence[AccisePeriod],
    *,
    category_on: CategoryOn,
    vat_rate: str,
) -> list[TaxLine]:
    """Return one line per consumer, category and rate where the accise is due.

    Order: consumer, date, category. Each line's quantity is rounded once to the whole kWh, half
    up, and its amount to the cent (décret 2021-1914 art. 33-3).
    """
    due = [period for period in periods if period.regime is AcciseRegime.STANDARD]
    if not due:
        return []
    sums: defaultdict[_Taxed, int] = defaultdict(int)
    for energy in energies:
        period = next((candidate for candidate in due if candidate.covers(energy.day)), None)
        if period is not None:
            category = category_on(energy.consumer, energy.day)
            rate = rate_on(energy.day, RateTable.ACCISE, category) if category else None
            sums[_Taxed(energy.consumer, category, rate, period)] += energy.energy_wmin
    lines = [_tax_line(taxed, energy_wmin, vat_rate) for taxed, energy_wmin in sums.items()]
    return sorted(
        (line for line in lines if line.quantity_kwh),
        key=lambda line: (line.consumer, line.valid_from, line.category or ""),
    )


def _tax_line(taxed: _Taxed, energy_wmin: int, vat_rate: str) -> TaxLine:
    period, rate = taxed.period, taxed.rate
    quantity_kwh = int(round_half_up(kwh_from_wmin(energy_wmin), 0))
    return TaxLine(
        tax="accise",
        consumer=taxed.consumer,
        category=taxed.category,
        valid_from=max(period.valid_from, rate.start) if rate else period.valid_from,
        valid_to=min(period.valid_to, rate.end or period.valid_to) if rate else period.valid_to,
        quantity_kwh=quantity_kwh,
        rate_eur_per_mwh=f"{rate.value:f}" if rate else None,
        vat_rate=vat_rate,
        amount_cents=tax_cents(quantity_kwh, rate.value) if rate else 0,
    )


def tax_cents(quantity_kwh: int, rate_eur_per_mwh: Decimal) -> int:
    """Rounded half up."""
    # €/MWh × kWh / 1000 is €; in cents, times 100.
    return int(round_half_up(quantity_kwh * rate_eur_per_mwh * 100 / _KWH_PER_MWH, 0))
