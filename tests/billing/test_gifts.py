"""Months whose energy is given: no price, no invoice, a yearly statement."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from libs.common.calendar import local_day
from tests.billing.runs import QUARTER, preflight
from tests.billing.test_both_bills import bills_url, enter, metered
from tests.billing.test_local_worth import worth_url
from tests.billing.test_price_previews import DAY, preview
from tests.billing.world import KWH_WMIN, Billing, Coop, handed_over, issue, price
from tests.support.clock import CLOCK

OCTOBER = {"first_month": "2026-10", "end_month": "2026-11"}


def gifts_url(coop: Coop, ending: str = "gifts") -> str:
    return f"/billing/operations/{coop.operation_id}/{ending}"


async def give(client: httpx.AsyncClient, coop: Coop, *periods: dict[str, Any]) -> httpx.Response:
    return await client.put(gifts_url(coop), json={"periods": list(periods)})


async def state(
    client: httpx.AsyncClient, coop: Coop, year: int = 2026
) -> Sequence[dict[str, Any]]:
    answer = await client.get(gifts_url(coop, "gift-statements"), params={"year": year})
    assert answer.status_code == 200, answer.text
    statements: Sequence[dict[str, Any]] = answer.json()
    return statements


async def test_a_given_month_asks_for_no_price_and_drafts_nothing(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    blockers = await coop.blockers(operator)
    assert {blocker["code"] for blocker in blockers} == {"price-missing"}

    answer = await give(operator, coop, OCTOBER)

    assert answer.status_code == 200, answer.text
    assert await coop.draft(operator) == []
    body = await preflight(operator, coop, "2026-10")
    assert (body["ready"], body["documents"], body["blockers"]) == (True, [], [])


async def test_prices_by_the_hour_are_not_waited_for(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    peak = {"name": "Pointe", "windows": [{"hours": [["18:00", "20:00"]]}]}
    await coop.price(operator, price(), price("0.2000", hour_class="Pointe"), hour_classes=[peak])
    blockers = await coop.blockers(operator)
    assert {blocker["code"] for blocker in blockers} == {"settlement-incomplete"}

    await give(operator, coop, OCTOBER)

    assert await coop.draft(operator) == []


async def test_a_fee_is_still_due_in_a_given_month(operator: httpx.AsyncClient, coop: Coop) -> None:
    dues = {
        "name": "Cotisation",
        "producer": coop.roof,
        "eur_per_month": "2.00",
        "vat_rate": "0.20",
        "valid_from": "2026-01-01",
    }
    await coop.price(operator, price(), fees=[dues])
    await give(operator, coop, OCTOBER)

    drafts = await coop.draft(operator)
    assert [draft["total_excl_vat_cents"] for draft in drafts] == [200, 200]
    assert (await issue(operator, drafts)).status_code == 200

    longer = await give(operator, coop, OCTOBER | {"end_month": None})
    assert longer.status_code == 200, longer.text


async def test_a_month_whose_energy_is_billed_is_given_once_it_is_credited(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    assert (await issue(operator, drafts)).status_code == 200

    refused = await give(operator, coop, OCTOBER)

    assert refused.json()["type"] == "/problems/gifts-billed"
    assert len(refused.json()["numbers"]) == 2
    notes = []
    for draft in drafts:
        url = f"/billing/invoices/{draft['id']}/credit-notes"
        note = await operator.post(url, json={"reason": "Énergie donnée"})
        notes.append(note.json())
    assert (await issue(operator, notes)).status_code == 200
    assert (await give(operator, coop, OCTOBER)).status_code == 200
    assert [draft for draft in await coop.draft(operator) if draft["state"] == "draft"] == []


async def test_drafts_of_a_month_that_is_given_since_are_not_issued(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)

    await give(operator, coop, OCTOBER)

    answer = await issue(operator, drafts)
    assert answer.status_code == 409, answer.text


async def test_a_month_that_is_given_no_more_is_drafted_again(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    await give(operator, coop, OCTOBER)
    assert await coop.draft(operator) == []

    answer = await give(operator, coop)

    assert (answer.status_code, answer.json()) == (200, {"periods": []})
    sold = [draft["total_incl_vat_cents"] for draft in await coop.draft(operator)]
    assert sold == [draft["total_incl_vat_cents"] for draft in drafts]


async def test_a_month_of_a_quarter_is_given_and_the_others_are_sold(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await give(operator, summer, {"first_month": str(QUARTER[1]), "end_month": str(QUARTER[2])})

    body = await preflight(operator, summer, "2026-Q3")

    # 31 days of 1 kWh in July, 30 of 3 kWh in September, at 0.10 € and VAT of 20 %.
    assert [document["total_incl_vat_cents"] for document in body["documents"]] == [1452, 1452]


@pytest.mark.parametrize(
    "periods",
    [
        [{"first_month": "2026-10", "end_month": "2026-10"}],
        [OCTOBER, {"first_month": "2026-09", "end_month": None}],
        [OCTOBER, OCTOBER],
    ],
)
async def test_periods_that_contradict_one_another_are_refused(
    operator: httpx.AsyncClient, coop: Coop, periods: list[dict[str, Any]]
) -> None:
    answer = await give(operator, coop, *periods)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/gift-periods-invalid"


async def test_members_read_that_the_energy_is_given_and_only_organisers_say_so(
    billing: Billing, coop: Coop
) -> None:
    organiser = billing.client("organiser", operations=[coop.operation_id])
    async with organiser as client:
        assert (await give(client, coop, OCTOBER)).status_code == 200
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert (await anna.get(gifts_url(coop))).json() == {"periods": [OCTOBER]}
        assert (await give(anna, coop)).status_code == 403
    async with billing.client("member", member_id=str(Coop().anna)) as stranger:
        assert (await stranger.get(gifts_url(coop))).status_code == 403


async def test_a_year_is_stated_to_who_gave_and_who_received(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await give(operator, coop, OCTOBER)

    statements = {row["member_id"]: row for row in await state(operator, coop)}

    month = {"month": "2026-10", "given_wmin": 0, "received_wmin": 31 * KWH_WMIN}
    anna = statements[str(coop.anna)]
    assert (anna["name"], anna["months"], anna["missing"]) == ("Anna", [month], [])
    # What the roof gave to the seller's own home is no gift.
    seller = statements[str(coop.seller)]
    assert (seller["given_wmin"], seller["received_wmin"]) == (62 * KWH_WMIN, 0)
    assert await state(operator, coop, 2025) == []
    for statement in (anna, seller):
        async with billing.client("member", member_id=statement["member_id"]) as client:
            assert await state(client, coop) == [statement]


async def test_of_a_point_that_is_handed_over_each_is_stated_the_own_days(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    on = date(2026, 10, 11)
    points = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=on)
    await billing.tell(coop.perimeter(points, revision=2))
    await give(operator, coop, OCTOBER)

    received = {row["member_id"]: row["received_wmin"] for row in await state(operator, coop)}

    assert received[str(coop.anna)] == 10 * KWH_WMIN
    assert received[str(coop.bruno)] == (31 + 21) * KWH_WMIN
    async with billing.client("member", member_id=str(coop.anna)) as client:
        (anna,) = await state(client, coop)
    assert anna["received_wmin"] == 10 * KWH_WMIN


async def test_a_statement_is_a_page_for_each_member_and_members_get_their_own(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = gifts_url(coop, "gift-statements.pdf")
    nothing = await operator.get(url, params={"year": 2026})
    assert nothing.json()["type"] == "/problems/nothing-given"
    await give(operator, coop, OCTOBER)

    everybody = await operator.get(url, params={"year": 2026})
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        statement = await anna.get(url, params={"year": 2026, "language": "en"})
        others = await anna.get(url, params={"year": 2026, "member_id": str(coop.bruno)})

    assert len(PdfReader(BytesIO(everybody.content)).pages) == 3
    pdf = PdfReader(BytesIO(statement.content))
    (page,) = pdf.pages
    assert pdf.metadata
    assert pdf.metadata.creation_date
    assert pdf.metadata.creation_date.date() <= local_day(CLOCK.now())
    words = " ".join(page.extract_text().split())
    assert "Energy given for free" in words
    assert "31.000 kWh" in words
    assert "Anna" in words
    assert "Bruno" not in words
    assert others.status_code == 403


async def test_a_given_month_that_is_not_settled_is_named(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await give(operator, coop, {"first_month": "2026-09", "end_month": "2026-11"})

    (anna,) = [row for row in await state(operator, coop) if row["member_id"] == str(coop.anna)]

    assert anna["missing"] == ["2026-09"]


async def test_the_local_bill_of_a_given_month_is_nothing(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await billing.tell(metered(coop, number=2))
    await give(operator, coop, {"first_month": "2026-05", "end_month": None})

    async with billing.client("member", member_id=str(coop.anna)) as anna:
        await enter(anna, coop.anna_home)
        bills = await anna.get(bills_url(coop))
        worth = await anna.get(worth_url(coop.anna_home))
        day = {"day": "2026-10-15", "prm": coop.anna_home}
        prices = (await anna.get(gifts_url(coop, "day-prices"), params=day)).json()

    assert bills.status_code == 200, bills.text
    assert bills.json()["local"]["totals"]["incl_vat_cents"] == 0
    assert bills.json()["local_wmin"] == 31 * KWH_WMIN
    assert worth.json()["most"]["local_cents"] == 0
    assert (prices["is_gift"], prices["plants"]) == (True, [])


async def test_months_tell_that_their_energy_is_given(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await give(operator, coop, OCTOBER)

    asked = {"operation_id": str(coop.operation_id), "last_month": "2026-11", "count": "2"}
    (row,) = (await operator.get("/billing/months", params=asked)).json()

    assert [month["bills"]["is_gift"] for month in row["months"]] == [True, False]


async def test_a_preview_of_prices_sells_a_given_month(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000", valid_to=DAY))
    await give(operator, coop, OCTOBER)

    rows = await preview(operator, coop, price("0.2000", valid_from=DAY))

    # 31 kWh at 0.20 €, VAT of 20 % included.
    assert rows["Anna"] == (31 * KWH_WMIN, 0, 744)
