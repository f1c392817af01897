"""Whose credits pay which debts, with plain values."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.billing.domain.books.ledger import Accounts
from services.billing.domain.books.write_offs import set_off_entry
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.netting import GivenCredit, net_credits, take_back
from tests.billing.domain.test_payments import an_invoice

_DUE = date(2026, 11, 5)


def owed(number: int, open_cents: int, *, follows: int | None = None, days: int = 0) -> OpenInvoice:
    return replace(
        an_invoice(number, open_cents=open_cents),
        due_date=_DUE + timedelta(days=days),
        follows=frozenset() if follows is None else frozenset({UUID(int=follows)}),
    )


def left(*invoices: OpenInvoice, pending_cents: dict[int, int] | None = None) -> list[int]:
    """What is payable of each invoice, in their order."""
    pending = {UUID(int=number): cents for number, cents in (pending_cents or {}).items()}
    return [invoice.payable_cents for invoice in net_credits(invoices, pending).invoices]


def test_what_was_taken_back_pays_the_document_that_follows_before_any_older_debt() -> None:
    assert left(owed(1, -100), owed(2, 90, days=-30), owed(3, 80, follows=1)) == [0, 70, 0]


def test_a_credit_pays_the_oldest_debts_first() -> None:
    assert left(owed(1, 50, days=2), owed(2, 60, days=1), owed(3, -80)) == [30, 0, 0]


def test_credits_stay_with_their_customer_and_their_seller() -> None:
    other_customer = replace(owed(2, 50), customer_id=UUID(int=4))
    other_seller = replace(owed(3, 50), issuer_id=UUID(int=9))
    assert left(owed(1, -80), other_customer, other_seller) == [0, 50, 50]


def test_a_credit_pays_what_is_doubtful_before_the_rest_of_an_invoice() -> None:
    invoice = replace(owed(2, 90), doubtful_cents=50)
    netting = net_credits([owed(1, -30), owed(3, -40), invoice], {})
    entries = [
        set_off_entry(uuid4(), set_off, day=_DUE, accounts=Accounts())
        for set_off in netting.set_offs
    ]
    assert [
        [(line.account.number, line.amount_cents) for line in entry.lines] for entry in entries
    ] == [
        [("411000", 30), ("416000", -30)],
        [("411000", 40), ("416000", -20), ("411000", -20)],
    ]
    assert [(left.open_cents, left.doubtful_cents) for left in netting.invoices] == [
        (0, 0),
        (0, 0),
        (20, 0),
    ]


def test_a_debit_under_way_of_a_document_that_was_taken_back_pays_its_successor() -> None:
    # Its money has not come yet, so nothing is entered; but the successor is not asked for.
    netting = net_credits([owed(1, 0), owed(2, 90, follows=1)], {UUID(int=1): 100})
    assert netting.set_offs == []
    assert [invoice.payable_cents for invoice in netting.invoices] == [0, 0]


_SUMS = st.integers(-300, 300)


@st.composite
def _invoices(draw: st.DrawFn) -> tuple[list[OpenInvoice], dict[UUID, int]]:
    invoices = []
    pending_cents = {}
    for number in range(1, draw(st.integers(1, 8)) + 1):
        invoice = owed(
            number,
            draw(_SUMS),
            follows=draw(st.none() | st.integers(1, 8)),
            days=draw(st.integers(0, 3)),
        )
        doubtful_cents = draw(st.integers(0, max(invoice.open_cents, 0)))
        customer_id = UUID(int=draw(st.integers(3, 4)))
        invoices.append(replace(invoice, doubtful_cents=doubtful_cents, customer_id=customer_id))
        if draw(st.booleans()):
            pending_cents[invoice.invoice_id] = draw(st.integers(1, 300))
    return invoices, pending_cents


@given(_invoices())
def test_nothing_is_gained_or_lost_and_no_one_is_asked_for_more_than_their_balance(
    drawn: tuple[list[OpenInvoice], dict[UUID, int]],
) -> None:
    invoices, pending_cents = drawn

    netting = net_credits(invoices, pending_cents)

    before, after, balances, payable = (Counter[UUID]() for _ in range(4))
    for invoice in invoices:
        before[invoice.customer_id] += invoice.open_cents
        balances[invoice.customer_id] += invoice.open_cents
        balances[invoice.customer_id] -= pending_cents.get(invoice.invoice_id, 0)
    for first, invoice in zip(invoices, netting.invoices, strict=True):
        assert first.invoice_id == invoice.invoice_id
        assert abs(invoice.open_cents) <= abs(first.open_cents)
        assert invoice.open_cents * first.open_cents >= 0
        assert invoice.doubtful_cents <= max(invoice.open_cents, 0)
        after[invoice.customer_id] += invoice.open_cents
        if invoice.open_cents > 0 and invoice.invoice_id not in pending_cents:
            assert invoice.payable_cents >= 0
            payable[invoice.customer_id] += invoice.payable_cents
    assert before == after
    assert all(payable[customer] <= max(balances[customer], 0) for customer in before)
    assert all(
        set_off.credit.customer_id == set_off.invoice.customer_id for set_off in netting.set_offs
    )
    assert net_credits(netting.invoices, pending_cents).set_offs == []


def test_a_document_that_owes_again_takes_back_what_it_gave_through_all_that_followed() -> None:
    given = [GivenCredit(UUID(int=2), UUID(int=3), 90), GivenCredit(UUID(int=1), UUID(int=2), 100)]
    set_offs = take_back([owed(1, 70), owed(2, 0), owed(3, 5)], given, {})
    assert [
        (set_off.credit.number, set_off.invoice.number, set_off.amount_cents)
        for set_off in set_offs
    ] == [("F2026-00002", "F2026-00001", 70), ("F2026-00003", "F2026-00002", 70)]


def test_what_a_debit_under_way_pays_is_not_taken_back() -> None:
    given = [GivenCredit(UUID(int=1), UUID(int=2), 100)]
    pending_cents = {UUID(int=1): 60}
    (set_off,) = take_back([owed(1, 70), owed(2, 0)], given, pending_cents)
    assert set_off.amount_cents == 10
    assert take_back([owed(1, -20), owed(2, 0)], given, pending_cents) == []
