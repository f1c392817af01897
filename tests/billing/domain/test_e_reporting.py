"""Sums for e-reporting agree with the documents and with the books, to the cent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.domain.books.ledger import Accounts
from services.billing.domain.books.posting import sale_entry
from services.billing.domain.corrections.credit_notes import credit_by_hand
from services.billing.domain.e_invoicing.e_reporting import (
    EReport,
    NothingToReport,
    PeriodNotOver,
    PeriodOfOtherFrequency,
    ReportedDay,
    Sold,
    check_may_report,
    check_new,
    report_days,
    report_envelope,
)
from services.billing.domain.e_invoicing.report_periods import (
    Frequency,
    ReportPeriod,
    ReportPeriodMalformed,
    frequency_of,
)
from services.billing.domain.invoices.invoices import Invoice, MemberKind, hash_content
from services.billing.domain.taxes.issuers import VatRegime, VatReturns
from tests.billing.domain.test_channels import profile
from tests.billing.domain.test_posting import an_invoice

_DAY = date(2027, 9, 5)
_AMOUNTS = st.lists(
    st.tuples(st.sampled_from(["0", "0.055", "0.1", "0.2"]), st.integers(-9999, 9999)),
    min_size=1,
    max_size=5,
)
_KINDS: Sequence[MemberKind] = ("household", "company", "public_body")


def days_of(issued: Iterable[Invoice]) -> list[ReportedDay]:
    return report_days(
        Sold(
            invoice.id,
            invoice.kind,
            invoice.issue_date,
            invoice.customer.kind,
            invoice.supply_category,
            invoice.vat,
        )
        for invoice in issued
        if invoice.issue_date
    )


@st.composite
def documents(draw: st.DrawFn) -> list[Invoice]:
    """Invoices to anybody on some days, some of which are credited whole."""
    issued_documents = []
    for number in range(draw(st.integers(0, 6))):
        invoice = an_invoice(draw(_AMOUNTS))
        day = _DAY + timedelta(days=draw(st.integers(0, 3)))
        kind = draw(st.sampled_from(_KINDS))
        issued = replace(
            invoice,
            id=UUID(int=number),
            issue_date=day,
            customer=replace(invoice.customer, kind=kind),
        )
        issued_documents.append(issued)
        if draw(st.booleans()):
            note = credit_by_hand(issued, [issued], {}, reason="Wrong meter")
            later = day + timedelta(days=draw(st.integers(0, 3)))
            issued_documents.append(replace(note, number=f"A2027-{number:05}", issue_date=later))
    return issued_documents


@given(documents())
def test_the_sums_are_those_of_the_books(issued: list[Invoice]) -> None:
    days = days_of(issued)

    base, vat = Counter[date](), Counter[tuple[date, str]]()
    for invoice in issued:
        entry = sale_entry(invoice, Accounts()) if invoice.customer.kind == "household" else None
        for line in entry.lines if entry else ():
            assert entry
            number = line.account.number
            if number.startswith(("701", "447000")):
                base[entry.day] -= line.amount_cents
            if number.startswith("44571"):
                vat[entry.day, number] -= line.amount_cents
    told_base, told_vat = Counter[date](), Counter[tuple[date, str]]()
    for day in days:
        told_base[day.day] += day.base_cents
        for rate in day.rates:
            told_vat[day.day, Accounts().vat_at(rate.rate).number] += rate.vat_cents
    assert _without_zeros(told_base) == _without_zeros(base)
    assert _without_zeros(told_vat) == _without_zeros(vat)


@given(documents())
def test_the_sums_are_those_of_the_documents_and_of_their_rates(issued: list[Invoice]) -> None:
    days = days_of(issued)

    households = [invoice for invoice in issued if invoice.customer.kind == "household"]
    signed = [(household.kind.sign, household) for household in households]
    assert sum(sum_of_day.base_cents for sum_of_day in days) == sum(
        sign * document.total_excl_vat_cents for sign, document in signed
    )
    assert sum(sum_of_day.vat_cents for sum_of_day in days) == sum(
        sign * document.total_vat_cents for sign, document in signed
    )
    assert sum(sum_of_day.transactions for sum_of_day in days) == len(households)
    for day in days:
        assert day.base_cents == sum(rate.base_cents for rate in day.rates)
        assert day.vat_cents == sum(rate.vat_cents for rate in day.rates)
        assert all(rate.transactions <= day.transactions for rate in day.rates)


@given(st.data())
def test_the_order_of_the_documents_changes_nothing(data: st.DataObject) -> None:
    issued = data.draw(documents())

    shuffled = data.draw(st.permutations(issued))

    assert days_of(shuffled) == days_of(issued)


@given(documents())
def test_the_days_of_a_month_are_those_of_its_parts(issued: list[Invoice]) -> None:
    def of(name: str) -> list[object]:
        period = ReportPeriod.parse(name)
        inside = [
            invoice
            for invoice in issued
            if invoice.issue_date and period.first_day <= invoice.issue_date < period.end
        ]
        return [*days_of(inside)]

    assert of("2027-09") == [*of("2027-09-1"), *of("2027-09-2"), *of("2027-09-3")]


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.sampled_from(list(Frequency)))
def test_each_day_is_in_one_period_which_is_read_as_it_is_written(
    day: date, frequency: Frequency
) -> None:
    period = ReportPeriod.around(day, frequency)

    assert period.first_day <= day < period.end
    assert ReportPeriod.parse(str(period)) == period
    assert ReportPeriod.around(period.end, frequency).first_day == period.end


def test_the_last_ten_days_of_a_month_are_its_rest() -> None:
    parts = [ReportPeriod.parse(f"2027-02-{number}") for number in (1, 2, 3)]

    assert [(period.end - period.first_day).days for period in parts] == [10, 10, 8]
    assert all(earlier.end == later.first_day for earlier, later in pairwise(parts))
    two = ReportPeriod.parse("2027-11-two")
    assert (two.first_day, two.end) == (date(2027, 11, 1), date(2028, 1, 1))


@pytest.mark.parametrize("text", ["2027-13", "2027-Q3", "2027-09-4", "2027-10-two", "", "x" * 99])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ReportPeriodMalformed):
        ReportPeriod.parse(text)


@pytest.mark.parametrize(
    ("regime", "returns", "expected"),
    [
        (VatRegime.STANDARD, VatReturns.MONTHLY, (Frequency.TEN_DAYS, True)),
        (VatRegime.STANDARD, VatReturns.QUARTERLY, (Frequency.MONTH, True)),
        (VatRegime.STANDARD, VatReturns.SIMPLIFIED, (Frequency.MONTH, False)),
        (VatRegime.STANDARD, None, (Frequency.MONTH, False)),
        (VatRegime.FRANCHISE, None, (Frequency.TWO_MONTHS, True)),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 1, 1), _DAY])
def test_how_often_a_seller_reports_follows_from_how_it_declares_vat(
    regime: VatRegime, returns: VatReturns | None, expected: tuple[Frequency, bool], day: date
) -> None:
    assert frequency_of(profile(regime=regime, returns=returns), day) == expected


def test_a_seller_without_a_profile_reports_by_month_as_far_as_we_know() -> None:
    assert frequency_of(None, _DAY) == (Frequency.MONTH, False)


def test_a_period_is_reported_when_it_is_over_and_is_one_of_the_sellers() -> None:
    month = ReportPeriod.parse("2027-09")

    check_may_report(month, month, today=date(2027, 10, 1))
    with pytest.raises(PeriodNotOver):
        check_may_report(month, month, today=date(2027, 9, 30))
    with pytest.raises(PeriodOfOtherFrequency, match="report 2027-09-two"):
        check_may_report(month, ReportPeriod.parse("2027-09-two"), today=date(2027, 12, 1))


def test_the_same_sums_are_not_reported_twice_and_nothing_is_not_reported() -> None:
    days = days_of([_to_household([("0.2", 100)])])

    check_new(days, None, "2027-09")
    check_new([], days, "2027-09")
    with pytest.raises(NothingToReport):
        check_new([], None, "2027-09")
    with pytest.raises(NothingToReport):
        check_new(days, days, "2027-09")


def test_the_file_has_the_hash_that_its_envelope_says() -> None:
    report = EReport(
        issuer_id=UUID(int=1),
        issuer_siren="992000026",
        period="2027-09",
        first_day=date(2027, 9, 1),
        last_day=date(2027, 9, 30),
        number=2,
        days=days_of([_to_household([("0.2", 100), ("0", 7)])]),
    )

    envelope = report_envelope(report)

    assert envelope.sha256 == hash_content(report.canonical)
    assert envelope.byte_count == len(report.canonical.encode())
    assert envelope.file_name == "992000026_2027-09_2.json"


def _to_household(amounts: list[tuple[str, int]]) -> Invoice:
    invoice = an_invoice(amounts)
    return replace(invoice, issue_date=_DAY, customer=replace(invoice.customer, kind="household"))


def _without_zeros(sums: Counter[date] | Counter[tuple[date, str]]) -> dict[object, int]:
    return {key: cents for key, cents in sums.items() if cents}
