"""Who is paid what was collected for them is told, with the statement, once the bank says so."""

from typing import Any
from uuid import UUID

import httpx

from libs.common.events.billing import MessageAsked
from libs.common.file_store import file_store
from tests.billing.money import issued_by_customer, payments_url, set_creditor
from tests.billing.payouts import items, paid_out, two_payees
from tests.billing.statements import assigned, bank_tells, booked, unmatched
from tests.billing.test_documents import words
from tests.billing.test_mailings import have_sent
from tests.billing.test_stuck_mailings import execute, waiting_of
from tests.billing.world import Billing, Coop
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


async def letters_to(billing: Billing, payee: UUID) -> list[MessageAsked]:
    published = await billing.published(MessageAsked, str(payee))
    return [message for message in published if message.kind == "payout"]


async def paid_for_two_operations(
    billing: Billing, operator: httpx.AsyncClient
) -> tuple[Coop, str, dict[str, Any]]:
    """A seller of two operations is paid 2.00 € of one and 3.00 € of the other by one transfer."""
    ours = Coop()
    await billing.tell(*ours.members())
    association = await set_creditor(operator, ours.bruno, name="Les Voisins")
    await have_sent(operator, ours.bruno, payouts=True)
    for coop, cents in ((ours, 200), (Coop(seller=ours.seller), 300)):
        await billing.tell(*coop.events())
        invoices = await issued_by_customer(operator, coop, terms_days=0)
        await set_creditor(operator, coop.seller, ics=None, collected_by=str(ours.bruno))
        await bank_tells(operator, association, booked(cents, remittance="see my letter"))
        (waiting,) = await unmatched(operator, ours.bruno)
        url = payments_url(ours.bruno, "bank-transactions", waiting["id"], "assignment")
        answer = await operator.post(url, json=assigned(invoices["Anna"]["id"], cents))
        assert answer.status_code == 200, answer.text
    url, of_cents = await paid_out(operator, ours)
    out = booked(-500, end_to_end_id=UUID(of_cents[500]["id"]).hex)
    assert await bank_tells(operator, association, out) == (1, 1)
    return ours, url, of_cents[500]


async def test_a_letter_about_money_of_several_operations_is_no_organisers_alone(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, url, _ = await paid_for_two_operations(billing, operator)

    (message,) = await until(
        "community is asked for the message",
        lambda: letters_to(billing, ours.seller),
        lambda rows: len(rows) > 0,
    )

    assert message.operation_id is None
    assert message.facts.operation_name == "Trois Toits, Trois Toits"
    (item,) = await items(operator, url)
    assert item["letter"]["asked_at"] is not None


async def test_a_lost_letter_is_seen_where_the_payout_is_and_by_staff(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, url, item = await paid_for_two_operations(billing, operator)
    await until(
        "community is asked for the message",
        lambda: letters_to(billing, ours.seller),
        lambda rows: len(rows) > 0,
    )
    lost = '[{"number": 1, "status": "failed", "at": "2026-12-01T00:00:00Z", "reason": "bug"}]'

    await execute(
        billing,
        "UPDATE mailing SET recipients = CAST(:lost AS jsonb) WHERE payout_item_id = :id",
        lost=lost,
        id=item["id"],
    )

    (shown,) = await items(operator, url)
    assert [
        (recipient["status"], recipient["reason"]) for recipient in shown["letter"]["recipients"]
    ] == [("failed", "bug")]
    assert url in (await waiting_of(operator, "mailings_lost"))["first"]
