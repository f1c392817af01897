"""Match bank transactions to invoices: by our ids first, then by what people write."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice, batch_id
from services.billing.domain.payments.matches import Debit, Match, MatchedBy, Payment
from services.billing.domain.payments.netting import map_asked_cents
from services.billing.domain.payments.payers import PayerAccounts, Payers
from services.billing.domain.payments.payment_notices import PaymentNotice
from services.billing.domain.payments.transfers import Refunded, Transfer

_OWN_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)

# A retry is useless until the debtor has signed again: the account is wrong, closed or blocked, or
# there is no mandate, or the debtor denies it. Source: EPC173-14, reason codes for R-transactions.
BLOCKING_REASONS = frozenset(
    {"AC01", "AC04", "AC06", "AC13", "AG01", "MD01", "MD02", "MD06", "MD07", "MS02", "SL01"}
)


def blocks_mandate(reason: str) -> bool:
    return reason in BLOCKING_REASONS


class Matcher:
    """Matches transactions one after another, each in the state that the previous one left.

    invoices: all open ones, and those that debits concern or transactions name. debits: the oldest
    first. own_ids: those of the ids in these transactions that belong to a debit, a transfer or a
    file of either, even if cancelled or rejected. notices: those that transactions name.
    paid_elsewhere: documents of these that no sum or reference of a notice may pay.
    """

    def __init__(
        self,
        *,
        invoices: Iterable[OpenInvoice],
        debits: Iterable[Debit],
        transfers: Iterable[Transfer],
        refunds: Iterable[Refunded] = (),
        accounts: PayerAccounts,
        own_ids: Collection[UUID],
        notices: Collection[PaymentNotice] = (),
        paid_elsewhere: Collection[UUID] = (),
    ) -> None:
        self._invoices = {invoice.invoice_id: invoice for invoice in invoices}
        self._payers = Payers(
            self._invoices.values(),
            accounts,
            self._open_cents,
            asked_cents=self._asked_cents,
            notices=notices,
            paid_elsewhere=paid_elsewhere,
        )
        self._debits: dict[str, Debit] = {}
        self._by_rum: defaultdict[str, list[Debit]] = defaultdict(list)
        self._by_batch: defaultdict[str, list[Debit]] = defaultdict(list)
        self._by_invoice: defaultdict[UUID, list[Debit]] = defaultdict(list)
        for debit in debits:
            self._debits[debit.id.hex] = debit
            self._by_rum[debit.rum].append(debit)
            for key in _batch_ids(debit):
                self._by_batch[key].append(debit)
            for item in debit.items:
                self._by_invoice[item.invoice_id].append(debit)
        self._transfers = {transfer.id.hex: transfer for transfer in transfers}
        self._refunds = {refunded.id.hex: refunded for refunded in refunds}
        self._own_ids = {own_id.hex for own_id in own_ids}
        self._paid_cents: defaultdict[UUID, int] = defaultdict(int)
        self._paid_doubtful_cents: defaultdict[UUID, int] = defaultdict(int)

    def match(self, transaction: BankTransaction) -> Match | None:
        """Match a transaction, None if its meaning is unclear; update debits and transfers.

        A transaction with an id of ours is matched by ids only. Its text, which is ours, names the
        invoice: a debit that does not fit its id would otherwise pay it a second time.
        """
        ways: Sequence[Callable[[BankTransaction], Match | None]]
        if transaction.amount_cents < 0:
            ways = (self._returned, self._executed, self._paid_back)
        else:
            ways = (
                *(self._transfer_back, self._refund_back),
                *(self._received, self._received_batch),
            )
            if self._own_ids.isdisjoint(said_ids(transaction)):
                ways = (*ways, self._payers.match)
        match = next(filter(None, (way(transaction) for way in ways)), None)
        if match is None:
            return None
        return replace(match, payments=[self._pay(payment) for payment in match.payments])

    def _pay(self, payment: Payment) -> Payment:
        invoice = payment.invoice
        paid = payment.split(invoice.doubtful_cents - self._paid_doubtful_cents[invoice.invoice_id])
        self._paid_cents[invoice.invoice_id] += paid.amount_cents
        self._paid_doubtful_cents[invoice.invoice_id] += paid.doubtful_cents
        return paid

    def _returned(self, transaction: BankTransaction) -> Match | None:
        """A direct debit is returned, whether its money was received before or not."""
        debit = self._find_debit(
            transaction, lambda debit: not debit.is_returned, newest_first=True
        )
        if debit is None:
            return None
        debit.is_returned = True
        return self._match_debits(transaction, [debit])

    def _received(self, transaction: BankTransaction) -> Match | None:
        debit = self._find_debit(
            transaction, lambda debit: not debit.is_received and not debit.is_presumed
        ) or self._find_debit(transaction, lambda debit: not debit.is_received)
        if debit is None:
            return None
        debit.is_received = True
        return self._match_debits(transaction, [debit])

    def _received_batch(self, transaction: BankTransaction) -> Match | None:
        """A whole batch is booked as one sum; returned debits have their own transactions."""
        candidates = self._by_batch.get(_batch_id(transaction), ())
        whole = [debit for debit in candidates if not debit.is_received]
        for batch in (whole, [debit for debit in whole if not debit.is_presumed]):
            if batch and sum(debit.amount_cents for debit in batch) == transaction.amount_cents:
                for debit in batch:
                    debit.is_received = True
                return self._match_debits(transaction, batch)
        return None

    def _find_debit(
        self,
        transaction: BankTransaction,
        fits: Callable[[Debit], bool],
        *,
        newest_first: bool = False,
    ) -> Debit | None:
        """The debit with this end-to-end id, or else the first one of the mandate; same amount."""
        amount_cents = abs(transaction.amount_cents)
        if transaction.end_to_end_id is None:
            candidates = self._by_rum.get(transaction.rum or "", [])[:: -1 if newest_first else 1]
        else:
            debit = self._debits.get(_end_to_end_id(transaction))
            candidates = [debit] if debit else []
        return next(
            (debit for debit in candidates if debit.amount_cents == amount_cents and fits(debit)),
            None,
        )

    def _match_debits(self, transaction: BankTransaction, debits: Sequence[Debit]) -> Match:
        sign = 1 if transaction.amount_cents > 0 else -1
        payments = [
            Payment(self._invoices[item.invoice_id], sign * item.amount_cents)
            for debit in debits
            for item in debit.items
        ]
        if len(debits) == 1 and debits[0].id.hex == _end_to_end_id(transaction):
            by = MatchedBy.END_TO_END_ID
        elif any(_batch_id(transaction) in _batch_ids(debit) for debit in debits):
            by = MatchedBy.BATCH
        else:
            by = MatchedBy.MANDATE
        return Match(transaction, by, payments, debits)

    def _executed(self, transaction: BankTransaction) -> Match | None:
        transfer = self._transfers.get(_end_to_end_id(transaction))
        if (
            transfer is None
            or transfer.is_executed
            or transfer.amount_cents != -transaction.amount_cents
        ):
            return None
        transfer.is_executed = True
        return Match(transaction, MatchedBy.END_TO_END_ID, transfer=transfer)

    def _transfer_back(self, transaction: BankTransaction) -> Match | None:
        """A transfer is returned, whether the bank reported its execution before or not."""
        transfer = self._transfers.get(_end_to_end_id(transaction))
        if (
            transfer is None
            or transfer.is_returned
            or transfer.amount_cents != transaction.amount_cents
        ):
            return None
        transfer.is_returned = True
        return Match(transaction, MatchedBy.END_TO_END_ID, transfer=transfer)

    def _paid_back(self, transaction: BankTransaction) -> Match | None:
        """The transfer of a refund is executed: the customer has the money."""
        refunded = self._refunds.get(_end_to_end_id(transaction))
        if (
            refunded is None
            or refunded.is_executed
            or refunded.amount_cents != -transaction.amount_cents
        ):
            return None
        refunded.is_executed = True
        return self._match_refund(transaction, refunded)

    def _refund_back(self, transaction: BankTransaction) -> Match | None:
        """A refund is returned, whether the bank reported its execution before or not."""
        refunded = self._refunds.get(_end_to_end_id(transaction))
        if (
            refunded is None
            or refunded.is_returned
            or refunded.amount_cents != transaction.amount_cents
        ):
            return None
        refunded.is_returned = True
        return self._match_refund(transaction, refunded)

    def _match_refund(self, transaction: BankTransaction, refunded: Refunded) -> Match:
        sign = 1 if transaction.amount_cents > 0 else -1
        payments = [
            Payment(self._invoices[credit.invoice_id], sign * credit.amount_cents)
            for credit in refunded.credits
        ]
        return Match(transaction, MatchedBy.END_TO_END_ID, payments, refunded=refunded)

    def _open_cents(self, invoice: OpenInvoice) -> int:
        return invoice.open_cents - self._paid_cents[invoice.invoice_id]

    def _asked_cents(self, invoices: Sequence[OpenInvoice]) -> Mapping[UUID, int]:
        debits = {
            debit.id: debit
            for invoice in invoices
            for debit in self._by_invoice.get(invoice.invoice_id, ())
        }
        left = [replace(invoice, open_cents=self._open_cents(invoice)) for invoice in invoices]
        return map_asked_cents(left, debits.values())


def said_ids(transaction: BankTransaction) -> frozenset[str]:
    """Its end-to-end id and that of its file, in lower case: some banks use capitals."""
    file_id = _batch_id(transaction).partition("-")[0]
    return frozenset({_end_to_end_id(transaction), file_id} - {""})


def _end_to_end_id(transaction: BankTransaction) -> str:
    return (transaction.end_to_end_id or "").lower()


def _batch_id(transaction: BankTransaction) -> str:
    return (transaction.batch_id or "").lower()


def all_ids(transactions: Iterable[BankTransaction]) -> frozenset[UUID]:
    """The ids that may be ours: UUIDs without hyphens."""
    texts = frozenset().union(*(said_ids(transaction) for transaction in transactions))
    return frozenset(UUID(hex=text) for text in texts if _OWN_ID.fullmatch(text))


def _batch_ids(debit: Debit) -> tuple[str, str]:
    """The ids of the debit's batch and of its whole file, in the form of ``_batch_id``."""
    file_id = debit.collection_id.hex
    return batch_id(file_id, debit.sequence_type).lower(), file_id
