"""What a customer is debited of next, and the account on paper and as a table; 372 cents a bill."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from uuid import UUID

import httpx
from pypdf import PdfReader

from services.billing.documents.words import long_date
from services.billing.domain.thresholds import debited_alone_from
from services.billing.domain.wordings import Language
from tests.billing.correcting import choose_thresholds
from tests.billing.money import (
    collect,
    collection_day,
    issued_by_customer,
    paying_coop,
    read_collection,
    set_creditor,
    today,
)
from tests.billing.statements import bank_tells, booked
from tests.billing.test_customer_accounts import account
from tests.billing.test_one_debit import village
from tests.billing.world import Billing, Coop


async def next_debits(client: httpx.AsyncClient, member_id: UUID) -> list[tuple[str | None, int]]:
    debits = (await account(client, member_id))["next_debits"]
    return [(debit["first_day"], debit["cents"]) for debit in debits]


async def rows_of(
    client: httpx.AsyncClient, member_id: UUID, **params: str
) -> list[dict[str, str]]:
    answer = await client.get(f"/billing/members/{member_id}/account.csv", params=params)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.text)))


async def page_of(client: httpx.AsyncClient, member_id: UUID, **params: str) -> str:
    answer = await client.get(f"/billing/members/{member_id}/account.pdf", params=params)
    assert answer.status_code == 200, answer.text
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def test_the_next_debit_is_what_a_collection_on_its_day_takes(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator, customers=["Anna"])
    ((day, cents),) = await next_debits(operator, coop.anna)
    assert (day, cents) == (str(collection_day()), 372)
    (debit,) = (await account(operator, coop.anna))["next_debits"]
    assert (debit["creditor_name"], debit["mandate_rum"]) == (
        "Soleils SAS",
        mandates["Anna"]["rum"],
    )
    assert await next_debits(operator, coop.bruno) == []  # he gave no mandate

    early = await collect(
        operator, coop.seller, collection_date=str(collection_day() - timedelta(days=1))
    )
    assert early.status_code == 409
    made = (await collect(operator, coop.seller, collection_date=day)).json()

    items = (await read_collection(operator, coop.seller, made["id"]))["items"]
    assert [item["amount_cents"] for item in items] == [cents]
    assert await next_debits(operator, coop.anna) == []


async def test_what_is_paid_in_part_is_debited_of_the_rest_only(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    creditor = (await operator.get(f"/billing/issuers/{coop.seller}/creditor")).json()

    await bank_tells(operator, creditor, booked(300, remittance=invoices["Anna"]["number"]))

    assert await next_debits(operator, coop.anna) == [(str(collection_day()), 72)]


async def test_a_sum_too_small_to_debit_is_said_to_wait(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])

    await choose_thresholds(operator, coop, debit=373)

    assert await next_debits(operator, coop.anna) == [(None, 372)]
    (debit,) = (await account(operator, coop.anna))["next_debits"]
    due_date = date.fromisoformat(invoices["Anna"]["due_date"])
    assert debit["alone_from"] == str(debited_alone_from(due_date))
    assert "attendent la prochaine facture, ou seront prélevés" in await page_of(
        operator, coop.anna
    )


async def test_only_the_first_page_of_an_account_says_what_is_debited_next(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator, customers=["Anna"])
    (line,) = (await account(operator, coop.anna))["lines"]

    assert await next_debits(operator, coop.anna)
    assert (await account(operator, coop.anna, after=line["id"]))["next_debits"] == []


async def test_one_debit_of_several_sellers_is_told_as_far_as_the_reader_may_know(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await village(billing, operator)
    member_id = UUID(anna.invoices[0]["customer"]["member_id"])
    operation_id = anna.invoices[0]["operation"]["id"]

    async with (
        billing.client("member", member_id=str(member_id)) as member,
        billing.client("organiser", operations=[operation_id]) as organiser,
    ):
        assert await next_debits(member, member_id) == [(str(collection_day()), 744)]
        assert await next_debits(organiser, member_id) == [(str(collection_day()), 372)]


async def test_an_account_is_a_table_that_leads_to_its_balance(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop, terms_days=0))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(400, remittance=anna["number"]))

    rows = await rows_of(operator, coop.anna)

    said = [
        (row["kind"], row["documents"], row["amount_cents"], row["balance_cents"]) for row in rows
    ]
    assert said == [
        ("invoice", anna["number"], "372", "372"),
        ("transfer", anna["number"], "-400", "-28"),
    ]
    assert {row["issuer_name"] for row in rows} == {"Soleils SAS"}
    assert await rows_of(operator, coop.anna, to_day=anna["issue_date"]) == []


async def test_files_of_an_account_are_named_by_what_they_are_and_their_day(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop)

    dispositions = {
        ending: (await operator.get(f"/billing/members/{coop.anna}/account.{ending}")).headers[
            "content-disposition"
        ]
        for ending in ("csv", "pdf")
    }

    assert dispositions == {
        "csv": f'attachment; filename="account-{today()}.csv"',
        "pdf": f'inline; filename="account-{today()}.pdf"',
    }


async def test_an_account_is_a_page_in_both_languages(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, mandates = await paying_coop(billing, operator, customers=["Anna"])

    french = await page_of(operator, coop.anna, language="fr")
    english = await page_of(operator, coop.anna, language="en")

    rum, number = mandates["Anna"]["rum"], invoices["Anna"]["number"]
    day = " ".join(long_date(collection_day(), Language.FRENCH).split())
    assert f"Prochain prélèvement : 3,72 €, le {day}" in french
    assert "Next direct debit: 3.72 EUR, on " in english
    for text in (french, english):
        assert all(fact in text for fact in ("Anna", number, rum, "Soleils SAS"))
    later = str(today() + timedelta(days=1))
    assert "Solde au " in await page_of(operator, coop.anna, from_day=later, language="fr")


async def test_files_of_an_account_are_for_whom_the_account_is(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop)
    elsewhere = Coop(anna=coop.anna)
    await billing.tell(*elsewhere.events())
    await issued_by_customer(operator, elsewhere)

    async with (
        billing.client("member", member_id=str(coop.anna)) as anna,
        billing.client("member", member_id=str(coop.bruno)) as bruno,
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=["ACC00000000"]) as foreign,
    ):
        assert len(await rows_of(anna, coop.anna)) == 2
        (row,) = await rows_of(organiser, coop.anna)
        assert row["issuer_id"] == str(coop.seller)
        assert "7,44" in await page_of(anna, coop.anna, language="fr")
        assert "7,44" not in await page_of(organiser, coop.anna, language="fr")
        refusals = [
            await client.get(f"/billing/members/{coop.anna}/account.{ending}")
            for client in (bruno, foreign)
            for ending in ("csv", "pdf")
        ]
    assert [answer.status_code for answer in refusals] == [403] * 4
