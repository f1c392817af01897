"""What members would pay by prices that are not set, through the API."""

from typing import Any

import httpx

from tests.billing.world import Billing, Coop, issue, price
from tests.support.forms import filled

DAY = "2027-01-01"


def url(coop: Coop) -> str:
    return f"{coop.month_url}/price-previews"


def body_of(coop: Coop, *entries: dict[str, Any], **lists: object) -> dict[str, object]:
    return {"day": DAY, "prices": filled(coop.prices_url, {"entries": [*entries], **lists})}


async def preview(
    client: httpx.AsyncClient, coop: Coop, *entries: dict[str, Any], **lists: object
) -> dict[str, tuple[int, int | None, int]]:
    """By name: energy, what is paid by the prices of the month and by those of the day."""
    answer = await client.post(url(coop), json=body_of(coop, *entries, **lists))
    assert answer.status_code == 200, answer.text
    return {
        row["name"]: (row["energy_wmin"], row["now_cents"], row["then_cents"])
        for row in answer.json()["members"]
    }


async def test_a_past_month_is_billed_by_prices_to_come_and_by_its_own(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)

    # 31 kWh at 0.10 € and at 0.20 €, VAT of 20 % included.
    rows = await preview(
        operator,
        coop,
        price("0.1000", valid_to=DAY),
        price("0.2000", valid_from=DAY),
        price("0.0500", valid_from=DAY, group="Social"),
        groups=[{"name": "Social", "social": True, "members": [str(coop.bruno)]}],
    )

    assert rows == {"Anna": (1_860_000, 372, 744), "Bruno": (1_860_000, 372, 186)}


async def test_what_is_issued_counts_as_if_it_were_not_and_nothing_is_kept(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await coop.decide_taxes(operator)
    drafts = await coop.draft(operator)
    assert (await issue(operator, drafts)).status_code == 200
    prices = (await operator.get(coop.prices_url)).json()

    rows = await preview(operator, coop, price("0.2000"))

    assert rows["Anna"] == (1_860_000, 372, 744)
    assert (await operator.get(coop.prices_url)).json() == prices
    assert {document["state"] for document in await coop.draft(operator)} == {"issued"}


PEAK = {"name": "HP", "windows": [{"hours": [["06:00", "22:00"]]}]}


async def test_hours_that_are_set_and_new_fees_count_as_they_are_on_that_day(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    peak_price = price("0.1000", hour_class="HP", valid_from=DAY)
    prices = {"entries": [price("0.1000"), peak_price], "hour_classes": [PEAK]}
    answer = await operator.put(coop.prices_url, json=filled(coop.prices_url, prices))
    assert answer.status_code == 200, answer.text
    await billing.tell(*coop.details({11: 15_000, 12: 45_000}))

    rows = await preview(
        operator,
        coop,
        price("0.1000"),
        price("0.2000", hour_class="HP"),
        hour_classes=[PEAK],
        fees=[
            {
                "name": "Abonnement",
                "producer": coop.roof,
                "eur_per_month": "2.00",
                "vat_rate": "0.20",
                "valid_from": DAY,
            }
        ],
        discounts=[
            {"name": "Passé", "percent": "50", "valid_from": "2026-01-01", "valid_to": "2026-11-01"}
        ],
    )

    # 7.75 kWh at 0.10 €, 23.25 kWh at 0.20 €, and the fee; the discount is over.
    assert rows["Anna"] == (1_860_000, 372, round((78 + 465 + 200) * 1.2))


async def test_no_hours_of_ones_choice_show_when_a_member_uses_electricity(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await billing.tell(*coop.details({11: 15_000, 12: 45_000}))
    one_half_hour = {"name": "Midi", "windows": [{"hours": [["12:00", "12:30"]]}]}

    body = body_of(coop, price("0.2000", hour_class="Midi"), hour_classes=[one_half_hour])
    refused = await operator.post(url(coop), json=body)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/hours-not-set")
    assert refused.json()["hour_classes"] == ["Midi"]


async def test_a_month_without_prices_of_its_own_is_shown_by_the_others(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    rows = await preview(operator, coop, price("0.2000"))

    assert rows["Anna"] == (1_860_000, None, 744)


async def test_a_month_that_is_not_settled_or_not_priced_says_what_is_missing(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    fresh = Coop()
    await billing.tell(*fresh.members(), fresh.perimeter())
    ended = price("0.2000", valid_to=DAY)

    answers = [
        await operator.post(url(group), json=body_of(group, ended)) for group in (fresh, coop)
    ]

    codes = [answer.json()["blockers"][0]["code"] for answer in answers]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert codes == ["settlement-missing", "price-missing"]


async def test_it_is_for_those_who_run_the_operation(billing: Billing, coop: Coop) -> None:
    body = body_of(coop, price("0.2000"))
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        organisers = await organiser.post(url(coop), json=body)
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        strangers = await stranger.post(url(coop), json=body)
    async with billing.client("member", member_id=str(coop.anna)) as member:
        members = await member.post(url(coop), json=body)

    assert [organisers.status_code, strangers.status_code, members.status_code] == [200, 403, 403]
