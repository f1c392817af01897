"""The plan of a collection: the invoices it collects, their mandates, and the ones it skips."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.payments.mandates import (
    Mandate,
    MandateUse,
    SequenceType,
    Unusable,
    unusable_reason,
)
from services.billing.domain.thresholds import (
    NO_THRESHOLDS,
    SmallSum,
    Thresholds,
    has_waited,
    ids_below,
)


class NothingToCollect(Problem):
    status, slug, title = 409, "nothing-to-collect", "No unpaid invoice can be collected"
    example_detail = "1 unpaid invoice cannot be collected: see `skipped`."
    example_facts: ClassVar = {
        "skipped": [
            {
                "invoice_id": "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10",
                "number": "F2026-00001",
                "reason": "mandate-missing",
            }
        ]
    }


PAYMENT_DAYS = 30
"""Until a document is due that states no day, as credit notes: C. com. L441-10, I."""


@dataclass(frozen=True)
class OpenInvoice:
    """An issued document that the books of its issuer do not show as settled.

    open_cents: the sum still owed, negative if owed to the customer. doubtful_cents: the share of
    it that has been moved to the doubtful customers. follows: the documents that it replaces or
    adds to. covered_cents: the share for which the customer has a credit elsewhere that no entry
    sets off yet. refunding_cents: the share of a credit that a refund is paying back.
    """

    invoice_id: UUID
    number: str
    issuer_id: UUID
    issuer_name: str
    customer_id: UUID
    customer_name: str
    operation_name: str
    issue_date: date
    due_date: date
    total_cents: int
    open_cents: int
    doubtful_cents: int
    follows: frozenset[UUID] = frozenset()
    covered_cents: int = 0
    refunding_cents: int = 0

    @property
    def free_credit_cents(self) -> int:
        """The credit of the customer for the document that is not on its way to them."""
        return -self.open_cents - self.refunding_cents

    @property
    def payable_cents(self) -> int:
        """The sum that may be debited from the customer, or asked for in a reminder."""
        return max(self.open_cents - self.covered_cents, 0)

    @property
    def awaits_credit(self) -> bool:
        """More is open than was invoiced: a return was reported before the credit it reverses."""
        return self.open_cents > self.total_cents


@dataclass(frozen=True)
class CollectionOrder:
    """A request to collect. invoices: which of the unpaid ones; None means all."""

    id: UUID
    creditor_id: UUID
    day: date
    notified_on: date
    invoices: Collection[UUID] | None = None

    def wants(self, invoice: OpenInvoice) -> bool:
        return self.invoices is None or invoice.invoice_id in self.invoices


@dataclass(frozen=True)
class CollectedItem:
    """An invoice in a collection, collected with the others of its customer."""

    id: UUID
    invoice: OpenInvoice

    @property
    def amount_cents(self) -> int:
        return self.invoice.payable_cents


@dataclass(frozen=True)
class CollectedDebit:
    """The invoices of a mandate in a collection, as one sum; the mandate as it was then."""

    id: UUID
    mandate: Mandate
    sequence_type: SequenceType
    items: Sequence[CollectedItem]

    @property
    def amount_cents(self) -> int:
        return sum(item.amount_cents for item in self.items)

    @property
    def invoices(self) -> Sequence[OpenInvoice]:
        return [item.invoice for item in self.items]

    @property
    def end_to_end_id(self) -> str:
        """A globally unique id of at most 35 characters that reveals nothing of the customer."""
        return self.id.hex


@dataclass(frozen=True)
class Skipped:
    invoice: OpenInvoice
    reason: Unusable


@dataclass(frozen=True)
class CollectionPlan:
    """The debits to make, and the invoices to skip.

    not_owed: ids asked for, but settled or unknown.
    """

    debits: Sequence[CollectedDebit]
    skipped: Sequence[Skipped]
    not_owed: Sequence[UUID] = ()

    @property
    def total_cents(self) -> int:
        return sum(debit.amount_cents for debit in self.debits)


def batch_id(file_id: str, sequence_type: str) -> str:
    """The id of a file's direct debits of one sequence type, which banks may book as one sum."""
    return f"{file_id}-{sequence_type[0]}"


def plan_collection(
    order: CollectionOrder,
    *,
    invoices: Iterable[OpenInvoice],
    mandates: Mapping[UUID, Mandate],
    uses: Mapping[UUID, MandateUse],
    pending: Collection[UUID],
    thresholds: Mapping[UUID, Thresholds] | None = None,
    without_convention: Collection[UUID] = (),
) -> CollectionPlan:
    """Plan to collect what is payable of each invoice whose customer has a usable mandate.

    All invoices of a mandate, whoever issued them, are one debit.
    invoices: after the netting of credits. mandates: by debtor. uses: by mandate. pending: invoices
    in a collection whose outcome is unknown; they are not collected a second time. Nor is more than
    an invoice's total collected. thresholds: by invoice; what is collected by one mandate reaches
    those of all its invoices. without_convention: issuers whose revenue nobody may collect yet.
    """
    collected: defaultdict[UUID, list[CollectedItem]] = defaultdict(list)
    skipped: list[Skipped] = []
    unpaid = [invoice for invoice in invoices if invoice.open_cents > 0 and order.wants(invoice)]
    reasons = _reasons(
        order,
        unpaid,
        mandates=mandates,
        uses=uses,
        pending=pending,
        thresholds=thresholds or {},
        without_convention=without_convention,
    )
    for invoice in sorted(unpaid, key=lambda candidate: (candidate.issuer_id, candidate.number)):
        if reason := reasons.get(invoice.invoice_id):
            skipped.append(Skipped(invoice, reason))
        else:
            collected[invoice.customer_id].append(_item(order, invoice))
    debits = [
        _debit(order, mandates[debtor_id], items, uses) for debtor_id, items in collected.items()
    ]
    not_owed = set(order.invoices or ()) - {invoice.invoice_id for invoice in unpaid}
    return CollectionPlan(debits, skipped, sorted(not_owed))


def _item(order: CollectionOrder, invoice: OpenInvoice) -> CollectedItem:
    return CollectedItem(uuid5(order.id, str(invoice.invoice_id)), invoice)


def _debit(
    order: CollectionOrder,
    mandate: Mandate,
    items: Sequence[CollectedItem],
    uses: Mapping[UUID, MandateUse],
) -> CollectedDebit:
    is_begun = mandate.id in uses and uses[mandate.id].was_first
    return CollectedDebit(
        id=uuid5(order.id, str(mandate.id)),
        mandate=mandate,
        sequence_type=SequenceType.RECURRENT if is_begun else SequenceType.FIRST,
        items=items,
    )


def _reasons(
    order: CollectionOrder,
    unpaid: Collection[OpenInvoice],
    *,
    mandates: Mapping[UUID, Mandate],
    uses: Mapping[UUID, MandateUse],
    pending: Collection[UUID],
    thresholds: Mapping[UUID, Thresholds],
    without_convention: Collection[UUID],
) -> Mapping[UUID, Unusable]:
    """Return the reasons why these invoices are left out of the collection."""
    reasons = {
        invoice.invoice_id: reason
        for invoice in unpaid
        if (reason := _reason(invoice, mandates.get(invoice.customer_id), uses, pending, order))
    }
    reasons |= {
        invoice.invoice_id: Unusable.CONVENTION_MISSING
        for invoice in unpaid
        if invoice.issuer_id in without_convention
    }
    usable = [invoice for invoice in unpaid if invoice.invoice_id not in reasons]
    return reasons | dict.fromkeys(_below(usable, thresholds, order.day), Unusable.BELOW_THRESHOLD)


def _reason(
    invoice: OpenInvoice,
    mandate: Mandate | None,
    uses: Mapping[UUID, MandateUse],
    pending: Collection[UUID],
    order: CollectionOrder,
) -> Unusable | None:
    if invoice.invoice_id in pending or invoice.awaits_credit:
        return Unusable.IN_COLLECTION
    if invoice.payable_cents <= 0:
        return Unusable.PAID_BY_ANOTHER
    if invoice.issue_date > order.notified_on:
        return Unusable.NOT_TOLD
    if invoice.due_date > order.day:
        return Unusable.NOT_DUE
    if mandate is None:
        return Unusable.MISSING
    return unusable_reason(mandate, uses.get(mandate.id, MandateUse()), order.day)


def _below(
    invoices: Collection[OpenInvoice], thresholds: Mapping[UUID, Thresholds], day: date
) -> Collection[UUID]:
    """Return the debts that wait for the next bill; none of a customer whose debt waited long."""
    long_owing = {invoice.customer_id for invoice in invoices if has_waited(invoice.due_date, day)}
    return ids_below(
        {
            invoice.invoice_id: SmallSum(
                invoice.customer_id,
                invoice.payable_cents,
                thresholds.get(invoice.invoice_id, NO_THRESHOLDS).debit_cents,
            )
            for invoice in invoices
            if invoice.customer_id not in long_owing
        }
    )
