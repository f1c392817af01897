"""Runs hold back what is too little to invoice, and a later one invoices it: never lost."""

from dataclasses import replace
from datetime import date

import httpx

from tests.billing.carrying import ALL, ON, bill, billed, carried
from tests.billing.correcting import choose_thresholds
from tests.billing.money import payments_url
from tests.billing.runs import QUARTER, carry_out, energies, preflight, start
from tests.billing.world import KWH_WMIN, Billing, Coop, issue


async def test_what_is_too_little_is_carried_to_the_run_in_which_it_is_enough(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=1200)

    before = await preflight(operator, summer, "2026-07")
    july = await bill(operator, summer, "2026-07")

    assert before["documents"] == []
    assert carried(before) == carried(july)
    assert carried(july) == [
        f"{name} would be invoiced 3.72 EUR in all, less than 12.00 EUR: it waits for the next run."
        for name in ("Anna", "Bruno")
    ]
    assert (july["state"], july["documents"]) == ("issued", 0)
    # 11.16 € with July's.
    assert "11.16 EUR" in carried(await bill(operator, summer, "2026-08"))[0]
    assert await billed(operator, summer) == []

    announced = await preflight(operator, summer, "2026-09")
    september = await bill(operator, summer, "2026-09")

    assert (len(announced["documents"]), september["documents"]) == (6, 6)
    assert carried(announced) == carried(september) == []
    assert await billed(operator, summer) == await billed(operator, summer, "Bruno") == ALL
    again = await start(operator, summer, "2026-09")
    assert again["document_ids"] == []


async def test_a_run_in_review_takes_up_again_what_it_took_up(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=400)
    await bill(operator, summer, "2026-07")
    august = await start(operator, summer, "2026-08")
    assert august["documents"] == 4

    august = await carry_out(operator, august, "again")

    assert august["documents"] == 4
    assert (await carry_out(operator, august, "issue", ON))["state"] == "issued"
    assert await billed(operator, summer) == ALL[:2]


async def test_the_drafts_of_another_run_are_left_to_it(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    july = await start(operator, summer, "2026-07")
    await choose_thresholds(operator, summer, invoice=400)

    august = await start(operator, summer, "2026-08")

    assert (july["documents"], august["documents"]) == (2, 2)
    assert not set(july["document_ids"]) & set(august["document_ids"])


async def test_the_last_run_of_the_sellers_fiscal_year_invoices_all(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=100_000)
    books = (await operator.get(payments_url(summer.seller, "books"))).json()
    body = {"accounts": books["accounts"], "fiscal_year_end_month": 8}
    answer = await operator.put(payments_url(summer.seller, "books"), json=body)
    assert answer.status_code == 200, answer.text
    await bill(operator, summer, "2026-07")
    assert await billed(operator, summer) == []

    await bill(operator, summer, "2026-08")
    await bill(operator, summer, "2026-09")

    assert await billed(operator, summer) == ALL[:2]


async def test_who_leaves_is_invoiced_whatever_the_sum(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=100_000)
    await bill(operator, summer, "2026-07")
    points = [
        replace(point, valid_to=date(2026, 9, 1)) if point.prm == summer.anna_home else point
        for point in summer.points
    ]
    await billing.tell(summer.perimeter(points, revision=2))

    await bill(operator, summer, "2026-08")

    assert await billed(operator, summer) == ALL[:2]
    assert await billed(operator, summer, "Bruno") == []


async def test_a_month_settled_anew_is_carried_as_it_is_then(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=400)
    await bill(operator, summer, "2026-07")
    july = replace(summer, month=QUARTER[0])
    await july.revise(billing, energies(summer, QUARTER[0], KWH_WMIN // 2), number=2)

    await bill(operator, summer, "2026-08")

    assert await billed(operator, summer) == [("2026-07", 186), ("2026-08", 744)]


async def test_what_somebody_drafts_and_issues_by_hand_is_not_invoiced_again(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=400)
    await bill(operator, summer, "2026-07")
    july = replace(summer, month=QUARTER[0])
    answer = await issue(operator, await july.draft(operator))
    assert answer.status_code == 200, answer.text

    await bill(operator, summer, "2026-08", answer.json()[0]["issue_date"])

    assert await billed(operator, summer) == ALL[:2]


async def test_without_a_least_sum_what_was_carried_is_invoiced_by_the_next_run(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=100_000)
    await bill(operator, summer, "2026-07")
    await choose_thresholds(operator, summer)

    await bill(operator, summer, "2026-08")

    assert await billed(operator, summer) == ALL[:2]
