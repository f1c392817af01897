"""What a kWh more from the operation is worth to a member, through the API."""

from datetime import date

import httpx

from libs.common.ids import Prm
from tests.billing.test_both_bills import BY_HOUR, enter, missing
from tests.billing.world import Billing, Coop, handed_over, price

DAY = "2026-05-15"


def worth_url(prm: Prm, day: str | None = DAY) -> str:
    return f"/billing/points/{prm}/local-worth{f'?day={day}' if day else ''}"


async def test_a_member_reads_what_a_kwh_more_saves(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000"))
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assumed = await anna.get(worth_url(coop.anna_home))
        await enter(anna, coop.anna_home, **BY_HOUR)
        by_hour = await anna.get(worth_url(coop.anna_home))
    staff = await operator.get(worth_url(coop.anna_home))

    assert assumed.status_code == 200, assumed.text
    body = assumed.json()
    assert (body["prm"], body["operation_id"]) == (coop.anna_home, coop.operation_id)
    assert body["day"] == DAY
    assert (
        body["most"]
        == body["least"]
        == {
            "hour_class": None,
            "supplier_cents": 19_398,
            "networks_cents": 5808,
            "local_cents": 12_000,
            "saving_cents": 1590,
        }
    )
    assert body["reference_offer"]["code"] == "trv-base-6"
    assert body["is_accise_known"]
    assert by_hour.json()["reference_offer"] is None
    assert by_hour.json()["least"]["saving_cents"] < by_hour.json()["most"]["saving_cents"]
    assert staff.json() == by_hour.json()


async def test_the_own_price_counts_and_what_is_missing_is_named(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = worth_url(coop.anna_home)
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert await missing(anna, url) == ["price-missing"]
        await coop.price(operator, price("0.1000"), price("0.0500", consumer=coop.anna_home))

        assert (await anna.get(url)).json()["most"]["local_cents"] == 6000
        assert await missing(anna, worth_url(coop.anna_home, "2025-12-31")) == ["point-not-held"]
        assert (await anna.get(worth_url(coop.anna_home, "x"))).status_code == 422
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        await enter(seller, coop.seller_home)
        assert await missing(seller, worth_url(coop.seller_home)) == ["seller-missing"]


async def test_it_is_of_whoever_has_the_point_on_the_day(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000"))
    points = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 6, 1))
    await billing.tell(coop.perimeter(points, revision=2))
    later = worth_url(coop.anna_home, "2026-06-15")
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert (await anna.get(worth_url(coop.anna_home))).status_code == 200
        assert await missing(anna, later) == ["point-not-held"]
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        assert (await bruno.get(later)).status_code == 200
        assert await missing(bruno, worth_url(coop.anna_home)) == ["point-not-held"]


async def test_nobody_else_reads_it(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = worth_url(coop.anna_home)
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        assert (await bruno.get(url)).status_code == 403
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await organiser.get(url)).status_code == 403
    assert (await operator.get(worth_url(coop.roof))).status_code == 404
