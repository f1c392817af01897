"""Payouts of the tests."""

from typing import Any
from uuid import UUID, uuid4

import httpx
from lxml import etree

from services.billing.domain.payments.banking_days import next_banking_day
from tests.billing.money import issued_by_customer, payments_url, set_creditor, today, validated
from tests.billing.statements import assigned, bank_tells, booked, unmatched
from tests.billing.world import Billing, Coop


async def pay_out(client: httpx.AsyncClient, creditor_id: UUID) -> httpx.Response:
    day = next_banking_day(today())
    url = payments_url(creditor_id, "payouts", uuid4())
    return await client.put(url, json={"day": day.isoformat()})


async def previewed(client: httpx.AsyncClient, creditor_id: UUID) -> dict[str, dict[str, Any]]:
    """What each payee would be paid, by name; what is owed is paid or kept, to the cent."""
    answer = await client.get(payments_url(creditor_id, "payout-preview"))
    assert answer.status_code == 200, answer.text
    payees = {payee["name"]: payee for payee in answer.json()["payees"]}
    assert answer.json()["total_cents"] == sum(p["payable_cents"] for p in payees.values())
    for payee in payees.values():
        since_cents = payee["collected_cents"] - payee["returned_cents"] - payee["refunded_cents"]
        owed_cents = payee["before_cents"] + payee["earlier_transfers_cents"] + since_cents
        assert payee["owed_cents"] == owed_cents
        kept_cents = payee["credits_cents"] + payee["reserve_cents"]
        assert 0 <= kept_cents <= max(payee["owed_cents"], 0)
        if payee["not_paid"] is None:
            assert payee["payable_cents"] == max(payee["owed_cents"], 0) - kept_cents
    return payees


async def read_transfers(
    client: httpx.AsyncClient, creditor_id: UUID, payout_id: str
) -> etree._Element:
    """The file for the bank, which obeys its ISO schema."""
    answer = await client.get(payments_url(creditor_id, "payouts", payout_id, "pain.001.xml"))
    assert answer.status_code == 200, answer.text
    return validated(answer.content)


async def two_payees(
    billing: Billing, operator: httpx.AsyncClient
) -> tuple[Coop, Coop, dict[str, Any]]:
    """Two sellers for whom one association collects; 2.00 € and 3.00 € came for them."""
    ours, theirs = Coop(), Coop()
    await billing.tell(*ours.members())
    association = await set_creditor(operator, ours.bruno, name="Les Voisins")
    for coop, cents in ((ours, 200), (theirs, 300)):
        await billing.tell(*coop.events())
        invoices = await issued_by_customer(operator, coop, terms_days=0)
        await set_creditor(
            operator, coop.seller, name=f"Payee {cents}", collected_by=str(ours.bruno)
        )
        await bank_tells(operator, association, booked(cents, remittance="see my letter"))
        (waiting,) = await unmatched(operator, ours.bruno)
        url = payments_url(ours.bruno, "bank-transactions", waiting["id"], "assignment")
        answer = await operator.post(url, json=assigned(invoices["Anna"]["id"], cents))
        assert answer.status_code == 200, answer.text
    return ours, theirs, association


async def paid_out(operator: httpx.AsyncClient, ours: Coop) -> tuple[str, dict[int, Any]]:
    """Where the payout is, and its transfers by their cents."""
    payout = (await pay_out(operator, ours.bruno)).json()
    url = payments_url(ours.bruno, "payouts", payout["id"])
    return url, {item["amount_cents"]: item for item in await items(operator, url)}


async def items(operator: httpx.AsyncClient, url: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await operator.get(url)).json()["items"]
    return rows
