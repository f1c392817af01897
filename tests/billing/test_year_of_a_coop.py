"""One year of a co-op: lines, documents, XML, books, FEC, open items and bank files are one sum.

What each comes to is computed in ``year/sums.py``, with no function of the product.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from libs.common.calendar import Month
from services.billing.documents.cii_schema import read_schema
from services.billing.main import service
from tests.billing.money import payments_url
from tests.billing.year.almanac import BANK_FEE_CENTS, YEAR, owners, play
from tests.billing.year.bank import Bank
from tests.billing.year.books import (
    balances,
    by_account,
    by_customer,
    carried,
    of_account,
    read_books,
)
from tests.billing.year.course import Course
from tests.billing.year.sums import DocumentSum
from tests.billing.year.village import LATE, MONTHS, Village
from tests.support.alone import alone
from tests.support.clock import SetClock
from tests.support.pdfa import VeraPdf
from tests.support.platform import SECRET_KEY, world_scope
from tests.support.schematron import FRENCH_REFORM, broken_rules


@pytest.fixture(scope=world_scope)
async def course(database_url: str) -> AsyncIterator[Course]:
    """The year, played by a service of its own that goes by its clock."""
    clock, village = SetClock(datetime(2026, 1, 5, 9, tzinfo=UTC)), Village()
    async with (
        alone(service, database_url, clock, secret_keys=SECRET_KEY) as billing,
        billing.client("operator") as operator,
        billing.client("organiser", operations=[village.operation_id]) as organiser,
    ):
        course = Course(village, billing, organiser, clock, Bank(village.association, clock))
        await play(course, operator)
        yield course


def sum_of(document: dict[str, Any]) -> DocumentSum:
    (vat_cents,) = [vat["vat_cents"] for vat in document["vat"]]
    return DocumentSum(
        document["kind"],
        document["issuer"]["name"],
        document["customer"]["name"],
        document["month"],
        tuple(sorted(line["amount_cents"] for line in document["lines"])),
        vat_cents,
    )


async def test_each_document_is_what_its_energies_and_prices_come_to(course: Course) -> None:
    assert Counter(map(sum_of, course.documents)) == Counter(course.expected)
    for document in course.documents:
        said = sum_of(document)
        assert document["total_excl_vat_cents"] == said.excl_vat_cents
        assert document["total_incl_vat_cents"] == said.incl_vat_cents


async def test_a_correction_says_which_day_changed_and_by_how_much(course: Course) -> None:
    for month, late in LATE.items():
        customer, day = course.village.customer(late.customer), month.days[11]
        for seller in course.village.sellers:
            before_wmin = course.village.energies_wmin(seller, customer, month)[day]
            after_wmin = course.village.corrected_wmin(seller, customer, month)[day]
            changes = [
                document["changes"]
                for document in course.documents
                if document["cause"] == "replace"
                and document["month"] == str(month)
                and document["issuer"]["name"] == seller.name
            ]

            change = {"day": day.isoformat(), "energy_wmin": after_wmin - before_wmin}
            assert changes == [[change], [change]]


async def test_the_xml_of_each_document_says_the_same_and_obeys_the_rules(course: Course) -> None:
    broken = {}
    for document in course.documents:
        url = f"/billing/invoices/{document['id']}/factur-x.xml"
        xml = (await course.organiser.get(url)).content
        said = sum_of(document)

        check_xml(xml, said, prepaid_cents=document.get("prepaid_cents", 0))

        broken[document["id"]] = broken_rules(xml)
        if document["customer"]["siren"]:
            broken[document["id"]] += broken_rules(xml, FRENCH_REFORM)
    assert {tuple(rules) for rules in broken.values()} == {()}
    assert any(document.get("prepaid_cents") for document in course.documents)


def check_xml(xml: bytes, said: DocumentSum, *, prepaid_cents: int) -> None:
    """The XSD is obeyed, and the totals are those of the document, to the cent.

    prepaid_cents: what credits had paid before the document was written.
    """
    root = etree.fromstring(xml)
    read_schema().assertValid(root)

    def of(name: str) -> list[int]:
        return [round(Fraction(element.text or "") * 100) for element in root.iter(f"{{*}}{name}")]

    *lines, total = of("LineTotalAmount")
    assert sorted(lines) == list(said.lines_cents)
    assert total == said.excl_vat_cents == sum(of("BasisAmount"))
    assert sum(of("CalculatedAmount")) == said.vat_cents
    assert of("GrandTotalAmount") == [said.incl_vat_cents]
    assert sum(of("TotalPrepaidAmount")) == prepaid_cents
    assert of("DuePayableAmount") == [said.incl_vat_cents - prepaid_cents]


async def test_the_files_for_the_tax_office_are_the_documents(course: Course) -> None:
    for seller in course.village.sellers:
        books = await read_books(course.organiser, seller.member_id)
        documents = [document for document in course.expected if document.seller == seller.name]

        sales = by_account(books.of_journal("VE"))

        assert sum(sales.values()) == 0
        assert of_class(sales, "411") == total(documents, "incl_vat_cents")
        assert -of_class(sales, "70") == total(documents, "excl_vat_cents")
        assert -of_class(sales, "4457") == total(documents, "vat_cents")
        assert by_customer(books.lines) == {
            customer.name.replace("’", "'"): cents
            for customer in course.village.customers
            if (cents := course.accounts.balance_cents(seller, customer))
        }


async def test_what_is_declared_of_vat_is_the_documents_chargeable_in_each_month(
    course: Course,
) -> None:
    for seller in course.village.sellers:
        for month in [*MONTHS, Month(YEAR + 1, 1), Month(YEAR + 1, 2)]:
            url = payments_url(seller.member_id, "tax-return")
            answer = await course.organiser.get(url, params={"period": str(month)})
            assert answer.status_code == 200, answer.text
            rates = answer.json()["vat"]
            documents = [
                document
                for document in course.declared.get(month, [])
                if document.seller == seller.name
            ]

            assert sum(rate["base_cents"] for rate in rates) == total(documents, "excl_vat_cents")
            assert sum(rate["vat_cents"] for rate in rates) == total(documents, "vat_cents")


async def test_a_closed_year_opens_the_next_one_with_what_it_came_to(course: Course) -> None:
    for owner in owners(course.village):
        books = await read_books(course.organiser, owner)

        assert by_account(books.opening) == carried(books.closed) != {}
        going_on = by_account([*books.opening, *books.lines[len(books.closed) :]])
        assert going_on == of_rows(await balances(course.organiser, owner))


async def test_what_is_open_is_what_was_billed_less_what_the_bank_booked(course: Course) -> None:
    left = set()
    for seller in course.village.sellers:
        url = payments_url(seller.member_id, "open-items")
        customers = (await course.organiser.get(url)).json()
        owed = {
            str(customer.member_id): course.accounts.balance_cents(seller, customer)
            for customer in course.village.customers
        }

        assert {row["customer_id"]: row["open_cents"] for row in customers} == {
            customer_id: cents for customer_id, cents in owed.items() if cents
        }
        for row in customers:
            assert row["open_cents"] == sum(item["open_cents"] for item in row["items"])
        left |= {cents > 0 for cents in owed.values() if cents}
    assert left == {True, False}  # somebody owes, and somebody has paid too much


async def test_the_account_of_each_customer_is_what_was_billed_and_what_the_bank_booked(
    course: Course,
) -> None:
    for customer in course.village.customers:
        url = f"/billing/members/{customer.member_id}/account"
        account = (await course.organiser.get(url, params={"limit": 1000})).json()
        pairs = [(seller.member_id, customer.member_id) for seller in course.village.sellers]
        owed_cents = sum(course.accounts.owed_cents[pair] for pair in pairs)
        paid_cents = sum(course.accounts.paid_cents[pair] for pair in pairs)

        sums = {True: 0, False: 0}
        for line in account["lines"]:
            sums[line["kind"] in ("invoice", "credit_note")] += line["cents"]

        assert sums == {True: owed_cents, False: -paid_cents}
        assert account["owed"]["open_cents"] == owed_cents - paid_cents
        assert account["closing_cents"] == account["lines"][0]["balance_cents"]
        assert account["closing_cents"] == owed_cents - paid_cents


async def test_the_books_of_both_sides_say_what_the_bank_says(course: Course) -> None:
    rows = await balances(course.organiser, course.village.association)
    held = {
        str(seller.member_id): course.held_cents(seller)
        for seller in course.village.sellers
        if course.held_cents(seller)
    }

    assert of_account(rows, "512") == {None: course.bank.balance_cents}
    assert of_account(rows, "471") == {None: BANK_FEE_CENTS}
    assert of_account(rows, "467") == {seller: -cents for seller, cents in held.items()}
    assert course.bank.balance_cents == sum(held.values()) - BANK_FEE_CENTS
    for seller in course.village.sellers:
        rows = await balances(course.organiser, seller.member_id)
        paid_out_cents = course.accounts.paid_out_cents[seller.member_id]
        assert of_account(rows, "512") == {None: paid_out_cents}
        assert sum(of_account(rows, "467").values()) == held.get(str(seller.member_id), 0)


async def test_a_document_of_each_kind_is_pdf_a_3b(
    course: Course, verapdf: VeraPdf, tmp_path: Path
) -> None:
    kinds = {
        (document["kind"], document["cause"], document["issuer"]["name"]): document
        for document in course.documents
    }
    for document in kinds.values():
        pdf = await course.organiser.get(f"/billing/invoices/{document['id']}.pdf")
        assert pdf.status_code == 200, pdf.text
        (tmp_path / f"{document['number']} {document['id']}.pdf").write_bytes(pdf.content)

    assert verapdf.broken(sorted(tmp_path.iterdir())) == []


def of_class(sums: Mapping[str, int], begins: str) -> int:
    return sum(cents for account, cents in sums.items() if account.startswith(begins))


def of_rows(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """By account, over all parties."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["account"]] += row["balance_cents"]
    return {account: cents for account, cents in sums.items() if cents}


def total(documents: Iterable[DocumentSum], name: str) -> int:
    """Credit notes taken off."""
    return sum(document.sign * getattr(document, name) for document in documents)
