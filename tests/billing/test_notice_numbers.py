"""The numbers of payment notices, where several transactions issue at once."""

import asyncio

import httpx

from services.billing.store.books.ledger import lock_books
from services.billing.store.payments.payment_notices import lock_notices
from tests.billing.locks import until_somebody_waits
from tests.billing.test_payment_notices import the_notice, village
from tests.billing.world import Billing


async def test_who_waits_to_number_a_notice_keeps_nobody_from_the_books(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    async with billing.platform.database("billing") as database:
        async with database.transaction() as numbering:
            await lock_notices(numbering, [made.coop.bruno])
            issuing = asyncio.create_task(made.issue(operator))
            await until_somebody_waits(numbering)
            await lock_books(numbering, [made.coop.seller, made.other])
        await issuing

    assert (await the_notice(operator, made.coop))["number"].endswith("-00001")
