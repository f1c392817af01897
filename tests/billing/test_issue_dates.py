import asyncio
from dataclasses import replace
from datetime import date, timedelta

import httpx

from libs.common.calendar import Month, local_day
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.store.drafts import series as store
from tests.billing.world import Billing, Coop, Point, issue, price
from tests.support.clock import CLOCK


def points_of(coop: Coop) -> list[Point]:
    """In the operation since 2025."""
    return [replace(point, valid_from=date(2025, 1, 1)) for point in coop.points]


async def test_each_year_has_its_own_series_and_its_dates_never_go_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop(month=Month(2025, 10))
    other = Coop(seller=coop.seller, month=coop.month)
    for co_op in (coop, other):
        await billing.tell(*co_op.members(), co_op.perimeter(points_of(co_op)), co_op.settlement())
        await co_op.price(operator, price(valid_from="2025-01-01"))
        await co_op.decide_taxes(operator)
    first, second = await coop.draft(operator)

    numbers = [
        (await issue(operator, [invoice], day)).json()[0]["number"]
        for invoice, day in ((first, "2025-12-31"), (second, "2026-01-02"))
    ]
    assert numbers == ["F2025-00001", "F2026-00001"]

    third = await other.draft(operator)
    for day in ("2025-12-31", "2026-01-01"):
        answer = await issue(operator, third, day)
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/issue-date-not-chronological"
        assert answer.json()["last_issue_date"] == "2026-01-02"
    answer = await issue(operator, third, "2026-01-02")
    assert {invoice["number"] for invoice in answer.json()} == {"F2026-00002", "F2026-00003"}


async def test_an_invoice_is_not_issued_in_the_future(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    today = local_day(CLOCK.now())
    answer = await issue(operator, drafts, str(today + timedelta(days=2)))
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/issue-date-in-future"
    answer = await issue(operator, drafts, "2199-12-31")
    assert answer.json()["type"] == "/problems/issue-date-in-future"
    assert (await issue(operator, drafts, "9999-12-31")).status_code == 422
    assert (await issue(operator, drafts, str(today))).status_code == 200


async def test_an_invoice_is_not_issued_before_its_period_has_ended(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    answer = await issue(operator, drafts, "2026-10-31")
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/issue-date-before-period-end"
    assert answer.json()["period_to"] == "2026-11-01"
    assert (await issue(operator, drafts, "2026-11-01")).status_code == 200


async def test_the_issue_date_is_today_in_paris_by_default(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    ids = [draft["id"] for draft in await coop.draft(operator)]
    before = local_day(CLOCK.now())
    answer = await operator.post("/billing/invoices/issue", json={"invoice_ids": ids})
    after = local_day(CLOCK.now())
    dates = {date.fromisoformat(invoice["issue_date"]) for invoice in answer.json()}
    assert dates in ({before}, {after})


async def test_an_issue_waits_for_one_of_the_same_issuer_in_another_year(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop(month=Month(2025, 10))
    await billing.tell(*coop.members(), coop.perimeter(points_of(coop)), coop.settlement())
    await coop.price(operator, price(valid_from="2025-01-01"))
    await coop.decide_taxes(operator)
    drafts = await coop.draft(operator)
    key = (coop.seller, DocumentKind.INVOICE)

    async with billing.platform.database("billing") as database, database.transaction() as session:
        series, _ = await store.lock_series(session, {key}, 2026)
        waiting = asyncio.create_task(issue(operator, drafts, "2025-12-31"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        series[key].last_issue_date = date(2026, 1, 2)

    assert (await waiting).json()["type"] == "/problems/issue-date-not-chronological"
