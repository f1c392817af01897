"""Refunds: transfers that pay customers' credits back, which nothing of theirs can take."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.mandates import Mandate
from services.billing.domain.payments.transfers import TransferOrder


class NothingToRefund(Problem):
    status, slug, title = 409, "nothing-to-refund", "No credit can be paid back"
    example_detail = "1 credit cannot be paid back: see `skipped`."
    example_facts: ClassVar = {
        "skipped": [
            {
                "invoice_id": "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10",
                "number": "F2026-00001",
                "reason": "account-missing",
            }
        ]
    }


class NotRefunded(StrEnum):
    """The reason why a credit is not paid back."""

    IN_REFUND = "in-refund"
    OWES = "owes-another"
    TOO_LITTLE = "below-least"
    ACCOUNT_MISSING = "account-missing"
    ACCOUNT_SHARED = "account-shared"
    ACCOUNT_BLOCKED = "account-blocked"


@dataclass(frozen=True)
class RefundAccount:
    """An account of a customer. holder: as its mandate or its bank names it."""

    holder: str
    iban: str
    bic: str | None = None

    @property
    def account_end(self) -> str:
        return self.iban[-4:]


@dataclass(frozen=True)
class RefundItem:
    """A document's credit, or the part of it that nothing takes, in the customer's transfer."""

    id: UUID
    credit: OpenInvoice
    amount_cents: int


@dataclass(frozen=True)
class RefundTransfer:
    """All that a customer is paid back in a refund, of whichever sellers, as one sum."""

    id: UUID
    account: RefundAccount
    items: Sequence[RefundItem]

    @property
    def customer_id(self) -> UUID:
        return self.items[0].credit.customer_id

    @property
    def customer_name(self) -> str:
        return self.items[0].credit.customer_name

    @property
    def amount_cents(self) -> int:
        return sum(item.amount_cents for item in self.items)

    @property
    def order(self) -> TransferOrder:
        return TransferOrder(
            end_to_end_id=self.id.hex,
            amount_cents=self.amount_cents,
            holder=self.account.holder,
            iban=self.account.iban,
            bic=self.account.bic,
            remittances=_remittances([item.credit for item in self.items]),
        )


def _remittances(credits_paid: Sequence[OpenInvoice]) -> Sequence[str]:
    """Return texts for the customer, from the longest to the shortest: debtors, documents."""
    documents = ", ".join(f"{credit.number} {credit.issuer_name}" for credit in credits_paid)
    numbers = ", ".join(credit.number for credit in credits_paid)
    return [
        f"Remboursement {documents}",
        f"Remboursement {numbers}",
        f"Remboursement de {len(credits_paid)} factures",
    ]


@dataclass(frozen=True)
class SkippedCredit:
    credit: OpenInvoice
    reason: NotRefunded


@dataclass(frozen=True)
class RefundPlan:
    """The transfers to make, and the credits that are left out."""

    transfers: Sequence[RefundTransfer]
    skipped: Sequence[SkippedCredit]

    @property
    def total_cents(self) -> int:
        return sum(transfer.amount_cents for transfer in self.transfers)


def choose_account(
    mandate: Mandate | None,
    learnt: Iterable[RefundAccount],
    *,
    holders: Mapping[str, Collection[UUID]],
    blocked: Collection[str],
) -> RefundAccount | NotRefunded:
    """The account of the mandate in force, or else the newest one from which they paid alone.

    learnt: accounts of their matched payments, the newest first. holders: the customers who pay
    from an IBAN. blocked: IBANs from which a refund of theirs came back for good.
    """
    accounts = list(learnt)
    of_mandate = None
    if mandate is not None and mandate.iban is not None and mandate.blocked_by is None:
        of_mandate = RefundAccount(mandate.holder, mandate.iban, mandate.bic)
        accounts.insert(0, of_mandate)
    refused_iban = mandate.iban if mandate is not None and mandate.blocked_by is not None else None
    reason = NotRefunded.ACCOUNT_MISSING
    for account in accounts:
        if account.iban == refused_iban or account.iban in blocked:
            reason = NotRefunded.ACCOUNT_BLOCKED
        elif account is not of_mandate and len(holders.get(account.iban, ())) > 1:
            reason = NotRefunded.ACCOUNT_SHARED
        else:
            return account
    return reason


def plan_refund(
    refund_id: UUID,
    invoices: Iterable[OpenInvoice],
    accounts: Mapping[UUID, RefundAccount | NotRefunded],
    *,
    least_cents: int,
) -> RefundPlan:
    """Plan to pay back each customer's credits, but for what they owe the same seller.

    A customer gets one transfer for the credits of all sellers.
    invoices: all open ones after the netting of credits. accounts: by customer. least_cents: of
    what a customer is paid back in all.
    """
    by_parties: defaultdict[tuple[UUID, UUID], list[OpenInvoice]] = defaultdict(list)
    for invoice in invoices:
        by_parties[invoice.issuer_id, invoice.customer_id].append(invoice)
    shares = [share for group in by_parties.values() for share in _free_credits(group)]
    sums: defaultdict[UUID, int] = defaultdict(int)
    for share in shares:
        sums[share.credit.customer_id] += share.cents
    items: defaultdict[tuple[UUID, RefundAccount], list[RefundItem]] = defaultdict(list)
    skipped = []
    for share in shares:
        customer_id = share.credit.customer_id
        account = accounts.get(customer_id, NotRefunded.ACCOUNT_MISSING)
        if share.taken_by is not None:
            skipped.append(SkippedCredit(share.credit, share.taken_by))
        elif sums[customer_id] < least_cents:
            skipped.append(SkippedCredit(share.credit, NotRefunded.TOO_LITTLE))
        elif isinstance(account, NotRefunded):
            skipped.append(SkippedCredit(share.credit, account))
        else:
            item_id = uuid5(refund_id, str(share.credit.invoice_id))
            items[customer_id, account].append(RefundItem(item_id, share.credit, share.cents))
    transfers = [
        RefundTransfer(uuid5(refund_id, str(customer_id)), account, refunded)
        for (customer_id, account), refunded in items.items()
    ]
    return RefundPlan(transfers, skipped)


@dataclass(frozen=True)
class _FreeCredit:
    """The part of a credit that can be paid back. taken_by: the reason why none can."""

    credit: OpenInvoice
    cents: int
    taken_by: NotRefunded | None


def _free_credits(invoices: Sequence[OpenInvoice]) -> Iterable[_FreeCredit]:
    """The credits of a customer with a seller, less what the customer owes it.

    That is kept back even while it is being debited, for the debit may come back.
    """
    owed_cents = sum(max(invoice.open_cents, 0) for invoice in invoices)
    in_credit = (invoice for invoice in invoices if invoice.open_cents < 0)
    for credit in sorted(in_credit, key=lambda invoice: (invoice.issue_date, invoice.number)):
        if credit.refunding_cents > 0:
            yield _FreeCredit(credit, 0, NotRefunded.IN_REFUND)
            continue
        kept_cents = min(owed_cents, -credit.open_cents)
        owed_cents -= kept_cents
        free_cents = -credit.open_cents - kept_cents
        yield _FreeCredit(credit, free_cents, None if free_cents else NotRefunded.OWES)


def check_something(plan: RefundPlan) -> None:
    """Raises NothingToRefund."""
    if not plan.transfers:
        raise NothingToRefund(
            f"{len(plan.skipped)} credits cannot be paid back: see `skipped`.",
            skipped=[
                {
                    "invoice_id": str(skipped.credit.invoice_id),
                    "number": skipped.credit.number,
                    "reason": skipped.reason,
                }
                for skipped in plan.skipped
            ],
        )
