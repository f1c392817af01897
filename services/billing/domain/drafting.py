"""From what is known of an operation-month to draft invoices, or the named reasons why not."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from services.billing.domain.accise import AcciseEntry
from services.billing.domain.accise_of_month import AcciseOfMonth
from services.billing.domain.blockers import Blocker, BlockerCode, DraftsBlocked
from services.billing.domain.fees import FeeLine, monthly_fees
from services.billing.domain.invoices import (
    Invoice,
    OperationBlock,
    Party,
    SettlementBlock,
    draft_invoice,
)
from services.billing.domain.issuers import IssuerProfile
from services.billing.domain.mentions import with_mentions
from services.billing.domain.price_gaps import HOURS_AWAITED, missing_hours, missing_prices
from services.billing.domain.price_list import PriceList
from services.billing.domain.pricing import (
    NO_HOURS,
    Attribution,
    DayEnergy,
    Hours,
    PriceLine,
    attribute,
    in_words,
    lines_of,
)
from services.billing.domain.sales import (
    Participation,
    Parties,
    Sales,
    SettledPair,
    SettledPoint,
    find_sales,
)
from services.billing.domain.usage import usage_of

_BLOCKERS_NAMED = 5
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Settlement:
    block: SettlementBlock
    pairs: list[SettledPair]
    points: list[SettledPoint] = field(default_factory=list)


@dataclass(frozen=True)
class Perimeter:
    name: str
    participations: list[Participation]


@dataclass(frozen=True)
class MonthFacts:
    """All that decides the invoices of an operation-month; ``issued`` are those issued already.

    profiles: by member, in force on the last day of the month, when continuous supplies are
    chargeable (CGI art. 269, 1-a bis). accise: in the order in which it was decided. hours: None
    when they are not needed, or not all there yet.
    """

    operation_id: OperationId
    month: Month
    settlement: Settlement | None
    perimeter: Perimeter | None
    members: Mapping[UUID, Party]
    prices: PriceList
    issued: Sequence[Invoice]
    profiles: Mapping[UUID, IssuerProfile] = field(default_factory=dict)
    accise: Sequence[AcciseEntry] = ()
    hours: Hours | None = None


@dataclass(frozen=True)
class MonthDrafts:
    """The invoices still to issue, and what members used of their own production."""

    drafts: Sequence[Invoice]
    self_supplied: Mapping[UUID, Mapping[tuple[Prm, Prm], int]]


def draft_month(facts: MonthFacts) -> MonthDrafts:
    """One draft per selling and buying member, for what has not been issued yet.

    Billed and self-supplied energy together are the settled energy, to the watt-minute.
    Raises DraftsBlocked with every reason that can be told now.
    """
    if facts.settlement is None or facts.perimeter is None:
        raise _blocked(facts, _unknown_month(facts))
    sales = find_sales(facts.settlement.pairs, facts.month.days, facts.perimeter.participations)
    issued = {invoice.parties for invoice in facts.issued}
    fees = monthly_fees(facts.prices, facts.month, facts.perimeter.participations)
    to_issue = (sales.sold.keys() | fees.keys()) - issued
    priced = {parties: _price(facts, sales, parties) for parties in to_issue}
    if blockers := [
        *_already_issued(facts, sales),
        *_orphans(sales),
        *_unknown_members(to_issue, facts.members),
        *_missing_prices(facts, priced.values()),
    ]:
        raise _blocked(facts, blockers)
    accise = AcciseOfMonth(facts.accise, facts.month, facts.perimeter.participations)
    drafts = [
        _draft(
            facts,
            parties,
            sales.sold.get(parties, ()),
            (lines_of(priced[parties]), fees.get(parties, ())),
            accise,
        )
        for parties in sorted(to_issue)
    ]
    self_supplied = {
        member_id: _sum_by_pair(energies)
        for member_id, energies in sorted(sales.self_supplied.items())
    }
    shown = [_with_usage(draft, sales.sold.get(draft.parties, ()), facts) for draft in drafts]
    return MonthDrafts(shown, self_supplied)


def _with_usage(draft: Invoice, sold: Sequence[DayEnergy], facts: MonthFacts) -> Invoice:
    usage = usage_of(
        draft.customer.member_id,
        sold,
        facts.month.days,
        participations=facts.perimeter.participations if facts.perimeter else [],
        settled=facts.settlement.points if facts.settlement else [],
    )
    return replace(draft, usage=usage)


def _draft(
    facts: MonthFacts,
    parties: Parties,
    energies: Sequence[DayEnergy],
    charged: tuple[Sequence[PriceLine], Sequence[FeeLine]],
    accise: AcciseOfMonth,
) -> Invoice:
    assert facts.settlement is not None
    assert facts.perimeter is not None
    customer = facts.members[parties.customer_id]
    profile = facts.profiles.get(parties.issuer_id)
    periods = accise.periods(energies)
    return with_mentions(
        draft_invoice(
            operation=OperationBlock(facts.operation_id, facts.perimeter.name),
            month=facts.month,
            settlement=facts.settlement.block,
            issuer=facts.members[parties.issuer_id],
            customer=customer,
            priced=charged[0],
            fees=charged[1],
            issuer_profile=profile,
            accise=periods,
            taxes=accise.lines(energies, periods, customer, profile),
        )
    )


def _price(facts: MonthFacts, sales: Sales, parties: Parties) -> Attribution:
    return attribute(
        sales.sold.get(parties, ()),
        facts.prices,
        member_id=parties.customer_id,
        hours=facts.hours or NO_HOURS,
    )


def _blocked(facts: MonthFacts, blockers: Sequence[Blocker]) -> DraftsBlocked:
    named = " ".join(one.detail for one in blockers[:_BLOCKERS_NAMED])
    more = len(blockers) - _BLOCKERS_NAMED
    return DraftsBlocked(
        f"{facts.operation_id}, {facts.month}: {named}" + (f" And {more} more." * (more > 0)),
        blockers=[one.members for one in blockers],
    )


def _unknown_month(facts: MonthFacts) -> list[Blocker]:
    blockers = []
    if facts.settlement is None:
        detail = "The month has no settlement: close it in the allocation service first."
        blockers.append(Blocker(BlockerCode.SETTLEMENT_MISSING, detail))
    if facts.perimeter is None:
        detail = "The community service has not told of this operation yet."
        blockers.append(Blocker(BlockerCode.OPERATION_UNKNOWN, detail))
    return blockers


def _already_issued(facts: MonthFacts, sales: Sales) -> Iterable[Blocker]:
    """Issued invoices that bill other energy than these facts say: they need a credit note.

    They block the others too, or energy that has moved between members would be billed twice. A
    newer settlement alone, with the same energy for them, does not.
    """
    for invoice in facts.issued:
        if invoice.energies_wmin == _sum_by_pair(sales.sold.get(invoice.parties, ())):
            continue
        yield Blocker(
            BlockerCode.ALREADY_ISSUED,
            f"{invoice.number} of {invoice.issuer.name} was issued"
            f" from settlement {invoice.settlement.number} with other energies than now known.",
            {"invoice_id": str(invoice.id), "number": str(invoice.number)},
        )


def _orphans(sales: Sales) -> Iterable[Blocker]:
    days = _group((orphan[:2], orphan.day) for orphan in sales.orphans)
    for (prm, direction), unknown in days.items():
        yield Blocker(
            BlockerCode.PARTICIPATION_UNKNOWN,
            f"Nobody takes part with {prm} ({direction}) on {in_words(unknown)}.",
            {"prm": prm, "direction": direction},
            unknown,
        )


def _unknown_members(
    parties: Iterable[Parties], members: Mapping[UUID, Party]
) -> Iterable[Blocker]:
    for member_id in sorted({one for pair in parties for one in pair} - members.keys()):
        yield Blocker(
            BlockerCode.MEMBER_UNKNOWN,
            f"The name and address of member {member_id} are not known.",
            {"member_id": str(member_id)},
        )


def _missing_prices(facts: MonthFacts, priced: Iterable[Attribution]) -> Iterable[Blocker]:
    if facts.hours is None and facts.prices.needs_hours(facts.month):
        yield Blocker(BlockerCode.SETTLEMENT_INCOMPLETE, HOURS_AWAITED)
        return
    found = list(priced)
    for gap in missing_prices(found, facts.prices):
        yield Blocker(BlockerCode.PRICE_MISSING, *gap)
    for gap in missing_hours(found):
        yield Blocker(BlockerCode.HOURS_UNKNOWN, *gap)


def _sum_by_pair(energies: Iterable[DayEnergy]) -> Mapping[tuple[Prm, Prm], int]:
    sums: defaultdict[tuple[Prm, Prm], int] = defaultdict(int)
    for one in energies:
        sums[one.producer, one.consumer] += one.energy_wmin
    return dict(sums)


def _group(pairs: Iterable[tuple[_Key, date]]) -> dict[_Key, list[date]]:
    days: defaultdict[_Key, list[date]] = defaultdict(list)
    for key, day in pairs:
        days[key].append(day)
    return dict(days)
