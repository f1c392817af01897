"""How a transfer that names a payment notice pays its documents, with plain values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import OperationId
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Debit, DebitItem, Match, MatchedBy
from services.billing.domain.payments.matching import Matcher
from services.billing.domain.payments.noticed_debts import list_debts, split_payment
from services.billing.domain.payments.payers import PayerAccounts
from services.billing.domain.payments.payment_notices import (
    NoticeParties,
    PaymentNotice,
    notice_number,
    read_notice_number,
)
from tests.billing.domain.test_matching import told

_DAY = date(2026, 12, 5)


def an_invoice(number: int, open_cents: int, *, days: int = 0) -> OpenInvoice:
    return OpenInvoice(
        invoice_id=UUID(int=number),
        number=f"F2026-{number:05}",
        issuer_id=UUID(int=100 + number),
        issuer_name="Soleils SAS",
        customer_id=UUID(int=3),
        customer_name="Anna",
        operation_name="Trois Toits",
        issue_date=_DAY,
        due_date=_DAY + timedelta(days=days),
        total_cents=abs(open_cents),
        open_cents=open_cents,
        doubtful_cents=0,
    )


def a_notice(invoices: Sequence[OpenInvoice], sequence: int = 1) -> PaymentNotice:
    return PaymentNotice(
        id=UUID(int=sequence),
        parties=NoticeParties(UUID(int=9), UUID(int=3), OperationId("ACC00000001")),
        number=notice_number(2026, sequence),
        made_on=_DAY,
        invoice_ids=[invoice.invoice_id for invoice in invoices],
    )


def match(
    transaction: BankTransaction,
    invoices: Sequence[OpenInvoice],
    *notices: PaymentNotice,
    debits: Sequence[Debit] = (),
    paid_elsewhere: Sequence[UUID] = (),
) -> Match | None:
    matcher = Matcher(
        invoices=invoices,
        debits=debits,
        transfers=(),
        accounts=PayerAccounts(),
        own_ids=(),
        notices=notices,
        paid_elsewhere=paid_elsewhere,
    )
    return matcher.match(transaction)


def paid(result: Match | None, by: MatchedBy = MatchedBy.REFERENCE) -> list[tuple[int, int]]:
    assert result is not None
    assert result.by is by
    return [(payment.invoice.invoice_id.int, payment.amount_cents) for payment in result.payments]


@given(
    open_cents=st.lists(st.integers(-1_000, 10_000), min_size=1, max_size=6),
    amount_cents=st.integers(1, 50_000),
)
def test_the_parts_of_a_payment_sum_to_it(open_cents: list[int], amount_cents: int) -> None:
    invoices = [
        an_invoice(number, cents, days=-number) for number, cents in enumerate(open_cents, start=1)
    ]

    debts = list_debts(
        invoices,
        (),
        open_cents=lambda invoice: invoice.open_cents,
        asked_cents={invoice.invoice_id: max(invoice.open_cents, 0) for invoice in invoices},
    )
    payments = split_payment(amount_cents, debts)

    if not debts:
        assert payments == []
        return
    assert sum(payment.amount_cents for payment in payments) == amount_cents
    assert all(payment.amount_cents > 0 for payment in payments)
    # Only the last one that is paid is overpaid, and only once all others are paid.
    owed_cents = sum(max(cents, 0) for cents in open_cents)
    for payment in payments[:-1]:
        assert payment.amount_cents == payment.invoice.open_cents
    if owed_cents and amount_cents <= owed_cents:
        assert payments[-1].amount_cents <= payments[-1].invoice.open_cents
    days = [payment.invoice.due_date for payment in payments]
    assert days == sorted(days)


def test_a_transfer_of_the_sum_pays_each_document() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500)]
    notice = a_notice(invoices)

    said = told(872, remittance=f"merci {notice.reference.lower()}")

    assert paid(match(said, invoices, notice)) == [(1, 372), (2, 500)]


def test_less_pays_what_is_due_first_and_more_is_a_credit() -> None:
    invoices = [an_invoice(1, 372, days=9), an_invoice(2, 500), an_invoice(3, -50)]
    notice = a_notice(invoices)
    less, more = (told(cents, remittance=notice.reference) for cents in (600, 1_000))

    assert paid(match(less, invoices, notice)) == [(2, 500), (1, 100)]
    assert paid(match(more, invoices, notice)) == [(2, 500), (1, 500)]


def test_several_names_have_to_fit_the_sum() -> None:
    invoices = [an_invoice(number, 100 * number) for number in (1, 2, 3, 4)]
    first, second = a_notice(invoices[:2]), a_notice(invoices[2:3], sequence=2)
    other = creditor_reference(invoices[3].issuer_id, invoices[3].number)
    repeated = creditor_reference(invoices[0].issuer_id, invoices[0].number)
    names = f"{first.reference} / {second.reference} / {other} / {repeated}"

    fitting = match(told(1_000, remittance=names), invoices, first, second)

    assert sorted(paid(fitting)) == [(1, 100), (2, 200), (3, 300), (4, 400)]
    assert match(told(999, remittance=names), invoices, first, second) is None


@pytest.mark.parametrize(
    "text", ["P2026-00001", "avis p 2026/00001", "P202600001", "P2026-1 F2026-1"]
)
def test_a_notice_is_known_by_its_number_too(text: str) -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500), an_invoice(7, 99)]
    notice = a_notice(invoices[:2])

    said = match(told(872, remittance=text), invoices, notice)

    assert paid(said, MatchedBy.INVOICE_NUMBER) == [(1, 372), (2, 500)]


def test_a_number_of_a_notice_beside_that_of_another_invoice_has_to_fit_the_sum() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500), an_invoice(7, 99)]
    notice = a_notice(invoices[:2])
    fitting, other = (
        match(told(cents, remittance="P2026-00001 et F2026-00007"), invoices, notice)
        for cents in (971, 872)
    )

    assert paid(fitting, MatchedBy.INVOICE_NUMBER) == [(1, 372), (2, 500), (7, 99)]
    assert other is None


def test_a_number_of_a_notice_is_not_believed_of_another_customer() -> None:
    bruno = replace(an_invoice(7, 872), customer_id=UUID(int=4), customer_name="Bruno Martin")
    invoices = [an_invoice(1, 372), an_invoice(2, 500), bruno]
    notice = a_notice(invoices[:2])

    said = told(872, remittance="P2026-00001", party_name="MARTIN BRUNO")

    assert match(said, invoices, notice) is None


def test_money_paid_out_is_for_no_notice() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500)]
    notice = a_notice(invoices)
    assert match(told(-872, remittance=notice.reference), invoices, notice) is None


def test_a_notice_of_which_nothing_is_open_waits() -> None:
    invoices = [replace(an_invoice(number, 0), total_cents=5) for number in (1, 2)]
    notice = a_notice(invoices)
    assert match(told(7, remittance=notice.reference), invoices, notice) is None


def replacing(invoice: OpenInvoice, number: int, open_cents: int) -> OpenInvoice:
    return replace(
        an_invoice(number, open_cents),
        issuer_id=invoice.issuer_id,
        follows=frozenset({invoice.invoice_id}),
    )


def test_what_replaces_documents_is_paid_by_their_notice_each_at_its_seller() -> None:
    ours, theirs = (replace(an_invoice(number, 0), total_cents=372) for number in (1, 2))
    notice = a_notice([ours, theirs])
    our_new, their_new = replacing(ours, 3, 384), replacing(theirs, 4, 360)
    said = told(744, remittance=notice.reference)

    assert paid(match(said, [ours, theirs, our_new, their_new], notice)) == [(3, 384), (4, 360)]
    # Only one was replaced, and that twice.
    theirs = replace(theirs, open_cents=372)
    between, newest = replacing(ours, 3, 0), replacing(our_new, 5, 372)
    assert paid(match(said, [ours, theirs, between, newest], notice)) == [(2, 372), (5, 372)]


def a_debit(*items: tuple[OpenInvoice, int], is_returned: bool = False) -> Debit:
    return Debit(
        id=UUID(int=70),
        collection_id=UUID(int=71),
        mandate_id=UUID(int=72),
        rum="ELO-1",
        sequence_type="FRST",
        items=[DebitItem(invoice.invoice_id, cents) for invoice, cents in items],
        is_received=False,
        is_returned=is_returned,
    )


def test_what_is_asked_for_is_paid_before_what_a_debit_will_pay() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 380, days=9)]
    notice, debit = a_notice(invoices), a_debit((invoices[0], 372))

    def pays(cents: int) -> list[tuple[int, int]]:
        said = told(cents, remittance=notice.reference)
        return paid(match(said, invoices, notice, debits=[debit]))

    assert pays(380) == [(2, 380)]
    assert pays(400) == [(2, 380), (1, 20)]
    assert pays(752) == [(2, 380), (1, 372)]


def test_what_a_debit_of_a_replaced_document_will_pay_is_not_asked_for() -> None:
    """Of 3.84 instead of 3.72 that are being debited, 0.12 is asked for."""
    old = replace(an_invoice(1, 0), total_cents=372)
    new, other = replacing(old, 3, 384), an_invoice(2, 500, days=9)
    notice = a_notice([new, other])

    said = match(
        told(512, remittance=notice.reference),
        [old, new, other],
        notice,
        debits=[a_debit((old, 372))],
    )

    assert paid(said) == [(3, 12), (2, 500)]


def test_a_return_that_is_told_before_its_credit_is_asked_for_once() -> None:
    twice = replace(an_invoice(1, 744), total_cents=372)
    invoices = [twice, an_invoice(2, 380, days=9)]
    notice, debit = a_notice(invoices), a_debit((twice, 372), is_returned=True)

    said = match(told(752, remittance=notice.reference), invoices, notice, debits=[debit])

    assert paid(said) == [(1, 372), (2, 380)]


def test_of_a_notice_whose_seller_is_paid_elsewhere_only_what_is_asked_for_here_is_paid() -> None:
    ours, theirs = an_invoice(1, 372), an_invoice(2, 500)
    notice, left = a_notice([ours, theirs]), [theirs.invoice_id]

    def pays(cents: int, invoices: Sequence[OpenInvoice]) -> Match | None:
        said = told(cents, remittance=notice.reference)
        return match(said, invoices, notice, paid_elsewhere=left)

    for invoices in ([ours], [ours, theirs]):
        assert paid(pays(372, invoices)) == [(1, 372)]
        assert pays(872, invoices) is None
        assert pays(300, invoices) is None


def test_a_document_that_is_named_beside_its_notice_is_paid_first() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500, days=9)]
    notice = a_notice(invoices)
    said = told(500, remittance=f"F2026-00002 de l'avis {notice.number}")
    assert paid(match(said, invoices, notice), MatchedBy.INVOICE_NUMBER) == [(2, 500)]


def test_a_credit_of_a_document_lessens_no_sum_of_several_notices() -> None:
    invoices = [an_invoice(1, -50), an_invoice(2, 500), an_invoice(3, 300), an_invoice(4, 100)]
    first, second = a_notice(invoices[:2]), a_notice(invoices[2:], sequence=2)
    names = f"{first.reference} {second.reference}"

    fitting, netted = (
        match(told(cents, remittance=names), invoices, first, second) for cents in (900, 850)
    )

    assert sorted(paid(fitting)) == [(2, 500), (3, 300), (4, 100)]
    assert netted is None


def test_an_invoice_named_twice_beside_a_notice_is_paid_once() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500), an_invoice(3, 300)]
    notice = a_notice(invoices[:2])
    reference = creditor_reference(invoices[2].issuer_id, invoices[2].number)
    names = f"{notice.reference} {reference} {invoices[2].number}"

    fitting = match(told(1_172, remittance=names), invoices, notice)

    assert sorted(paid(fitting)) == [(1, 372), (2, 500), (3, 300)]


def test_a_notice_named_by_its_number_counts_beside_the_reference_of_another() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500), an_invoice(3, 300), an_invoice(4, 100)]
    first, second = a_notice(invoices[:2]), a_notice(invoices[2:], sequence=2)
    names = f"{first.reference} et {second.number}"

    both, alone = (
        match(told(cents, remittance=names), invoices, first, second) for cents in (1_272, 872)
    )

    assert sorted(paid(both)) == [(1, 372), (2, 500), (3, 300), (4, 100)]
    assert alone is None


def test_a_number_behind_the_word_notice_is_no_invoice() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500)]
    notice = a_notice(invoices)
    said = told(872, remittance="avis d'échéance 2026-00001", party_name="Anna")
    assert paid(match(said, invoices, notice), MatchedBy.INVOICE_NUMBER) == [(1, 372), (2, 500)]


def test_a_bare_number_is_of_a_notice_or_of_an_invoice_as_the_amount_says() -> None:
    invoices = [an_invoice(1, 372), an_invoice(2, 500)]
    notice = a_notice(invoices)

    def bare(cents: int, sequence: int = 1) -> Match | None:
        said = told(cents, remittance="Trois Toits 2026-00001", party_name="Anna")
        return match(said, invoices, replace(notice, number=notice_number(2026, sequence)))

    assert paid(bare(872), MatchedBy.INVOICE_NUMBER) == [(1, 372), (2, 500)]
    assert paid(bare(372), MatchedBy.INVOICE_NUMBER) == [(1, 372)]
    assert bare(100) is None
    # Without such a notice it is that of the invoice.
    assert paid(bare(100, sequence=7), MatchedBy.INVOICE_NUMBER) == [(1, 100)]


def test_a_bare_number_of_a_notice_only_counts_if_something_else_fits() -> None:
    invoices = [an_invoice(2, 372), an_invoice(3, 500)]
    notice = a_notice(invoices)

    def bare(cents: int, name: str) -> Match | None:
        said = told(cents, remittance="Trois Toits 2026-00001", party_name=name)
        return match(said, invoices, notice)

    assert bare(600, "Marie Tante") is None
    assert paid(bare(872, "Marie Tante"), MatchedBy.INVOICE_NUMBER) == [(2, 372), (3, 500)]
    assert paid(bare(600, "Anna"), MatchedBy.INVOICE_NUMBER) == [(2, 372), (3, 228)]


@given(st.integers(2000, 2199), st.integers(1, 10**9 - 1))
def test_the_number_of_a_notice_is_read_again(year: int, sequence: int) -> None:
    assert read_notice_number(notice_number(year, sequence)) == (year, sequence)
    assert read_notice_number(f"F{year}-{sequence:05}") is None
