"""What is not billed over a year's end and more: quarters that straddle it, a closing later.

Worked out by hand: in July, August and September 2026 each of two customers buys 31, 62 and 90 kWh
at 0.10 €: 3.10, 6.20 and 9.00 €, with 20 % VAT 3.72, 7.44 and 10.80 €.
"""

from dataclasses import replace

import httpx

from libs.common.calendar import Month
from tests.billing.runs import QUARTER, carry_out, energies, start
from tests.billing.test_closing import balances, books_url, close, fec_of
from tests.billing.test_unbilled import settle, unbilled
from tests.billing.world import KWH_WMIN, Billing, Coop, issue, price


async def close_years_in(client: httpx.AsyncClient, coop: Coop, month: int) -> None:
    form = {"accounts": {}, "fiscal_year_end_month": month}
    answer = await client.put(books_url(coop.seller), json=form)
    assert answer.status_code == 200, answer.text


async def issue_quarter(client: httpx.AsyncClient, coop: Coop) -> None:
    run = await start(client, coop, "2026-Q3")
    done = await carry_out(client, run, "issue", {"issue_date": "2026-10-02"})
    assert done["state"] == "issued"


async def sums_of(client: httpx.AsyncClient, coop: Coop) -> list[tuple[list[str], list[int]]]:
    return [
        (month["months"], [line["incl_vat_cents"] for line in month["customers"]])
        for month in (await unbilled(client, coop))["months"]
        if month["customers"]
    ]


async def test_a_quarter_is_accrued_as_far_as_it_is_of_the_year_that_ends_within(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await close_years_in(operator, summer, 8)
    assert await sums_of(operator, summer) == [
        (["2026-07"], [372, 372]),
        (["2026-08"], [744, 744]),
    ]

    await issue_quarter(operator, summer)
    assert await sums_of(operator, summer) == [(["2026-07", "2026-08"], [1116, 1116])]
    closing = (await close(operator, summer.seller)).json()

    assert closing["result_cents"] == 2 * (310 + 620)
    closed = await balances(operator, summer.seller, 2026)
    assert (closed["418100"], closed["701000"], closed["445870"]) == (2232, -1860, -372)
    following = await balances(operator, summer.seller, 2027)
    # September's.
    assert following["701000"] == -1800
    assert {"418100", "445870"}.isdisjoint(following)
    for year in (2026, 2027):
        await fec_of(operator, summer.seller, year)


async def test_a_correction_of_a_quarter_counts_as_far_as_it_is_of_the_year(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await close_years_in(operator, summer, 8)
    await issue_quarter(operator, summer)
    august = replace(summer, month=QUARTER[1])
    # 31 kWh less, of August; all of the quarter is credited and billed anew.
    await august.revise(billing, energies(summer, QUARTER[1], KWH_WMIN), number=2)

    assert await sums_of(operator, summer) == [(["2026-07", "2026-08"], [744, 744])]


async def test_what_is_not_billed_a_year_later_is_accrued_again(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    month = Month(2025, 9)
    coop = Coop(month=month)
    points = [replace(point, valid_from=month.first_day) for point in coop.points]
    await billing.tell(*coop.members(), coop.perimeter(points), settle(coop, month, KWH_WMIN))
    await coop.price(operator, price(valid_from="2025-01-01"))
    await coop.decide_taxes(operator)
    await close_years_in(operator, coop, 9)

    # 30 kWh at 0.10 € for each of two.
    assert (await close(operator, coop.seller, 2025)).json()["result_cents"] == 600
    assert (await close(operator, coop.seller, 2026)).json()["result_cents"] == 0

    closed = await balances(operator, coop.seller, 2026)
    assert (closed["418100"], closed["445870"]) == (720, -120)
    await issue(operator, await coop.draft(operator), "2026-10-05")
    following = await balances(operator, coop.seller, 2027)
    assert {"418100", "445870", "701000"}.isdisjoint(following)
    for year in (2025, 2026, 2027):
        await fec_of(operator, coop.seller, year)
