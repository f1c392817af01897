"""Draft what a run issues: its period, and what earlier runs held back as too little."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.drafts.carrying import (
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
    """What a run would draft, of which nothing is kept yet.

    period: all months drafted together. earlier: what is still carried of earlier periods.
    """

    operation_id: OperationId
    period: BillingPeriod
    month_drafts: MonthDrafts
    carrying: Carrying
    earlier: Mapping[BillingPeriod, Sequence[Invoice]]


async def plan_run(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod
) -> RunPlan:
    """Draft a period, with what was carried to it. Raises DraftsBlocked."""
    earlier = await _draft_carried(session, operation_id, before=period.first_day)
    facts = await get_period_facts(session, operation_id, period)
    month_drafts = await asyncio.to_thread(draft_period, facts)
    drafting = BillingPeriod(tuple(month_facts.month for month_facts in facts))
    waiting = [
        draft
        for earlier_period, drafts in earlier.items()
        if earlier_period.end <= drafting.first_day
        for draft in drafts
    ]
    thresholds = await get_thresholds(session, operation_id)
    issuers = {draft.issuer.member_id for draft in (*waiting, *month_drafts.drafts)}
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
    return RunPlan(operation_id, drafting, month_drafts, carrying, earlier)


async def save_run(session: AsyncSession, plan: RunPlan) -> None:
    """Keep its drafts, in place of others of its period, and who is carried to the next run."""
    operation_id, period = plan.operation_id, plan.period
    of_period = [draft for draft in plan.carrying.drafts if draft.period_from >= period.first_day]
    await save_drafts(session, operation_id, period, of_period)
    await save_withheld(session, operation_id, period.months, plan.month_drafts.withheld_cents)
    released = [draft for draft in plan.carrying.drafts if draft.period_from < period.first_day]
    await store.save_released(session, released)
    for earlier_period, drafts in plan.earlier.items():
        parties = {draft.parties for draft in drafts}
        await store.save_carried(session, operation_id, earlier_period, parties)
    held = [draft for draft in plan.carrying.held if draft.period_from >= period.first_day]
    await store.save_carried(session, operation_id, period, {draft.parties for draft in held})


async def _draft_carried(
    session: AsyncSession, operation_id: OperationId, *, before: date
) -> dict[BillingPeriod, Sequence[Invoice]]:
    """The invoices held back by earlier runs, as they would be now, without those issued since."""
    carried = await store.map_carried(session, operation_id, before)
    drafted: dict[BillingPeriod, Sequence[Invoice]] = {}
    for period, parties in carried.items():
        facts = await get_period_facts(session, operation_id, period)
        drafted[period] = await asyncio.to_thread(_first_invoices, facts, parties)
    return drafted


def _first_invoices(facts: Sequence[MonthFacts], parties: Collection[Parties]) -> Sequence[Invoice]:
    return [
        draft
        for draft in draft_period(facts).drafts
        if is_first_invoice(draft) and draft.parties in parties
    ]
