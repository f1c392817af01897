"""Random histories at prices by the hour, with fees: every class is billed what it is settled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.corrections.credit_notes import credit_by_hand
from services.billing.domain.corrections.standing import standing_lines
from services.billing.domain.drafts.drafting import MonthFacts, draft_period
from services.billing.domain.invoices.documents import CorrectionPolicy
from services.billing.domain.prices.price_list import HourClass, PriceList, parse_price_list
from tests.billing.domain.test_corrections import (
    MONTHS,
    P1,
    P2,
    PAIRS,
    Books,
    check_no_day_is_claimed_twice,
    credit,
    issue,
)

_FEE_CENTS = 310
_SLOTS = st.tuples(st.sampled_from(PAIRS), st.sampled_from([0, 9, 10]))
_BY_CLASS = st.tuples(*[st.sampled_from([0, 1, 29_999, 30_001, 7_000_003])] * 2)
_settle = st.tuples(
    st.just("settle"), st.sampled_from(MONTHS), st.dictionaries(_SLOTS, _BY_CLASS, max_size=6)
)
_issue = st.tuples(st.just("issue"), st.booleans())
_price = st.tuples(st.just("price"), st.integers(1, 900_000))
_credit = st.tuples(st.just("credit"), st.integers(0, 5), st.integers(0, 3), st.integers(0, 100))
_histories = st.lists(st.one_of(_settle, _issue, _price), min_size=6, max_size=14)
_with_credits = st.lists(st.one_of(_settle, _issue, _price, _credit), min_size=6, max_size=14)

Energies = dict[tuple[tuple[Prm, Prm], int], tuple[int, int]]


# A list may come to call the same hours otherwise; what was billed keeps its names.
_NAMES, _OTHER_NAMES = ("HP", "HC"), ("Jour", "Nuit")


def price_list(peak_micro_eur: int, names: tuple[str, str] = _NAMES) -> PriceList:
    vat = {"vat_rate": "0.20", "valid_from": "2026-01-01"}
    peak = str(Decimal(peak_micro_eur).scaleb(-6))
    peak_name, off_peak_name = names
    windows = {peak_name: ["06:00", "22:00"], off_peak_name: ["22:00", "06:00"]}
    return parse_price_list(
        {
            "hour_classes": [
                {"name": name, "windows": [{"hours": [hours]}]} for name, hours in windows.items()
            ],
            "entries": [
                {"price_eur_per_kwh": peak, "hour_class": peak_name, **vat},
                {"price_eur_per_kwh": "0.08", "hour_class": off_peak_name, **vat},
            ],
            "fees": [{"name": "Abonnement", "producer": P1, "eur_per_month": "3.10", **vat}],
        }
    )


class HourBooks(Books):
    """What is settled is known by class: peak and off-peak."""

    def __init__(self, policy: CorrectionPolicy) -> None:
        super().__init__(policy)
        self.prices = price_list(200_000)
        self.by_class: dict[Month, Energies] = {month: {} for month in MONTHS}

    def settle_by_class(self, month: Month, energies: Energies) -> None:
        self.settle(month, {pair: sum(by_class) for pair, by_class in energies.items()})
        self.by_class[month] = energies

    def facts(self) -> list[MonthFacts]:
        return [
            replace(
                fact,
                hours=self._hours(fact.month, fact.prices.hour_classes),
                billed_hours={
                    classes: self._hours(fact.month, classes) for classes in fact.classes_billed
                },
            )
            for fact in super().facts()
        ]

    def _hours(
        self, month: Month, classes: Iterable[HourClass]
    ) -> dict[tuple[Prm, Prm], dict[date, dict[str | None, int]]]:
        names = (
            _NAMES if {hour_class.name for hour_class in classes} == set(_NAMES) else _OTHER_NAMES
        )
        return {
            pair: {
                month.days[day]: {names[0]: peak, names[1]: off_peak}
                for (pair_of_points, day), (peak, off_peak) in self.by_class[month].items()
                if pair_of_points == pair
            }
            for pair in PAIRS
        }

    def settled_by_class(self) -> Counter[tuple[Prm, Prm, str | None]]:
        sums: Counter[tuple[Prm, Prm, str | None]] = Counter()
        for energies in self.by_class.values():
            for (pair, _), (peak, off_peak) in energies.items():
                sums[*pair, "HP"] += peak
                sums[*pair, "HC"] += off_peak
        return sums

    def billed_by_class(self) -> Counter[tuple[Prm, Prm, str | None]]:
        sums: Counter[tuple[Prm, Prm, str | None]] = Counter()
        for document in self.issued:
            for line in document.lines:
                if line.kind == "energy":
                    name = line.hour_class or ""
                    usual = dict(zip(_OTHER_NAMES, _NAMES, strict=True)).get(name, name)
                    key = (line.producer, line.consumer, usual)
                    sums[key] += document.kind.sign * line.energy_wmin
        return sums

    def fees_cents(self) -> Counter[tuple[Prm, int]]:
        sums: Counter[tuple[Prm, int]] = Counter()
        for document in self.issued:
            for line in document.lines:
                if line.kind == "fee":
                    key = (line.consumer, line.valid_from.month)
                    sums[key] += document.kind.sign * line.amount_cents
        return sums

    def take(self, step: tuple[object, ...]) -> None:
        match step:
            case ("settle", Month() as month, dict() as energies):
                self.settle_by_class(month, energies)
            case ("price", int(micro_eur)):
                self.prices = price_list(micro_eur)
            case ("credit", int(which), int(line), int(percent)):
                credit(self, which, line, percent)
            case ("issue", bool(by_quarter)):
                facts = self.facts()
                for months in [facts] if by_quarter else [[fact] for fact in facts]:
                    issue(self, months)


def play(policy: CorrectionPolicy, steps: list[tuple[object, ...]]) -> HourBooks:
    """At the end all is issued."""
    books = HourBooks(policy)
    for step in [*steps, ("issue", False)]:
        books.take(step)
    return books


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=_with_credits)
def test_after_any_history_each_class_is_billed_what_it_is_settled(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)

    assert +books.billed_by_class() == +books.settled_by_class()
    assert all(energy_wmin >= 0 for energy_wmin in books.billed_by_class().values())
    assert draft_period(books.facts()).drafts == []


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@pytest.mark.parametrize("steps", [*permutations([("settle", MONTHS[0], {}), ("credit", 0, 2, 0)])])
def test_a_fee_that_was_credited_by_hand_stays_so_when_a_revision_takes_the_rest(
    policy: CorrectionPolicy, steps: tuple[tuple[object, ...], ...]
) -> None:
    settled = ("settle", MONTHS[0], {(PAIRS[0], 0): (0, 1)})

    books = play(policy, [settled, ("issue", False), *steps])

    assert books.issued[1].lines[1].kind == "fee"
    assert books.fees_cents()[PAIRS[0][1], MONTHS[0].month] == 0
    assert draft_period(books.facts()).drafts == []


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
def test_a_fee_comes_again_where_the_last_of_its_invoice_is_credited_by_hand(
    policy: CorrectionPolicy,
) -> None:
    january = MONTHS[0]
    revised = ("settle", january, {(PAIRS[0], 0): (0, 29_999)})
    steps = [("settle", january, {(PAIRS[0], 0): (0, 30_001)}), ("issue", False)]

    books = play(policy, [*steps, revised])
    (document,) = {
        line.document.id: line.document
        for line in standing_lines(books.issued)
        if line.line.consumer == PAIRS[0][1] and line.line.valid_from.month == january.month
    }.values()
    books.issue([credit_by_hand(document, books.issued, {}, reason="?")])
    books.take(("issue", False))

    assert books.fees_cents()[PAIRS[0][1], january.month] == _FEE_CENTS
    assert draft_period(books.facts()).drafts == []


def test_what_is_worked_out_of_an_invoice_is_no_part_of_its_content() -> None:
    steps: list[tuple[object, ...]] = [("settle", MONTHS[0], {(PAIRS[0], 0): (1, 1)})]
    books = play(CorrectionPolicy.REPLACE, steps)
    (invoice,) = [document for document in books.issued if document.hour_classes]
    before = invoice.canonical

    for of_month in invoice.hour_classes:
        books.prices.with_classes(tuple(of_month.classes)).needs_hours(MONTHS[0])
        assert [
            window.covered_days for hour_class in of_month.classes for window in hour_class.windows
        ]

    assert invoice.canonical == before
    assert "covered" not in before


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=_histories)
def test_after_any_history_a_fee_is_charged_once_a_month(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)

    assert set(books.fees_cents().values()) == {_FEE_CENTS}
    assert len(books.fees_cents()) == len(MONTHS) * len({consumer for _, consumer in PAIRS})
    assert not any(
        line.kind == "fee"
        for invoice in books.issued
        if invoice.cause == "difference"
        for line in invoice.lines
    )


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=_with_credits)
def test_in_any_history_by_class_no_day_is_claimed_twice(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    check_no_day_is_claimed_twice(play(policy, steps).issued)


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
def test_what_moves_between_hours_is_corrected_at_the_prices_of_both(
    policy: CorrectionPolicy,
) -> None:
    pair, january = (P2, PAIRS[0][1]), MONTHS[0]
    books = play(policy, [("settle", january, {(pair, 3): (60_000, 60_000)})])
    before = len(books.issued)
    books.prices = price_list(900_000)
    books.settle_by_class(january, {(pair, 3): (0, 120_000)})

    issue(books, books.facts()[:1])

    rows = [
        (invoice.kind.sign, line.hour_class, line.energy_wmin, line.amount_cents)
        for invoice in books.issued[before:]
        for line in invoice.lines
        if line.kind == "energy"
    ]
    assert (
        rows
        == {
            CorrectionPolicy.DIFFERENCE: [(-1, "HP", 60_000, 20), (1, "HC", 60_000, 8)],
            CorrectionPolicy.REPLACE: [
                (-1, "HC", 60_000, 8),
                (-1, "HP", 60_000, 20),
                (1, "HC", 120_000, 16),
            ],
        }[policy]
    )


_both_classes = st.dictionaries(_SLOTS, st.tuples(*[st.sampled_from([1, 30_001])] * 2), max_size=4)


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(
    first=_both_classes,
    later=st.lists(st.one_of(_settle, _issue), max_size=6),
)
def test_a_month_is_corrected_by_the_classes_that_billed_it_whatever_the_list_calls_them(
    policy: CorrectionPolicy, first: Energies, later: list[tuple[object, ...]]
) -> None:
    books = play(policy, [("settle", MONTHS[0], first)])
    books.prices = price_list(900_000, _OTHER_NAMES)

    for step in [*later, ("issue", False)]:
        books.take(step)

    assert +books.billed_by_class() == +books.settled_by_class()
    assert draft_period(books.facts()).drafts == []
    renamed = {
        (line.producer, line.consumer)
        for invoice in books.issued
        for line in invoice.lines
        if line.hour_class in _OTHER_NAMES and Month.of(line.valid_from) == MONTHS[0]
    }
    assert not renamed & {pair for pair, _ in first}
