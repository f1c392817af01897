"""What a bank transaction is about: by its ids first, then by what people write."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.billing.domain.bank import BankTransaction
from services.billing.domain.collecting import OpenInvoice, batch_id
from services.billing.domain.transfers import Transfer

# As invoices are numbered; people put blanks and other signs around.
_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]{1,3}\d{4}-\d{5,9})(?!\d)", re.ASCII)

_OWN_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)

# A new try is no use until the debtor has signed again: the account is wrong, closed or blocked,
# or the debtor has no mandate or says so. Source: EPC173-14, reason codes for R-transactions.
_BLOCKING = frozenset(
    {"AC01", "AC04", "AC06", "AC13", "AG01", "MD01", "MD02", "MD06", "MD07", "MS02", "SL01"}
)


def blocks_mandate(reason: str) -> bool:
    return reason in _BLOCKING


class MatchedBy(StrEnum):
    END_TO_END_ID = "end-to-end-id"
    BATCH = "batch"
    MANDATE = "mandate"
    INVOICE_NUMBER = "invoice-number"
    ACCOUNT = "account"
    HAND = "hand"


@dataclass
class Debit:
    """A direct debit that went to the bank."""

    id: UUID
    collection_id: UUID
    invoice_id: UUID
    mandate_id: UUID
    rum: str
    sequence_type: str
    amount_cents: int
    is_received: bool
    is_returned: bool


@dataclass(frozen=True)
class Payment:
    """What a transaction pays of an invoice; negative if money goes back.

    doubtful_cents: the part that pays what is doubtful.
    """

    invoice: OpenInvoice
    amount_cents: int
    doubtful_cents: int = 0

    def split(self, doubtful_cents: int) -> "Payment":
        """Pay first what is still doubtful; what goes back is owed as any other debt."""
        paid_cents = max(0, min(self.amount_cents, doubtful_cents))
        return replace(self, doubtful_cents=paid_cents)


@dataclass(frozen=True)
class Match:
    """What a transaction is about; its payments, or its transfer, are all of its amount."""

    transaction: BankTransaction
    by: MatchedBy
    payments: Sequence[Payment] = ()
    debits: Sequence[Debit] = ()
    transfer: Transfer | None = None


class Matcher:
    """Matches transactions one after another; what one has settled, the next one finds settled.

    invoices: all that are open, and those that debits are about or that transactions name; debits:
    the oldest first; accounts: the debtors who gave a mandate for an IBAN, several may share it;
    own_ids: those that transactions name, of all debits, transfers and their files, cancelled and
    rejected ones too.
    """

    def __init__(
        self,
        *,
        invoices: Iterable[OpenInvoice],
        debits: Iterable[Debit],
        transfers: Iterable[Transfer],
        accounts: Mapping[str, Collection[UUID]],
        own_ids: Collection[UUID],
    ) -> None:
        self._invoices: dict[UUID, OpenInvoice] = {}
        self._by_number: defaultdict[str, list[OpenInvoice]] = defaultdict(list)
        self._by_customer: defaultdict[UUID, list[OpenInvoice]] = defaultdict(list)
        for invoice in invoices:
            self._invoices[invoice.invoice_id] = invoice
            self._by_number[invoice.number].append(invoice)
            self._by_customer[invoice.customer_id].append(invoice)
        self._debits: dict[str, Debit] = {}
        self._by_rum: defaultdict[str, list[Debit]] = defaultdict(list)
        self._by_batch: defaultdict[str, list[Debit]] = defaultdict(list)
        for debit in debits:
            self._debits[debit.id.hex] = debit
            self._by_rum[debit.rum].append(debit)
            for one in _batch_ids(debit):
                self._by_batch[one].append(debit)
        self._transfers = {one.id.hex: one for one in transfers}
        self._accounts = accounts
        self._own_ids = {one.hex for one in own_ids}
        self._paid_cents: defaultdict[UUID, int] = defaultdict(int)
        self._paid_doubtful_cents: defaultdict[UUID, int] = defaultdict(int)

    def match(self, transaction: BankTransaction) -> Match | None:
        """None if nobody can tell; changes debits and transfers to what the bank says.

        What has an id of ours is told by ids only: our own words name the invoice, so that a debit
        which does not fit its id would pay it a second time.
        """
        ways: Sequence[Callable[[BankTransaction], Match | None]]
        if transaction.amount_cents < 0:
            ways = (self._returned, self._executed)
        else:
            ways = (self._transfer_back, self._received, self._received_batch)
            if self._own_ids.isdisjoint(said_ids(transaction)):
                ways = (*ways, self._named, self._of_account)
        found = next((match for way in ways if (match := way(transaction))), None)
        return (
            replace(found, payments=[self._pay(one) for one in found.payments]) if found else None
        )

    def _pay(self, payment: Payment) -> Payment:
        invoice = payment.invoice
        paid = payment.split(invoice.doubtful_cents - self._paid_doubtful_cents[invoice.invoice_id])
        self._paid_cents[invoice.invoice_id] += paid.amount_cents
        self._paid_doubtful_cents[invoice.invoice_id] += paid.doubtful_cents
        return paid

    def _returned(self, transaction: BankTransaction) -> Match | None:
        """A direct debit comes back, whether its money was seen before or not."""
        debit = self._find_debit(transaction, lambda one: not one.is_returned, newest_first=True)
        if debit is None:
            return None
        debit.is_returned = True
        return self._of_debits(transaction, [debit])

    def _received(self, transaction: BankTransaction) -> Match | None:
        debit = self._find_debit(transaction, lambda one: not one.is_received)
        if debit is None:
            return None
        debit.is_received = True
        return self._of_debits(transaction, [debit])

    def _received_batch(self, transaction: BankTransaction) -> Match | None:
        """A whole batch as one sum; what came back has a transaction of its own."""
        of_batch = self._by_batch.get(_batch_id(transaction), ())
        batch = [one for one in of_batch if not one.is_received]
        if not batch or sum(one.amount_cents for one in batch) != transaction.amount_cents:
            return None
        for one in batch:
            one.is_received = True
        return self._of_debits(transaction, batch)

    def _find_debit(
        self,
        transaction: BankTransaction,
        fits: Callable[[Debit], bool],
        *,
        newest_first: bool = False,
    ) -> Debit | None:
        """By end-to-end id, or else the first one of the mandate; of this very amount."""
        amount_cents = abs(transaction.amount_cents)
        if transaction.end_to_end_id is None:
            candidates = self._by_rum.get(transaction.rum or "", [])[:: -1 if newest_first else 1]
        else:
            named = self._debits.get(_end_to_end_id(transaction))
            candidates = [named] if named else []
        return next(
            (one for one in candidates if one.amount_cents == amount_cents and fits(one)), None
        )

    def _of_debits(self, transaction: BankTransaction, debits: Sequence[Debit]) -> Match:
        sign = 1 if transaction.amount_cents > 0 else -1
        payments = [
            Payment(self._invoices[one.invoice_id], sign * one.amount_cents) for one in debits
        ]
        if len(debits) == 1 and debits[0].id.hex == _end_to_end_id(transaction):
            by = MatchedBy.END_TO_END_ID
        elif any(_batch_id(transaction) in _batch_ids(one) for one in debits):
            by = MatchedBy.BATCH
        else:
            by = MatchedBy.MANDATE
        return Match(transaction, by, payments, debits)

    def _executed(self, transaction: BankTransaction) -> Match | None:
        one = self._transfers.get(_end_to_end_id(transaction))
        if one is None or one.is_executed or one.amount_cents != -transaction.amount_cents:
            return None
        one.is_executed = True
        return Match(transaction, MatchedBy.END_TO_END_ID, transfer=one)

    def _transfer_back(self, transaction: BankTransaction) -> Match | None:
        """A transfer comes back, whether it was told to have gone before or not."""
        one = self._transfers.get(_end_to_end_id(transaction))
        if one is None or one.is_returned or one.amount_cents != transaction.amount_cents:
            return None
        one.is_returned = True
        return Match(transaction, MatchedBy.END_TO_END_ID, transfer=one)

    def _named(self, transaction: BankTransaction) -> Match | None:
        """Invoices that the customer names: one with any amount, or several with what they owe."""
        numbers = invoice_numbers(transaction.remittance or "")
        named = [one for number in sorted(numbers) for one in self._by_number.get(number, ())]
        if len({one.number for one in named}) < len(named):  # several sellers have that number
            holders = self._accounts.get(transaction.party_iban or "", ())
            named = [one for one in named if one.customer_id in holders]
        if not named or len({one.number for one in named}) < len(named):
            return None
        if len(named) == 1:
            payments = [Payment(named[0], transaction.amount_cents)]
        else:
            payments = [Payment(one, self._open_cents(one)) for one in named]
            if sum(one.amount_cents for one in payments) != transaction.amount_cents:
                return None
        kept = [one for one in payments if one.amount_cents]
        return Match(transaction, MatchedBy.INVOICE_NUMBER, kept)

    def _of_account(self, transaction: BankTransaction) -> Match | None:
        """The account is known, and only one open invoice of its holders has this very amount."""
        fitting = [
            one
            for customer_id in self._accounts.get(transaction.party_iban or "", ())
            for one in self._by_customer.get(customer_id, ())
            if self._open_cents(one) == transaction.amount_cents
        ]
        if len(fitting) != 1:
            return None
        payments = [Payment(fitting[0], transaction.amount_cents)]
        return Match(transaction, MatchedBy.ACCOUNT, payments)

    def _open_cents(self, invoice: OpenInvoice) -> int:
        return invoice.open_cents - self._paid_cents[invoice.invoice_id]


def said_ids(transaction: BankTransaction) -> frozenset[str]:
    """Its end-to-end id and that of its file, in small letters: some banks use capitals."""
    file_id = _batch_id(transaction).partition("-")[0]
    return frozenset({_end_to_end_id(transaction), file_id} - {""})


def _end_to_end_id(transaction: BankTransaction) -> str:
    return (transaction.end_to_end_id or "").lower()


def _batch_id(transaction: BankTransaction) -> str:
    return (transaction.batch_id or "").lower()


def invoice_numbers(text: str) -> frozenset[str]:
    """The numbers of invoices in what somebody wrote."""
    return frozenset(_NUMBER.findall(text.upper()))


def all_numbers(transactions: Iterable[BankTransaction]) -> frozenset[str]:
    return frozenset().union(*(invoice_numbers(one.remittance or "") for one in transactions))


def all_ids(transactions: Iterable[BankTransaction]) -> frozenset[UUID]:
    """Those that may be ours, which are UUIDs without hyphens."""
    said = frozenset().union(*(said_ids(one) for one in transactions))
    return frozenset(UUID(hex=one) for one in said if _OWN_ID.fullmatch(one))


def _batch_ids(debit: Debit) -> tuple[str, str]:
    """Of the batch in the file, and of the whole file, as ``_batch_id`` reads them."""
    file_id = debit.collection_id.hex
    return batch_id(file_id, debit.sequence_type).lower(), file_id
