"""Match money that came by itself to invoices: by what its payer writes, then by who they are."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.domain.payments.noticed_debts import AskedCents, NoticedDebts
from services.billing.domain.payments.payers_words import (
    as_of_notice,
    bare_numbers_in,
    is_named,
    name_words,
    numbers_in,
    references_in,
)
from services.billing.domain.payments.payment_notices import PaymentNotice


@dataclass(frozen=True)
class PayerAccounts:
    """Customers by an IBAN from which they pay, which several may share.

    mandated: it is in a mandate of theirs. learnt: of an earlier transfer, which another person
    may have made for them.
    """

    mandated: Mapping[str, Collection[UUID]] = field(default_factory=dict)
    learnt: Mapping[str, Collection[UUID]] = field(default_factory=dict)

    def holders(self, iban: str | None) -> frozenset[UUID]:
        return self.mandate_holders(iban).union(self.learnt.get(iban or "", ()))

    def mandate_holders(self, iban: str | None) -> frozenset[UUID]:
        return frozenset(self.mandated.get(iban or "", ()))


class Payers:
    """Matches transfers of customers.

    open_cents: what is left to pay of an invoice, which earlier transactions change, as they change
    asked_cents. notices: that transactions name; their documents are among the invoices, but for
    credit notes and those paid_elsewhere, which no sum or reference of their notice may pay.
    """

    def __init__(
        self,
        invoices: Collection[OpenInvoice],
        accounts: PayerAccounts,
        open_cents: Callable[[OpenInvoice], int],
        *,
        asked_cents: AskedCents,
        notices: Collection[PaymentNotice] = (),
        paid_elsewhere: Collection[UUID] = (),
    ) -> None:
        self._invoices, self._accounts, self._open_cents = invoices, accounts, open_cents
        self._notices = notices
        self._by_number: defaultdict[str, list[OpenInvoice]] = defaultdict(list)
        self._by_customer: defaultdict[UUID, list[OpenInvoice]] = defaultdict(list)
        for invoice in invoices:
            self._by_number[invoice.number].append(invoice)
            self._by_customer[invoice.customer_id].append(invoice)
        self._noticed = NoticedDebts(
            self._by_customer, open_cents, asked_cents, frozenset(paid_elsewhere)
        )

    def match(self, transaction: BankTransaction) -> Match | None:
        """The invoices that are named; if none is, the one that the payer owes this amount.

        Who names invoices that this amount does not fit, or that cannot be told from others, is
        left to a person, even if the payer owes the amount for something else.
        """
        text = transaction.remittance or ""
        references, numbers = set(references_in(text)), set(numbers_in(text))
        if notices := [
            notice
            for notice in self._notices
            if notice.reference in references or notice.number in numbers
        ]:
            return self._match_noticed(transaction, notices)
        if references := self._by_reference.keys() & references:
            candidates = [self._by_reference[reference] for reference in sorted(references)]
            return self._match_named(transaction, MatchedBy.REFERENCE, candidates)
        bare = bare_numbers_in(text)
        if notice := self._notice_without_letter(transaction, bare):
            return self._match_either(transaction, notice, numbers)
        if numbers := self._by_number.keys() & numbers:
            candidates = [
                self._tell_apart(transaction, number, is_bare=number in bare)
                for number in sorted(numbers)
            ]
            return self._match_named(transaction, MatchedBy.INVOICE_NUMBER, candidates)
        holders = self._accounts.holders(transaction.party_iban)
        return self._match_amount(transaction, MatchedBy.ACCOUNT, holders) or self._match_amount(
            transaction, MatchedBy.AMOUNT_AND_NAME, self._named(transaction)
        )

    def _match_noticed(
        self, transaction: BankTransaction, notices: Collection[PaymentNotice]
    ) -> Match | None:
        text = transaction.remittance or ""
        references = references_in(text)
        is_referred = any(notice.reference in references for notice in notices)
        by = MatchedBy.REFERENCE if is_referred else MatchedBy.INVOICE_NUMBER
        customers = {notice.parties.customer_id for notice in notices}
        if not is_referred and self._is_of_another(transaction, customers):
            return None
        return self._noticed.match(transaction, by, notices, list(self._groups_in(text)))

    def _notice_without_letter(
        self, transaction: BankTransaction, bare_numbers: Collection[str]
    ) -> PaymentNotice | None:
        """The notice that such a number may mean, if account, name or amount fit."""
        numbers = set(map(as_of_notice, bare_numbers))
        payers = self._accounts.holders(transaction.party_iban) | self._named(transaction)
        for notice in self._notices:
            customer_id = notice.parties.customer_id
            if notice.number in numbers and (
                customer_id in payers
                or (
                    not self._is_of_another(transaction, {customer_id})
                    and self._noticed.asked_of(notice) == transaction.amount_cents
                )
            ):
                return notice
        return None

    def _match_either(
        self, transaction: BankTransaction, notice: PaymentNotice, numbers: Collection[str]
    ) -> Match | None:
        """A notice, or an invoice with the same number, which only the amount tells apart."""
        if len(numbers) > 1:
            return None
        (number,) = numbers
        invoices = self._tell_apart(transaction, number, is_bare=True)
        amount_cents = transaction.amount_cents
        is_asked = self._noticed.asked_of(notice) == amount_cents
        is_owed = any(self._open_cents(invoice) == amount_cents for invoice in invoices)
        if not invoices or (is_asked and not is_owed):
            return self._match_noticed(transaction, [notice])
        if is_owed and not is_asked:
            return self._match_named(transaction, MatchedBy.INVOICE_NUMBER, [invoices])
        return None

    def _groups_in(self, text: str) -> Iterable[Sequence[OpenInvoice]]:
        """The invoices that each reference, and each number with its letter, may mean."""
        for reference in sorted(self._by_reference.keys() & references_in(text)):
            yield self._by_reference[reference]
        for number in sorted(self._by_number.keys() & numbers_in(text) - bare_numbers_in(text)):
            yield self._by_number[number]

    @cached_property
    def _by_reference(self) -> Mapping[str, Sequence[OpenInvoice]]:
        """The debts by creditor reference; the letters of two sellers hardly ever agree."""
        invoices: defaultdict[str, list[OpenInvoice]] = defaultdict(list)
        for invoice in self._invoices:
            invoices[creditor_reference(invoice.issuer_id, invoice.number)].append(invoice)
        return dict(invoices)

    @cached_property
    def _names(self) -> Mapping[UUID, frozenset[str]]:
        return {
            invoice.customer_id: name_words(invoice.customer_name) for invoice in self._invoices
        }

    def _match_named(
        self,
        transaction: BankTransaction,
        by: MatchedBy,
        candidates: Sequence[Sequence[OpenInvoice]],
    ) -> Match | None:
        """One named invoice for any amount, or several for their sum.

        candidates: the invoices that each name may mean.
        """
        if any(len(invoices) != 1 for invoices in candidates):
            return None
        invoices = [invoice for (invoice,) in candidates]
        if len(invoices) == 1:
            return Match(transaction, by, [Payment(invoices[0], transaction.amount_cents)])
        payments = [Payment(invoice, self._open_cents(invoice)) for invoice in invoices]
        if sum(payment.amount_cents for payment in payments) != transaction.amount_cents:
            return None
        return Match(transaction, by, [payment for payment in payments if payment.amount_cents])

    def _tell_apart(
        self, transaction: BankTransaction, number: str, *, is_bare: bool
    ) -> Sequence[OpenInvoice]:
        """The invoices with a number, which several sellers may have used: the likely ones.

        The payer's account tells before the name, and that before the amount, if it fits some. None
        is likely if the bank says that somebody else pays, by the account of a mandate or the name
        of another customer. is_bare: the number may be of something else, so one of these must fit.
        """
        holders = self._accounts.holders(transaction.party_iban)
        namesakes = self._named(transaction)

        def is_owed(invoice: OpenInvoice) -> bool:
            return self._open_cents(invoice) == transaction.amount_cents

        def is_likely(invoice: OpenInvoice) -> bool:
            if invoice.customer_id in holders | namesakes:
                return True
            is_of_another = self._is_of_another(transaction, {invoice.customer_id})
            return not is_of_another and (not is_bare or is_owed(invoice))

        return _narrowed(
            [invoice for invoice in self._by_number[number] if is_likely(invoice)],
            lambda invoice: invoice.customer_id in holders,
            lambda invoice: invoice.customer_id in namesakes,
            is_owed,
        )

    def _is_of_another(self, transaction: BankTransaction, customers: Collection[UUID]) -> bool:
        """Whether the bank says so, by the account of a mandate or the name of a customer."""
        payers = self._accounts.mandate_holders(transaction.party_iban) | self._named(transaction)
        learnt = self._accounts.holders(transaction.party_iban)
        return bool(payers) and (payers | learnt).isdisjoint(customers)

    def _named(self, transaction: BankTransaction) -> frozenset[UUID]:
        """The customers whose name the bank gives as the payer's."""
        payer = name_words(transaction.party_name or "")
        return frozenset(
            customer_id for customer_id, name in self._names.items() if is_named(name, payer)
        )

    def _match_amount(
        self, transaction: BankTransaction, by: MatchedBy, customers: Iterable[UUID]
    ) -> Match | None:
        """The invoice of this amount, if exactly one is open among those of these customers."""
        fitting = [
            invoice
            for customer_id in customers
            for invoice in self._by_customer.get(customer_id, ())
            if self._open_cents(invoice) == transaction.amount_cents
        ]
        if len(fitting) != 1:
            return None
        return Match(transaction, by, [Payment(fitting[0], transaction.amount_cents)])


def _narrowed(
    candidates: Sequence[OpenInvoice], *fits: Callable[[OpenInvoice], bool]
) -> Sequence[OpenInvoice]:
    """The candidates that fit, one condition after another while several are left."""
    for is_fitting in fits:
        if len(candidates) > 1:
            fitting = [candidate for candidate in candidates if is_fitting(candidate)]
            candidates = fitting or candidates
    return candidates
