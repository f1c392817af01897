"""When a customer is debited next, and of how much."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from services.billing.domain.books.next_debits import NextDebit, find_next_debit
from services.billing.domain.payments.collecting import (
    CollectionOrder,
    OpenInvoice,
    plan_collection,
)
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.domain.payments.mandates import Mandate
from services.billing.domain.thresholds import NO_THRESHOLDS
from tests.billing.domain.test_payments import MANDATE, an_invoice

_CREDITOR = Creditor(
    UUID(int=2), "Les Voisins", "FR1420041010050500013M02606", None, "FR72ZZZ123456", None,
    Edition.Y2019, 14,
)  # fmt: skip
_TODAY = date(2026, 12, 9)
_FIRST_DAY = date(2026, 12, 23)


def due(number: int, day: date, open_cents: int = 372) -> OpenInvoice:
    return replace(an_invoice(number, open_cents=open_cents), due_date=day)


def debit_of(
    *invoices: OpenInvoice,
    notice_days: int = 14,
    least_cents: int = 0,
    documents: Sequence[int] = (1, 2),
    mandates: Mapping[UUID, Mandate] | None = None,
    today: date = _TODAY,
) -> NextDebit | None:
    thresholds = replace(NO_THRESHOLDS, debit_cents=least_cents)
    plan = partial(
        plan_collection,
        invoices=invoices,
        mandates={MANDATE.debtor_id: MANDATE} if mandates is None else mandates,
        uses={},
        pending=(),
        thresholds={invoice.invoice_id: thresholds for invoice in invoices},
    )
    return find_next_debit(
        replace(_CREDITOR, notice_days=notice_days),
        invoices,
        documents=[UUID(int=number) for number in documents],
        today=today,
        plan_on=lambda day: plan(CollectionOrder(UUID(int=9), UUID(int=2), day, today)),
    )


def test_what_is_due_is_debited_as_soon_as_its_debtor_has_had_notice() -> None:
    owed = due(1, date(2026, 11, 5))
    assert debit_of(owed) == NextDebit("Les Voisins", 372, _FIRST_DAY, "ELO-1")
    # 25 and 26 December: the bank rests until Monday the 28th.
    later = debit_of(owed, notice_days=16)
    assert later is not None
    assert later.first_day == date(2026, 12, 28)
    at_once = debit_of(owed, notice_days=0)
    assert at_once is not None
    assert at_once.first_day == date(2026, 12, 10)


def test_what_is_due_later_waits_for_its_day_and_is_not_in_an_earlier_debit() -> None:
    first, second = due(1, date(2026, 11, 5)), due(2, date(2027, 1, 30), open_cents=500)
    assert debit_of(first, second) == NextDebit("Les Voisins", 372, _FIRST_DAY, "ELO-1")
    # 30 January 2027 is a Saturday.
    assert debit_of(second) == NextDebit("Les Voisins", 500, date(2027, 2, 1), "ELO-1")


def test_a_small_sum_is_debited_with_what_is_due_by_then_or_waits() -> None:
    small, large = due(1, date(2026, 11, 5), open_cents=72), due(2, date(2027, 1, 4))
    waiting = debit_of(small, least_cents=73)
    assert waiting is not None
    assert waiting.first_day is None
    assert debit_of(small, large, least_cents=73) == NextDebit(
        "Les Voisins", 444, date(2027, 1, 4), "ELO-1"
    )


def test_a_small_sum_waits_a_year_at_most() -> None:
    small = due(1, date(2026, 11, 5), open_cents=72)
    recent = {MANDATE.debtor_id: replace(MANDATE, signed_on=date(2026, 10, 1))}
    alone_from = date(2027, 11, 5)  # a Friday
    waiting = NextDebit("Les Voisins", 72, None, None, alone_from)

    def debit_on(today: date) -> NextDebit | None:
        return debit_of(small, least_cents=73, mandates=recent, today=today)

    assert debit_on(_TODAY) == waiting
    assert debit_on(alone_from - timedelta(days=15)) == waiting
    last = debit_on(alone_from - timedelta(days=14))
    assert last == NextDebit("Les Voisins", 72, alone_from, "ELO-1")


def test_only_what_its_reader_may_know_of_is_told() -> None:
    invoices = due(1, date(2026, 11, 5)), due(2, date(2027, 1, 4), open_cents=500)
    debit = debit_of(*invoices, documents=[2])
    assert debit == NextDebit("Les Voisins", 500, date(2027, 1, 4), "ELO-1")
    assert debit_of(*invoices, documents=[]) is None


def test_without_a_usable_mandate_or_a_debt_nothing_is_debited() -> None:
    owed = due(1, date(2026, 11, 5))
    revoked = replace(MANDATE, revoked_on=_TODAY)
    assert debit_of(owed, mandates={}) is None
    assert debit_of(owed, mandates={MANDATE.debtor_id: revoked}) is None
    assert debit_of(replace(owed, open_cents=-372)) is None
    assert debit_of() is None
