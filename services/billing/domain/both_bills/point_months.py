"""The facts of a point's month for its bills, or the reason, by code, why they do not suffice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.both_bills.bills_unavailable import BillsUnavailable, unavailable
from services.billing.domain.both_bills.consuming_points import HeldMonth
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthFacts, Settlement, draft_period
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.taxes.accise import AcciseEntry
from services.billing.domain.versions import in_force

HalfHours = Mapping[date, Mapping[int, int] | None]
"""Watt-minutes by day and half-hour of the local clock; None for a day of unknown hours."""


@dataclass(frozen=True, kw_only=True)
class PointMonth:
    """The facts of one member's point in a settled month.

    days: on which it took part, in order; nobody else had it in the month. offers: the member's, in
    the order of their first days. power_limit_w: the most it can draw, None if unknown.
    local_wmin: by day, from all producers, the member's own included. half_hours: of local_wmin,
    None while awaited or if not needed. documents: issued for the month, and still to issue.
    """

    prm: Prm
    month: Month
    days: Sequence[date]
    customer: Party
    offers: Sequence[SupplierOffer]
    consumption_wmin: int
    local_wmin: Mapping[date, int]
    half_hours: HalfHours | None
    documents: Sequence[Invoice]
    accise: Sequence[AcciseEntry] = ()
    is_definitive: bool = True
    power_limit_w: int | None = None


def point_month(
    facts: Sequence[MonthFacts],
    *,
    prm: Prm,
    held: HeldMonth,
    offers: Sequence[SupplierOffer],
) -> PointMonth:
    """Collect all but the half-hours from the facts of the operation. Raises BillsUnavailable.

    facts: of the months of a billing period.
    """
    try:
        drafts = draft_period(facts).drafts
    except DraftsBlocked as blocked:
        raise BillsUnavailable(blocked.detail, missing=blocked.facts["blockers"]) from blocked
    month = held.month
    month_facts = next(candidate for candidate in facts if candidate.month == month)
    assert month_facts.settlement is not None
    consumption_wmin = _consumption_wmin(month_facts.settlement, prm, month)
    customer = month_facts.members.get(held.member_id)
    if customer is None:
        detail = f"The name and address of member {held.member_id} are not known."
        raise unavailable("member-unknown", detail)
    pairs = [pair for pair in month_facts.settlement.pairs if pair.consumer == prm]
    return PointMonth(
        prm=prm,
        month=month,
        days=held.days,
        customer=customer,
        offers=offers,
        consumption_wmin=consumption_wmin,
        local_wmin={
            day: sum(pair.energy_wmin[i] for pair in pairs) for i, day in enumerate(month.days)
        },
        half_hours=None,
        documents=[*month_facts.issued, *drafts],
        accise=month_facts.accise,
        is_definitive=month_facts.settlement.block.status == "definitive",
        power_limit_w=held.power_limit_w,
    )


def needs_half_hours(point: PointMonth) -> bool:
    """Whether an offer in force on one of its days states its off-peak hours."""
    offers = [in_force(point.offers, day) for day in point.days]
    return any(offer is not None and offer.off_peak_hours for offer in offers)


def _consumption_wmin(settlement: Settlement, prm: Prm, month: Month) -> int:
    metered = (
        settled.metered_wmin
        for settled in settlement.points
        if settled.prm == prm and settled.direction is Direction.CONSUMPTION
    )
    consumption_wmin = next(metered, None)
    if consumption_wmin is None:
        detail = f"The settlement of {month} does not have the consumption of this point."
        raise unavailable("consumption-unknown", detail)
    return consumption_wmin
