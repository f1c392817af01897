"""A member's account, line by line, and who owes what in an operation; 372 cents an invoice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

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
from tests.billing.world import Billing, Coop


async def account(client: httpx.AsyncClient, member_id: UUID, **params: object) -> Any:  # noqa: ANN401 - JSON
    asked = {key: str(params[key]) for key in params}
    answer = await client.get(f"/billing/members/{member_id}/account", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def payments(client: httpx.AsyncClient, coop: Coop, **params: str) -> Any:  # noqa: ANN401 - JSON
    url = f"/billing/operations/{coop.operation_id}/payments"
    answer = await client.get(url, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def lines(body: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(line["kind"], line["cents"], line["balance_cents"]) for line in body["lines"]]


async def credited(client: httpx.AsyncClient, invoice: dict[str, Any]) -> None:
    url = f"/billing/invoices/{invoice['id']}/credit-notes"
    draft = await client.post(url, json={"reason": "Erreur de relevé"})
    assert draft.status_code == 201, draft.text
    body = {"invoice_ids": [draft.json()["id"]], "issue_date": today().isoformat()}
    answer = await client.post("/billing/invoices/issue", json=body)
    assert answer.status_code == 200, answer.text


async def test_an_account_shows_what_was_billed_paid_and_paid_back(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop, terms_days=0))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    opened = await account(operator, coop.anna)
    assert opened["owed"] == {
        "open_cents": 372,
        "credit_cents": 0,
        "under_way_cents": 0,
        "to_pay_cents": 372,
        "overdue_cents": 372,
    }

    await bank_tells(operator, creditor, booked(400, remittance=anna["number"]))
    await refund(operator, creditor, 8, anna["id"])

    body = await account(operator, coop.anna)
    assert sorted(lines(body)[:2]) == sorted([("refund", 8, -20), ("transfer", -400, -28)])
    assert lines(body)[2] == ("invoice", 372, 372)
    assert body["lines"][-1]["documents"] == [
        {"id": anna["id"], "number": anna["number"], "cents": 372}
    ]
    assert (body["opening_cents"], body["closing_cents"]) == (0, -20)
    assert body["owed"]["credit_cents"] == 20
    (seller,) = body["sellers"]
    assert (seller["issuer_id"], seller["is_debited"]) == (str(coop.seller), False)
    assert seller["owed"] == body["owed"]


async def test_an_account_tells_of_debits_under_way_and_of_those_that_came_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    creditor = (await operator.get(payments_url(coop.seller, "creditor"))).json()
    made = (await collect(operator, coop.seller)).json()
    (debit,) = [
        item
        for item in (await read_collection(operator, coop.seller, made["id"]))["items"]
        if [document["invoice_id"] for document in item["documents"]] == [invoices["Anna"]["id"]]
    ]

    under_way = await account(operator, coop.anna)
    assert [(row["day"], row["cents"]) for row in under_way["debits"]] == [
        (str(collection_day()), 372)
    ]
    assert under_way["owed"]["under_way_cents"] == 372
    assert under_way["owed"]["to_pay_cents"] == 0
    assert under_way["sellers"][0]["is_debited"]

    end_to_end_id = UUID(debit["id"]).hex
    await bank_tells(operator, creditor, booked(372, end_to_end_id=end_to_end_id))
    said = booked(-372, end_to_end_id=end_to_end_id, reason="AM04")
    await bank_tells(operator, creditor, said)

    body = await account(operator, coop.anna)
    assert [kind for kind, _, _ in lines(body)] == ["returned", "debit", "invoice"]
    assert (body["debits"], body["owed"]["open_cents"]) == ([], 372)


async def test_an_account_is_read_by_days_and_page_by_page(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    for ago in (2, 1, 0):
        await bank_tells(operator, creditor, booked(100, days_ago=ago, remittance=anna["number"]))

    whole = lines(await account(operator, coop.anna))
    assert whole == [
        ("transfer", -100, 72),
        ("transfer", -100, 172),
        ("transfer", -100, 272),
        ("invoice", 372, 372),
    ]
    first = await account(operator, coop.anna, limit=3)
    rest = await account(operator, coop.anna, limit=3, after=first["lines"][-1]["id"])
    assert lines(first) + lines(rest) == whole

    yesterday = today() - timedelta(days=1)
    of_a_day = await account(operator, coop.anna, from_day=yesterday, to_day=today())
    assert (of_a_day["opening_cents"], lines(of_a_day)) == (272, [("transfer", -100, 172)])
    assert (of_a_day["closing_cents"], of_a_day["owed"]["open_cents"]) == (172, 72)
    unknown = await operator.get(
        f"/billing/members/{coop.anna}/account", params={"after": str(coop.anna)}
    )
    assert unknown.json()["type"] == "/problems/movement-unknown"


async def test_a_credit_note_stands_in_the_account_under_its_own_number(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]

    await credited(operator, anna)

    newest, _ = (await account(operator, coop.anna))["lines"]
    assert (newest["kind"], newest["cents"], newest["balance_cents"]) == ("credit_note", -372, 0)
    assert [document["number"] for document in newest["documents"]] == ["A2026-00001"]


async def test_an_account_is_for_the_member_and_for_organisers_within_what_they_run(
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
        assert (await account(anna, coop.anna))["closing_cents"] == 744
        seen = await account(organiser, coop.anna)
        assert (seen["closing_cents"], seen["owed"]["open_cents"]) == (372, 372)
        assert [seller["issuer_id"] for seller in seen["sellers"]] == [str(coop.seller)]
        for client in (bruno, foreign):
            answer = await client.get(f"/billing/members/{coop.anna}/account")
            assert answer.status_code == 403


async def test_the_payments_of_an_operation_are_those_of_its_books(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    association = await set_creditor(operator, coop.bruno, name="Association")
    await set_creditor(operator, coop.seller, ics=None, collected_by=str(coop.bruno))
    await bank_tells(
        operator,
        association,
        booked(400, remittance=invoices["Anna"]["number"]),
        booked(2500, remittance="Loyer"),
    )

    body = await payments(operator, coop)

    assert body["month"] == str(today())[:7]
    owed = {customer["name"]: customer["owed"] for customer in body["customers"]}
    assert list(owed) == ["Bruno", "Anna"]
    assert (owed["Bruno"]["overdue_cents"], owed["Anna"]["credit_cents"]) == (372, 28)
    assert body["owed"]["open_cents"] == 372 - 28
    items = (await operator.get(payments_url(coop.seller, "open-items"))).json()
    assert sum(item["open_cents"] for item in items) == body["owed"]["open_cents"]
    assert body["moved"]["transfers_cents"] == body["moved"]["net_cents"] == 400
    (collector,) = body["collectors"]
    assert (collector["name"], collector["unmatched_count"], collector["unmatched_cents"]) == (
        "Association",
        1,
        2500,
    )
    # Anna's 0.28 € stay with the association, which pays them back.
    (payout,) = collector["payouts"]
    assert (payout["payee_id"], payout["cents"], payout["kept_cents"]) == (
        *(str(coop.seller), 372),
        28,
    )
    assert (await payments(operator, coop, month="2026-01"))["moved"]["net_cents"] == 0
    assert len((await payments(operator, coop, limit="1"))["customers"]) == 1


async def test_payments_are_for_who_runs_the_operation(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop)
    elsewhere = Coop(seller=coop.seller)
    await billing.tell(*elsewhere.events())
    await set_creditor(operator, coop.seller)

    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=[elsewhere.operation_id]) as foreign,
        billing.client("member", member_id=str(coop.anna)) as member,
    ):
        body = await payments(organiser, coop)
        # The seller's account serves another operation too.
        assert (body["customers_count"], body["collectors"]) == (2, [])
        for client in (foreign, member):
            answer = await client.get(f"/billing/operations/{coop.operation_id}/payments")
            assert answer.status_code == 403
