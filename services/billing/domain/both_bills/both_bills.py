"""Both bills of a member's month, supplier and operation, against the bill without the operation.

Consumption is metered for the month as a whole; local energy is known by day and half-hour. Where
a bill depends on more, the off-peak share that the member stated splits the consumption, and the
supplier's energy is spread evenly over the days. Neither changes the local energy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from libs.common.calendar import Month
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from services.billing.domain.both_bills.bills_unavailable import unavailable
from services.billing.domain.both_bills.local_bills import LocalBill, local_bill
from services.billing.domain.both_bills.point_months import PointMonth
from services.billing.domain.both_bills.reference_offers import ReferenceOffer
from services.billing.domain.both_bills.supplier_bills import (
    Stretch,
    SupplierBill,
    Use,
    bill_of_rest,
    bill_without,
)
from services.billing.domain.both_bills.supplier_terms import terms_on
from services.billing.domain.both_bills.tariff_hours import MonthEnergy, split_consumption
from services.billing.domain.both_bills.turpe import management_difference_eur
from services.billing.domain.both_bills.turpe_option import TurpeOption, turpe_option


@dataclass(frozen=True)
class BothBills:
    """Both bills and the saving, to the cent: supplier + local = with; without - with = saving.

    uses: by stretch of days with one offer and the same rates.
    management_difference_cents: the extra cost, before VAT, of managing a point in an operation
    under the tariff of networks; in neither bill, None if unknown.
    """

    prm: Prm
    month: Month
    is_definitive: bool
    uses: Sequence[Use]
    without: SupplierBill
    supplier: SupplierBill
    local: LocalBill
    turpe_option: TurpeOption | None
    management_difference_cents: int | None

    @property
    def consumption_wmin(self) -> int:
        return self.without.energy_wmin

    @property
    def local_wmin(self) -> int:
        return self.without.energy_wmin - self.supplier.energy_wmin

    @property
    def assumed(self) -> Sequence[ReferenceOffer]:
        """The reference offers of the days for which the member entered no offer, in order."""
        references = [use.stretch.reference for use in self.uses]
        return [offer for offer, _ in groupby(references) if offer is not None]

    @property
    def with_incl_vat_cents(self) -> int:
        return self.supplier.totals.incl_vat_cents + self.local.totals.incl_vat_cents

    @property
    def with_excl_vat_cents(self) -> int:
        return self.supplier.totals.excl_vat_cents + self.local.totals.excl_vat_cents

    @property
    def saving_incl_vat_cents(self) -> int:
        return self.without.totals.incl_vat_cents - self.with_incl_vat_cents

    @property
    def saving_excl_vat_cents(self) -> int:
        return self.without.totals.excl_vat_cents - self.with_excl_vat_cents


def compare_bills(point: PointMonth) -> BothBills:
    """Compute both bills of a point's month. Raises BillsUnavailable, naming what is missing."""
    stretches = _stretches(point)
    local = [_local(point, stretch) for stretch in stretches]
    consumed = _consumed(point, stretches, local)
    uses = [Use(*components) for components in zip(stretches, consumed, local, strict=True)]
    return BothBills(
        prm=point.prm,
        month=point.month,
        is_definitive=point.is_definitive,
        uses=uses,
        without=bill_without(uses),
        supplier=bill_of_rest(uses),
        local=local_bill(
            point.documents,
            customer_id=point.customer.member_id,
            prm=point.prm,
            month=point.month,
        ),
        turpe_option=turpe_option(uses),
        management_difference_cents=_management_difference(stretches),
    )


def _stretches(point: PointMonth) -> list[Stretch]:
    return [
        Stretch(terms.offer, terms.rates, terms.reference, list(days), len(point.month.days))
        for terms, days in groupby(point.days, key=lambda day: terms_on(point, day))
    ]


def _local(point: PointMonth, stretch: Stretch) -> MonthEnergy:
    total_wmin = sum(point.local_wmin[day] for day in stretch.days)
    off_peak_wmin = _local_off_peak_wmin(point, stretch)
    if off_peak_wmin is None and stretch.offer.needs_hours:
        raise unavailable(
            "hours-unknown",
            "This offer depends on the hours of this month's local energy, which are not known, or"
            " not yet.",
        )
    return MonthEnergy(total_wmin, off_peak_wmin)


def _local_off_peak_wmin(point: PointMonth, stretch: Stretch) -> int | None:
    if not stretch.offer.off_peak_hours:
        return None
    off_peak, sum_wmin = stretch.offer.off_peak_half_hours, 0
    for day in stretch.days:
        if point.local_wmin[day] == 0:
            continue
        half_hours = point.half_hours.get(day) if point.half_hours is not None else None
        if half_hours is None or sum(half_hours.values()) != point.local_wmin[day]:
            return None
        sum_wmin += sum(wmin for half_hour, wmin in half_hours.items() if half_hour in off_peak)
    return sum_wmin


def _consumed(
    point: PointMonth, stretches: Sequence[Stretch], local: Sequence[MonthEnergy]
) -> list[MonthEnergy]:
    """The consumption of each stretch: its local energy, and the rest spread evenly over days."""
    rest_wmin = point.consumption_wmin - sum(energy.total_wmin for energy in local)
    all_days, start, consumed = len(point.days), 0, []
    for stretch, local_energy in zip(stretches, local, strict=True):
        end = start + len(stretch.days)
        share_wmin = rest_wmin * end // all_days - rest_wmin * start // all_days
        total_wmin = local_energy.total_wmin + share_wmin
        consumed.append(split_consumption(total_wmin, stretch.offer.off_peak_percent, local_energy))
        start = end
    return consumed


def _management_difference(stretches: Sequence[Stretch]) -> int | None:
    sum_eur = Decimal()
    for stretch in stretches:
        difference_eur = management_difference_eur(
            stretch.days[0], stretch.offer.tariff_formula, len(stretch.days)
        )
        if difference_eur is None:
            return None
        sum_eur += difference_eur
    return int(round_half_up(sum_eur * 100, 0))
