"""Reminders that nobody has to ask for: made in the morning, and sent, by those who chose so."""

import random
from datetime import datetime, time
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from libs.common.calendar import PARIS
from services.billing.commands.payments.reminding import DailyReminders
from tests.billing.money import (
    collect,
    issued_by_customer,
    paying_coop,
    payments_url,
    set_creditor,
    today,
)
from tests.billing.statements import bank_tells, booked
from tests.billing.test_mailings import asked_for, have_sent
from tests.billing.world import Billing, Coop


def this_morning(hour: int = 9) -> datetime:
    return datetime.combine(today(), time(hour), PARIS)


async def make(
    billing: Billing, reminders: DailyReminders | None = None, *, now: datetime | None = None
) -> None:
    """A round of a process, by default of one that has just started."""
    async with billing.platform.database("billing") as database:
        await (reminders or DailyReminders()).make(database, now=now or this_morning())


async def overdue(
    client: httpx.AsyncClient, coop: Coop, *after_days: int
) -> dict[str, dict[str, Any]]:
    """Two invoices that were due on 5 November 2026."""
    invoices = await issued_by_customer(client, coop, terms_days=0)
    schedule = {"valid_from": "2026-01-01", "after_days": list(after_days)}
    answer = await client.put(payments_url(coop.seller, "reminder-schedule"), json=schedule)
    assert answer.status_code == 200, answer.text
    return invoices


async def overdue_debtors(
    billing: Billing, client: httpx.AsyncClient
) -> tuple[Coop, dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """A co-op whose reminders make themselves; what customers with mandates owe, and these."""
    coop, invoices, mandates = await paying_coop(billing, client)
    schedule = {"valid_from": "2026-01-01", "after_days": [1]}
    await client.put(payments_url(coop.seller, "reminder-schedule"), json=schedule)
    await have_sent(client, coop.seller, reminders_when_due=True)
    return coop, invoices, mandates


async def levels(client: httpx.AsyncClient, coop: Coop) -> list[int]:
    listed = (await client.get(payments_url(coop.seller, "reminders"))).json()
    assert {reminder["day"] for reminder in listed} <= {today().isoformat()}
    return [reminder["level"] for reminder in listed]


async def test_who_chose_so_has_what_is_due_made_and_sent_once(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await overdue(operator, coop, 1, 2)
    await have_sent(operator, coop.seller, reminders_when_due=True)

    for _ in range(2):
        await make(billing)

    assert await levels(operator, coop) == [1, 1]
    for invoice in invoices.values():
        (message,) = await asked_for(billing, operator, invoice)
        assert (message.kind, message.facts.level) == ("reminder", 1)


async def test_who_waits_to_be_debited_is_reminded_once_a_debit_came_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, mandates = await overdue_debtors(billing, operator)
    creditor = (await operator.get(payments_url(coop.seller, "creditor"))).json()

    await make(billing)
    assert await levels(operator, coop) == []

    await collect(operator, coop.seller)
    refs = {"rum": mandates["Anna"]["rum"]}
    await bank_tells(operator, creditor, booked(372, **refs), booked(-372, reason="AM04", **refs))
    await make(billing)
    (reminder,) = (await operator.get(payments_url(coop.seller, "reminders"))).json()
    assert reminder["invoice_id"] == invoices["Anna"]["id"]


async def test_whoever_cannot_be_debited_is_reminded(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, mandates = await overdue_debtors(billing, operator)
    url = payments_url(coop.seller, "mandates", mandates["Bruno"]["id"], "revocation")
    assert (await operator.post(url)).status_code == 200

    await make(billing)

    (reminder,) = (await operator.get(payments_url(coop.seller, "reminders"))).json()
    assert reminder["invoice_id"] == invoices["Bruno"]["id"]

    await set_creditor(operator, coop.seller, ics=None)  # who has none collects nothing
    await make(billing)
    assert await levels(operator, coop) == [1, 1]


async def test_others_make_their_own(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await overdue(operator, coop, 1)
    await have_sent(operator, coop.seller, reminders=True)

    await make(billing)

    assert await levels(operator, coop) == []


async def test_nobody_is_reminded_at_night_and_a_process_looks_once_a_day(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    process = DailyReminders()
    await have_sent(operator, coop.seller, reminders_when_due=True)
    await make(billing, process)
    await overdue(operator, coop, 1)

    await make(billing, process)
    await make(billing, now=this_morning(8))
    await make(billing, now=this_morning(18))
    assert await levels(operator, coop) == []

    await make(billing)
    assert await levels(operator, coop) == [1, 1]


async def test_a_seller_whose_reminders_fail_stops_no_other(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await overdue(operator, coop, 1)
    await have_sent(operator, coop.seller, reminders_when_due=True)
    first = UUID(int=random.SystemRandom().randrange(2**32))
    assert first < coop.seller
    await have_sent(operator, first, reminders_when_due=True)
    url = payments_url(first, "reminder-schedule")
    await operator.put(url, json={"valid_from": "2026-01-01", "after_days": [7]})
    async with billing.platform.database("billing") as database, database.transaction() as session:
        damage = "UPDATE reminder_policy SET levels = '[7, 7]' WHERE issuer_id = :id"
        await session.execute(text(damage), {"id": first})

    await make(billing)

    await have_sent(operator, first)  # so that nobody stumbles over it again
    assert await levels(operator, coop) == [1, 1]
