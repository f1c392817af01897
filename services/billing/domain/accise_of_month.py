"""The accise of each invoice of an operation-month, from what is known of its consumers."""

from collections.abc import Iterable, Sequence
from datetime import date

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.accise import (
    AcciseCategory,
    AcciseEntry,
    AccisePeriod,
    TaxLine,
    accise_lines,
    accise_periods,
    category_of,
)
from services.billing.domain.invoices import Party
from services.billing.domain.issuers import IssuerProfile, VatRegime
from services.billing.domain.lines import rate_text
from services.billing.domain.pricing import DayEnergy
from services.billing.domain.reference import Table, rate_on
from services.billing.domain.sales import Owners, Participation
from services.billing.domain.versions import in_force


class AcciseOfMonth:
    """What an operation decided, and the powers of its consumers.

    entries: in the order in which they were decided.
    """

    def __init__(
        self,
        entries: Sequence[AcciseEntry],
        month: Month,
        participations: Iterable[Participation],
    ) -> None:
        self._last_day = month.days[-1]
        self._entries = {day: in_force(entries, day) for day in month.days}
        self._periods = accise_periods(entries, month.days)
        self._owners = Owners(participations)

    def periods(self, energies: Iterable[DayEnergy]) -> list[AccisePeriod]:
        """The regimes that cover a day on which some of this energy was supplied."""
        days = {one.day for one in energies}
        return [one for one in self._periods if any(map(one.covers, days))]

    def lines(
        self,
        energies: Iterable[DayEnergy],
        periods: Sequence[AccisePeriod],
        customer: Party,
        profile: IssuerProfile | None,
    ) -> list[TaxLine]:
        """The tax on this energy; VAT on it as the issuer's regime says on the month's last day."""

        def category_on(prm: Prm, day: date) -> AcciseCategory | None:
            entry = self._entries[day]
            if entry and (told := entry.categories.get(prm)):
                return told
            found = self._owners.find_participation(prm, Direction.CONSUMPTION, day)
            return category_of(
                is_household=customer.kind == "household",
                power_w=found.power_limit_w if found else None,
            )

        return accise_lines(
            energies, periods, category_on=category_on, vat_rate=self._vat_rate(profile)
        )

    def _vat_rate(self, profile: IssuerProfile | None) -> str:
        """The full rate where the regime is not known; such a document is not issued."""
        regime = profile.vat_regime if profile else VatRegime.STANDARD
        rate = rate_on(self._last_day, Table.VAT, regime)
        # Without a rate the document is a `vat-regime-conflict`.
        return rate_text(rate.value) if rate else "0"
