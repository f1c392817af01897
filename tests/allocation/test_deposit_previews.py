"""What a deposit would share of its month, before it is made, through the API."""

from datetime import date
from typing import Any

import httpx
import pytest

from tests.allocation.test_coefficient_deposits import BEFORE, choose, listed, url
from tests.allocation.test_forecast_deposits import NOVEMBER, allocation, before, deposit
from tests.allocation.world import CONSUMPTION as CONSUMING
from tests.allocation.world import Allocation, Coop, Point
from tests.support.ids import new_prm

__all__ = ["allocation", "before"]  # fixtures: on 20 October, with some weeks of readings

MONTH_MIN = 30 * 24 * 60


async def preview(client: httpx.AsyncClient, coop: Coop, **rules: object) -> httpx.Response:
    return await client.post(f"{url(coop, NOVEMBER)}/rules/preview", json={"rules": rules})


def consumers_of(answer: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Expected consumption and share, by prm."""
    return {
        consumer["prm"]: (consumer["consumption_wmin"], consumer["shared_wmin"])
        for consumer in answer["consumers"]
    }


async def test_rules_are_previewed_and_nothing_is_kept(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    coop = before

    answer = await preview(operator, coop, shares={coop.anna_home: "0.45", coop.bruno_home: "0.55"})

    # 45 % of 900 W is 405 W: Anna is full at 400 W. 55 % is 495 W.
    assert answer.status_code == 200, answer.text
    month = answer.json()
    assert month["read_before"] == "2026-10-20"
    assert month["production_wmin"] == 900 * MONTH_MIN
    assert consumers_of(month) == {
        coop.anna_home: (400 * MONTH_MIN, 400 * MONTH_MIN),
        coop.bruno_home: (800 * MONTH_MIN, 495 * MONTH_MIN),
    }
    assert month["shared_wmin"] == 895 * MONTH_MIN
    assert month["surplus_wmin"] == 5 * MONTH_MIN
    assert (await listed(operator, coop, NOVEMBER))["deposits"] == []


async def test_a_forecast_is_previewed_as_the_file_that_it_would_deposit(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    by_forecast = await operator.post(
        f"{url(before, NOVEMBER)}/forecast/preview", json={"expected": {}}
    )
    assert by_forecast.status_code == 200, by_forecast.text
    assert (await deposit(operator, before)).status_code == 201
    file = await operator.get(f"{url(before, NOVEMBER)}/1/file")

    by_file = await operator.post(
        f"{url(before, NOVEMBER)}/file/preview",
        content=file.content,
        headers={"Content-Type": "text/plain"},
    )

    assert by_file.status_code == 200, by_file.text
    assert by_file.json() == by_forecast.json()
    assert by_file.json()["shared_wmin"] > 0


async def test_a_joiner_is_expected_like_the_mean_of_the_others_from_its_first_day_on(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    home = new_prm()
    joiner = Point(home, CONSUMING, before.anna, valid_from=date(2026, 11, 16))
    await allocation.tell(before.perimeter([*before.points, joiner], revision=2))

    answer = await preview(operator, before, shares={home: "1"})

    assert answer.status_code == 200, answer.text
    half_month_wmin = 600 * MONTH_MIN // 2
    assert consumers_of(answer.json()) == {
        before.anna_home: (400 * MONTH_MIN, 0),
        before.bruno_home: (800 * MONTH_MIN, 0),
        home: (half_month_wmin, half_month_wmin),
    }
    by_forecast = await operator.post(
        f"{url(before, NOVEMBER)}/forecast/preview", json={"expected": {}}
    )
    # It has a third of the 900 W, as the others have 400 and 800 of 1,800 W.
    _, joiner_wmin = consumers_of(by_forecast.json())[home]
    assert joiner_wmin == pytest.approx(300 * MONTH_MIN / 2, rel=0.001)


async def test_a_preview_is_refused_as_its_deposit_would_be(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    stranger = await preview(operator, before, shares={new_prm(): "1"})
    too_much = await preview(operator, before, shares={before.anna_home: "1.2"})
    late = await operator.post(
        f"{url(before, '2026-10')}/rules/preview", json={"rules": {"shares": {}}}
    )

    types = [answer.json()["type"] for answer in (stranger, too_much, late)]
    assert types == [
        "/problems/coefficients-unfit",
        "/problems/key-invalid",
        "/problems/deposit-not-taken",
    ]


async def test_without_any_reading_nothing_is_expected(
    operator: httpx.AsyncClient, allocation: Allocation, coop: Coop
) -> None:
    await allocation.settle()
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, NOVEMBER, **BEFORE | {"deposit_days": 5})

    answer = await preview(operator, coop, shares={coop.anna_home: "1"})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/nothing-forecast")
