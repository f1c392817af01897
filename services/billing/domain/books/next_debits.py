"""A customer's next debit: its day and sum, by the plan of a collection not made yet."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.billing.domain.payments.banking_days import next_banking_day
from services.billing.domain.payments.collecting import CollectionPlan, OpenInvoice
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.mandates import Unusable
from services.billing.domain.thresholds import debited_alone_from


@dataclass(frozen=True)
class NextDebit:
    """A collector's next possible debit; no collection was made, and nobody notified, yet.

    first_day: before which it cannot be; None: the sum is too small, and waits for the next bill.
    mandate_rum: None where the sum waits. alone_from: of such a sum, until when (ADR 52).
    """

    creditor_name: str
    cents: int
    first_day: date | None
    mandate_rum: str | None
    alone_from: date | None = None

    @property
    def order(self) -> tuple[date, str]:
        return self.first_day or date.max, self.creditor_name


def find_next_debit(
    creditor: Creditor,
    invoices: Collection[OpenInvoice],
    *,
    documents: Collection[UUID],
    today: date,
    plan_on: Callable[[date], CollectionPlan],
) -> NextDebit | None:
    """The first debit that takes one of these documents; None if no collection would.

    invoices: of one customer, with all sellers of the creditor. plan_on: the plan of a collection
    of which debtors are notified today. A sum that is too small on one day may be taken on a later
    one, with what is due by then.
    """
    first_day = today + timedelta(days=max(creditor.notice_days, 1))
    days = {next_banking_day(max(first_day, invoice.due_date)) for invoice in invoices}
    plan = None
    for day in sorted(days):
        plan = plan_on(day)
        for debit in plan.debits:
            cents = sum(
                item.amount_cents for item in debit.items if item.invoice.invoice_id in documents
            )
            if cents:
                return NextDebit(creditor.name, cents, day, debit.mandate.rum)
    waiting = _waiting(plan, documents) if plan else []
    if not waiting:
        return None
    cents = sum(invoice.payable_cents for invoice in waiting)
    alone_from = debited_alone_from(min(invoice.due_date for invoice in waiting))
    return NextDebit(creditor.name, cents, None, None, alone_from)


def _waiting(plan: CollectionPlan, documents: Collection[UUID]) -> Sequence[OpenInvoice]:
    return [
        skipped.invoice
        for skipped in plan.skipped
        if skipped.reason is Unusable.BELOW_THRESHOLD and skipped.invoice.invoice_id in documents
    ]
