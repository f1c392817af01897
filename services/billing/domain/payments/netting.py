"""The debts of a customer paid by their credits with the same seller, and the rest to ask for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Debit


@dataclass(frozen=True)
class SetOff:
    """A credit that pays a debt of the same customer to the same seller, as both were before."""

    credit: OpenInvoice
    invoice: OpenInvoice
    amount_cents: int

    @property
    def issuer_id(self) -> UUID:
        return self.invoice.issuer_id

    @property
    def doubtful_cents(self) -> int:
        """The share that pays what is doubtful, which is paid first, as by any payment."""
        return min(self.amount_cents, self.invoice.doubtful_cents)

    @property
    def credit_left(self) -> OpenInvoice:
        return replace(self.credit, open_cents=self.credit.open_cents + self.amount_cents)

    @property
    def invoice_left(self) -> OpenInvoice:
        return replace(
            self.invoice,
            open_cents=self.invoice.open_cents - self.amount_cents,
            doubtful_cents=self.invoice.doubtful_cents - self.doubtful_cents,
        )


@dataclass(frozen=True)
class GivenCredit:
    """The sum that set-offs have moved from the credit of one document to another."""

    giver_id: UUID
    taker_id: UUID
    cents: int


@dataclass(frozen=True)
class Netting:
    """Set-offs to enter in this order, and the open invoices after them."""

    set_offs: Sequence[SetOff]
    invoices: Sequence[OpenInvoice]


def net_credits(invoices: Sequence[OpenInvoice], pending_cents: Mapping[UUID, int]) -> Netting:
    """Set each credit off against the invoices that follow its document, then the oldest debts.

    pending_cents: by invoice, the direct debits that await the bank's answer. Such an invoice is
    not set off, as it is being paid; nor is a credit that is being paid back. What cannot be set
    off, or comes with a pending debit of an invoice that was credited since, lessens what is
    payable.
    """
    by_parties: defaultdict[tuple[UUID, UUID], list[OpenInvoice]] = defaultdict(list)
    for invoice in invoices:
        by_parties[invoice.issuer_id, invoice.customer_id].append(invoice)
    nettings = [_net_customer(group, pending_cents) for group in by_parties.values()]
    set_offs = [set_off for netting in nettings for set_off in netting.set_offs]
    left = {invoice.invoice_id: invoice for netting in nettings for invoice in netting.invoices}
    return Netting(set_offs, [left[invoice.invoice_id] for invoice in invoices])


def map_asked_cents(invoices: Sequence[OpenInvoice], debits: Iterable[Debit]) -> Mapping[UUID, int]:
    """The sum to ask for by invoice, as its page shows it; 0 while a debit is under way.

    invoices: all open ones of their customers. debits: of these invoices. After a return that was
    told before its credit, what was debited is open twice and asked for once.
    """
    pending_cents = Counter[UUID]()
    waiting = set[UUID]()
    for debit in debits:
        if not debit.is_received and not debit.is_presumed:
            pending_cents.update({item.invoice_id: item.amount_cents for item in debit.items})
            if not debit.is_returned:
                waiting.update(item.invoice_id for item in debit.items)
    return {
        invoice.invoice_id: max(invoice.payable_cents - pending_cents[invoice.invoice_id], 0)
        if invoice.invoice_id not in waiting
        else 0
        for invoice in net_credits(invoices, pending_cents).invoices
    }


def take_back(
    invoices: Sequence[OpenInvoice],
    given: Sequence[GivenCredit],
    pending_cents: Mapping[UUID, int],
) -> Sequence[SetOff]:
    """Let documents that owe again take back what they have given, in this order.

    The money of their credit has left: a direct debit was returned, or a sum paid back. Who took
    the credit owes again, and may have given a credit in turn.
    """
    left = {invoice.invoice_id: invoice for invoice in invoices}
    given_cents = {(credit.giver_id, credit.taker_id): credit.cents for credit in given}
    set_offs: list[SetOff] = []
    while True:
        before = len(set_offs)
        for (giver_id, taker_id), cents in given_cents.items():
            giver, taker = left[giver_id], left[taker_id]
            owed_cents = giver.open_cents - pending_cents.get(giver_id, 0)
            amount_cents = min(cents, owed_cents)
            if amount_cents > 0:
                set_off = SetOff(taker, giver, amount_cents)
                set_offs.append(set_off)
                left[taker_id], left[giver_id] = set_off.credit_left, set_off.invoice_left
                given_cents[giver_id, taker_id] = cents - amount_cents
        if len(set_offs) == before:
            return set_offs


def _net_customer(invoices: Sequence[OpenInvoice], pending_cents: Mapping[UUID, int]) -> Netting:
    left = {invoice.invoice_id: invoice for invoice in invoices}
    in_credit = [invoice for invoice in invoices if invoice.open_cents < 0]
    debts = sorted(
        (invoice for invoice in invoices if invoice.invoice_id not in pending_cents),
        key=_age,
    )
    pairs = [(credit, debt) for credit in in_credit for debt in debts]
    followed_first = sorted(pairs, key=lambda pair: pair[0].invoice_id not in pair[1].follows)
    set_offs = []
    for first, second in followed_first:
        credit, debt = left[first.invoice_id], left[second.invoice_id]
        amount_cents = min(credit.free_credit_cents, debt.open_cents)
        if amount_cents > 0:
            set_off = SetOff(credit, debt, amount_cents)
            set_offs.append(set_off)
            left[credit.invoice_id] = set_off.credit_left
            left[debt.invoice_id] = set_off.invoice_left
    return Netting(set_offs, _cover(list(left.values()), pending_cents))


def _age(invoice: OpenInvoice) -> tuple[date, date, str]:
    return invoice.due_date, invoice.issue_date, invoice.number


def _cover(
    invoices: Sequence[OpenInvoice], pending_cents: Mapping[UUID, int]
) -> Sequence[OpenInvoice]:
    """Let credits that no entry can set off yet cover the oldest debts, which are not asked for."""
    awaited_cents = {
        invoice.invoice_id: invoice.open_cents
        + invoice.refunding_cents
        - pending_cents.get(invoice.invoice_id, 0)
        for invoice in invoices
    }
    credit_cents = -sum(min(cents, 0) for cents in awaited_cents.values())
    covered = []
    for invoice in sorted(invoices, key=_age):
        is_payable = invoice.open_cents > 0 and invoice.invoice_id not in pending_cents
        covered_cents = min(credit_cents, invoice.open_cents) if is_payable else 0
        credit_cents -= covered_cents
        covered.append(replace(invoice, covered_cents=covered_cents))
    return covered
