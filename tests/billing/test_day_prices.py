"""What a kWh costs on a day, for whom it is told, through the API."""

from datetime import date
from typing import Any

import httpx

from libs.common.ids import Prm
from tests.billing.world import Billing, Coop, handed_over, price

DAY = "2026-10-12"


def url(coop: Coop, prm: Prm | None = None, day: str = DAY) -> str:
    whose = f"&prm={prm}" if prm else ""
    return f"/billing/operations/{coop.operation_id}/day-prices?day={day}{whose}"


async def read(client: httpx.AsyncClient, *path_parts: Any) -> dict[str, Any]:  # noqa: ANN401 - as url
    answer = await client.get(url(*path_parts))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_member_reads_what_a_kwh_costs_and_why(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    sun = {"name": "Soleil", "windows": [{"hours": [["11:00", "17:00"]]}]}
    await coop.price(
        operator,
        price("0.1000"),
        price("0.0800", hour_class="Soleil", index="L"),
        hour_classes=[sun],
        indexes=[
            {"name": "L", "coefficients": [{"valid_from": "2026-09-01", "coefficient": "1.5"}]}
        ],
        discounts=[{"name": "Bienvenue", "percent": "10", "valid_from": "2026-01-01"}],
    )
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        body = await read(anna, coop, coop.anna_home)

    assert (body["prm"], body["day"]) == (coop.anna_home, DAY)
    (others,) = body["plants"]
    assert others["producer"] is None
    # 0.08 × 1.5 = 0.12, less 10 %
    assert others["prices"][0] == {
        "hour_class": "Soleil",
        "eur_per_kwh": "0.108",
        "incl_vat_eur_per_kwh": "0.1296",
        "vat_rate": "0.2",
        "rule": "operation",
        "group": None,
        "index": "L",
        "coefficient": "1.5",
        "discount": {"name": "Bienvenue", "percent": "10", "eur_per_kwh": None},
        "valid_from": "2026-09-01",
        "valid_to": None,
    }
    assert [price_of_class["hour_class"] for price_of_class in others["prices"]] == ["Soleil", None]
    assert others["half_hours"] == ["0.108"] * 22 + ["0.1296"] * 12 + ["0.108"] * 14
    assert body["classes"] == [None] * 22 + ["Soleil"] * 12 + [None] * 14
    assert body["hour_classes"][0]["name"] == "Soleil"
    assert (body["fees"], body["coming"]) == ([], [])


async def test_who_sells_is_not_told_a_price_of_the_own_plant(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000", producer=coop.roof))
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        own_prices = await read(seller, coop, coop.seller_home)
        anybody = await read(seller, coop)

    assert own_prices["plants"] == []
    assert [plant["producer"] for plant in anybody["plants"]] == [coop.roof]


async def test_what_is_agreed_for_a_point_is_for_whoever_has_it_on_the_day(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000"), price("0.0500", consumer=coop.anna_home))
    points = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 11, 1))
    await billing.tell(coop.perimeter(points, revision=2))
    later = url(coop, coop.anna_home, "2026-11-02")
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        own_prices = await read(anna, coop, coop.anna_home)
        anybody = await read(anna, coop)
        assert (await anna.get(later)).status_code == 403
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        assert (await bruno.get(url(coop, coop.anna_home))).status_code == 403
        assert (await bruno.get(later)).status_code == 200

    assert own_prices["plants"][0]["prices"][0]["rule"] == "point"
    assert own_prices["plants"][0]["half_hours"][0] == "0.06"
    assert anybody["plants"][0]["half_hours"][0] == "0.12"


async def test_who_runs_the_operation_reads_it_of_any_of_its_points(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        body = await read(organiser, coop, coop.bruno_home)
        accesses = f"/billing/members/{coop.bruno}/accesses"
        unknown = await organiser.get(url(coop, coop.roof))
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        noted = (await bruno.get(accesses)).json()
    async with billing.client("organiser", operations=["ACC99999999"]) as stranger:
        refused = await stranger.get(url(coop))

    assert body == await read(operator, coop, coop.bruno_home)
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/point-unknown")
    assert [look["role"] for look in noted] == ["organiser"]
    assert refused.status_code == 403
    assert (await operator.get(url(coop, day="x"))).status_code == 422
