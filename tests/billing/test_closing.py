from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from libs.common.calendar import Month
from tests.billing.fec_rules import Fec, checked_fec
from tests.billing.money import set_creditor
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop, issue

# Fiscal years end in September: that of 2026 is over whenever these tests run.
ENDS_IN, CLOSED = 9, 2026
JULY, SEPTEMBER = Month(2026, 7), Month(2026, 9)


def books_url(owner: UUID, book: str = "books") -> str:
    return f"/billing/issuers/{owner}/{book}"


async def close(client: httpx.AsyncClient, owner: UUID, year: int = CLOSED) -> httpx.Response:
    return await client.post(books_url(owner, f"books/years/{year}/closing"))


async def issue_month(
    client: httpx.AsyncClient, coop: Coop, month: Month, day: str
) -> dict[str, dict[str, Any]]:
    """The month's invoices, by the customer's name."""
    drafts = await replace(coop, month=month).draft(client)
    answer = await issue(client, [draft for draft in drafts if draft["state"] == "draft"], day)
    assert answer.status_code == 200, answer.text
    return {invoice["customer"]["name"]: invoice for invoice in answer.json()}


async def pay(
    client: httpx.AsyncClient, creditor: dict[str, Any], invoice: dict[str, Any], day: date
) -> None:
    paid = booked(invoice["total_incl_vat_cents"], remittance=invoice["number"])
    assert await bank_tells(client, creditor, replace(paid, day=day)) == (1, 1)


async def fec_of(client: httpx.AsyncClient, owner: UUID, year: int) -> tuple[bytes, Fec]:
    answer = await client.get(books_url(owner, "fec"), params={"year": year})
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"].split('"')[1]
    return answer.content, checked_fec(answer.content, name)


async def balances(client: httpx.AsyncClient, owner: UUID, year: int) -> dict[str, int]:
    answer = await client.get(books_url(owner, "balances"), params={"year": year})
    sums: dict[str, int] = {}
    for balance in answer.json():
        sums[balance["account"]] = sums.get(balance["account"], 0) + balance["balance_cents"]
    return {account: cents for account, cents in sums.items() if cents}


@pytest.fixture
async def seller(operator: httpx.AsyncClient, summer: Coop) -> dict[str, Any]:
    """How the seller is paid; its books have two invoices of July, 3.72 € each."""
    creditor = await set_creditor(operator, summer.seller)
    body = {"fiscal_year_end_month": ENDS_IN}
    answer = await operator.put(books_url(summer.seller), json=body)
    assert answer.json()["closed_year"] is None
    return creditor


async def test_a_closed_year_leaves_its_balances_and_its_result_to_the_next(
    operator: httpx.AsyncClient, summer: Coop, seller: dict[str, Any]
) -> None:
    invoices = await issue_month(operator, summer, JULY, "2026-08-05")
    await pay(operator, seller, invoices["Anna"], date(2026, 9, 10))

    answer = await close(operator, summer.seller)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["fiscal_year"], answer.json()["result_cents"]) == (CLOSED, 3660)
    assert (await close(operator, summer.seller)).json() == answer.json()
    assert (await operator.get(books_url(summer.seller))).json()["closed_year"] == CLOSED
    assert await balances(operator, summer.seller, CLOSED + 1) == {
        "120000": -3660,
        "411000": 372,
        "445712000": -124,
        "512000": 372,
        # August and September, which are not billed yet, were accrued: taken back from this year.
        "701000": 3040,
    }
    _, fec = await fec_of(operator, summer.seller, CLOSED + 1)
    assert {row["JournalCode"] for row in fec.rows} == {"AN", "OD"}
    assert {row["EcritureDate"] for row in fec.rows} == {"20261001"}


async def test_the_file_of_the_next_year_begins_with_the_opening_whenever_it_was_made(
    operator: httpx.AsyncClient, summer: Coop, seller: dict[str, Any]
) -> None:
    july = await issue_month(operator, summer, JULY, "2026-08-05")
    await issue_month(operator, summer, SEPTEMBER, "2026-10-05")
    await pay(operator, seller, july["Bruno"], date(2026, 10, 6))

    assert (await close(operator, summer.seller)).status_code == 200

    closed_before, _ = await fec_of(operator, summer.seller, CLOSED)
    await pay(operator, seller, july["Anna"], date(2026, 10, 7))
    _, fec = await fec_of(operator, summer.seller, CLOSED + 1)
    assert [(row["EcritureNum"], row["JournalCode"]) for row in fec.rows][:2] == [
        ("1", "AN"),
        ("1", "AN"),
    ]
    assert {row["EcritureNum"] for row in fec.rows if row["JournalCode"] != "AN"} == {
        str(number) for number in range(2, 7)
    }
    # The payment settles the line that carries its invoice forward.
    lettered = [row for row in fec.rows if row["EcritureLet"]]
    assert sorted(row["JournalCode"] for row in lettered) == ["AN", "AN", "BQ", "BQ"]
    assert (await fec_of(operator, summer.seller, CLOSED))[0] == closed_before


async def test_what_is_open_is_not_counted_twice(
    operator: httpx.AsyncClient, summer: Coop, seller: dict[str, Any]
) -> None:
    invoices = await issue_month(operator, summer, JULY, "2026-08-05")
    before = (await operator.get(books_url(summer.seller, "open-items"))).json()
    await close(operator, summer.seller)

    after = (await operator.get(books_url(summer.seller, "open-items"))).json()

    assert after == before
    anna = (await operator.get(f"/billing/invoices/{invoices['Anna']['id']}")).json()
    assert anna["payment"]["open_cents"] == anna["total_incl_vat_cents"]
    await pay(operator, seller, invoices["Anna"], date(2026, 10, 6))
    (open_item,) = (await operator.get(books_url(summer.seller, "open-items"))).json()
    assert open_item["open_cents"] == 372


async def test_a_closed_year_takes_no_more_entries(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop, seller: dict[str, Any]
) -> None:
    invoices = await issue_month(operator, summer, JULY, "2026-08-05")
    await close(operator, summer.seller)
    drafts = await replace(summer, month=Month(2026, 8)).draft(operator)

    refused = await issue(operator, drafts, "2026-09-05")

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/fiscal-year-closed"
    assert refused.json()["closed_until"] == "2026-09-30"
    # What the bank tells late is entered on the first day that is open.
    await pay(operator, seller, invoices["Anna"], date(2026, 9, 20))
    _, fec = await fec_of(operator, summer.seller, CLOSED + 1)
    (bank,) = [row for row in fec.rows if row["JournalCode"] == "BQ" and row["Debit"] != "0,00"]
    assert (bank["EcritureDate"], bank["PieceDate"]) == ("20261001", "20260920")
    async with billing.platform.database("billing") as database:
        insert = text("""
            INSERT INTO journal_entry
            SELECT gen_random_uuid(), :owner_id, 2026, 99, 'OD', '2026-09-30', 'x', '2026-09-30',
                'x', 'write_off', gen_random_uuid(), 2, 1, '2026-09-30'
        """)
        reopen = text("DELETE FROM fiscal_year_closing WHERE owner_id = :owner_id")
        for statement, why in ((insert, "closed"), (reopen, "only grow")):
            async with database.transaction() as session:
                with pytest.raises(DBAPIError, match=why):
                    await session.execute(statement, {"owner_id": summer.seller})
                await session.rollback()


async def test_only_what_is_over_is_closed_and_in_order(
    operator: httpx.AsyncClient, summer: Coop, seller: dict[str, Any]
) -> None:
    invoices = await issue_month(operator, summer, JULY, "2026-08-05")
    # The bank dates it a year too early.
    await pay(operator, seller, invoices["Anna"], date(2025, 8, 20))

    running = await close(operator, summer.seller, 2199)
    early = await close(operator, summer.seller)

    assert running.status_code == 409
    assert running.json()["type"] == "/problems/fiscal-year-running"
    assert (early.status_code, early.json()["type"]) == (409, "/problems/earlier-year-open")
    assert early.json()["fiscal_year"] == CLOSED - 1
    assert (await close(operator, summer.seller, CLOSED - 1)).status_code == 200
    assert (await close(operator, summer.seller)).status_code == 200


async def test_a_year_without_entries_is_closed_without_an_opening(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    answer = await close(operator, summer.seller, 2024)

    assert answer.status_code == 200
    assert answer.json()["result_cents"] == 0
    assert await balances(operator, summer.seller, 2025) == {}


async def test_books_are_closed_by_who_keeps_them(billing: Billing, summer: Coop) -> None:
    async with billing.client("member", member_id=str(summer.seller)) as seller_client:
        assert (await close(seller_client, summer.seller)).status_code == 403
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        assert (await close(stranger, summer.seller)).status_code == 403
    async with billing.client("organiser", operations=[summer.operation_id]) as organiser:
        assert (await close(organiser, summer.seller, 2024)).status_code == 200
