"""A FEC as somebody last read it, to the byte: what a tax office has must not change.

To renew it, delete it, run this, and read it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.commands.books.ledger import enter_sales
from services.billing.domain.books.booked import letters
from services.billing.domain.books.closing import opening_entry
from services.billing.domain.books.ledger import Books, JournalEntry, PartyAccount
from services.billing.domain.books.posting import bank_entries
from services.billing.domain.corrections.credit_notes import credit_by_hand
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.payments.bank import BankTransaction, identify
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.formats.fec import fec_file_name, write_fec
from services.billing.store.books.booked import list_carried, list_items, list_lines
from services.billing.store.books.ledger import add_entries
from tests.billing.documents.examples import SOLEILS, professional, two_vat_rates
from tests.billing.fec_rules import checked_fec
from tests.billing.world import Billing

GOLDEN = Path(__file__).parent / "documents" / "golden" / "fec.txt"
_OWNER = SOLEILS.member_id
_BOOKS = {_OWNER: Books()}
_OLD_DAY, _DAY = date(2026, 12, 7), date(2027, 1, 12)


async def test_a_fec_is_as_it_was_read_to_the_byte(billing: Billing) -> None:
    async with (
        billing.platform.database("billing") as database,
        database.transaction() as session,
    ):
        await _enter_two_years(session)
        lines = await list_lines(session, _OWNER, 2027)
        fec = write_fec(lines, letters(await list_items(session, _OWNER), lines), separator="\t")
        await session.rollback()

    checked_fec(fec, fec_file_name("992000026", date(2027, 12, 31)))
    if not GOLDEN.exists():
        GOLDEN.write_bytes(fec)
        pytest.fail(f"{GOLDEN.name} was not there: it is now; read it")
    assert fec == GOLDEN.read_bytes()


async def _enter_two_years(session: AsyncSession) -> None:
    """A sale of 2026, paid after its opening in 2027; then a paid, and a credited, sale of 2027."""
    old = _issued(professional(), "F2026-00042", _OLD_DAY, UUID(int=1))
    new = _issued(two_vat_rates(), "F2027-00001", _DAY, UUID(int=2))
    credited = _issued(professional(), "F2027-00002", _DAY, UUID(int=3))
    draft = credit_by_hand(credited, [credited], {}, reason="Wrong meter")
    note = _issued(draft, "A2027-00001", date(2027, 1, 14), UUID(int=4))

    await enter_sales(session, [old], _BOOKS, today=_OLD_DAY)
    opening = opening_entry(_OWNER, Books(), 2026, await list_carried(session, _OWNER, 2026))
    assert opening is not None
    await enter_sales(session, [new, credited], _BOOKS, today=_DAY)
    await add_entries(session, [opening], _BOOKS, today=date(2027, 1, 13))
    await enter_sales(session, [note], _BOOKS, today=date(2027, 1, 14))
    await add_entries(session, _paid(old, new), _BOOKS, today=date(2027, 2, 2))


def _issued(draft: Invoice, number: str, day: date, invoice_id: UUID) -> Invoice:
    return replace(draft, id=invoice_id, number=number, issue_date=day)


def _paid(*invoices: Invoice) -> Sequence[JournalEntry]:
    transactions = [
        BankTransaction(
            date(2027, 2, 1), invoice.total_incl_vat_cents, "1", remittance=invoice.number
        )
        for invoice in invoices
    ]
    return [
        entry
        for invoice, transaction in zip(
            invoices, identify(_OWNER, "FR1420041010050500013M02606", transactions), strict=True
        )
        for entry in bank_entries(
            Match(transaction, MatchedBy.INVOICE_NUMBER, [_payment(invoice)]),
            PartyAccount(_OWNER, SOLEILS.name),
            _BOOKS,
        )
    ]


def _payment(invoice: Invoice) -> Payment:
    total_cents = invoice.total_incl_vat_cents
    assert invoice.number is not None
    assert invoice.issue_date is not None
    owed = OpenInvoice(
        invoice_id=invoice.id,
        number=invoice.number,
        issuer_id=invoice.issuer.member_id,
        issuer_name=invoice.issuer.name,
        customer_id=invoice.customer.member_id,
        customer_name=invoice.customer.name,
        operation_name="Pousse-Soleil",
        issue_date=invoice.issue_date,
        due_date=invoice.issue_date,
        total_cents=total_cents,
        open_cents=total_cents,
        doubtful_cents=0,
    )
    return Payment(owed, total_cents)
