"""Draft the invoices of an operation-month from its facts, or name the reasons why not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.corrections.withholding import withhold
from services.billing.domain.drafts.blockers import (
    Blocker,
    BlockerCode,
    DraftsBlocked,
    first_in_words,
    orphans_of,
)
from services.billing.domain.drafts.charges import Charges, PricedHours
from services.billing.domain.drafts.held_up import HeldUpDay, why_held_up
from services.billing.domain.drafts.plans import DraftPlan, find_unbalanced, make_plans
from services.billing.domain.invoices.accise_of_month import AcciseOfMonth
from services.billing.domain.invoices.documents import CorrectionPolicy, DocumentKind
from services.billing.domain.invoices.fees import monthly_fees
from services.billing.domain.invoices.invoices import (
    Invoice,
    OperationBlock,
    Party,
)
from services.billing.domain.invoices.settled_months import SettledMonth, SettlementBlock
from services.billing.domain.invoices.usage import (
    PointsOfMember,
    hours_of,
    points_of_members,
    usage_of,
)
from services.billing.domain.invoices.writing import Header
from services.billing.domain.prices.class_energies import unfamiliar_classes
from services.billing.domain.prices.gaps import HOURS_AWAITED, missing_hours, missing_prices
from services.billing.domain.prices.price_list import HourClass, PriceList
from services.billing.domain.prices.pricing import NO_HOURS, HoursByPair
from services.billing.domain.prices.sales import (
    Parties,
    Perimeter,
    Sales,
    SettledPair,
    SettledPoint,
    find_sales,
    sum_by_pair,
    sum_self_supplied,
)
from services.billing.domain.taxes.accise import AcciseEntry
from services.billing.domain.taxes.issuers import IssuerProfile


@dataclass(frozen=True)
class Settlement:
    block: SettlementBlock
    pairs: list[SettledPair]
    points: list[SettledPoint] = field(default_factory=list)


@dataclass(frozen=True)
class MonthFacts:
    """All the facts that decide the invoices of an operation-month.

    issued: the documents issued for days of the month, with all credit notes of each. profiles: by
    member, in force on the last day of the month, when continuous supplies are chargeable
    (CGI art. 269, 1-a bis). accise: in order of decision. hours: None if not needed, or not
    complete yet. by_hour: each pair's energy by local hour, for pictures only: drafts do not wait
    for it. billed_hours: by ``classes_billed``. held_up: days without shares, if not settled.
    is_gift: whether its energy is given, so that none is sold.
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
    hours: HoursByPair | None = None
    policy: CorrectionPolicy = CorrectionPolicy.REPLACE
    least_correction_cents: int = 0
    by_hour: Mapping[tuple[Prm, Prm], Sequence[int]] = field(default_factory=dict)
    billed_hours: Mapping[tuple[HourClass, ...], HoursByPair] = field(default_factory=dict)
    held_up: Sequence[HeldUpDay] = ()
    is_gift: bool = False

    @property
    def classes_billed(self) -> set[tuple[HourClass, ...]]:
        """The hour classes by which the month was billed, if they differ from the list's."""
        listed = frozenset(self.prices.hour_classes)
        billed = [classes for document in self.issued for classes in document.hour_classes]
        month_classes = {tuple(entry.classes) for entry in billed if entry.month == str(self.month)}
        return {classes for classes in month_classes if frozenset(classes) != listed}


@dataclass(frozen=True)
class MonthDrafts:
    """The documents still to issue, and the energy that members used of their own production.

    withheld_cents: what corrections would change that are too small to be made yet, by parties.
    """

    drafts: Sequence[Invoice]
    self_supplied: Mapping[UUID, Mapping[tuple[Prm, Prm], int]]
    withheld_cents: Mapping[Parties, int] = field(default_factory=dict)


def draft_period(months: Sequence[MonthFacts]) -> MonthDrafts:
    """Draft one document per seller and buyer for unbilled energy, and the corrections.

    months: of one operation, in order; if an issued invoice covers several months, all of them.
    After all drafts and withheld corrections are issued, billed plus self-supplied energy equals
    the settled energy of each pair, to the watt-minute. Raises DraftsBlocked with every reason
    known so far.
    """
    if unknown := [blocker for facts in months for blocker in _unknown_month(facts)]:
        raise _blocked(months, unknown)
    sales = {facts.month: _sales(facts) for facts in months}
    issued = {document.id: document for facts in months for document in facts.issued}
    plans = make_plans(sales, issued.values(), _charges(months), months[0].policy)
    if blockers := [
        *(blocker for facts in months for blocker in _unbalanced_points(facts)),
        *(blocker for month_sales in sales.values() for blocker in orphans_of(month_sales)),
        *_unknown_members(plans, months),
        *_missing_prices(plans, months),
    ]:
        raise _blocked(months, blockers)
    accise = {facts.month: _accise(facts) for facts in months}
    drafts = [
        document for plan in plans for document in plan.documents(_header(plan, months, accise))
    ]
    if blockers := [*_unbalanced(plans, drafts, sales)]:
        raise _blocked(months, blockers)
    drafts, withheld_cents = withhold(
        drafts, months[0].least_correction_cents, issued=issued.values()
    )
    points = points_of_members(
        months[0].perimeter.participations if months[0].perimeter else [],
        {facts.month: facts.settlement.points for facts in months if facts.settlement},
    )
    shown = [_with_usage(draft, months, points[draft.customer.member_id]) for draft in drafts]
    return MonthDrafts(shown, sum_self_supplied(sales.values()), withheld_cents)


def _with_usage(draft: Invoice, months: Sequence[MonthFacts], points: PointsOfMember) -> Invoice:
    """Add the customer's usage over the period to an invoice; a credit note shows none."""
    if draft.kind == DocumentKind.CREDIT_NOTE:
        return draft
    draft_months = [
        facts for facts in months if draft.period_from <= facts.month.first_day < draft.period_to
    ]
    usage = usage_of(
        draft.customer.member_id,
        [day_energy for line in draft.lines for day_energy in line.days_wmin.items()],
        [day for facts in draft_months for day in facts.month.days],
        participations=points.participations,
        settled=[point for facts in draft_months for point in points.settled[facts.month]],
    )
    hours = hours_of(draft.lines, {facts.month: facts.by_hour for facts in draft_months})
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
            for classes in {classes for facts in months for classes in facts.classes_billed}
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
    sales = find_sales(facts.settlement.pairs, facts.month.days, facts.perimeter.participations)
    return replace(sales, sold={}) if facts.is_gift else sales


def _accise(facts: MonthFacts) -> AcciseOfMonth:
    assert facts.perimeter is not None
    return AcciseOfMonth(facts.accise, facts.month, facts.perimeter.participations)


def _header(
    plan: DraftPlan, months: Sequence[MonthFacts], accise: Mapping[Month, AcciseOfMonth]
) -> Header | None:
    if not plan.needs_names:
        return None
    assert months[0].perimeter is not None
    return Header(
        operation=OperationBlock(months[0].operation_id, months[0].perimeter.name),
        issuer=months[0].members[plan.parties.issuer_id],
        customer=months[0].members[plan.parties.customer_id],
        settled={
            facts.month: SettledMonth(str(facts.month), facts.settlement.block)
            for facts in months
            if facts.settlement is not None
        },
        profiles={facts.month: facts.profiles.get(plan.parties.issuer_id) for facts in months},
        accise=accise,
        plants=months[0].perimeter.plants,
    )


def _blocked(months: Sequence[MonthFacts], blockers: Sequence[Blocker]) -> DraftsBlocked:
    period = " to ".join(dict.fromkeys([str(months[0].month), str(months[-1].month)]))
    return DraftsBlocked(
        f"{months[0].operation_id}, {period}: {first_in_words(blockers)}",
        blockers=[blocker.members for blocker in blockers],
    )


def _unknown_month(facts: MonthFacts) -> list[Blocker]:
    blockers = []
    if facts.settlement is None:
        detail = f"{facts.month} has no settlement: close it in the allocation service first."
        about = {"month": str(facts.month)}
        blockers.append(Blocker(BlockerCode.SETTLEMENT_MISSING, detail, about))
        blockers += why_held_up(facts.held_up)
    if facts.perimeter is None:
        detail = "The community service has not published this operation yet."
        blockers.append(Blocker(BlockerCode.OPERATION_UNKNOWN, detail))
    return blockers


def _unbalanced_points(facts: MonthFacts) -> Iterable[Blocker]:
    """Points whose pairs in the settlement do not sum to their shared energy there."""
    assert facts.settlement is not None
    sums: Counter[tuple[Prm, Direction]] = Counter()
    for pair in facts.settlement.pairs:
        sums[pair.producer, Direction.PRODUCTION] += sum(pair.energy_wmin)
        sums[pair.consumer, Direction.CONSUMPTION] += sum(pair.energy_wmin)
    for point in facts.settlement.points:
        paired_wmin = sums[point.prm, point.direction]
        if paired_wmin != point.shared_wmin:
            yield Blocker(
                BlockerCode.ENERGY_UNBALANCED,
                f"In {facts.month}, {point.prm} ({point.direction}) shared {point.shared_wmin}"
                f" watt-minutes, but {paired_wmin} with all others: settle the month again.",
                {"prm": point.prm, "direction": point.direction, "month": str(facts.month)},
            )


def _unbalanced(
    plans: Sequence[DraftPlan], drafts: Sequence[Invoice], sales: Mapping[Month, Sales]
) -> Iterable[Blocker]:
    """Pairs of points for which more or less energy would be billed than is settled."""
    sold = (energies for month_sales in sales.values() for energies in month_sales.sold.values())
    settled_wmin = sum_by_pair(energy for energies in sold for energy in energies)
    for producer, consumer, billed, settled in find_unbalanced(plans, drafts, sales, settled_wmin):
        yield Blocker(
            BlockerCode.BILLED_TWICE if billed > settled else BlockerCode.ENERGY_UNBALANCED,
            f"{billed} watt-minutes of {producer} would be billed for {consumer},"
            f" but {settled} are settled.",
            {"producer": producer, "prm": consumer},
        )


def _unknown_members(plans: Iterable[DraftPlan], months: Sequence[MonthFacts]) -> Iterable[Blocker]:
    member_ids = {member_id for plan in plans if plan.needs_names for member_id in plan.parties}
    for member_id in sorted(member_ids - months[0].members.keys()):
        yield Blocker(
            BlockerCode.MEMBER_UNKNOWN,
            f"The name and address of member {member_id} are not known.",
            {"member_id": str(member_id)},
        )


def _missing_prices(plans: Sequence[DraftPlan], months: Sequence[MonthFacts]) -> Iterable[Blocker]:
    for facts in months:
        if facts.hours is None and not facts.is_gift and facts.prices.needs_hours(facts.month):
            about = {"month": str(facts.month)}
            yield Blocker(BlockerCode.SETTLEMENT_INCOMPLETE, HOURS_AWAITED, about)
            return
    attributions = [attribution for plan in plans for attribution in plan.attributions]
    for gap in missing_prices(attributions, months[0].prices):
        yield Blocker(BlockerCode.PRICE_MISSING, *gap)
    points = chain.from_iterable(facts.settlement.points for facts in months if facts.settlement)
    for gap in missing_hours(attributions, months[0].prices, unfamiliar_classes(points)):
        yield Blocker(BlockerCode.HOURS_UNKNOWN, *gap)
