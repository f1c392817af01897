import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.billing.domain.payments.banking_days import next_banking_day
from tests.billing.money import (
    ICS,
    balances,
    collect,
    collection_day,
    creditor,
    issued_by_customer,
    mandate,
    new_iban,
    paying_coop,
    payments_url,
    read_collection,
    read_debits,
    record_mandate,
    set_creditor,
    texts,
    today,
)
from tests.billing.world import Billing, Coop


@pytest.mark.parametrize("edition", [2009, 2019])
async def test_a_collection_obeys_the_schema_and_sums_to_the_ledger(
    billing: Billing, operator: httpx.AsyncClient, edition: int
) -> None:
    coop, invoices, mandates = await paying_coop(billing, operator)
    collector = await set_creditor(operator, coop.seller, edition=edition, bic="PSSTFRPPXXX")

    answer = await collect(operator, coop.seller)

    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert made["skipped"] == []
    document = await read_debits(operator, coop.seller, made["id"])
    amounts = [round(float(text) * 100) for text in texts(document, "InstdAmt")]
    owed_cents = (await balances(operator, coop.seller))["411000"]
    assert sum(amounts) == made["total_cents"] == owed_cents == 744
    assert set(texts(document, "CtrlSum")) == {"7.44"}
    assert texts(document, "SeqTp") == ["FRST"]
    assert texts(document, "MndtId") == [mandates[name]["rum"] for name in ("Anna", "Bruno")]
    assert set(texts(document, "IBAN")) == {
        collector["iban"],
        *(mandate["iban"] for mandate in mandates.values()),
    }
    assert texts(document, "Ustrd") == [
        f"Facture {invoices[name]['number']} Trois Toits" for name in ("Anna", "Bruno")
    ]
    assert "Zoe d'Ete" in texts(document, "Nm")
    assert ICS in texts(document, "Id")


async def test_an_invoice_is_not_collected_twice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)

    answers = await asyncio.gather(*(collect(operator, coop.seller) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["type"] == "/problems/nothing-to-collect"
    assert [(invoice["number"], invoice["reason"]) for invoice in refused["skipped"]] == [
        (invoices[name]["number"], "in-collection") for name in ("Anna", "Bruno")
    ]


async def test_the_same_collection_sent_again_is_the_same_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    collection_id = uuid4()
    first = (await collect(operator, coop.seller, collection_id=collection_id)).json()
    second = (await collect(operator, coop.seller, collection_id=collection_id)).json()
    assert second == first
    listed = await operator.get(payments_url(coop.seller, "collections"))
    assert [collection["id"] for collection in listed.json()] == [str(collection_id)]


async def test_the_database_itself_refuses_a_second_pending_collection_of_an_invoice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    made = (await collect(operator, coop.seller)).json()
    again = text("""
        INSERT INTO collection_item
        SELECT
            gen_random_uuid(), debit_id, collection_id, invoice_id, mandate_id, amount_cents,
            sequence_type
        FROM collection_item WHERE collection_id = :id LIMIT 1
    """)
    async with billing.platform.database("billing") as database:
        with pytest.raises(IntegrityError, match="collection_item_pending"):
            async with database.transaction() as session:
                await session.execute(again, {"id": UUID(made["id"])})


async def test_a_cancelled_collection_frees_its_invoices(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    made = (await collect(operator, coop.seller)).json()
    url = payments_url(coop.seller, "collections", made["id"], "cancellation")

    answer = await operator.post(url)

    assert answer.json()["cancelled_on"] == today().isoformat()
    again = (await collect(operator, coop.seller)).json()
    assert again["total_cents"] == made["total_cents"]
    # Nothing was presented, so the first collection is still to come.
    document = await read_debits(operator, coop.seller, again["id"])
    assert texts(document, "SeqTp") == ["FRST"]


async def test_invoices_without_a_usable_mandate_are_named(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator, customers=["Bruno"])
    url = payments_url(coop.seller, "mandates", mandates["Bruno"]["id"], "revocation")
    assert (await operator.post(url)).json()["revoked_on"] == today().isoformat()

    answer = await collect(operator, coop.seller)

    reasons = [invoice["reason"] for invoice in answer.json()["skipped"]]
    assert reasons == ["mandate-missing", "mandate-revoked"]
    await record_mandate(operator, coop.seller, coop.bruno)
    made = (await collect(operator, coop.seller)).json()
    assert made["transaction_count"] == 1
    assert [invoice["reason"] for invoice in made["skipped"]] == ["mandate-missing"]


async def test_a_mandate_that_was_not_used_for_36_months_has_lapsed(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop, terms_days=0)
    await set_creditor(operator, coop.seller)
    day = collection_day()
    lapsed = day.replace(year=day.year - 3, day=min(day.day, 28)) - timedelta(days=1)
    await record_mandate(operator, coop.seller, coop.anna, signed_on=lapsed.isoformat())
    young = day.replace(year=day.year - 3, day=min(day.day, 28)) + timedelta(days=10)
    await record_mandate(operator, coop.seller, coop.bruno, signed_on=young.isoformat())

    made = (await collect(operator, coop.seller)).json()

    assert [invoice["reason"] for invoice in made["skipped"]] == ["mandate-lapsed"]
    assert made["transaction_count"] == 1


async def test_debtors_are_told_14_days_before_unless_the_contract_says_less(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    soon = (today() + timedelta(days=13)).isoformat()

    answer = await collect(operator, coop.seller, collection_date=soon)

    assert answer.json()["type"] == "/problems/collection-too-soon"
    assert answer.json()["first_day"] == (today() + timedelta(days=14)).isoformat()
    await set_creditor(operator, coop.seller, notice_days=3)
    day = next_banking_day(today() + timedelta(days=3)).isoformat()
    answer = await collect(operator, coop.seller, collection_date=day)
    assert answer.json()["day"] == day


async def test_a_day_of_notice_is_neither_in_the_future_nor_absurd(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    days = (tomorrow, "9999-12-31", "0001-01-01")
    answers = [await collect(operator, coop.seller, notified_on=day) for day in days]
    assert [answer.status_code for answer in answers] == [409, 422, 422]
    assert answers[0].json()["type"] == "/problems/notified-in-future"


async def test_banks_collect_on_banking_days_only(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    saturday = today() + timedelta(days=30 - (today().weekday() + 30 - 5) % 7)
    assert saturday.weekday() == 5
    answer = await collect(operator, coop.seller, collection_date=saturday.isoformat())
    assert answer.json()["type"] == "/problems/not-a-banking-day"
    assert answer.json()["next_banking_day"] > saturday.isoformat()


async def test_chosen_invoices_only(billing: Billing, operator: httpx.AsyncClient) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    unknown = str(uuid4())
    chosen = [invoices["Bruno"]["id"], unknown]
    made = (await collect(operator, coop.seller, invoice_ids=chosen)).json()
    assert made["not_owed"] == [unknown]
    (debit,) = (await read_collection(operator, coop.seller, made["id"]))["items"]
    assert [document["invoice_id"] for document in debit["documents"]] == [invoices["Bruno"]["id"]]


async def test_a_member_who_has_no_bank_account_here_collects_nothing(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await collect(operator, coop.seller)
    assert answer.json()["type"] == "/problems/creditor-missing"


@pytest.mark.parametrize(
    ("fields", "slug"),
    [
        ({"iban": "FR1420041010050500013M02607"}, "iban-invalid"),
        ({"iban": "hello"}, "iban-invalid"),
        ({"iban": ""}, "iban-invalid"),
        ({"iban": "BR1800360305000010009795493C1"}, "iban-invalid"),
        ({"bic": "PSST"}, "bic-invalid"),
        ({"ics": "FR05ZZZ123456"}, "ics-invalid"),
    ],
)
async def test_what_the_bank_would_refuse_is_refused_now(
    operator: httpx.AsyncClient, coop: Coop, fields: dict[str, str], slug: str
) -> None:
    url = payments_url(coop.seller, "creditor")
    answer = await operator.put(url, json=creditor(**fields))
    assert answer.status_code == 409
    assert answer.json()["type"] == f"/problems/{slug}"
    assert (fields.get("iban") or "nothing") not in answer.text


async def test_a_mandate_never_changes_and_a_debtor_has_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator, customers=["Anna"])
    fields = ("debtor_id", "rum", "signed_on", "holder", "iban")
    same = {name: mandates["Anna"][name] for name in fields}
    url = payments_url(coop.seller, "mandates", mandates["Anna"]["id"])
    other = payments_url(coop.seller, "mandates", uuid4())

    answers = [
        await operator.put(url, json=same),
        await operator.put(url, json={**same, "iban": new_iban()}),
        await operator.put(other, json=mandate(coop.anna)),
        await operator.put(other, json=mandate(coop.bruno, rum=same["rum"])),
        await operator.put(
            other, json=mandate(coop.bruno, signed_on=(today() + timedelta(days=1)).isoformat())
        ),
        await operator.put(other, json=mandate(coop.bruno, rum="x" * 36)),
        await operator.put(other, json=mandate(coop.bruno, holder="   ")),
        await operator.put(other, json=mandate(uuid4())),
    ]

    assert [answer.json().get("type", "").rsplit("/", 1)[-1] for answer in answers] == [
        "",
        "mandate-fixed",
        "mandate-taken",
        "mandate-taken",
        "mandate-not-signed-yet",
        "malformed",
        "malformed",
        "seller-unknown",
    ]


async def test_a_mandate_sent_four_times_at_once_is_recorded_once(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    for debtor in (coop.anna, coop.bruno):
        url, body = payments_url(coop.seller, "mandates", uuid4()), mandate(debtor)

        answers = await asyncio.gather(*(operator.put(url, json=body) for _ in range(4)))

        assert [answer.status_code for answer in answers] == [200] * 4
        assert len({answer.text for answer in answers}) == 1
    listed = (await operator.get(payments_url(coop.seller, "mandates"))).json()
    assert {mandate["debtor_id"] for mandate in listed} == {str(coop.anna), str(coop.bruno)}
    assert len(listed) == 2


async def test_members_see_accounts_masked_and_strangers_nothing(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator)
    url = payments_url(coop.seller, "mandates")
    iban = mandates["Anna"]["iban"]
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=["ACC00000000"]) as other,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna)) as anna,
    ):
        assert iban in (await organiser.get(url)).text
        assert (await other.get(url)).status_code == 403
        assert (await anna.get(url)).status_code == 403
        shown = (await seller.get(url)).text
        assert iban not in shown
        assert iban[-3:] in shown
        annas_mandates = (await anna.get("/billing/mandates")).json()
        assert [mandate["iban"] for mandate in annas_mandates] == [iban[:4] + "•" * 20 + iban[-3:]]
        masked = (await seller.get(payments_url(coop.seller, "creditor"))).json()["iban"]
        assert "•" in masked
        for caller in (other, seller, anna):
            assert (await collect(caller, coop.seller)).status_code == 403
            body = creditor()
            answer = await caller.put(payments_url(coop.seller, "creditor"), json=body)
            assert answer.status_code == 403
        assert (await collect(organiser, coop.seller)).status_code == 200
