import asyncio
import csv
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.billing.fec_rules import checked_fec
from tests.billing.members import member, seller
from tests.billing.world import Billing, Coop, coop_with_buyers, issue, price

SIREN = "992000026"


def books_url(owner: UUID, book: str) -> str:
    return f"/billing/issuers/{owner}/{book}"


async def journal(client: httpx.AsyncClient, owner: UUID, year: int = 2026) -> list[dict[str, str]]:
    answer = await client.get(books_url(owner, "journal.csv"), params={"year": year})
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(answer.text.splitlines()))


async def balances(client: httpx.AsyncClient, owner: UUID) -> dict[str, int]:
    answer = await client.get(books_url(owner, "balances"), params={"year": 2026})
    assert answer.status_code == 200, answer.text
    sums: dict[str, int] = {}
    for balance in answer.json():
        sums[balance["account"]] = sums.get(balance["account"], 0) + balance["balance_cents"]
    return sums


async def issued(operator: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    await coop.decide_taxes(operator)
    answer = await issue(operator, await coop.draft(operator))
    assert answer.status_code == 200, answer.text
    invoices: list[dict[str, Any]] = answer.json()
    return invoices


async def test_issuing_an_invoice_enters_it_in_the_books_of_its_seller(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000"))

    invoices = await issued(operator, coop)

    # 31 kWh at 0.10 €, VAT of 20 %: 3.10 € and 0.62 €.
    lines = await journal(operator, coop.seller)
    assert [
        (line["number"], line["account"], line["debit_cents"], line["credit_cents"])
        for line in lines
    ] == [
        ("1", "411000", "372", "0"),
        ("1", "701000", "0", "310"),
        ("1", "445712000", "0", "62"),
        ("2", "411000", "372", "0"),
        ("2", "701000", "0", "310"),
        ("2", "445712000", "0", "62"),
    ]
    assert [(line["party_name"], line["party_account"]) for line in lines[::3]] == [
        ("Anna", "T00001"),
        ("Bruno", "T00002"),
    ]
    assert {line["piece_ref"] for line in lines} == {invoice["number"] for invoice in invoices}
    assert {line["day"] for line in lines} == {"2026-11-05"}


async def test_balances_are_the_sums_of_the_invoices(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(
        operator,
        price("0.1234", valid_to="2026-10-10"),
        price("0.1777", valid_from="2026-10-10"),
    )

    invoices = await issued(operator, coop)

    assert await balances(operator, coop.seller) == {
        "411000": sum(invoice["total_incl_vat_cents"] for invoice in invoices),
        "445712000": -sum(invoice["total_vat_cents"] for invoice in invoices),
        "701000": -sum(invoice["total_excl_vat_cents"] for invoice in invoices),
    }


async def test_what_comes_to_nothing_has_no_entry(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator, price("0"))
    assert len(await issued(operator, coop)) == 2
    assert await journal(operator, coop.seller) == []


async def test_a_refused_issue_enters_nothing(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    assert (await issue(operator, [*drafts, {"id": str(uuid4())}])).status_code == 404
    assert await journal(operator, coop.seller) == []


async def test_eight_callers_at_once_number_entries_without_a_gap(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 24)
    drafts = await coop.draft(operator)
    await asyncio.gather(*(issue(operator, drafts[i::8]) for i in range(8)))
    lines = await journal(operator, coop.seller)
    assert sorted({int(line["number"]) for line in lines}) == list(range(1, 25))
    # The number of an invoice and that of its entry are taken under locks in the same order.
    assert [line["piece_ref"] for line in lines[::3]] == [f"F2026-{i:05}" for i in range(1, 25)]


async def test_accounts_are_of_the_sellers_choice(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator)
    books = {"accounts": {"sales": "707100", "customers": "411200"}}
    url = books_url(coop.seller, "books")

    answer = await operator.put(url, json=books)

    assert answer.status_code == 200, answer.text
    assert answer.json()["accounts"]["vat"] == "44571"
    assert (await operator.get(url)).json() == answer.json()
    await issued(operator, coop)
    assert set(await balances(operator, coop.seller)) == {"411200", "707100", "445712000"}


async def test_accounts_of_another_class_are_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = books_url(coop.seller, "books")
    answer = await operator.put(url, json={"accounts": {"sales": "604000"}})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/accounts-invalid"


async def test_a_fiscal_year_may_end_in_any_month_until_it_is_used(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    url = books_url(coop.seller, "books")
    assert (await operator.put(url, json={"fiscal_year_end_month": 6})).status_code == 200
    await issued(operator, coop)

    assert await journal(operator, coop.seller, 2026) == []
    assert len(await journal(operator, coop.seller, 2027)) == 6
    answer = await operator.get(books_url(coop.seller, "fec"), params={"year": 2027})
    assert answer.headers["content-disposition"].endswith(f'"{SIREN}FEC20270630.txt"')

    answer = await operator.put(url, json={"fiscal_year_end_month": 12})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/fiscal-year-fixed"


@pytest.mark.parametrize("separator", ["tab", "pipe"])
async def test_the_fec_obeys_its_rules_and_sums_to_the_invoices(
    billing: Billing, operator: httpx.AsyncClient, separator: str
) -> None:
    coop = Coop()
    odd = "Zoë\t|Œuvre\nd'été Łódź €"
    await billing.tell(
        seller(coop.seller),
        member(coop.anna, odd),
        member(coop.bruno, "Bruno"),
        coop.perimeter(),
        coop.settlement(),
    )
    await coop.price(operator)
    invoices = await issued(operator, coop)

    answer = await operator.get(
        books_url(coop.seller, "fec"), params={"year": 2026, "separator": separator}
    )

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=iso-8859-15"
    name = answer.headers["content-disposition"].split('"')[1]
    fec = checked_fec(answer.content, name, "\t" if separator == "tab" else "|")
    assert name == f"{SIREN}FEC20261231.txt"
    total_cents = sum(invoice["total_incl_vat_cents"] for invoice in invoices)
    assert fec.cents("Debit") == fec.cents("Credit") == fec.cents("Debit", "411") == total_cents
    assert {row["CompAuxLib"] for row in fec.rows} == {"Zoë Œuvre d'été Lódz €", "Bruno", ""}


async def test_a_fec_needs_the_siren(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await billing.tell(member(coop.seller, "Lucie", revision=2))
    answer = await operator.get(books_url(coop.seller, "fec"), params={"year": 2026})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/siren-missing"


async def test_a_name_that_a_table_program_would_run_is_quoted(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await billing.tell(member(coop.anna, "=cmd()", revision=2))
    await issued(operator, coop)
    assert "'=cmd()" in {line["party_name"] for line in await journal(operator, coop.seller)}


async def test_books_are_for_the_seller_and_who_runs_all_its_operations(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    second = Coop(seller=coop.seller)
    await billing.tell(*second.events())
    url, params = books_url(coop.seller, "journal.csv"), {"year": 2026}
    both = [coop.operation_id, second.operation_id]
    async with (
        billing.client("organiser", operations=both) as of_both,
        billing.client("organiser", operations=both[:1]) as of_one,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna)) as buyer,
        billing.client("feed") as feed,
    ):
        statuses = [
            (await client.get(url, params=params)).status_code
            for client in (operator, of_both, seller, of_one, buyer, feed)
        ]
        assert statuses == [200, 200, 200, 403, 403, 403]
        assert (await seller.put(books_url(coop.seller, "books"), json={})).status_code == 403
    assert (await operator.get(books_url(uuid4(), "books"))).status_code == 404


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE journal_line SET credit_cents = credit_cents + 1", "only grow"),
        ("UPDATE journal_entry SET label = ''", "only grow"),
        ("DELETE FROM journal_line", "only grow"),
        ("TRUNCATE journal_line", "only grow"),
        (
            (
                "INSERT INTO journal_line SELECT id, 9, '512000', 'Banque', NULL, NULL, NULL, 1, 0"
                " FROM journal_entry WHERE owner_id = :seller LIMIT 1"
            ),
            "no more lines",
        ),
        (
            (
                "INSERT INTO journal_entry SELECT gen_random_uuid(), owner_id, fiscal_year, 99,"
                " journal, day, piece_ref, piece_day, label, 'x', id, 2, 10, validated_on"
                " FROM journal_entry WHERE owner_id = :seller AND number = 1"
            ),
            "does not balance",
        ),
    ],
)
async def test_the_database_itself_keeps_the_books_whole_and_balanced(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, statement: str, reason: str
) -> None:
    await coop.price(operator)
    await issued(operator, coop)
    # Others of the same database may have closed their years.
    of_seller = {"seller": coop.seller} if ":seller" in statement else {}
    async with billing.platform.database("billing") as database:
        with pytest.raises(DBAPIError, match=reason):
            async with database.transaction() as session:
                await session.execute(text(statement), of_seller)
