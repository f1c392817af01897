"""What a day is worth on which readings are missing: the operation's policy says."""

import httpx
import pytest

from libs.common.events.ingest import ReadingsRecorded
from tests.allocation.world import Allocation, Coop

_HOLE: list[int | None] = [400] * 46 + [None, None]


def _estimated(readings: ReadingsRecorded, steps: list[int]) -> ReadingsRecorded:
    """The same readings, of which ingest estimated some steps of Anna's, the second block."""
    blocks = list(readings.blocks)
    blocks[1] = blocks[1].model_copy(update={"estimated_steps": steps})
    return readings.model_copy(update={"blocks": blocks})


async def _choose(client: httpx.AsyncClient, coop: Coop, missing_readings: str) -> None:
    answer = await client.put(f"{coop.url}/policy", json={"missing_readings": missing_readings})
    assert answer.status_code == 200, answer.text


async def test_refused_they_leave_the_day_incomplete(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings(anna=_HOLE))

    day = await coop.day(operator)

    gap = {"prm": coop.anna_home, "direction": "consumption", "steps": 2}
    assert (day["status"], day["missing"]) == ("incomplete", [gap])


async def test_as_zero_they_are_told_and_the_day_is_allocated(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings(anna=_HOLE))

    await _choose(operator, coop, "zero")
    await allocation.settle()

    day = await coop.day(operator)
    gap = {"prm": coop.anna_home, "direction": "consumption", "steps": 2}
    assert (day["status"], day["missing"]) == ("allocated", [gap])
    assert day["consumption_wmin"] == (400 * 46 + 800 * 48) * 30


@pytest.mark.parametrize("silent", ["production", "consumption"])
async def test_a_whole_side_without_readings_is_never_zero(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop, silent: str
) -> None:
    await coop.set_key(operator)
    await _choose(operator, coop, "zero")
    without_roof = coop.readings(roof=None)
    without_homes = coop.readings(anna=None, bruno=None)
    await allocation.tell(without_roof if silent == "production" else without_homes)

    day = await coop.day(operator)

    assert day["status"] == "incomplete"
    assert {(gap["direction"], gap["steps"]) for gap in day["missing"]} == {(silent, 48)}


async def test_estimates_count_only_where_the_policy_says_so(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(_estimated(coop.readings(), [46, 47]))
    refused = await coop.day(operator)

    await _choose(operator, coop, "estimate")
    await allocation.settle()

    accepted = await coop.day(operator)
    gap = {"prm": coop.anna_home, "direction": "consumption", "steps": 2}
    assert (refused["status"], refused["missing"]) == ("incomplete", [gap])
    assert (accepted["status"], accepted["estimated"]) == ("allocated", [gap])
    assert accepted["missing"] == []


async def test_a_real_value_that_equals_the_estimate_makes_the_day_sure(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await _choose(operator, coop, "estimate")
    await allocation.tell(_estimated(coop.readings(), [46, 47]))

    await allocation.tell(coop.readings(revision=2))

    day = await coop.day(operator)
    assert (day["status"], day["estimated"], day["revision"]) == ("allocated", [], 2)
