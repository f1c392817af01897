"""What is typeset at each request costs the account that asks; what is kept does not."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from services.billing.main import service
from tests.billing.world import Billing, Coop, issue
from tests.support.alone import alone


@pytest.fixture
async def careful(database_url: str) -> AsyncIterator[Billing]:
    """A service in which an account has one unit at once."""
    async with alone(service, database_url, costly_at_once=1) as billing:
        yield billing


async def _drafts(billing: Billing, operator: httpx.AsyncClient, coop: Coop) -> dict[str, str]:
    await billing.tell(*coop.events())
    await coop.decide_taxes(operator)
    await coop.price(operator)
    return {document["customer"]["name"]: document["id"] for document in await coop.draft(operator)}


async def _statuses(client: httpx.AsyncClient, invoice_id: str) -> set[int]:
    """Ask for the PDF once, which keeps it if it is to be kept; then twenty times at once."""
    path = f"/billing/invoices/{invoice_id}.pdf"
    first = await client.get(path)
    answers = [first, *await asyncio.gather(*(client.get(path) for _ in range(20)))]
    refusals = [answer for answer in answers if answer.status_code == 429]
    assert all("allowance-spent" in answer.text for answer in refusals)
    return {answer.status_code for answer in answers}


async def test_l6_a_drafts_pdf_costs_and_an_issued_one_does_not(careful: Billing) -> None:
    coop = Coop()
    async with careful.client("operator") as operator:
        drafts = await _drafts(careful, operator, coop)
        async with careful.client("organiser", operations=[coop.operation_id]) as organiser:
            typeset = await _statuses(organiser, drafts["Anna"])
            await issue(operator, [{"id": drafts["Anna"]}])
            kept = await _statuses(organiser, drafts["Anna"])

    assert (typeset, kept) == ({200, 429}, {200})


async def test_l6_the_copy_of_the_seller_costs_and_the_customers_own_does_not(
    careful: Billing,
) -> None:
    coop = Coop()
    async with careful.client("operator") as operator:
        drafts = await _drafts(careful, operator, coop)
        await issue(operator, [{"id": drafts["Anna"]}])
        async with (
            careful.client("member", member_id=str(coop.seller)) as seller,
            careful.client("member", member_id=str(coop.anna)) as anna,
            careful.client("member", member_id=str(coop.bruno)) as bruno,
        ):
            typeset = await _statuses(seller, drafts["Anna"])
            kept = await _statuses(anna, drafts["Anna"])
            foreign = await _statuses(bruno, drafts["Anna"])

    assert (typeset, kept, foreign) == ({200, 429}, {200}, {403})
