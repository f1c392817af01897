"""Entries of what banks tell: whatever a payment is made of, they balance."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.billing.domain.books.ledger import Books, JournalEntry, PartyAccount
from services.billing.domain.books.posting import bank_entries
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.formats.camt053 import read_statements
from tests.billing.money import new_iban
from tests.billing.statements import Booked, statement

_DAY = date(2026, 11, 23)
_COLLECTOR = PartyAccount(UUID(int=1), "Les Voisins")
_BOOKS = {UUID(int=number): Books() for number in (1, 2, 3)}


def an_invoice(number: int, *, issuer: int, open_cents: int = 372) -> OpenInvoice:
    return OpenInvoice(
        invoice_id=UUID(int=number),
        number=f"F2026-{number:05}",
        issuer_id=UUID(int=issuer),
        issuer_name=f"Seller {issuer}",
        customer_id=UUID(int=9),
        customer_name="Anna",
        operation_name="Trois Toits",
        issue_date=_DAY,
        due_date=_DAY,
        total_cents=open_cents,
        open_cents=open_cents,
        doubtful_cents=0,
    )


def by_account(entry: JournalEntry) -> list[tuple[str, int]]:
    return [(line.account.number, line.amount_cents) for line in entry.lines]


def test_a_payment_of_more_than_is_doubtful_is_split() -> None:
    payment = Payment(an_invoice(11, issuer=1), 372).split(300)
    transaction = replace(BankTransaction(_DAY, 372, "1"), id=UUID(int=5))
    match = Match(transaction, MatchedBy.INVOICE_NUMBER, [payment])
    (entry,) = bank_entries(match, _COLLECTOR, _BOOKS)
    assert by_account(entry) == [("512000", 372), ("416000", -300), ("411000", -72)]


def test_a_seller_whose_credit_pays_its_own_invoice_is_owed_nothing() -> None:
    payments = [
        Payment(an_invoice(11, issuer=2), 372),
        Payment(an_invoice(12, issuer=2, open_cents=-372), -372),
        Payment(an_invoice(13, issuer=3), 500),
    ]
    transaction = replace(BankTransaction(_DAY, 500, "1"), id=UUID(int=5))

    collector, first, second = bank_entries(
        Match(transaction, MatchedBy.INVOICE_NUMBER, payments), _COLLECTOR, _BOOKS
    )

    assert by_account(collector) == [("512000", 500), ("467000", -500)]
    assert by_account(first) == [("411000", -372), ("411000", 372)]
    assert by_account(second) == [("467000", 500), ("411000", -500)]


def test_a_seller_who_was_renamed_between_two_invoices_has_one_entry_and_is_owed_one_sum() -> None:
    renamed = replace(an_invoice(12, issuer=2, open_cents=128), issuer_name="New name")
    payments = [Payment(an_invoice(11, issuer=2), 372), Payment(renamed, 128)]
    transaction = replace(BankTransaction(_DAY, 500, "1"), id=UUID(int=5))

    collector, seller = bank_entries(
        Match(transaction, MatchedBy.INVOICE_NUMBER, payments), _COLLECTOR, _BOOKS
    )

    assert by_account(collector) == [("512000", 500), ("467000", -500)]
    assert collector.lines[1].party == PartyAccount(UUID(int=2), "New name")
    assert by_account(seller) == [("467000", 500), ("411000", -372), ("411000", -128)]


def test_a_piece_is_named_by_what_leads_to_the_banks_paper() -> None:
    content = statement(new_iban(), [Booked(500, _DAY, "BANK77")])
    without = content.replace(b"<AcctSvcrRef>BANK77</AcctSvcrRef>", b"")
    numbered = without.replace(b"</BookgDt>", b"</BookgDt><NtryRef>4</NtryRef>")
    of_transaction = without.replace(
        b"<NtryDtls>", b"<NtryDtls><TxDtls><Refs><TxId>T-9</TxId></Refs></TxDtls>"
    )

    pieces = [
        read_statements(file)[0].transactions[0].piece_ref
        for file in (content, without, numbered, of_transaction)
    ]

    assert pieces == ["BANK77", "1", "1 4", "T-9"]
