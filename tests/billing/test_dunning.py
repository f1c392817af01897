from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.billing.money import (
    balances,
    collect,
    issued_by_customer,
    paying_coop,
    payments_url,
    set_creditor,
    today,
)
from tests.billing.statements import bank_tells, booked, refund
from tests.billing.world import Billing, Coop


async def open_items(client: httpx.AsyncClient, issuer: UUID) -> dict[str, dict[str, Any]]:
    """By the customer's name."""
    answer = await client.get(payments_url(issuer, "open-items"))
    assert answer.status_code == 200, answer.text
    return {row["customer_name"]: row for row in answer.json()}


async def remind(client: httpx.AsyncClient, issuer: UUID, day: str) -> list[tuple[str, int]]:
    """Which invoices, and their level."""
    answer = await client.post(payments_url(issuer, "reminders"), json={"day": day})
    assert answer.status_code == 200, answer.text
    return sorted((row["invoice_id"], row["level"]) for row in answer.json())


async def write_off(
    client: httpx.AsyncClient, issuer: UUID, invoice: dict[str, Any], kind: str
) -> httpx.Response:
    body = {"invoice_id": invoice["id"], "kind": kind, "reason": "Liquidation judiciaire"}
    return await client.put(payments_url(issuer, "write-offs", uuid4()), json=body)


async def test_open_items_say_what_each_customer_owes_and_since_when(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(100, remittance=invoices["Anna"]["number"]))
    await bank_tells(operator, creditor, booked(400, remittance=invoices["Bruno"]["number"]))

    owed = await open_items(operator, coop.seller)

    anna, bruno = owed["Anna"], owed["Bruno"]
    assert (anna["open_cents"], anna["overdue_cents"]) == (272, 272)
    (item,) = anna["items"]
    assert (item["due_date"], item["total_cents"]) == ("2026-11-05", 372)
    assert item["days_overdue"] > 0
    assert item["reminder_level"] == 0
    # Bruno has paid too much: a credit is never overdue.
    assert (bruno["open_cents"], bruno["overdue_cents"]) == (-28, 0)


async def test_an_invoice_is_due_when_it_says(operator: httpx.AsyncClient, coop: Coop) -> None:
    await issued_by_customer(operator, coop)
    owed = await open_items(operator, coop.seller)
    assert owed["Anna"]["items"][0]["due_date"] == "2026-12-05"


async def test_reminders_come_level_by_level(operator: httpx.AsyncClient, coop: Coop) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    ids = sorted(invoice["id"] for invoice in invoices.values())
    schedule = {"valid_from": "2026-01-01", "after_days": [2, 4, 7]}
    url = payments_url(coop.seller, "reminder-schedule")
    assert (await operator.put(url, json=schedule)).status_code == 200
    days = ("2026-11-06", "2026-11-07", "2026-11-07", "2026-11-08", "2026-11-09", "2026-11-12")

    answers = [await remind(operator, coop.seller, day) for day in days]

    # Due on 5 November; 2 days, 4 days, 7 days.
    assert answers == [
        [],
        [(invoice_id, 1) for invoice_id in ids],
        [],
        [],
        [(invoice_id, 2) for invoice_id in ids],
        [(invoice_id, 3) for invoice_id in ids],
    ]
    assert await remind(operator, coop.seller, today().isoformat()) == []
    items = (await open_items(operator, coop.seller))["Anna"]["items"]
    assert (items[0]["reminder_level"], items[0]["reminded_on"]) == (3, "2026-11-12")
    listed = (await operator.get(payments_url(coop.seller, "reminders"))).json()
    assert [reminder["level"] for reminder in listed] == [3, 3, 2, 2, 1, 1]


async def test_nobody_is_reminded_ahead_of_time(operator: httpx.AsyncClient, coop: Coop) -> None:
    url = payments_url(coop.seller, "reminders")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answers = [await operator.post(url, json={"day": day}) for day in (tomorrow, "1999-12-31")]
    assert [answer.status_code for answer in answers] == [409, 422]
    assert answers[0].json()["type"] == "/problems/reminder-in-future"


async def test_a_schedule_is_dated_by_what_falls_due(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop, terms_days=0)
    url = payments_url(coop.seller, "reminder-schedule")
    for valid_from, after_days in (("2026-01-01", [3]), ("2026-11-06", [1])):
        body = {"valid_from": valid_from, "after_days": after_days}
        assert (await operator.put(url, json=body)).status_code == 200

    assert await remind(operator, coop.seller, "2026-11-07") == []
    assert len(await remind(operator, coop.seller, "2026-11-08")) == 2

    body = {"valid_from": "2026-01-01", "after_days": [7, 7]}
    answer = await operator.put(url, json=body)
    assert answer.json()["type"] == "/problems/schedule-invalid"
    assert [row["after_days"] for row in (await operator.get(url)).json()] == [[3], [1]]


async def test_nobody_is_reminded_of_what_is_being_collected(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    assert (await collect(operator, coop.seller)).status_code == 200
    assert await remind(operator, coop.seller, "2026-11-13") == [(invoices["Bruno"]["id"], 1)]
    assert (await open_items(operator, coop.seller))["Anna"]["items"][0]["in_collection"]
    answer = await write_off(operator, coop.seller, invoices["Anna"], "lost")
    assert answer.json()["type"] == "/problems/in-collection"


async def test_a_debt_becomes_doubtful_and_is_lost(operator: httpx.AsyncClient, coop: Coop) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    anna = invoices["Anna"]

    assert (await write_off(operator, coop.seller, anna, "doubtful")).json()["amount_cents"] == 372

    doubtful = {"411000": 372, "416000": 372, "445712000": -124, "701000": -620}
    assert await balances(operator, coop.seller) == doubtful
    again = await write_off(operator, coop.seller, anna, "doubtful")
    assert again.json()["type"] == "/problems/nothing-owed"
    assert await remind(operator, coop.seller, "2026-11-13") == [(invoices["Bruno"]["id"], 1)]
    # A part comes after all, and the rest is lost.
    await bank_tells(operator, creditor, booked(72, remittance=anna["number"]))
    assert (await balances(operator, coop.seller))["416000"] == 300
    lost = await write_off(operator, coop.seller, anna, "lost")
    assert (lost.json()["amount_cents"], lost.json()["reason"]) == (300, "Liquidation judiciaire")
    after = await balances(operator, coop.seller)
    assert (after["654000"], after["411000"], "416000" in after) == (300, 372, False)
    assert set(await open_items(operator, coop.seller)) == {"Bruno"}
    listed = (await operator.get(payments_url(coop.seller, "write-offs"))).json()
    assert sorted(reminder["kind"] for reminder in listed) == ["doubtful", "lost"]


async def test_a_write_off_sent_again_is_the_same_one(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    url = payments_url(coop.seller, "write-offs", uuid4())
    body = {"invoice_id": invoices["Anna"]["id"], "kind": "lost", "reason": "introuvable"}
    first = await operator.put(url, json=body)
    second = await operator.put(url, json=body)
    assert second.json() == first.json()
    assert (await balances(operator, coop.seller))["654000"] == 372
    for blank in ("", "   "):
        assert (await operator.put(url, json=body | {"reason": blank})).status_code == 422
    other = await operator.put(url, json=body | {"invoice_id": invoices["Bruno"]["id"]})
    assert other.json()["type"] == "/problems/write-off-fixed"


async def test_a_credit_pays_what_is_doubtful_of_an_invoice_first(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    second = Coop(seller=coop.seller, anna=coop.anna)
    await billing.tell(*second.events())
    first = await issued_by_customer(operator, coop, terms_days=0)
    other = await issued_by_customer(operator, second, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    # Of one bill some is doubtful, and some was paid back.
    await write_off(operator, coop.seller, other["Anna"], "doubtful")
    await bank_tells(operator, creditor, booked(272, remittance=other["Anna"]["number"]))
    await refund(operator, creditor, 150, other["Anna"]["id"])
    items = (await open_items(operator, coop.seller))["Anna"]["items"]
    doubts = {item["invoice_id"]: (item["open_cents"], item["doubtful_cents"]) for item in items}
    assert doubts[other["Anna"]["id"]] == (250, 100)
    before = await balances(operator, coop.seller)

    too_much = booked(500, remittance=first["Anna"]["number"])
    assert await bank_tells(operator, creditor, too_much) == (1, 1)

    (item,) = (await open_items(operator, coop.seller))["Anna"]["items"]
    assert (item["open_cents"], item["doubtful_cents"]) == (122, 0)
    after = await balances(operator, coop.seller)
    assert (before["416000"], "416000" in after) == (100, False)
    assert after["411000"] == before["411000"] + 100 - 500


@pytest.mark.parametrize("path", ["reminders", "open-items", "write-offs", "reminder-schedule"])
async def test_what_is_open_is_for_the_seller_and_who_runs_its_operations(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, path: str
) -> None:
    invoices = await issued_by_customer(operator, coop)
    url = payments_url(coop.seller, path)
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=["ACC00000000"]) as other,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna)) as anna,
    ):
        statuses = [
            (await client.get(url)).status_code for client in (organiser, seller, other, anna)
        ]
        assert statuses == [200, 200, 403, 403]
        for caller in (seller, other, anna):
            assert (
                await write_off(caller, coop.seller, invoices["Anna"], "lost")
            ).status_code == 403
