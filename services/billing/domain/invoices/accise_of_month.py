"""The accise on each invoice of an operation-month."""

from collections.abc import Iterable, Sequence
from datetime import date

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.prices.sales import Owners, Participation
from services.billing.domain.rate_texts import rate_text
from services.billing.domain.reference import RateTable, rate_on
from services.billing.domain.taxes.accise import (
    AcciseCategory,
    AcciseEntry,
    AccisePeriod,
    TaxLine,
    accise_lines,
    accise_periods,
    category_of,
)
from services.billing.domain.taxes.accise_default import with_default
from services.billing.domain.taxes.issuers import IssuerProfile, VatRegime
from services.billing.domain.versions import in_force


class AcciseOfMonth:
    """An operation's accise decisions and the powers of its points, over a month.

    entries: in the order in which they were decided; before the first, the default holds.
    """

    def __init__(
        self,
        entries: Sequence[AcciseEntry],
        month: Month,
        participations: Iterable[Participation],
    ) -> None:
        participations = list(participations)
        versions = with_default(entries, participations)
        self._last_day = month.days[-1]
        self._entries = {day: in_force(versions, day) for day in month.days}
        self._periods = accise_periods(versions, month.days)
        self._owners = Owners(participations)

    def periods(self, energies: Iterable[DayEnergy]) -> list[AccisePeriod]:
        """The regimes that cover a day on which some of this energy was supplied."""
        days = {energy.day for energy in energies}
        return [period for period in self._periods if any(map(period.covers, days))]

    def lines(
        self,
        energies: Iterable[DayEnergy],
        periods: Sequence[AccisePeriod],
        customer: Party,
        profile: IssuerProfile | None,
    ) -> list[TaxLine]:
        """The tax on this energy, with VAT by the issuer's regime on the month's last day."""

        def category_on(prm: Prm, day: date) -> AcciseCategory | None:
            entry = self._entries[day]
            if entry and (category := entry.categories.get(prm)):
                return category
            participation = self._owners.find_participation(prm, Direction.CONSUMPTION, day)
            return category_of(
                is_household=customer.kind == "household",
                power_w=participation.power_limit_w if participation else None,
            )

        return accise_lines(
            energies, periods, category_on=category_on, vat_rate=self._vat_rate(profile)
        )

    def _vat_rate(self, profile: IssuerProfile | None) -> str:
        """The rate of the regime; the full rate while it is unknown (then nothing is issued)."""
        regime = profile.vat_regime if profile else VatRegime.STANDARD
        rate = rate_on(self._last_day, RateTable.VAT, regime)
        # Without a rate the document is a `vat-regime-conflict`.
        return rate_text(rate.value) if rate else "0"
