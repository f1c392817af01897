"""Check that drafts equal what would be drafted now; only such drafts are issued."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.corrections.credit_notes import Take, credit_note
from services.billing.domain.corrections.standing import standing_lines
from services.billing.domain.drafts.drafting import MonthFacts, draft_period
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import (
    CorrectionSplit,
    DraftsOutdated,
    Invoice,
    bills_the_same,
)
from services.billing.domain.invoices.periods import BillingPeriod, months_between
from services.billing.store.drafts import months as store

OperationPeriod = tuple[OperationId, BillingPeriod]
# More are read faster with all others: the database compares each pair with each of their points.
_FEW_CUSTOMERS = 20
FactsByPeriod = Mapping[OperationPeriod, Sequence[MonthFacts]]


def scope_of(draft: Invoice) -> OperationPeriod:
    """The operation, and the month or quarter, for which a document was drafted."""
    return draft.operation.id, BillingPeriod.around(
        months_between(draft.period_from, draft.period_to)
    )


async def load_facts(session: AsyncSession, drafts: Iterable[Invoice]) -> FactsByPeriod:
    """Load what decides these drafts, by scope. The caller holds the locks of their months.

    Of a few customers only theirs, so that who issues one draft does not wait for a large month.
    """
    customers: defaultdict[OperationPeriod, set[UUID]] = defaultdict(set)
    for draft in drafts:
        customers[scope_of(draft)].add(draft.customer.member_id)
    return {
        scope: (
            await store.get_customer_facts(session, *scope, customers[scope])
            if len(customers[scope]) <= _FEW_CUSTOMERS
            else await store.get_period_facts(session, *scope)
        )
        for scope in sorted(customers)
    }


async def check_up_to_date(drafts: Collection[Invoice], facts: FactsByPeriod) -> None:
    """Check that no settlement, price, address or credit note has changed since the drafting.

    Documents of one correction must be issued together.
    Raises DraftsBlocked, DraftsOutdated, CorrectionSplit.
    """
    drafts_by_scope: defaultdict[OperationPeriod, list[Invoice]] = defaultdict(list)
    for draft in drafts:
        if draft.cause != Cause.BY_HAND:
            drafts_by_scope[scope_of(draft)].append(draft)
    chosen = {draft.id for draft in drafts}
    outdated: list[UUID] = []
    missing: list[Invoice] = []
    for scope, scope_drafts in drafts_by_scope.items():
        month_drafts = await asyncio.to_thread(draft_period, facts[scope])
        current = {draft.id: draft for draft in month_drafts.drafts}
        outdated += [
            draft.id
            for draft in scope_drafts
            if draft.id not in current or not bills_the_same(current[draft.id], draft)
        ]
        corrected = {draft.parties for draft in scope_drafts if draft.cause}
        missing += [
            draft
            for draft in month_drafts.drafts
            if draft.cause and draft.parties in corrected and draft.id not in chosen
        ]
    outdated += [draft.id for draft in drafts if _has_changed(draft, drafts, facts)]
    if outdated:
        raise DraftsOutdated(
            "A settlement, price, participation, member, issuer profile, accise regime or credit"
            " note has changed: make the drafts again.",
            invoice_ids=sorted(str(invoice_id) for invoice_id in outdated),
        )
    if missing:
        raise CorrectionSplit(
            f"Documents of the same corrections are missing ({len(missing)}): issue them together.",
            invoice_ids=sorted(str(draft.id) for draft in missing),
        )


def _has_changed(draft: Invoice, drafts: Iterable[Invoice], facts: FactsByPeriod) -> bool:
    """Whether a credit note requested by a person would differ now."""
    if draft.cause != Cause.BY_HAND:
        return False
    credited = Counter(
        document.refers_to[0].id for document in drafts if document.kind == DocumentKind.CREDIT_NOTE
    )
    if credited[draft.refers_to[0].id] > 1:
        return True
    issued = facts[scope_of(draft)][0].issued
    standing = {line.reference: line for line in standing_lines(issued)}
    takes = []
    for line in draft.lines:
        standing_line = standing.get(line.corrects) if line.corrects else None
        if standing_line is None or line.energy_wmin > standing_line.left_wmin:
            return True
        days = {day: energy_wmin for day, energy_wmin in line.days_wmin.items() if energy_wmin}
        takes.append(Take(standing_line, line.energy_wmin, days))
    now = credit_note(takes, issued, cause=Cause.BY_HAND, reason=draft.reason)
    return now.canonical != draft.canonical
