"""Draft what a run issues: its period, and what earlier runs held back as too little."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafts.carrying import (
    CarriedMonth,
    Carrying,
    carry,
    is_first_invoice,
    may_not_wait,
)
from services.billing.domain.drafts.drafting import MonthDrafts, MonthFacts, draft_period
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.prices.sales import Parties
from services.billing.store.books.ledger import get_books
from services.billing.store.corrections.corrections import save_withheld
from services.billing.store.drafts import carried as store
from services.billing.store.drafts.months import get_period_facts
from services.billing.store.invoices.invoices import save_drafts
from services.billing.store.thresholds import get_thresholds


@dataclass(frozen=True)
class RunPlan:
    """The drafts that a run would make; none is kept yet.

    period: all months drafted together. invoiced: carried months that were issued since.
    """

    operation_id: OperationId
    period: BillingPeriod
    month_drafts: MonthDrafts
    carrying: Carrying
    invoiced: Collection[CarriedMonth]


@dataclass(frozen=True)
class _Carried:
    """The invoices of carried months, as they would be now, and the months issued since."""

    drafts: Collection[Invoice]
    invoiced: Collection[CarriedMonth]


async def plan_run(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod
) -> RunPlan:
    """Draft a period, with what was carried to it. Raises DraftsBlocked."""
    carried = await _draft_carried(session, operation_id, before=period.months[0])
    facts = await get_period_facts(session, operation_id, period)
    month_drafts = await asyncio.to_thread(draft_period, facts)
    drafting = BillingPeriod(tuple(month_facts.month for month_facts in facts))
    # What is billed by quarter since may reach into the days of this run.
    waiting = [draft for draft in carried.drafts if draft.period_to <= drafting.first_day]
    thresholds = await get_thresholds(session, operation_id)
    all_drafts = (*waiting, *month_drafts.drafts) if thresholds.invoice_cents else ()
    issuers = {draft.issuer.member_id for draft in all_drafts}
    carrying = carry(
        month_drafts.drafts,
        waiting,
        least_cents=thresholds.invoice_cents,
        is_last_call=partial(
            may_not_wait,
            next_day=drafting.end,
            perimeter=facts[0].perimeter,
            books={issuer_id: await get_books(session, issuer_id) for issuer_id in issuers},
        ),
    )
    return RunPlan(operation_id, drafting, month_drafts, carrying, carried.invoiced)


async def save_run(session: AsyncSession, plan: RunPlan) -> None:
    """Keep its drafts, in place of others of its period, and who is carried to the next run."""
    operation_id, period = plan.operation_id, plan.period
    of_period = [draft for draft in plan.carrying.drafts if draft.period_from >= period.first_day]
    await save_drafts(session, operation_id, period, of_period)
    await save_withheld(session, operation_id, period.months, plan.month_drafts.withheld_cents)
    released = [draft for draft in plan.carrying.drafts if draft.period_from < period.first_day]
    await store.save_released(session, released)
    await store.remove_carried(session, operation_id, plan.invoiced)
    held = [draft for draft in plan.carrying.held if draft.period_from >= period.first_day]
    await store.save_carried(session, operation_id, period, {draft.parties for draft in held})


async def _draft_carried(
    session: AsyncSession, operation_id: OperationId, *, before: Month
) -> _Carried:
    """Draft what earlier runs held back."""
    drafts: dict[UUID, Invoice] = {}
    invoiced: set[CarriedMonth] = set()
    for period, parties in (await store.map_carried(session, operation_id, before)).items():
        facts = await get_period_facts(session, operation_id, period)
        # Several months of one quarterly invoice give the same draft.
        of_period = await asyncio.to_thread(_first_invoices, facts, parties)
        drafts |= {draft.id: draft for draft in of_period}
        invoiced |= {
            (month, document.parties)
            for document in facts[0].issued
            for month in period.months
            if document.overlaps([month])
        }
    return _Carried(drafts.values(), invoiced)


def _first_invoices(facts: Sequence[MonthFacts], parties: Collection[Parties]) -> Sequence[Invoice]:
    return [
        draft
        for draft in draft_period(facts).drafts
        if is_first_invoice(draft) and draft.parties in parties
    ]
