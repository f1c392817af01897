"""Invoices too small by themselves wait for a later run, and not for ever."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, Prm
from services.billing.domain.books.ledger import Books
from services.billing.domain.drafts.carrying import carry, may_not_wait
from services.billing.domain.invoices.documents import Cause
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.prices.sales import Participation, Parties, Perimeter
from tests.billing.documents.examples import household

PARTIES = Parties(UUID(int=1), UUID(int=2))
NEXT_DAY = date(2026, 11, 1)
_AN_INVOICE = household()


def a_bill(cents: int, month: int = 10, customer: int = 2) -> Invoice:
    return replace(
        _AN_INVOICE,
        id=uuid4(),
        issuer=replace(_AN_INVOICE.issuer, member_id=UUID(int=1)),
        customer=replace(_AN_INVOICE.customer, member_id=UUID(int=customer)),
        period_from=date(2026, month, 1),
        total_incl_vat_cents=cents,
    )


def held_cents(drafts: list[Invoice], earlier: list[Invoice], least_cents: int) -> list[int]:
    carrying = carry(
        drafts, earlier, least_cents=least_cents, is_last_call=lambda _parties, _day: False
    )
    assert sum(small.cents for small in carrying.sums) == sum(
        invoice.total_incl_vat_cents for invoice in carrying.held
    )
    return [invoice.total_incl_vat_cents for invoice in carrying.held]


def test_a_sum_below_the_least_waits_and_one_that_reaches_it_is_invoiced() -> None:
    assert held_cents([a_bill(99)], [], 100) == [99]
    assert held_cents([a_bill(100)], [], 100) == []
    assert held_cents([a_bill(0), a_bill(-1)], [], 0) == []


def test_what_was_carried_counts_with_what_comes() -> None:
    assert held_cents([a_bill(40)], [a_bill(59, 9)], 100) == [59, 40]
    assert held_cents([a_bill(40)], [a_bill(60, 9)], 100) == []
    # Each customer by itself.
    assert held_cents([a_bill(40)], [a_bill(60, 9, customer=3)], 100) == [60, 40]


def test_corrections_are_never_held_back_here() -> None:
    correction = replace(a_bill(5), cause=Cause.REPLACE)
    assert held_cents([correction], [], 100) == []


def may_wait(
    *, left_on: date | None = None, closes_in: int = 12, first_day: date = date(2026, 10, 1)
) -> bool:
    participations = [
        Participation(Prm("99000000000001"), Direction.PRODUCTION, UUID(int=1), date(2026, 1, 1)),
        Participation(
            Prm("99000000000002"), Direction.CONSUMPTION, UUID(int=2), date(2026, 1, 1), left_on
        ),
    ]
    return not may_not_wait(
        PARTIES,
        first_day,
        next_day=NEXT_DAY,
        perimeter=Perimeter("Trois Toits", participations),
        books={UUID(int=1): Books(fiscal_year_end_month=closes_in)},
    )


def test_nothing_waits_beyond_the_fiscal_year_of_its_seller() -> None:
    assert may_wait()
    assert not may_wait(closes_in=10)
    assert may_wait(closes_in=11)
    # Held back in a year that has ended since.
    assert not may_wait(closes_in=9, first_day=date(2026, 9, 1))


def test_who_has_left_is_invoiced_whatever_the_sum() -> None:
    assert not may_wait(left_on=date(2026, 11, 1))
    assert not may_wait(left_on=date(2026, 10, 15))
    assert may_wait(left_on=date(2026, 11, 2))


@given(st.lists(st.integers(-50, 300), min_size=1, max_size=12), st.integers(0, 500))
def test_all_of_a_year_is_invoiced_once_whatever_the_least_sum(
    amounts: list[int], least_cents: int
) -> None:
    held: list[Invoice] = []
    invoiced: list[Invoice] = []
    for month, cents in enumerate(amounts, start=1):

        def ends_year(_parties: Parties, _day: date, month: int = month) -> bool:
            return month == len(amounts)

        carrying = carry(
            [a_bill(cents, month)],
            held,
            least_cents=least_cents,
            is_last_call=ends_year,
        )
        assert sum(bill.total_incl_vat_cents for bill in carrying.held) < max(least_cents, 1)
        invoiced += carrying.drafts
        held = list(carrying.held)
    assert held == []
    assert [bill.period_from.month for bill in invoiced] == list(range(1, len(amounts) + 1))
    assert [bill.total_incl_vat_cents for bill in invoiced] == amounts
