"""From what is known of an operation-month to draft invoices, or the named reasons why not."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.accise import AcciseEntry
from services.billing.domain.accise_of_month import AcciseOfMonth
from services.billing.domain.blockers import Blocker, BlockerCode, DraftsBlocked, first_in_words
from services.billing.domain.charges import Charges, PricedHours
from services.billing.domain.documents import CorrectionPolicy, DocumentKind
from services.billing.domain.fees import monthly_fees
from services.billing.domain.held_up import HeldUpDay, why_held_up
from services.billing.domain.invoices import (
    Invoice,
    OperationBlock,
    Party,
    SettledMonth,
    SettlementBlock,
)
from services.billing.domain.issuers import IssuerProfile
from services.billing.domain.plans import Plan, find_unbalanced, make_plans
from services.billing.domain.price_gaps import HOURS_AWAITED, missing_hours, missing_prices
from services.billing.domain.price_list import HourClass, PriceList
from services.billing.domain.pricing import NO_HOURS, Hours, in_words
from services.billing.domain.sales import (
    Participation,
    Sales,
    SettledPair,
    SettledPoint,
    find_sales,
    sum_by_pair,
    sum_self_supplied,
)
from services.billing.domain.standing import days_of
from services.billing.domain.usage import PointsOfMember, hours_of, points_of_members, usage_of
from services.billing.domain.writing import Header

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
    """All that decides the invoices of an operation-month.

    ``issued`` are the documents issued for days of it, with all credit notes of each. profiles: by
    member, in force on the last day of the month, when continuous supplies are chargeable
    (CGI art. 269, 1-a bis). accise: in the order in which it was decided. hours: None when they
    are not needed, or not all there yet. by_hour: what each pair shared by local hour; for
    pictures only, so that drafts do not wait for it. billed_hours: of each of ``classes_billed``.
    held_up: days without shares, of a month that is not settled.
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
    policy: CorrectionPolicy = CorrectionPolicy.REPLACE
    by_hour: Mapping[tuple[Prm, Prm], Sequence[int]] = field(default_factory=dict)
    billed_hours: Mapping[tuple[HourClass, ...], Hours] = field(default_factory=dict)
    held_up: Sequence[HeldUpDay] = ()

    @property
    def classes_billed(self) -> AbstractSet[tuple[HourClass, ...]]:
        """By which the month was billed, and which are not those of the list."""
        listed = frozenset(self.prices.hour_classes)
        billed = [of for one in self.issued for of in one.hour_classes]
        of_month = {tuple(one.classes) for one in billed if one.month == str(self.month)}
        return {one for one in of_month if frozenset(one) != listed}


@dataclass(frozen=True)
class MonthDrafts:
    """The documents still to issue, and what members used of their own production."""

    drafts: Sequence[Invoice]
    self_supplied: Mapping[UUID, Mapping[tuple[Prm, Prm], int]]


def draft_period(months: Sequence[MonthFacts]) -> MonthDrafts:
    """Per selling and buying member one draft for what is not billed, and corrections of what is.

    months: of one operation, in order; invoices issued for other months too have those among them.
    After all drafts are issued, billed and self-supplied energy are the settled energy of each
    pair, to the watt-minute. Raises DraftsBlocked with every reason that can be told now.
    """
    if unknown := [one for facts in months for one in _unknown_month(facts)]:
        raise _blocked(months, unknown)
    sales = {facts.month: _sales(facts) for facts in months}
    issued = {one.id: one for facts in months for one in facts.issued}
    plans = make_plans(sales, issued.values(), _charges(months), months[0].policy)
    if blockers := [
        *(one for facts in months for one in _unbalanced_points(facts)),
        *(one for of_month in sales.values() for one in _orphans(of_month)),
        *_unknown_members(plans, months),
        *_missing_prices(plans, months),
    ]:
        raise _blocked(months, blockers)
    accise = {facts.month: _accise(facts) for facts in months}
    drafts = [one for plan in plans for one in plan.documents(_header(plan, months, accise))]
    if blockers := [*_unbalanced(plans, drafts, sales)]:
        raise _blocked(months, blockers)
    points = points_of_members(
        months[0].perimeter.participations if months[0].perimeter else [],
        {facts.month: facts.settlement.points for facts in months if facts.settlement},
    )
    shown = [_with_usage(one, months, points[one.customer.member_id]) for one in drafts]
    return MonthDrafts(shown, sum_self_supplied(sales.values()))


def _with_usage(draft: Invoice, months: Sequence[MonthFacts], points: PointsOfMember) -> Invoice:
    """An invoice shows the customer's period; a credit note does not."""
    if draft.kind == DocumentKind.CREDIT_NOTE:
        return draft
    of_draft = [one for one in months if draft.period_from <= one.month.first_day < draft.period_to]
    usage = usage_of(
        draft.customer.member_id,
        [of_day for line in draft.lines for of_day in days_of(line).items()],
        [day for one in of_draft for day in one.month.days],
        participations=points.participations,
        settled=[point for one in of_draft for point in points.settled[one.month]],
    )
    hours = hours_of(draft.lines, {one.month: one.by_hour for one in of_draft})
    return replace(draft, usage=replace(usage, by_hour_wmin=hours))


def _charges(months: Sequence[MonthFacts]) -> Charges:
    prices = months[0].prices
    return Charges(
        prices=prices,
        hours={facts.month: facts.hours or NO_HOURS for facts in months},
        as_billed={
            classes: PricedHours(
                prices.with_classes(classes),
                {facts.month: facts.billed_hours.get(classes, NO_HOURS) for facts in months},
            )
            for classes in {one for facts in months for one in facts.classes_billed}
        },
        fees={
            facts.month: monthly_fees(
                prices, facts.month, facts.perimeter.participations if facts.perimeter else []
            )
            for facts in months
        },
    )


def _sales(facts: MonthFacts) -> Sales:
    assert facts.settlement is not None
    assert facts.perimeter is not None
    return find_sales(facts.settlement.pairs, facts.month.days, facts.perimeter.participations)


def _accise(facts: MonthFacts) -> AcciseOfMonth:
    assert facts.perimeter is not None
    return AcciseOfMonth(facts.accise, facts.month, facts.perimeter.participations)


def _header(
    plan: Plan, months: Sequence[MonthFacts], accise: Mapping[Month, AcciseOfMonth]
) -> Header | None:
    members = months[0].members
    if not plan.needs_names:
        return None
    assert months[0].perimeter is not None
    return Header(
        operation=OperationBlock(months[0].operation_id, months[0].perimeter.name),
        issuer=members[plan.parties.issuer_id],
        customer=members[plan.parties.customer_id],
        settled={
            facts.month: SettledMonth(str(facts.month), facts.settlement.block)
            for facts in months
            if facts.settlement is not None
        },
        profiles={facts.month: facts.profiles.get(plan.parties.issuer_id) for facts in months},
        accise=accise,
    )


def _blocked(months: Sequence[MonthFacts], blockers: Sequence[Blocker]) -> DraftsBlocked:
    period = " to ".join(dict.fromkeys([str(months[0].month), str(months[-1].month)]))
    return DraftsBlocked(
        f"{months[0].operation_id}, {period}: {first_in_words(blockers)}",
        blockers=[one.members for one in blockers],
    )


def _unknown_month(facts: MonthFacts) -> list[Blocker]:
    blockers = []
    if facts.settlement is None:
        detail = f"{facts.month} has no settlement: close it in the allocation service first."
        about = {"month": str(facts.month)}
        blockers.append(Blocker(BlockerCode.SETTLEMENT_MISSING, detail, about))
        blockers += why_held_up(facts.held_up)
    if facts.perimeter is None:
        detail = "The community service has not told of this operation yet."
        blockers.append(Blocker(BlockerCode.OPERATION_UNKNOWN, detail))
    return blockers


def _orphans(sales: Sales) -> Iterable[Blocker]:
    days = _group((orphan[:2], orphan.day) for orphan in sales.orphans)
    for (prm, direction), unknown in days.items():
        yield Blocker(
            BlockerCode.PARTICIPATION_UNKNOWN,
            f"Nobody takes part with {prm} ({direction}) on {in_words(unknown)}.",
            {"prm": prm, "direction": direction},
            unknown,
        )


def _unbalanced_points(facts: MonthFacts) -> Iterable[Blocker]:
    """Points whose pairs in the settlement do not add up to what it says that they shared."""
    assert facts.settlement is not None
    sums: Counter[tuple[Prm, Direction]] = Counter()
    for pair in facts.settlement.pairs:
        sums[pair.producer, Direction.PRODUCTION] += sum(pair.energy_wmin)
        sums[pair.consumer, Direction.CONSUMPTION] += sum(pair.energy_wmin)
    for point in facts.settlement.points:
        found_wmin = sums[point.prm, point.direction]
        if found_wmin != point.shared_wmin:
            yield Blocker(
                BlockerCode.ENERGY_UNBALANCED,
                f"In {facts.month}, {point.prm} ({point.direction}) shared {point.shared_wmin}"
                f" watt-minutes, but {found_wmin} with all others: settle the month again.",
                {"prm": point.prm, "direction": point.direction, "month": str(facts.month)},
            )


def _unbalanced(
    plans: Sequence[Plan], drafts: Sequence[Invoice], sales: Mapping[Month, Sales]
) -> Iterable[Blocker]:
    """Pairs of points of which more or less would be billed than is settled."""
    sold = (one for of_month in sales.values() for one in of_month.sold.values())
    settled_wmin = sum_by_pair(energy for energies in sold for energy in energies)
    for producer, consumer, billed, settled in find_unbalanced(plans, drafts, sales, settled_wmin):
        yield Blocker(
            BlockerCode.BILLED_TWICE if billed > settled else BlockerCode.ENERGY_UNBALANCED,
            f"{billed} watt-minutes of {producer} would be billed for {consumer},"
            f" but {settled} are settled.",
            {"producer": producer, "prm": consumer},
        )


def _unknown_members(plans: Iterable[Plan], months: Sequence[MonthFacts]) -> Iterable[Blocker]:
    named = {one for plan in plans if plan.needs_names for one in plan.parties}
    for member_id in sorted(named - months[0].members.keys()):
        yield Blocker(
            BlockerCode.MEMBER_UNKNOWN,
            f"The name and address of member {member_id} are not known.",
            {"member_id": str(member_id)},
        )


def _missing_prices(plans: Sequence[Plan], months: Sequence[MonthFacts]) -> Iterable[Blocker]:
    for facts in months:
        if facts.hours is None and facts.prices.needs_hours(facts.month):
            about = {"month": str(facts.month)}
            yield Blocker(BlockerCode.SETTLEMENT_INCOMPLETE, HOURS_AWAITED, about)
            return
    found = [one for plan in plans for one in plan.attributions]
    for gap in missing_prices(found, months[0].prices):
        yield Blocker(BlockerCode.PRICE_MISSING, *gap)
    for gap in missing_hours(found):
        yield Blocker(BlockerCode.HOURS_UNKNOWN, *gap)


def _group(pairs: Iterable[tuple[_Key, date]]) -> dict[_Key, list[date]]:
    days: defaultdict[_Key, list[date]] = defaultdict(list)
    for key, day in pairs:
        days[key].append(day)
    return dict(days)
