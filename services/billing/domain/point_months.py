"""What is known of a point's month for its bills, or the named reason why it is not enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.accise import AcciseEntry
from services.billing.domain.bills_unavailable import BillsUnavailable, unavailable
from services.billing.domain.blockers import DraftsBlocked
from services.billing.domain.consuming_points import HeldMonth
from services.billing.domain.drafting import MonthFacts, Settlement, draft_period
from services.billing.domain.invoices import Invoice, Party
from services.billing.domain.supplier_offers import SupplierOffer
from services.billing.domain.versions import in_force

HalfHours = Mapping[date, Mapping[int, int] | None]
"""Watt-minutes by day and half-hour of the local clock; None for a day of unknown hours."""


@dataclass(frozen=True, kw_only=True)
class PointMonth:
    """What is known of a point of one member in a settled month.

    days: on which it took part, in order; nobody else had it in the month. offers: the member's, in
    the order of their first days. power_limit_w: what it can draw, None if nobody has said.
    local_wmin: by day, of all producers together, the member's own among them. half_hours: of it,
    None while they are awaited or if nobody needs them. documents: issued for the month, and what
    is still to issue.
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
    """All but the half-hours, from the facts of what the member buys. Raises BillsUnavailable."""
    try:
        drafts = draft_period(facts).drafts
    except DraftsBlocked as blocked:
        raise BillsUnavailable(blocked.detail, missing=blocked.facts["blockers"]) from blocked
    month = held.month
    of_month = next(one for one in facts if one.month == month)
    assert of_month.settlement is not None
    consumption_wmin = _consumption_wmin(of_month.settlement, prm, month)
    customer = of_month.members.get(held.member_id)
    if customer is None:
        detail = f"The name and address of member {held.member_id} are not known."
        raise unavailable("member-unknown", detail)
    pairs = [one for one in of_month.settlement.pairs if one.consumer == prm]
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
        documents=[*of_month.issued, *drafts],
        accise=of_month.accise,
        is_definitive=of_month.settlement.block.status == "definitive",
        power_limit_w=held.power_limit_w,
    )


def needs_half_hours(point: PointMonth) -> bool:
    """Whether off-peak hours are told of an offer that holds on one of its days."""
    of_days = [in_force(point.offers, day) for day in point.days]
    return any(one is not None and one.off_peak_hours for one in of_days)


def _consumption_wmin(settlement: Settlement, prm: Prm, month: Month) -> int:
    metered = (
        one.metered_wmin
        for one in settlement.points
        if one.prm == prm and one.direction is Direction.CONSUMPTION
    )
    found_wmin = next(metered, None)
    if found_wmin is None:
        detail = f"The settlement of {month} does not tell what the point consumed."
        raise unavailable("consumption-unknown", detail)
    return found_wmin
