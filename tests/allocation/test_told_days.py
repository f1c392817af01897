"""M4 of the security review: two looks at a day, less one another, are about nobody alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.ids import Prm
from tests.allocation.world import CONSUMPTION, DAY, MONTH, Allocation, Coop, Point, Power
from tests.support.ids import new_prm

_OWNERS = [uuid4() for _ in range(3)]
_AT_HOME = [526, 505, 271, 2783, 2585, 2550, 1141, 153] * 6
"""Of the neighbour who leaves."""


class _Street:
    """Ten more homes than the co-op has, of three members; one uses what tells when it is home."""

    def __init__(self, coop: Coop) -> None:
        self.coop = coop
        self.homes = [Point(new_prm(), CONSUMPTION, _OWNERS[number % 3]) for number in range(10)]

    def readings(self, *, without: Sequence[Point] = (), revision: int = 2) -> Any:  # noqa: ANN401
        first, *others = (home.prm for home in self.homes)
        powers: dict[Prm, Power] = {first: _AT_HOME, **dict.fromkeys(others, 300)}
        for home in without:
            del powers[home.prm]
        return self.coop.readings(others=powers, revision=revision)

    def perimeter(self, points: Sequence[Point], revision: int) -> Any:  # noqa: ANN401
        return self.coop.perimeter([*self.coop.points, *points], revision=revision)

    @property
    def left(self) -> list[Point]:
        """The perimeter, after the end of the first home's participation was dated back."""
        gone, *others = self.homes
        return [replace(gone, valid_to=DAY), *others]


@pytest.fixture
async def street(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> _Street:
    street = _Street(coop)
    await coop.set_key(operator)
    await allocation.tell(street.perimeter(street.homes, 2), street.readings())
    return street


async def _explained(allocation: Allocation, coop: Coop, member: Any, prm: str) -> dict[str, Any]:  # noqa: ANN401
    async with allocation.client("member", member_id=str(member)) as client:
        url = f"{coop.url}/explanations"
        answer = await client.get(url, params={"day": str(DAY), "prm": prm})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body["consumer"] or body["producer"]  # type: ignore[no-any-return]


def _consumed_by_all(explained: dict[str, Any]) -> list[Fraction | None]:
    """In watts, by the prorata of each step; None where nothing follows."""
    return [
        Fraction(step["consumption_wmin"], 30) / Fraction(step["coefficient"])
        if step["coefficient"]
        else None
        for step in explained["steps"]
    ]


async def test_m4_a_neighbour_is_not_the_difference_of_two_looks(
    allocation: Allocation, coop: Coop, street: _Street
) -> None:
    before = await _explained(allocation, coop, coop.anna, coop.anna_home)
    await allocation.tell(street.perimeter(street.left, 3))
    after = await _explained(allocation, coop, coop.anna, coop.anna_home)
    to_bruno = await _explained(allocation, coop, coop.bruno, coop.bruno_home)

    assert (before["withheld"], None in _consumed_by_all(before)) == (False, False)
    assert after["withheld"] is to_bruno["withheld"] is True
    assert set(_consumed_by_all(after)) == {None}
    assert after["share_wmin"] > before["share_wmin"]


async def test_m4_a_mistake_that_is_taken_back_leaves_no_trace(
    allocation: Allocation, coop: Coop, street: _Street
) -> None:
    before = await _explained(allocation, coop, coop.anna, coop.anna_home)
    await allocation.tell(street.perimeter(street.left, 3))
    await allocation.tell(street.perimeter(street.homes, 4))

    assert await _explained(allocation, coop, coop.anna, coop.anna_home) == before


async def test_m4_who_is_first_told_of_a_day_after_the_change_is_told_all(
    allocation: Allocation, coop: Coop, street: _Street
) -> None:
    await allocation.tell(street.perimeter(street.left, 3))

    explanation = await _explained(allocation, coop, coop.anna, coop.anna_home)

    assert explanation["withheld"] is False


async def test_m4_an_own_point_more_is_no_secret_but_to_others(
    allocation: Allocation, coop: Coop, street: _Street
) -> None:
    before = await _explained(allocation, coop, coop.anna, coop.anna_home)
    barn = Point(new_prm(), CONSUMPTION, coop.anna)
    first, *others = (home.prm for home in street.homes)
    powers: dict[Prm, Power] = {first: _AT_HOME, **dict.fromkeys(others, 300), barn.prm: 70}
    await allocation.tell(
        street.perimeter([*street.homes, barn], 3), coop.readings(others=powers, revision=3)
    )
    to_anna = await _explained(allocation, coop, coop.anna, coop.anna_home)
    to_bruno = await _explained(allocation, coop, coop.bruno, coop.bruno_home)

    assert (to_anna["withheld"], to_bruno["withheld"]) == (False, True)
    grown = zip(_consumed_by_all(before), _consumed_by_all(to_anna), strict=True)
    assert {now - then for then, now in grown if now is not None and then is not None} == {70}


async def test_m4_a_producer_does_not_learn_what_a_leaver_took(
    allocation: Allocation, coop: Coop, street: _Street
) -> None:
    before = await _explained(allocation, coop, coop.seller, coop.roof)
    days_before = await _plant_days(allocation, coop)
    await allocation.tell(street.perimeter(street.left, 3))
    after = await _explained(allocation, coop, coop.seller, coop.roof)
    days_after = await _plant_days(allocation, coop)

    assert (before["withheld"], after["withheld"]) == (False, True)
    assert (days_before["withheld"], days_after["withheld"]) == (False, True)
    assert days_before["totals"]["shared_wmin"] is not None
    assert days_after["totals"]["shared_wmin"] is None


async def test_m4_the_months_of_a_plant_remember_what_they_told(
    allocation: Allocation, coop: Coop, street: _Street
) -> None:
    days = await _plant_days(allocation, coop)
    await allocation.tell(street.perimeter(street.left, 3))

    explained = await _explained(allocation, coop, coop.anna, coop.anna_home)

    assert (days["withheld"], explained["withheld"]) == (False, True)


async def _plant_days(allocation: Allocation, coop: Coop) -> dict[str, Any]:
    async with allocation.client("member", member_id=str(coop.seller)) as client:
        answer = await client.get(f"{coop.url}/plants/{coop.roof}/months/{MONTH}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.usefixtures("street")
async def test_m4_who_look_at_once_are_all_told_the_same(
    allocation: Allocation, coop: Coop
) -> None:
    """Of a plant's month, which nobody was told of before."""
    first, *others = await asyncio.gather(*(_plant_days(allocation, coop) for _ in range(8)))

    assert first["withheld"] is False
    assert all(other == first for other in others)


async def test_m4_readings_that_come_later_are_not_told_as_the_difference(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    """Where missing readings count as none, a home's first ones are the whole difference."""
    policy = await operator.put(f"{coop.url}/policy", json={"missing_readings": "zero"})
    assert policy.status_code == 200, policy.text
    await coop.set_key(operator)
    street = _Street(coop)
    late = street.homes[0]
    await allocation.tell(
        street.perimeter(street.homes, 2), street.readings(without=[late], revision=2)
    )
    before = await _explained(allocation, coop, coop.anna, coop.anna_home)
    await allocation.tell(street.readings(revision=3))
    after = await _explained(allocation, coop, coop.anna, coop.anna_home)

    assert (before["withheld"], after["withheld"]) == (False, True)
