import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from libs.common.events.billing import InvoiceIssued
from services.billing.commands.drafts.issuing import issue_invoices
from tests.billing.members import record_profile, seller
from tests.billing.world import KWH_WMIN, Billing, Coop, coop_with_buyers, handed_over, issue, price
from tests.support.statements import asked_statements


async def test_numbers_follow_the_name_of_the_customer_from_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 12)
    drafts = await coop.draft(operator)

    answer = await issue(operator, drafts)

    assert answer.status_code == 200, answer.text
    numbers = {invoice["customer"]["name"]: invoice["number"] for invoice in answer.json()}
    assert numbers == {f"Buyer {i:02}": f"F2026-{i + 1:05}" for i in range(12)}
    assert {invoice["issue_date"] for invoice in answer.json()} == {"2026-11-05"}
    assert {invoice["state"] for invoice in answer.json()} == {"issued"}


async def test_each_issued_invoice_is_announced_once(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    issued = (await issue(operator, await coop.draft(operator))).json()
    await issue(operator, issued)
    events = await billing.published(InvoiceIssued, coop.operation_id)
    assert sorted(
        (str(event.invoice_id), event.number, event.total_cents) for event in events
    ) == sorted(
        (invoice["id"], invoice["number"], invoice["total_incl_vat_cents"]) for invoice in issued
    )


async def test_an_issue_locks_settlements_then_series_then_books_and_mails_in_its_transaction(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    policy = f"/billing/issuers/{coop.seller}/mail-policy"
    assert (await operator.put(policy, json={"invoices": True})).status_code == 200
    ids = [UUID(draft["id"]) for draft in await coop.draft(operator)]
    mailed = text("SELECT count(*) FROM mailing WHERE invoice_id = ANY (:ids)")

    async with billing.platform.database("billing") as database:
        async with database.transaction() as session:
            with asked_statements(await session.connection()) as statements:
                await issue_invoices(session, ids, issue_date=date(2026, 11, 5))
            within = await session.scalar(mailed, {"ids": ids})
            await session.rollback()
        async with database.transaction() as session:
            after = await session.scalar(mailed, {"ids": ids})

    locks = [lock for asked in statements if (lock := _lock_of(*asked))]
    assert [lock for lock, _ in groupby(locks)] == ["settlement", "series", "books"]
    assert (within, after) == (2, 0)


def _lock_of(statement: str, parameters: Sequence[object]) -> str | None:
    if "advisory" in statement:
        return next((kind for kind in ("series", "books") if kind in parameters), None)
    return "settlement" if "FROM settlement" in statement and "FOR UPDATE" in statement else None


async def test_eight_callers_at_once_leave_no_gap(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 24)
    drafts = await coop.draft(operator)
    answers = await asyncio.gather(*(issue(operator, drafts[i::8]) for i in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    numbers = sorted(invoice["number"] for answer in answers for invoice in answer.json())
    assert numbers == [f"F2026-{i:05}" for i in range(1, 25)]


async def test_eight_callers_with_one_seller_in_eight_operations_leave_no_gap(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    seller = uuid4()
    coops = [Coop(seller=seller) for _ in range(8)]
    await billing.tell(*(event for coop in coops for event in coop.events()))
    for coop in coops:
        await coop.price(operator)
        await coop.decide_taxes(operator)
    drafts = [await coop.draft(operator) for coop in coops]
    answers = await asyncio.gather(*(issue(operator, draft) for draft in drafts))
    assert {answer.status_code for answer in answers} == {200}
    numbers = sorted(invoice["number"] for answer in answers for invoice in answer.json())
    assert numbers == [f"F2026-{i:05}" for i in range(1, 17)]


async def test_one_draft_issued_by_eight_callers_takes_one_number(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 2)
    first, second = await coop.draft(operator)
    answers = await asyncio.gather(*(issue(operator, [first]) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()[0]["number"] == "F2026-00001"
    assert (await issue(operator, [second])).json()[0]["number"] == "F2026-00002"


async def test_a_refused_issue_takes_no_number(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 2)
    first, second = await coop.draft(operator)
    assert (await issue(operator, [first, {"id": str(uuid4())}])).status_code == 404
    assert (await operator.get(f"/billing/invoices/{first['id']}")).json() == first
    assert (await issue(operator, [second])).json()[0]["number"] == "F2026-00001"


async def test_drafting_a_month_that_is_issued_returns_its_invoices(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1"))
    issued = (await issue(operator, await coop.draft(operator))).json()
    await coop.price(operator, price("0.2", valid_from="2027-01-01"))
    assert await coop.draft(operator) == issued


async def test_a_newer_settlement_with_the_same_energies_for_what_is_issued_lets_the_rest_go_on(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = {draft["customer"]["name"]: draft for draft in await coop.draft(operator)}
    anna = (await issue(operator, [drafts["Anna"]])).json()[0]
    corrected = coop.energies_wmin | {(coop.roof, coop.bruno_home): [2 * KWH_WMIN] * 31}
    await billing.tell(coop.settlement(corrected, number=2))

    after = {draft["customer"]["name"]: draft for draft in await coop.draft(operator)}

    assert after["Anna"] == anna
    assert after["Bruno"]["lines"][0]["energy_wmin"] == 62 * KWH_WMIN
    assert after["Bruno"]["settlement"]["number"] == 2
    issued = (await issue(operator, [after["Bruno"]])).json()
    assert [invoice["number"] for invoice in issued] == ["F2026-00002"]
    assert len(await coop.draft(operator)) == 2


@pytest.mark.parametrize(
    "change", ["price", "member", "perimeter", "settlement", "profile", "accise"]
)
async def test_drafts_made_from_what_has_changed_since_are_not_issued(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, change: str
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 11))
    if change == "price":
        await coop.price(operator, price("0.3"))
    elif change == "member":
        await billing.tell(seller(coop.seller, "Soleils SA", revision=2))
    elif change == "perimeter":
        await billing.tell(coop.perimeter(moved, revision=2))
    elif change == "profile":
        await record_profile(operator, coop.seller, legal_form="SA")
    elif change == "accise":
        await coop.decide_accise(operator, evidence="Rescrit 2026-1")
    else:
        await billing.tell(coop.settlement(number=2))

    answer = await issue(operator, drafts)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/drafts-outdated"
    assert answer.json()["invoice_ids"] == sorted(draft["id"] for draft in drafts)
    assert (await issue(operator, await coop.draft(operator))).status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoice SET customer_id = issuer_id WHERE id = :id",
        "UPDATE invoice SET state = 'draft', number = NULL WHERE id = :id",
        "DELETE FROM invoice WHERE id = :id",
    ],
)
async def test_the_database_refuses_to_change_an_issued_invoice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, statement: str
) -> None:
    await coop.price(operator)
    issued = (await issue(operator, await coop.draft(operator))).json()[0]
    async with billing.platform.database("billing") as database:
        with pytest.raises(DBAPIError, match="never changes"):
            async with database.transaction() as session:
                await session.execute(text(statement), {"id": UUID(issued["id"])})
    assert (await operator.get(f"/billing/invoices/{issued['id']}")).json() == issued


async def test_the_database_refuses_a_content_that_is_not_the_hashed_one(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    draft = (await coop.draft(operator))[0]
    update = text("UPDATE invoice SET content = content || ' ' WHERE id = :id")
    async with billing.platform.database("billing") as database:
        with pytest.raises(IntegrityError, match="invoice_hash_is_of_content"):
            async with database.transaction() as session:
                await session.execute(update, {"id": UUID(draft["id"])})


async def test_what_is_malformed_is_told(operator: httpx.AsyncClient) -> None:
    bodies: list[dict[str, Any]] = [
        {"invoice_ids": []},
        {"invoice_ids": ["x"]},
        {"invoice_ids": [str(uuid4())], "issue_date": "1999-12-31"},
        {"invoice_ids": [str(uuid4())], "issue_date": "9999-12-31"},
        {"invoice_ids": [str(uuid4())], "force": True},
    ]
    for body in bodies:
        answer = await operator.post("/billing/invoices/issue", json=body)
        assert answer.status_code == 422
