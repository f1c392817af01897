"""What a document is compared with."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from services.billing.domain.invoices.comparisons import compared_with, with_earlier
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import EarlierPeriod
from tests.billing.documents.examples import invoice

_SEPTEMBER = (date(2026, 9, 1), date(2026, 10, 1))


def of_september(**changes: object) -> Invoice:
    period = {"period_from": _SEPTEMBER[0], "period_to": _SEPTEMBER[1]}
    return replace(invoice(), id=uuid4(), **{**period, **changes})  # type: ignore[arg-type]


def energy_of(document: Invoice) -> int:
    return sum(line.energy_wmin for line in document.lines)


def test_a_month_is_compared_with_the_month_before_and_that_of_a_year_ago() -> None:
    assert compared_with(date(2027, 1, 1), date(2027, 2, 1)) == [
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 1, 1), date(2026, 2, 1)),
    ]


def test_a_quarter_is_compared_with_the_quarter_before() -> None:
    assert compared_with(date(2026, 1, 1), date(2026, 4, 1)) == [
        (date(2025, 10, 1), date(2026, 1, 1)),
        (date(2025, 1, 1), date(2025, 4, 1)),
    ]


def test_months_issued_together_are_compared_and_credit_notes_taken_off() -> None:
    before, october = of_september(), replace(invoice(), id=uuid4())
    half = replace(before.lines[0], energy_wmin=before.lines[0].energy_wmin // 2)
    note = of_september(
        kind=DocumentKind.CREDIT_NOTE,
        lines=[half],
        total_incl_vat_cents=1_000,
    )

    shown = with_earlier([note, before, october], [])

    assert shown[0].earlier == []
    assert shown[1].earlier == []
    assert shown[2].earlier == [
        EarlierPeriod(
            *_SEPTEMBER,
            energy_of(before) - half.energy_wmin,
            before.total_incl_vat_cents - 1_000,
        )
    ]


def test_an_invoice_that_adds_to_another_is_not_compared() -> None:
    added = replace(invoice(), id=uuid4(), cause=Cause.DIFFERENCE)

    [_, shown] = with_earlier([of_september(), added], [])

    assert shown.earlier == []


def test_a_period_that_was_credited_whole_is_left_out() -> None:
    before = of_september()
    note = of_september(kind=DocumentKind.CREDIT_NOTE)

    assert with_earlier([before, note, invoice()], [])[-1].earlier == []
