"""What the operation bills a point for a month."""

from uuid import UUID

import pytest
from hypothesis import given

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.both_bills.local_bills import LocalBill, local_bill
from services.billing.domain.drafts.drafting import draft_period
from services.billing.domain.invoices.documents import CorrectionPolicy
from services.billing.domain.invoices.invoices import Invoice
from tests.billing.domain.test_corrections import HISTORIES, MEMBERS, MONTHS, P1, A, B, Books, play

ANNA, BRUNO = MEMBERS["anna"], MEMBERS["bruno"]


def bill(documents: list[Invoice], customer_id: UUID, prm: Prm, month: Month) -> LocalBill:
    return local_bill(documents, customer_id=customer_id, prm=prm, month=month)


def drafted(books: Books) -> list[Invoice]:
    return [*books.issued, *draft_period(books.facts()).drafts]


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=HISTORIES)
def test_in_any_history_the_bills_of_points_and_months_are_all_that_is_billed(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)
    documents = drafted(books)

    for customer_id in (ANNA, BRUNO):
        bills = [bill(documents, customer_id, prm, month) for prm in (A, B) for month in MONTHS]
        own_documents = [
            document for document in documents if document.customer.member_id == customer_id
        ]
        assert sum(month_bill.totals.excl_vat_cents for month_bill in bills) == sum(
            document.kind.sign * document.total_excl_vat_cents for document in own_documents
        )
        for month_bill in bills:
            assert month_bill.totals.excl_vat_cents == (
                month_bill.energy_cents + month_bill.fees_cents + month_bill.accise_cents
            )
            assert month_bill.totals.incl_vat_cents == month_bill.totals.excl_vat_cents + sum(
                vat.vat_cents for vat in month_bill.totals.vat
            )


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
@given(steps=HISTORIES)
def test_in_any_history_the_energy_billed_to_a_point_is_what_is_settled(
    policy: CorrectionPolicy, steps: list[tuple[object, ...]]
) -> None:
    books = play(policy, steps)
    documents = drafted(books)

    for month, (_, energies) in books.settled.items():
        for prm in (A, B):
            billed = sum(
                bill(documents, customer_id, prm, month).energy_wmin
                for customer_id in (ANNA, BRUNO)
            )
            assert billed == sum(
                energy_wmin
                for ((_, consumer), _), energy_wmin in energies.items()
                if consumer == prm
            )


def test_a_document_of_one_point_and_month_is_its_bill_and_of_more_a_part_of_it() -> None:
    books = Books(CorrectionPolicy.REPLACE)
    books.settle(MONTHS[0], {((P1, A), 0): 2_000_000})
    books.settle(MONTHS[1], {((P1, A), 0): 3_000_000})
    january, february, _ = books.facts()
    by_month = [draft_period([month_facts]).drafts[0] for month_facts in (january, february)]
    (quarter,) = draft_period(books.facts()).drafts

    for document, month in zip(by_month, MONTHS, strict=False):
        month_bill = bill([document], ANNA, A, month)
        assert month_bill.totals.incl_vat_cents == document.total_incl_vat_cents
    parts = [bill([quarter], ANNA, A, month) for month in MONTHS[:2]]
    assert [part_of_bill.energy_wmin for part_of_bill in parts] == [2_000_000, 3_000_000]
    assert (
        sum(part_of_bill.totals.excl_vat_cents for part_of_bill in parts)
        == quarter.total_excl_vat_cents
    )
    assert not any(part_of_bill.is_issued for part_of_bill in parts)


def test_an_accise_that_is_not_decided_is_not_known() -> None:
    books = Books(CorrectionPolicy.REPLACE)
    for month in MONTHS[:2]:
        books.settle(month, {((P1, A), 0): 2_000_000})
    january, february, _ = books.facts()

    # The accise is due from 6 January on; nothing is decided before.
    for facts, is_known in ((january, False), (february, True)):
        month_bill = bill([*draft_period([facts]).drafts], ANNA, A, facts.month)
        assert month_bill.accise_is_known == is_known
