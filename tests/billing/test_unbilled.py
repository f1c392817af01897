"""What is supplied and not billed at the end of a fiscal year, before it is closed."""

from dataclasses import replace
from typing import Any

import httpx
from sqlalchemy import text

from libs.common.calendar import Month
from tests.billing.test_closing import balances, books_url, close, fec_of
from tests.billing.world import KWH_WMIN, Billing, Coop, issue
from tests.support.waiting import patience

# Fiscal years end in September: that of 2026 is over whenever these tests run.
AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)


async def unbilled(client: httpx.AsyncClient, coop: Coop, year: int = 2026) -> dict[str, Any]:
    answer = await client.get(books_url(coop.seller, f"books/years/{year}/unbilled"))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def since_august(billing: Billing, client: httpx.AsyncClient) -> Coop:
    """A co-op that began in August, which is settled, and issued; its years end in September."""
    coop = Coop(month=AUGUST)
    points = [replace(point, valid_from=AUGUST.first_day) for point in coop.points]
    await billing.tell(*coop.members(), coop.perimeter(points), coop.settlement())
    await coop.price(client)
    await coop.decide_taxes(client)
    form = {"accounts": {}, "fiscal_year_end_month": 9}
    answer = await client.put(books_url(coop.seller), json=form)
    assert answer.status_code == 200, answer.text
    return coop


def settle(coop: Coop, month: Month, wmin: int, number: int = 1) -> Any:  # noqa: ANN401
    in_month = replace(coop, month=month)
    days = len(month.days)
    energies = {pair: [wmin] * days for pair in coop.energies_wmin}
    return in_month.settlement(energies, number=number)


async def test_what_is_not_billed_on_the_last_day_is_listed_by_customer_whenever_it_is_issued(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    await issue(operator, await coop.draft(operator), "2026-09-05")
    await billing.tell(settle(coop, SEPTEMBER, KWH_WMIN))

    year = await unbilled(operator, coop)

    (month,) = year["months"]
    assert (month["operation_id"], month["months"]) == (coop.operation_id, ["2026-09"])
    assert month["blockers"] == []
    assert [
        (line["customer_name"], line["excl_vat_cents"], line["vat_cents"], line["incl_vat_cents"])
        for line in month["customers"]
    ] == [("Anna", 300, 60, 360), ("Bruno", 300, 60, 360)]
    assert (year["to_invoice_cents"], year["to_credit_cents"]) == (720, 0)
    drafts = await replace(coop, month=SEPTEMBER).draft(operator)
    assert sum(draft["total_incl_vat_cents"] for draft in drafts) == 720
    await issue(operator, drafts, "2026-10-05")
    assert await unbilled(operator, coop) == year


async def test_who_only_looks_waits_for_nobody_that_drafts(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    async with (
        billing.platform.database("billing") as database,
        database.transaction() as session,
    ):
        locked = text("SELECT number FROM settlement WHERE operation_id = :id FOR UPDATE")
        assert (await session.execute(locked, {"id": coop.operation_id})).all()

        async with patience("what is unbilled is answered"):
            year = await unbilled(operator, coop)

    assert [month["months"] for month in year["months"]] == [["2026-08"], ["2026-09"]]


async def test_a_month_that_is_not_settled_says_so_and_has_no_sums(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    await issue(operator, await coop.draft(operator), "2026-09-05")

    (month,) = (await unbilled(operator, coop))["months"]

    assert (month["months"], month["customers"]) == (["2026-09"], [])
    assert month["blockers"][0]["code"] == "settlement-missing"


async def test_a_correction_that_is_not_issued_is_a_credit_to_come(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    await issue(operator, await coop.draft(operator), "2026-09-05")
    await billing.tell(settle(coop, SEPTEMBER, 0), settle(coop, AUGUST, KWH_WMIN // 2, number=2))

    year = await unbilled(operator, coop)

    (august,) = year["months"]
    assert august["months"] == ["2026-08"]
    assert [line["incl_vat_cents"] for line in august["customers"]] == [-186, -186]
    assert (year["to_invoice_cents"], year["to_credit_cents"]) == (0, 372)


async def test_who_does_not_sell_in_the_month_has_nothing_to_bill(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)

    other = replace(coop, seller=coop.anna)

    assert (await unbilled(operator, other))["months"] == []


async def test_closing_accrues_what_is_not_billed_and_the_next_year_takes_it_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    await issue(operator, await coop.draft(operator), "2026-09-05")
    await billing.tell(settle(coop, SEPTEMBER, KWH_WMIN))

    closing = (await close(operator, coop.seller)).json()

    # 31 + 30 kWh at 0.10 € for each of two.
    assert closing["result_cents"] == 1220
    closed = await balances(operator, coop.seller, 2026)
    assert (closed["418100"], closed["701000"], closed["445870"]) == (720, -1220, -120)
    await issue(operator, await replace(coop, month=SEPTEMBER).draft(operator), "2026-10-05")
    following = await balances(operator, coop.seller, 2027)
    assert {"418100", "445870", "701000"}.isdisjoint(following)
    assert following["445712000"] == -244
    assert (await close(operator, coop.seller)).json() == closing
    for year in (2026, 2027):
        await fec_of(operator, coop.seller, year)


async def test_a_credit_to_come_is_accrued_on_an_account_of_its_own(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    await issue(operator, await coop.draft(operator), "2026-09-05")
    await billing.tell(settle(coop, SEPTEMBER, 0), settle(coop, AUGUST, KWH_WMIN // 2, number=2))

    await close(operator, coop.seller)

    closed = await balances(operator, coop.seller, 2026)
    assert (closed["419800"], closed["701000"], closed["445870"]) == (-372, -310, 62)


async def test_what_was_billed_between_the_last_day_and_the_closing_is_accrued_too(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await since_august(billing, operator)
    await issue(operator, await coop.draft(operator), "2026-09-05")
    await billing.tell(settle(coop, SEPTEMBER, KWH_WMIN))
    await issue(operator, await replace(coop, month=SEPTEMBER).draft(operator), "2026-10-05")

    closing = (await close(operator, coop.seller)).json()

    assert closing["result_cents"] == 1220
    following = await balances(operator, coop.seller, 2027)
    assert {"418100", "445870", "701000"}.isdisjoint(following)
