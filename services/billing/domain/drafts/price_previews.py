"""What each member would pay for a month by other prices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.billing.domain.drafts.drafting import MonthDrafts


@dataclass(frozen=True)
class MemberPreview:
    """What one member pays, VAT included. now_cents: None if the month has no prices of its own."""

    member_id: UUID
    name: str
    energy_wmin: int
    now_cents: int | None
    then_cents: int


def compare(now: MonthDrafts | None, then: MonthDrafts) -> Sequence[MemberPreview]:
    """Each customer of the drafts by the prices of now and then, by name."""
    drafts = [*then.drafts, *(now.drafts if now else ())]
    names = {draft.customer.member_id: draft.customer.name for draft in drafts}
    energy_wmin, then_cents = _energies(then), _totals(then)
    now_cents = _totals(now) if now else None
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
