"""Which invoices a transfer pays, by what its payer writes and who they are."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import MatchedBy
from services.billing.domain.payments.netting import map_asked_cents
from services.billing.domain.payments.payers import PayerAccounts, Payers

DAY = date(2026, 11, 23)
IBAN = "FR1420041010050500013M02606"
SOLEILS, FERME, COMMUNE = UUID(int=21), UUID(int=22), UUID(int=23)
LUCIE, PAUL = UUID(int=31), UUID(int=32)
Named = tuple[MatchedBy, list[tuple[UUID, int]]] | None


def an_invoice(
    sequence: int = 12,
    *,
    issuer: UUID = SOLEILS,
    customer: UUID = LUCIE,
    name: str = "Lucie Brindille",
    cents: int = 1718,
) -> OpenInvoice:
    return OpenInvoice(
        invoice_id=UUID(int=issuer.int * 1000 + sequence),
        number=f"F2026-{sequence:05}",
        issuer_id=issuer,
        issuer_name=str(issuer),
        customer_id=customer,
        customer_name=name,
        operation_name="Trois Toits",
        issue_date=DAY,
        due_date=DAY,
        total_cents=cents,
        open_cents=cents,
        doubtful_cents=0,
    )


LUCIES = an_invoice()
PAULS = an_invoice(issuer=FERME, customer=PAUL, name="Paul Martin", cents=990)
LUCIES_OF_COMMUNE = an_invoice(issuer=COMMUNE, cents=642)


def matched(
    *invoices: OpenInvoice,
    cents: int = 1718,
    words: str | None = None,
    name: str | None = None,
    iban: str | None = None,
    mandates: Mapping[str, Collection[UUID]] | None = None,
    learnt: Mapping[str, Collection[UUID]] | None = None,
) -> Named:
    accounts = PayerAccounts(mandates or {}, learnt or {})
    payers = Payers(
        invoices,
        accounts,
        lambda invoice: invoice.open_cents,
        asked_cents=lambda asked: map_asked_cents(asked, ()),
    )
    match = payers.match(
        BankTransaction(DAY, cents, "1", remittance=words, party_name=name, party_iban=iban)
    )
    if match is None:
        return None
    return match.by, [
        (payment.invoice.invoice_id, payment.amount_cents) for payment in match.payments
    ]


def reference(invoice: OpenInvoice) -> str:
    return creditor_reference(invoice.issuer_id, invoice.number)


@pytest.mark.parametrize("invoice", [LUCIES, PAULS, LUCIES_OF_COMMUNE])
def test_a_reference_tells_equal_numbers_of_sellers_apart(invoice: OpenInvoice) -> None:
    invoices = (LUCIES, PAULS, LUCIES_OF_COMMUNE)
    by_reference = (MatchedBy.REFERENCE, [(invoice.invoice_id, 500)])
    assert matched(*invoices, cents=500, words=reference(invoice)) == by_reference


def test_several_references_are_paid_by_their_sum() -> None:
    words = f"{reference(LUCIES)} et {reference(LUCIES_OF_COMMUNE)}"
    invoices = (LUCIES, PAULS, LUCIES_OF_COMMUNE)
    assert matched(*invoices, cents=2359, words=words) is None
    match = matched(*invoices, cents=2360, words=words)
    assert match is not None
    assert sorted(match[1]) == [(LUCIES.invoice_id, 1718), (LUCIES_OF_COMMUNE.invoice_id, 642)]


def test_of_equal_numbers_the_payers_account_tells_then_the_name_then_the_amount() -> None:
    invoices = (LUCIES, PAULS, LUCIES_OF_COMMUNE)
    pauls = (MatchedBy.INVOICE_NUMBER, [(PAULS.invoice_id, 1718)])
    lucies = (MatchedBy.INVOICE_NUMBER, [(LUCIES.invoice_id, 1718)])

    of_paul = {IBAN: [PAUL]}
    assert matched(*invoices, words="F2026-00012", iban=IBAN, mandates=of_paul) == pauls
    assert matched(*invoices, words="F2026-00012", iban=IBAN, learnt=of_paul) == pauls
    assert matched(*invoices, words="F2026-00012", name="M MARTIN PAUL") == pauls
    assert matched(*invoices, words="F2026-00012") == lucies
    assert matched(*invoices, words="F2026-00012", name="MME BRINDILLE LUCIE") == lucies
    # Neither of Lucie's has this amount, and an account in somebody else's mandate pays none.
    assert matched(*invoices, words="F2026-00012", name="Lucie Brindille", cents=1) is None
    stranger = {IBAN: [UUID(int=99)]}
    assert matched(*invoices, words="F2026-00012", iban=IBAN, mandates=stranger) is None
    assert matched(*invoices, words="F2026-00012", iban=IBAN, learnt=stranger) == lucies


def test_a_number_waits_if_the_bank_says_that_another_customer_pays() -> None:
    lucies = (MatchedBy.INVOICE_NUMBER, [(LUCIES.invoice_id, 1718)])
    other = replace(PAULS, number="F2026-00013")
    words, of_paul, of_both = LUCIES.number, {IBAN: [PAUL]}, {IBAN: [PAUL, LUCIE]}

    assert matched(LUCIES, other, words=words, name="Marie Tante") == lucies
    assert matched(LUCIES, other, words=words, name="M PAUL MARTIN") is None
    assert matched(LUCIES, other, words=words, iban=IBAN, mandates=of_paul) is None
    # Paul has paid for her before, or she for him.
    assert matched(LUCIES, other, words=words, iban=IBAN, mandates=of_both) == lucies
    assert matched(LUCIES, other, words=words, iban=IBAN, learnt=of_paul) == lucies
    before = {IBAN: [LUCIE]}
    assert matched(LUCIES, other, words=words, name="Paul Martin", iban=IBAN, learnt=before) == (
        lucies
    )


def test_a_number_without_its_letter_counts_if_something_else_fits() -> None:
    lucies = (MatchedBy.INVOICE_NUMBER, [(LUCIES.invoice_id, 500)])
    assert matched(LUCIES, words="2026-00012", cents=500) is None
    assert matched(LUCIES, words="2026-00012") is not None
    assert matched(LUCIES, words="2026-00012", cents=500, name="Lucie Brindille") == lucies
    learnt = {IBAN: [LUCIE]}
    assert matched(LUCIES, words="2026-00012", cents=500, iban=IBAN, learnt=learnt) == lucies
    assert matched(LUCIES, words="FACTURE 2026-00012", cents=500) == lucies


def test_without_words_the_account_tells_before_the_name() -> None:
    twin = replace(PAULS, open_cents=1718, total_cents=1718)
    invoices = (LUCIES, twin)
    by_account = (MatchedBy.ACCOUNT, [(twin.invoice_id, 1718)])
    by_name = (MatchedBy.AMOUNT_AND_NAME, [(LUCIES.invoice_id, 1718)])

    name = "Lucie Brindille"
    assert matched(*invoices, name=name, iban=IBAN, mandates={IBAN: [PAUL]}) == by_account
    assert matched(*invoices, name=name, iban=IBAN) == by_name
    assert matched(*invoices) is None


def test_a_name_with_two_invoices_of_one_amount_or_with_another_amount_waits() -> None:
    twin = replace(LUCIES_OF_COMMUNE, open_cents=1718)
    assert matched(LUCIES, twin, name="Lucie Brindille") is None
    assert matched(LUCIES, name="Lucie Brindille", cents=1717) is None


def test_who_names_one_invoice_does_not_pay_another_of_the_same_amount() -> None:
    other = replace(an_invoice(13), open_cents=500, total_cents=500)
    words = f"{LUCIES.number} {other.number}"
    assert matched(LUCIES, other, words=words, name="Lucie Brindille") is None
