"""Drafts say what would be drafted now; nothing else is issued."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.credit_notes import Take, credit_note
from services.billing.domain.documents import Cause, DocumentKind
from services.billing.domain.drafting import MonthFacts, draft_period
from services.billing.domain.invoices import (
    CorrectionSplit,
    DraftsOutdated,
    Invoice,
    bills_the_same,
)
from services.billing.domain.periods import Period, months_between
from services.billing.domain.standing import days_of, standing_lines
from services.billing.store import months as store

Scope = tuple[OperationId, Period]
Facts = Mapping[Scope, Sequence[MonthFacts]]


def scope_of(draft: Invoice) -> Scope:
    """The month or the quarter that a document was drafted with."""
    return draft.operation.id, Period.around(months_between(draft.period_from, draft.period_to))


async def load_facts(session: AsyncSession, drafts: Iterable[Invoice]) -> Facts:
    """Of all scopes of these drafts; the caller holds the locks of their months."""
    scopes = sorted({scope_of(one) for one in drafts})
    return {scope: await store.get_period_facts(session, *scope) for scope in scopes}


async def check_up_to_date(drafts: Collection[Invoice], facts: Facts) -> None:
    """No settlement, price, address or credit note has changed anything since, and none is apart.

    Raises DraftsBlocked, DraftsOutdated, CorrectionSplit.
    """
    by_scope: defaultdict[Scope, list[Invoice]] = defaultdict(list)
    for draft in drafts:
        if draft.cause != Cause.BY_HAND:
            by_scope[scope_of(draft)].append(draft)
    chosen = {one.id for one in drafts}
    outdated: list[UUID] = []
    apart: list[Invoice] = []
    for scope, of_scope in by_scope.items():
        drafted = await asyncio.to_thread(draft_period, facts[scope])
        current = {one.id: one for one in drafted.drafts}
        outdated += [
            one.id
            for one in of_scope
            if one.id not in current or not bills_the_same(current[one.id], one)
        ]
        corrected = {one.parties for one in of_scope if one.cause}
        apart += [
            one
            for one in drafted.drafts
            if one.cause and one.parties in corrected and one.id not in chosen
        ]
    outdated += [one.id for one in drafts if _has_changed(one, drafts, facts)]
    if outdated:
        raise DraftsOutdated(
            "A settlement, price, participation, member, issuer profile, accise regime or credit"
            " note has changed: make the drafts again.",
            invoice_ids=sorted(str(one) for one in outdated),
        )
    if apart:
        raise CorrectionSplit(
            f"{len(apart)} more documents belong to the same corrections: issue them together.",
            invoice_ids=sorted(str(one.id) for one in apart),
        )


def _has_changed(draft: Invoice, drafts: Iterable[Invoice], facts: Facts) -> bool:
    """Whether a credit note that was asked for by hand would be another one now."""
    if draft.cause != Cause.BY_HAND:
        return False
    credited = Counter(
        one.refers_to[0].id for one in drafts if one.kind == DocumentKind.CREDIT_NOTE
    )
    if credited[draft.refers_to[0].id] > 1:
        return True
    issued = facts[scope_of(draft)][0].issued
    standing = {one.reference: one for one in standing_lines(issued)}
    takes = []
    for line in draft.lines:
        of = standing.get(line.corrects) if line.corrects else None
        if of is None or line.energy_wmin > of.left_wmin:
            return True
        days = {day: energy_wmin for day, energy_wmin in days_of(line).items() if energy_wmin}
        takes.append(Take(of, line.energy_wmin, days))
    now = credit_note(takes, issued, cause=Cause.BY_HAND, reason=draft.reason)
    return now.canonical != draft.canonical
