"""Random histories of settlements, revisions, issues and credit notes, by either policy."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.corrections.credit_notes import credit_by_hand
from services.billing.domain.corrections.credited_taxes import taxes_left
from services.billing.domain.corrections.standing import billed_days, standing_lines
from services.billing.domain.drafts.claims import BilledDays
from services.billing.domain.drafts.drafting import MonthFacts, Settlement, draft_period
from services.billing.domain.invoices.documents import (
    CorrectionPolicy,
    DocumentKind,
    document_number,
)
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.invoices.settled_months import SettlementBlock
from services.billing.domain.prices.price_list import PriceEntry, PriceList
from services.billing.domain.prices.sales import Participation, Perimeter, SettledPair
from services.billing.domain.taxes.accise import AcciseEntry, AcciseRegime

P1, P2 = Prm("99000000000011"), Prm("99000000000012")
A, B = Prm("99000000000021"), Prm("99000000000022")
_NAMESPACE = UUID(int=7)
MEMBERS = {name: uuid5(_NAMESPACE, name) for name in ("seller", "anna", "bruno")}
MONTHS = (Month(2026, 1), Month(2026, 2), Month(2026, 3))
PAIRS = [(producer, consumer) for producer in (P1, P2) for consumer in (A, B)]


def histories(*sizes_wmin: int) -> st.SearchStrategy[list[tuple[object, ...]]]:
    """Few days with energy, in few sizes: histories in which lines come, go and come back.

    Where less than nothing may be supplied, nobody asks for credit notes by hand: they take a part
    of a line, of which only what is positive has parts.
    """
    energies = st.dictionaries(
        st.tuples(st.sampled_from(PAIRS), st.sampled_from([0, 9, 10, 27])),
        st.sampled_from(sizes_wmin),
        max_size=8,
    )
    steps = [
        st.tuples(st.just("settle"), st.sampled_from(MONTHS), energies),
        st.tuples(st.just("issue"), st.booleans()),
        st.tuples(st.just("credit"), st.integers(0, 5), st.integers(0, 3), st.integers(0, 100)),
        st.tuples(st.just("price"), st.integers(0, 900_000)),
        st.tuples(st.just("hand over"), st.integers(2, 27)),
    ]
    if min(sizes_wmin) < 0:
        del steps[2]
    return st.lists(st.one_of(steps), min_size=6, max_size=16)


HISTORIES = histories(0, 1, 29_999, 30_001, 7_000_003)
# In sizes that never add up to nothing.
_HISTORIES_WITH_NEGATIVE_DAYS = histories(0, 1, -29_999, 30_001, 7_000_003)


class Books:
    """What an operation would have settled and issued."""

    def __init__(self, policy: CorrectionPolicy) -> None:
        self.policy = policy
        self.settled = {month: (1, dict[tuple[tuple[Prm, Prm], int], int]()) for month in MONTHS}
        self.issued: list[Invoice] = []
        # The tax is due in some days of the history, and its rate changes in February.
        self.accise = [
            AcciseEntry(valid_from=date(2026, 1, 6), regime=AcciseRegime.STANDARD),
            AcciseEntry(valid_from=date(2026, 3, 20), regime=AcciseRegime.UNDECIDED),
        ]
        self.owner_of_b = [Participation(B, Direction.CONSUMPTION, MEMBERS["bruno"], date.min)]
        self.prices = PriceList(
            (
                _price(100_000, date(2026, 1, 1), date(2026, 1, 11)),
                _price(123_456, date(2026, 1, 11), None),
                _price(0, date(2026, 2, 1), date(2026, 2, 15), producer=P2),
            )
        )

    def facts(self) -> list[MonthFacts]:
        seller = [
            Participation(p, Direction.PRODUCTION, MEMBERS["seller"], date.min) for p in (P1, P2)
        ]
        anna = Participation(A, Direction.CONSUMPTION, MEMBERS["anna"], date.min)
        return [
            MonthFacts(
                operation_id=OperationId("ACC99000001"),
                month=month,
                settlement=self._settlement(month),
                perimeter=Perimeter("Trois Toits", [*seller, anna, *self.owner_of_b]),
                members={
                    member_id: Party(member_id, name, "1 rue du Four", None, None, "household")
                    for name, member_id in MEMBERS.items()
                },
                prices=self.prices,
                issued=self.issued,
                accise=self.accise,
                policy=self.policy,
            )
            for month in MONTHS
        ]

    def _settlement(self, month: Month) -> Settlement:
        number, energies = self.settled[month]
        pairs = [
            SettledPair(*pair, [energies.get((pair, i), 0) for i in range(len(month.days))])
            for pair in PAIRS
        ]
        return Settlement(SettlementBlock(number, "provisional", f"hash {number}"), pairs)

    def target(self) -> dict[tuple[Prm, Prm], int]:
        sums: Counter[tuple[Prm, Prm]] = Counter()
        for _, energies in self.settled.values():
            for (pair, _), energy_wmin in energies.items():
                sums[pair] += energy_wmin
        return {pair: energy_wmin for pair, energy_wmin in sums.items() if energy_wmin}

    def settle(self, month: Month, energies: dict[tuple[tuple[Prm, Prm], int], int]) -> None:
        self.settled[month] = (self.settled[month][0] + 1, energies)

    def issue(self, drafts: list[Invoice]) -> None:
        for draft in sorted(drafts, key=lambda document: document.kind == DocumentKind.INVOICE):
            number = document_number(draft.kind, 2026, len(self.issued) + 1)
            issued = replace(draft, number=number, issue_date=date(2026, 4, 1))
            self.issued.append(issued)


def _price(
    micro_eur: int, valid_from: date, valid_to: date | None, producer: Prm | None = None
) -> PriceEntry:
    return PriceEntry(producer, micro_eur, Decimal("0.20"), None, valid_from, valid_to)


def play(policy: CorrectionPolicy, steps: list[tuple[object, ...]]) -> Books:
    books = Books(policy)
    for step in steps:
        match step:
            case ("settle", Month() as month, dict() as energies):
                books.settle(month, energies)
            case ("price", int(micro_eur)):
                books.prices = PriceList((_price(micro_eur, date(2026, 1, 1), None),))
            case ("hand over", int(day)):
                on = date(2026, 2, day)
                books.owner_of_b = [
                    Participation(B, Direction.CONSUMPTION, MEMBERS["bruno"], date.min, on),
                    Participation(B, Direction.CONSUMPTION, MEMBERS["anna"], on),
                ]
            case ("credit", int(which), int(line), int(percent)):
                credit(books, which, line, percent)
            case ("issue", bool(by_quarter)):
                facts = books.facts()
                for months in [facts] if by_quarter else [[fact] for fact in facts]:
                    issue(books, months)
    return books


def credit(books: Books, which: int, line: int, percent: int) -> None:
    standing = standing_lines(books.issued)
    if standing:
        chosen = standing[(which * 4 + line) % len(standing)]
        energies = {chosen.position: chosen.left_wmin * percent // 100}
        books.issue([credit_by_hand(chosen.document, books.issued, energies, reason="?")])


def issue(books: Books, months: list[MonthFacts]) -> None:
    """Months that stand on the invoice of a quarter are drafted with their quarter."""
    month_names = {str(month.month) for month in months}
    standing = {line.document.id: line.document for line in standing_lines(books.issued)}.values()
    touching = [
        document
        for document in standing
        if month_names & {month.month for month in document.months}
    ]
    if any({month.month for month in document.months} - month_names for document in touching):
        months = books.facts()
    books.issue(list(draft_period(months).drafts))


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=HISTORIES)
def test_after_any_history_what_is_billed_is_the_newest_settlement(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)

    books.issue(list(draft_period(books.facts()).drafts))

    check_settlement_is_billed(books)


def check_settlement_is_billed(books: Books) -> None:
    billed: Counter[tuple[Prm, Prm]] = Counter()
    for (producer, consumer, _), energy_wmin in billed_days(books.issued).items():
        billed[producer, consumer] += energy_wmin
    assert {pair: energy_wmin for pair, energy_wmin in billed.items() if energy_wmin} == (
        books.target()
    )
    assert draft_period(books.facts()).drafts == []


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=HISTORIES)
def test_in_any_history_lines_add_up_and_nothing_is_credited_twice(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)

    for document in books.issued:
        lines = document.lines
        taxes_cents = sum(tax.amount_cents for tax in document.taxes)
        lines_cents = sum(line.amount_cents for line in lines)
        assert document.total_excl_vat_cents == lines_cents + taxes_cents
        assert document.total_vat_cents == sum(vat_line.vat_cents for vat_line in document.vat)
        assert document.total_excl_vat_cents == sum(
            vat_line.base_cents for vat_line in document.vat
        )
        assert document.total_incl_vat_cents == (
            document.total_excl_vat_cents + document.total_vat_cents
        )
        for line in lines:
            assert sum(line.daily_wmin) == line.energy_wmin
            assert len(line.daily_wmin) == (line.valid_to - line.valid_from).days
            assert (line.valid_to - timedelta(days=1)).month == line.valid_from.month
    for invoice in (document for document in books.issued if document.kind == DocumentKind.INVOICE):
        notes = [
            document
            for document in books.issued
            if document.kind == DocumentKind.CREDIT_NOTE and document.refers_to[0].id == invoice.id
        ]
        assert sum(note.total_incl_vat_cents for note in notes) <= invoice.total_incl_vat_cents
        for position, line in enumerate(invoice.lines, start=1):
            taken = [
                note_line
                for note in notes
                for note_line in note.lines
                if note_line.corrects and note_line.corrects.position == position
            ]
            assert 0 <= sum(note_line.energy_wmin for note_line in taken) <= line.energy_wmin
            assert 0 <= sum(note_line.amount_cents for note_line in taken) <= line.amount_cents
        left = taxes_left(invoice, notes)
        assert all(remainder.quantity_kwh >= 0 <= remainder.amount_cents for remainder in left)
        if _credited_whole(invoice, notes):
            assert left == []
            assert sum(note.total_incl_vat_cents for note in notes) == invoice.total_incl_vat_cents


def _credited_whole(invoice: Invoice, notes: list[Invoice]) -> bool:
    taken = sum(line.energy_wmin for note in notes for line in note.lines)
    return bool(notes) and taken == sum(line.energy_wmin for line in invoice.lines) > 0


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=HISTORIES)
def test_in_any_history_no_day_of_two_points_is_claimed_twice(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    check_no_day_is_claimed_twice(play(policy, steps).issued)


@given(steps=_HISTORIES_WITH_NEGATIVE_DAYS)
def test_days_of_less_than_nothing_are_billed_replaced_and_claimed_once(
    steps: list[tuple[object, ...]],
) -> None:
    books = play(CorrectionPolicy.REPLACE, steps)

    books.issue(list(draft_period(books.facts()).drafts))

    check_no_day_is_claimed_twice(books.issued)
    check_settlement_is_billed(books)


def check_no_day_is_claimed_twice(issued: Iterable[Invoice]) -> None:
    """issued: in the order in which they were."""
    held: set[tuple[Prm, Prm, date]] = set()
    billed_days: dict[object, BilledDays] = {}
    for document in issued:
        claims = billed_days.setdefault(document.parties, BilledDays(())).post(document)
        freed = {(*pair, day) for pair, days in claims.freed.items() for day in days}
        billed = {(*pair, day) for pair, days in claims.billed.items() for day in days}
        assert freed <= held
        held -= freed
        assert not billed & held
        held |= billed


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=HISTORIES)
def test_drafts_are_the_same_however_often_they_are_made(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)
    first = draft_period(books.facts()).drafts
    books.issued.reverse()
    again = draft_period(books.facts()).drafts
    assert [draft.canonical for draft in again] == [draft.canonical for draft in first]
    assert len({invoice.id for invoice in [*first, *books.issued]}) == len(first) + len(
        books.issued
    )
