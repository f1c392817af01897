"""Who is paid what was collected for them is told, with the statement, once the bank says so."""

from uuid import UUID

import httpx

from libs.common.events.billing import MessageAsked
from libs.common.file_store import file_store
from tests.billing.payouts import items, paid_out, two_payees
from tests.billing.statements import bank_tells, booked
from tests.billing.test_documents import words
from tests.billing.test_mailings import have_sent
from tests.billing.world import Billing
from tests.support.waiting import until


async def test_a_payee_gets_the_statement_of_a_transfer_once_it_was_made(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, theirs, association = await two_payees(billing, operator)
    await have_sent(operator, ours.bruno, payouts=True)
    url, of_cents = await paid_out(operator, ours)
    item = of_cents[200]

    async def asked(payee: UUID) -> list[MessageAsked]:
        published = await billing.published(MessageAsked, str(payee))
        return [message for message in published if message.kind == "payout"]

    assert await asked(ours.seller) == []  # the file may never go to the bank
    out = booked(-200, end_to_end_id=UUID(item["id"]).hex)
    assert await bank_tells(operator, association, out) == (1, 1)

    (message,) = await until(
        "community is asked for the message", lambda: asked(ours.seller), lambda rows: len(rows) > 0
    )
    assert (message.member_id, message.operation_id) == (ours.seller, ours.operation_id)
    facts = message.facts
    assert (facts.total_cents, facts.issuer_name) == (200, "Les Voisins")
    assert facts.number == UUID(item["id"]).hex[:8].upper()
    executed = next(row for row in await items(operator, url) if row["id"] == item["id"])
    assert facts.issue_date.isoformat() == executed["executed_on"]
    assert facts.iban
    assert "•" in facts.iban
    (attached,) = message.attachments
    files = file_store(billing.platform.settings, attached.room)
    async with files.reading(attached.sha256) as file:
        content = file.read()
    assert len(content) == attached.byte_count
    assert facts.number in words(content)
    # The other payee's transfer waits, and the same statement again tells nobody twice.
    assert await bank_tells(operator, association, out) == (0, 0)
    assert await asked(theirs.seller) == []
    assert len(await asked(ours.seller)) == 1
