"""The sums that members would pay for a month by other prices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.drafts.drafting import MonthDrafts
from services.billing.domain.prices.price_list import PriceList


class HoursNotSet(Problem):
    status, slug, title = 409, "hours-not-set", "Only hours that are set can be previewed"
    example_detail = (
        "A preview by other hours would show when each member uses electricity. Set the hours of "
        "Midi first, or preview prices without them."
    )
    example_facts: ClassVar = {"hour_classes": ["Midi"]}


def check_hours(prices: PriceList, set_prices: PriceList) -> None:
    """Refuse hours of the caller's choice: by them one would learn a member's half-hours.

    Those that are set are on each invoice anyway. Raises HoursNotSet.
    """
    set_hours = {
        (hour_class.windows, hour_class.tariff_classes) for hour_class in set_prices.hour_classes
    }
    names = [
        hour_class.name
        for hour_class in prices.hour_classes
        if (hour_class.windows, hour_class.tariff_classes) not in set_hours
    ]
    if names:
        raise HoursNotSet(
            "A preview by other hours would show when each member uses electricity. Set the hours "
            f"of {', '.join(names)} first, or preview prices without them.",
            hour_classes=names,
        )


@dataclass(frozen=True)
class MemberPreview:
    """The sum of one member, with VAT. now_cents: None if the month has no prices of its own."""

    member_id: UUID
    name: str
    energy_wmin: int
    now_cents: int | None
    then_cents: int


def compare(
    month_drafts: MonthDrafts | None, proposed_drafts: MonthDrafts
) -> Sequence[MemberPreview]:
    """Return each customer of the drafts, by name. month_drafts: by the month's own prices."""
    drafts = [*proposed_drafts.drafts, *(month_drafts.drafts if month_drafts else ())]
    names = {draft.customer.member_id: draft.customer.name for draft in drafts}
    energy_wmin, then_cents = _energies(proposed_drafts), _totals(proposed_drafts)
    now_cents = _totals(month_drafts) if month_drafts else None
    return [
        MemberPreview(
            member_id,
            name,
            energy_wmin[member_id],
            None if now_cents is None else now_cents[member_id],
            then_cents[member_id],
        )
        for member_id, name in sorted(names.items(), key=lambda entry: (entry[1], entry[0]))
    ]


def _totals(drafts: MonthDrafts) -> Counter[UUID]:
    totals: Counter[UUID] = Counter()
    for draft in drafts.drafts:
        totals[draft.customer.member_id] += draft.total_incl_vat_cents
    return totals


def _energies(drafts: MonthDrafts) -> Counter[UUID]:
    energies: Counter[UUID] = Counter()
    for draft in drafts.drafts:
        energies[draft.customer.member_id] += sum(line.energy_wmin for line in draft.lines)
    return energies
