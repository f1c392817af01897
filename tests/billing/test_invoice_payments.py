"""Whether an invoice is paid, as its customer is told; 31 kWh at 0.10 € are 372 cents with VAT."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import event

from libs.common.ids import OperationId
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.invoice_payments import PaymentState
from services.billing.store.invoices.filters import InvoiceFilter
from services.billing.store.invoices.invoices import list_newest
from services.billing.store.payments.invoice_payments import map_payments
from tests.billing.money import (
    collect,
    collection_day,
    issued_by_customer,
    paying_coop,
    payments_url,
    read_collection,
    set_creditor,
    today,
)
from tests.billing.statements import bank_tells, booked, refund
from tests.billing.world import Billing, Coop, coop_with_buyers, issue, price
from tests.support.pages import read_pages

SUMMARIES = "/billing/invoice-summaries"


async def payment(client: httpx.AsyncClient, invoice: dict[str, Any]) -> dict[str, Any]:
    """As the invoice itself and the list tell it: the same."""
    answer = await client.get(f"/billing/invoices/{invoice['id']}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()["payment"]
    params = {"payment_state": body["state"], "customer_id": invoice["customer"]["member_id"]}
    summaries = (await client.get(SUMMARIES, params=params)).json()
    assert [item["payment"] for item in summaries if item["id"] == invoice["id"]] == [body]
    return body


async def state(client: httpx.AsyncClient, invoice: dict[str, Any]) -> tuple[str, int]:
    body = await payment(client, invoice)
    return body["state"], body["open_cents"]


async def issued_today(client: httpx.AsyncClient, coop: Coop) -> dict[str, dict[str, Any]]:
    """Due in 30 days, by the customer's name."""
    await coop.decide_taxes(client, payment_terms_days=30)
    await coop.price(client, price("0.1000"))
    answer = await issue(client, await coop.draft(client), issue_date=today().isoformat())
    assert answer.status_code == 200, answer.text
    return {invoice["customer"]["name"]: invoice for invoice in answer.json()}


async def the_debit(
    operator: httpx.AsyncClient, coop: Coop, collection_id: str, invoice: dict[str, Any]
) -> dict[str, Any]:
    items = (await read_collection(operator, coop.seller, collection_id))["items"]
    debit: dict[str, Any]
    (debit,) = [
        item
        for item in items
        if invoice["id"] in {document["invoice_id"] for document in item["documents"]}
    ]
    return debit


def paid_to(creditor: dict[str, Any], invoice: dict[str, Any]) -> dict[str, str]:
    issuer_id = UUID(invoice["issuer"]["member_id"])
    reference = creditor_reference(issuer_id, invoice["number"])
    return {"name": creditor["name"], "iban": creditor["iban"], "reference": reference}


async def rejected(
    client: httpx.AsyncClient, coop: Coop, collection_id: str, item: dict[str, Any]
) -> None:
    path = ("collections", collection_id, "items", item["id"], "rejection")
    answer = await client.post(payments_url(coop.seller, *path), json={"reason": "AM04"})
    assert answer.status_code == 200, answer.text


async def test_an_invoice_is_open_then_partly_paid_then_paid(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_today(operator, coop))["Anna"]
    assert anna["payment"] == await payment(operator, anna)
    creditor = await set_creditor(operator, coop.seller)
    assert await payment(operator, anna) == {
        "state": "open",
        "open_cents": 372,
        "payable_cents": 372,
        "due_date": anna["due_date"],
        "collection": None,
        "refund": None,
        "account": paid_to(creditor, anna),
    }

    await bank_tells(operator, creditor, booked(72, remittance=anna["number"]))
    assert await state(operator, anna) == ("partly", 300)
    await bank_tells(operator, creditor, booked(300, remittance=anna["number"]))
    assert await state(operator, anna) == ("paid", 0)
    assert (await payment(operator, anna))["account"] is None


async def test_what_is_owed_can_be_paid_on_the_account_of_whoever_collects_now(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    assert "sepa-transfer" not in [mention["code"] for mention in invoices["Anna"]["mentions"]]
    payee = await set_creditor(operator, coop.bruno, name="Association")
    await set_creditor(operator, coop.seller, ics=None, collected_by=str(coop.bruno))

    async with billing.client("member", member_id=str(coop.anna)) as member:
        body = await payment(member, invoices["Anna"])

    assert body["account"] == paid_to(payee, invoices["Anna"])


async def test_what_is_due_and_not_paid_is_overdue_whatever_was_paid_of_it(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(72, remittance=invoices["Anna"]["number"]))

    body = await payment(operator, invoices["Anna"])

    assert (body["state"], body["open_cents"], body["due_date"]) == ("overdue", 300, "2026-11-05")


async def test_a_customer_reads_when_which_mandate_is_debited_and_what_the_bank_said(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, mandates = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    made = (await collect(operator, coop.seller)).json()
    anna, bruno = invoices["Anna"], invoices["Bruno"]
    debits = {
        name: (await the_debit(operator, coop, made["id"], invoice))["id"].replace("-", "")
        for name, invoice in invoices.items()
    }
    debit = {
        "day": collection_day().isoformat(),
        "mandate_rum": mandates["Anna"]["rum"],
        "refused_on": None,
    }
    async with billing.client("member", member_id=str(coop.anna)) as member:
        body = await payment(member, anna)
        assert (body["state"], body["open_cents"]) == ("announced", 372)
        assert body["collection"] == debit

        await bank_tells(operator, creditor, booked(372, end_to_end_id=debits["Anna"]))
        body = await payment(member, anna)
        assert (body["state"], body["open_cents"]) == ("paid", 0)
        assert body["collection"] == debit

        await bank_tells(
            operator, creditor, booked(-372, end_to_end_id=debits["Anna"], reason="MD06")
        )
        body = await payment(member, anna)
        assert (body["state"], body["open_cents"]) == ("rejected", 372)
        assert body["collection"] == debit | {"refused_on": today().isoformat()}

    # Bruno's comes back before the bank has told that it came.
    await bank_tells(operator, creditor, booked(-372, end_to_end_id=debits["Bruno"], reason="AM04"))
    assert await state(operator, bruno) == ("rejected", 372)


async def test_what_the_bank_refuses_is_rejected_until_it_is_collected_again(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    made = (await collect(operator, coop.seller)).json()
    item = await the_debit(operator, coop, made["id"], invoices["Anna"])

    await rejected(operator, coop, made["id"], item)
    assert await state(operator, invoices["Anna"]) == ("rejected", 372)

    again = (await collect(operator, coop.seller)).json()
    assert await state(operator, invoices["Anna"]) == ("announced", 372)

    # A file that never went to the bank is as if it had not been made.
    url = payments_url(coop.seller, "collections", again["id"], "cancellation")
    assert (await operator.post(url)).status_code == 200
    assert await state(operator, invoices["Anna"]) == ("rejected", 372)


async def test_a_cancelled_collection_is_not_told(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    made = (await collect(operator, coop.seller)).json()
    await operator.post(payments_url(coop.seller, "collections", made["id"], "cancellation"))

    body = await payment(operator, invoices["Anna"])

    assert (body["state"], body["collection"]) == ("overdue", None)


@pytest.mark.parametrize("is_paid", [False, True])
async def test_an_invoice_that_was_taken_back_is_credited_and_what_was_paid_is_owed_back(
    operator: httpx.AsyncClient, coop: Coop, *, is_paid: bool
) -> None:
    anna = (await issued_today(operator, coop))["Anna"]
    if is_paid:
        creditor = await set_creditor(operator, coop.seller)
        await bank_tells(operator, creditor, booked(372, remittance=anna["number"]))
    url = f"/billing/invoices/{anna['id']}/credit-notes"
    draft = (await operator.post(url, json={"reason": "Erreur", "lines": []})).json()
    assert draft["payment"] is None

    answer = await issue(operator, [draft], issue_date=today().isoformat())

    (note,) = answer.json()
    assert note["payment"] is None
    assert await state(operator, anna) == ("credited", -372 if is_paid else 0)
    params = {"operation_id": coop.operation_id, "payment_state": [*PaymentState]}
    invoices = (await operator.get(SUMMARIES, params=params)).json()
    assert note["id"] not in {invoice["id"] for invoice in invoices}
    assert len(invoices) == 2
    documents = (await operator.get(SUMMARIES, params={"operation_id": coop.operation_id})).json()
    refers_to = {document["id"]: document["refers_to"] for document in documents}
    assert refers_to[note["id"]] == note["refers_to"]
    assert [invoice["id"] for invoice in refers_to[note["id"]]] == [anna["id"]]
    assert refers_to[anna["id"]] == []


async def test_an_invoice_that_was_taken_back_is_owed_if_more_went_back_than_came(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_today(operator, coop))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(372, remittance=anna["number"]))
    url = f"/billing/invoices/{anna['id']}/credit-notes"
    draft = (await operator.post(url, json={"reason": "Erreur", "lines": []})).json()
    await issue(operator, [draft], issue_date=today().isoformat())

    states = []
    for cents in (372, 72):
        await refund(operator, creditor, cents, anna["id"])
        states.append(await state(operator, anna))

    assert states == [("credited", 0), ("open", 72)]


async def test_a_part_that_was_taken_back_is_not_paid(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_today(operator, coop))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    url = f"/billing/invoices/{anna['id']}/credit-notes"
    lines = [{"position": 1, "energy_wmin": 600_000}]
    draft = (await operator.post(url, json={"reason": "Erreur", "lines": lines})).json()
    await issue(operator, [draft], issue_date=today().isoformat())
    left = 372 - draft["total_incl_vat_cents"]
    assert await state(operator, anna) == ("open", left)

    await bank_tells(operator, creditor, booked(left, remittance=anna["number"]))

    assert await state(operator, anna) == ("paid", 0)


async def test_a_debt_that_the_seller_gave_up_is_not_told_to_be_paid(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop, terms_days=0))["Anna"]
    states = []
    for kind in ("doubtful", "lost"):
        body = {"invoice_id": anna["id"], "kind": kind, "reason": "introuvable"}
        url = payments_url(coop.seller, "write-offs", uuid4())
        assert (await operator.put(url, json=body)).status_code == 200
        states.append(await state(operator, anna))
    assert states == [("overdue", 372), ("written_off", 0)]


async def test_summaries_are_pages_with_drafts_then_the_newest_first(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 3)
    drafts = {draft["customer"]["name"]: draft for draft in await coop.draft(operator)}
    days = {"Buyer 00": "2026-11-05", "Buyer 01": "2026-11-06"}
    for name, day in days.items():
        assert (await issue(operator, [drafts[name]], issue_date=day)).status_code == 200
    newest = [drafts[name]["id"] for name in ("Buyer 02", "Buyer 01", "Buyer 00")]
    params = {"operation_id": coop.operation_id}

    pages = await read_pages(operator, SUMMARIES, limit=2, key="id", **params)

    assert [[invoice["id"] for invoice in page] for page in pages] == [newest[:2], newest[2:]]
    draft, last, first = [invoice for page in pages for invoice in page]
    assert (draft["state"], draft["payment"], draft["number"]) == ("draft", None, None)
    assert (last["issue_date"], first["issue_date"]) == ("2026-11-06", "2026-11-05")
    assert first["customer"]["name"] == "Buyer 00"
    assert first["consumers"] == [drafts["Buyer 00"]["lines"][0]["consumer"]]
    assert first["total_incl_vat_cents"] == drafts["Buyer 00"]["total_incl_vat_cents"]
    in_full = await operator.get("/billing/invoices", params=params | {"order": "newest"})
    assert [invoice["id"] for invoice in in_full.json()] == newest
    unknown = await operator.get(SUMMARIES, params={"after": str(UUID(int=7))})
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/invoice-not-found")


async def test_a_page_follows_one_whose_last_invoice_was_paid_meanwhile(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = {invoice["id"]: invoice for invoice in (await issued_today(operator, coop)).values()}
    creditor = await set_creditor(operator, coop.seller)
    params = {"operation_id": coop.operation_id, "payment_state": "open", "limit": "1"}
    (first,) = (await operator.get(SUMMARIES, params=params)).json()
    paid = invoices.pop(first["id"])
    cents = paid["total_incl_vat_cents"]
    await bank_tells(operator, creditor, booked(cents, remittance=paid["number"]))

    after = params | {"after": first["id"]}
    pages = [
        await operator.get(SUMMARIES, params=after),
        await operator.get("/billing/invoices", params=after | {"order": "newest"}),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert [[invoice["id"] for invoice in page.json()] for page in pages] == [[*invoices]] * 2


async def test_lists_are_filtered_within_what_the_caller_may_see(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_today(operator, coop)
    anna, bruno = invoices["Anna"]["id"], invoices["Bruno"]["id"]

    async def list_ids(client: httpx.AsyncClient, **params: str) -> set[str]:
        summaries, invoices = [
            {invoice["id"] for invoice in (await client.get(url, params=params)).json()}
            for url in (SUMMARIES, "/billing/invoices")
        ]
        assert summaries == invoices
        return summaries

    of_anna = {"customer_id": str(coop.anna)}
    async with (
        billing.client("member", member_id=str(coop.anna)) as buyer,
        billing.client("member", member_id=str(coop.bruno)) as other,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=["ACC00000000"]) as foreign,
        billing.client("feed") as feed,
    ):
        assert await list_ids(buyer) == {anna}
        assert await list_ids(buyer, payment_state="paid") == set()
        assert await list_ids(other, **of_anna) == set()
        assert await list_ids(seller, **of_anna) == {anna}
        assert await list_ids(organiser, payment_state="open") == {anna, bruno}
        assert await list_ids(foreign, **of_anna) == set()
        assert (await feed.get(SUMMARIES)).status_code == 403
        refused = await foreign.get(SUMMARIES, params={"operation_id": coop.operation_id})
        assert refused.status_code == 403
        unknown = await buyer.get(SUMMARIES, params={"payment_state": "lost"})
        assert unknown.status_code == 422


async def test_many_invoices_take_as_many_queries_as_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 6)
    await issue(operator, await coop.draft(operator))
    filters = InvoiceFilter(
        operation_id=OperationId(coop.operation_id),
        payment_states=[PaymentState.OPEN, PaymentState.OVERDUE],
    )
    counts = []

    async with billing.platform.database("billing") as database:
        statements: list[str] = []
        event.listen(
            database.engine.sync_engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: statements.append(statement),
        )
        for limit in (1, 6):
            statements.clear()
            async with database.transaction() as session:
                rows = await list_newest(session, filters, limit=limit)
                assert len(await map_payments(session, [row.id for row in rows])) == limit
            counts.append(sum("FROM" in statement for statement in statements))

    assert counts == [5, 5]
