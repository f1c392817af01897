"""Mailings that cannot be asked for, beside others that can."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from libs.common.database import ring_after_commit
from services.billing.commands.invoices.documents import ROOM
from tests.billing.money import issued_by_customer
from tests.billing.test_mailings import mailings, until_asked
from tests.billing.world import Billing, Coop
from tests.support.waiting import until


async def kept_file(billing: Billing, client: httpx.AsyncClient, invoice: dict[str, Any]) -> Path:
    """Of the PDF, which is made."""
    answer = await client.get(f"/billing/invoices/{invoice['id']}.pdf")
    assert answer.status_code == 200, answer.text
    sha256 = answer.headers["etag"].strip('"')
    folder = Path(billing.platform.settings.file_store_url.removeprefix("folder:"))
    return folder / ROOM / sha256[:2] / sha256


async def send(client: httpx.AsyncClient, invoice: dict[str, Any]) -> UUID:
    mailing_id = uuid4()
    answer = await client.put(f"/billing/invoices/{invoice['id']}/mailings/{mailing_id}")
    assert answer.status_code == 200, answer.text
    return mailing_id


async def execute(billing: Billing, statement: str, **values: object) -> None:
    async with (
        billing.platform.database("billing") as database,
        database.transaction() as session,
    ):
        await session.execute(text(statement), values)
        ring_after_commit(session)


async def waiting_of(client: httpx.AsyncClient, kind: str) -> dict[str, Any]:
    """What waits of a kind; mailings of other tests that are lost stay so for 30 days."""
    kinds: dict[str, dict[str, Any]] = {
        row["kind"]: row for row in (await client.get("/billing/today")).json()
    }
    return kinds[kind]


async def until_told(
    client: httpx.AsyncClient, invoice: dict[str, Any], status: str, reason: str
) -> None:
    async def told() -> list[tuple[str, str]]:
        (mailing,) = await mailings(client, invoice)
        return [(recipient["status"], recipient["reason"]) for recipient in mailing["recipients"]]

    expected = [(status, reason)]
    await until(f"the mailing is {status}: {reason}", told, lambda seen: seen == expected)


async def test_a_document_that_cannot_be_read_waits_and_stops_no_other(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    anna, bruno = invoices["Anna"], invoices["Bruno"]
    file = await kept_file(billing, operator, anna)
    content = file.read_bytes()
    file.unlink()
    file.mkdir()

    mailing_id = await send(operator, anna)
    await send(operator, bruno)

    await until_asked(operator, bruno)
    await until_told(operator, anna, "queued", "files-unavailable")
    waiting = await waiting_of(operator, "mailings_stuck")
    assert waiting["first"] == [f"/billing/invoices/{anna['id']}/mailings"]
    file.rmdir()
    file.write_bytes(content)
    await execute(billing, "UPDATE mailing SET next_at = now() WHERE id = :id", id=mailing_id)
    (mailing,) = await until_asked(operator, anna)
    assert mailing["recipients"] == []


async def test_a_document_that_cannot_be_read_for_long_is_given_up(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]
    file = await kept_file(billing, operator, anna)
    file.unlink()
    file.mkdir()
    mailing_id = await send(operator, anna)
    await until_told(operator, anna, "queued", "files-unavailable")

    last = "UPDATE mailing SET next_at = now(), attempts = 23 WHERE id = :id"
    await execute(billing, last, id=mailing_id)

    await until_told(operator, anna, "failed", "files-unavailable")
    waiting = await waiting_of(operator, "mailings_lost")
    assert f"/billing/invoices/{anna['id']}/mailings" in waiting["first"]


async def test_a_mailing_that_meets_a_bug_fails_and_stops_no_other(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    anna, bruno = invoices["Anna"], invoices["Bruno"]
    unreadable = """
        INSERT INTO mailing (
            id, invoice_id, other_invoice_ids, kind, details, created_at, attempts, next_at,
            revision, recipients
        ) VALUES (
            :id, :invoice_id, '{}', 'invoice', '{"level": "x"}', now(), 0, now(), 0, '[]'
        )
    """

    await execute(billing, unreadable, id=uuid4(), invoice_id=anna["id"])
    await send(operator, bruno)

    await until_told(operator, anna, "failed", "bug ValidationError")
    await until_asked(operator, bruno)
