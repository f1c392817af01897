"""Payouts of the tests."""

from uuid import UUID, uuid4

import httpx
from lxml import etree

from services.billing.domain.banking_days import next_banking_day
from tests.billing.money import payments_url, today, validated


async def pay_out(client: httpx.AsyncClient, creditor_id: UUID) -> httpx.Response:
    day = next_banking_day(today())
    url = payments_url(creditor_id, "payouts", uuid4())
    return await client.put(url, json={"day": day.isoformat()})


async def read_transfers(
    client: httpx.AsyncClient, creditor_id: UUID, payout_id: str
) -> etree._Element:
    """The file for the bank, which obeys its ISO schema."""
    answer = await client.get(payments_url(creditor_id, "payouts", payout_id, "pain.001.xml"))
    assert answer.status_code == 200, answer.text
    return validated(answer.content)
