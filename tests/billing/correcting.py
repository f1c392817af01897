"""Months that are issued, revised and corrected."""

from typing import Any
from uuid import UUID

import httpx

from tests.billing.world import Coop, issue


def sold(coop: Coop, energies: dict[Any, list[int]]) -> dict[Any, int]:
    """What is to be billed of a settlement: all but what the seller used itself."""
    sums = {pair: sum(wmin) for pair, wmin in energies.items() if pair[1] != coop.seller_home}
    return {pair: wmin for pair, wmin in sums.items() if wmin}


def name(document: dict[str, Any]) -> str:
    customer_name: str = document["customer"]["name"]
    return customer_name


def only(documents: list[dict[str, Any]], customer_id: UUID) -> list[dict[str, Any]]:
    return [
        document for document in documents if document["customer"]["member_id"] == str(customer_id)
    ]


async def issue_month(client: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    answer = await issue(client, await coop.draft(client))
    assert answer.status_code == 200, answer.text
    issued: list[dict[str, Any]] = answer.json()
    return issued


async def choose(client: httpx.AsyncClient, coop: Coop, policy: str) -> None:
    url = f"/billing/operations/{coop.operation_id}/correction-policy"
    answer = await client.put(url, json={"policy": policy})
    assert answer.status_code == 200, answer.text
    assert (await client.get(url)).json() == {"policy": policy}


async def choose_thresholds(
    client: httpx.AsyncClient,
    coop: Coop,
    debit: int = 0,
    remind: int = 0,
    correct: int = 0,
    *,
    invoice: int = 0,
) -> None:
    url = f"/billing/operations/{coop.operation_id}/thresholds"
    body = {
        "invoice_cents": invoice,
        "debit_cents": debit,
        "remind_cents": remind,
        "correct_cents": correct,
    }
    answer = await client.put(url, json=body)
    assert answer.status_code == 200, answer.text
    assert (await client.get(url)).json() == body
