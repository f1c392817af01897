from datetime import date
from uuid import uuid4

import httpx
import pytest

from libs.common.events.allocation import DayHeldUp, SharesAllocated
from tests.allocation.world import CONSUMPTION, DAY, OCTOBER, PRODUCTION, Allocation, Coop, Point
from tests.support.ids import new_prm

CLOCK_CHANGE = date(2026, 10, 25)


async def test_readings_then_a_key_give_shares(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.readings(roof=900, anna=400, bruno=800))
    assert (await coop.day(operator))["status"] == "no_key"

    await coop.set_key(operator)
    await allocation.settle()

    day = await coop.day(operator)
    assert day == {
        "day": "2026-10-12",
        "status": "allocated",
        "revision": 1,
        "production_wmin": 900 * 1440,
        "consumption_wmin": 1200 * 1440,
        "allocated_wmin": 900 * 1440,
        "missing": [],
        "estimated": [],
        "reconstructed": [],
        "failure": None,
        "key_missing_steps": 0,
    }
    shares = await coop.shares(operator, by="day")
    energies = {share["consumer"]: share["energy_wmin"] for share in shares}
    assert energies == {coop.anna_home: 300 * 1440, coop.bruno_home: 600 * 1440}


async def test_what_a_day_got_is_published_once(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings())

    events = await allocation.published(SharesAllocated, coop.operation_id)

    assert [(event.day, event.revision) for event in events] == [(DAY, 1)]
    assert events[0].production_wmin == 900 * 1440
    assert [share.model_dump() for share in events[0].shares] == sorted(
        (
            {"producer": coop.roof, "consumer": coop.anna_home, "energy_wmin": 300 * 1440},
            {"producer": coop.roof, "consumer": coop.bruno_home, "energy_wmin": 600 * 1440},
        ),
        key=lambda share: str(share["consumer"]),
    )


async def test_a_day_that_is_held_up_tells_why_and_that_it_is_no_more(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.readings(anna=None))
    await allocation.tell(coop.readings(revision=2))
    await coop.set_key(operator)
    await allocation.settle()
    await allocation.tell(coop.readings(anna=500, revision=3))

    events = await allocation.published(DayHeldUp, coop.operation_id)

    assert [(event.day, event.status, event.missing_points) for event in events] == [
        (DAY, "incomplete", 1),
        (DAY, "no_key", 0),
        (DAY, "allocated", 0),
    ]
    ((gap,), *others) = (event.missing for event in events)
    assert (gap.prm, gap.direction, gap.steps) == (coop.anna_home, CONSUMPTION, 48)
    assert others == [[], []]


async def test_the_october_day_of_25_hours_has_50_half_hours(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings(CLOCK_CHANGE, roof=list(range(50)), bruno=0))

    shares = await coop.shares(operator, by="step", day="2026-10-25")

    starts = [share["start"] for share in shares]
    assert starts[0] == "2026-10-24T22:30:00Z"  # the first step has no production
    assert starts[-1] == "2026-10-25T22:30:00Z"
    assert len(starts) == 49
    assert sum(share["energy_wmin"] for share in shares) == sum(range(50)) * 30


async def test_a_corrected_reading_makes_a_new_revision_of_its_day_only(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(*coop.month_of_readings())

    await allocation.tell(coop.readings(anna=500, revision=2))

    revisions = {
        day: day_facts["revision"] for day, day_facts in (await coop.days(operator)).items()
    }
    assert revisions == {day.isoformat(): 1 for day in OCTOBER} | {"2026-10-12": 2}
    events = await allocation.published(SharesAllocated, coop.operation_id)
    assert len(events) == 32
    assert (await coop.summary(operator))["balance"] == {
        "production_wmin": 0,
        "consumption_wmin": 0,
    }


async def test_a_lower_revision_of_a_reading_changes_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings(anna=500, revision=2))
    await allocation.tell(coop.readings(anna=400, revision=1))
    assert (await coop.day(operator))["consumption_wmin"] == 1300 * 1440


async def test_the_same_inputs_again_make_no_revision_and_no_event(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings())
    before = await allocation.query(
        "SELECT * FROM share_block WHERE operation_id = :id ORDER BY consumer", id=coop.operation_id
    )

    await allocation.tell(coop.readings(revision=2))

    assert (await coop.day(operator))["revision"] == 1
    assert len(await allocation.published(SharesAllocated, coop.operation_id)) == 1
    after = await allocation.query(
        "SELECT * FROM share_block WHERE operation_id = :id ORDER BY consumer", id=coop.operation_id
    )
    assert after == before


async def test_readings_wait_for_their_perimeter(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    await coop.set_key(operator)
    await allocation.tell(coop.readings())

    await allocation.tell(coop.perimeter())

    assert (await coop.day(operator))["status"] == "allocated"


async def test_missing_readings_are_told_point_by_point(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    holes = [400] * 40 + [None] * 8
    await allocation.tell(coop.readings(anna=holes, bruno=None))

    day = await coop.day(operator)

    assert day["status"] == "incomplete"
    assert day["allocated_wmin"] is None
    assert day["missing"] == sorted(
        (
            {"prm": coop.anna_home, "direction": "consumption", "steps": 8},
            {"prm": coop.bruno_home, "direction": "consumption", "steps": 48},
        ),
        key=lambda gap: str(gap["prm"]),
    )
    assert (await coop.day(operator, OCTOBER[0]))["status"] == "no_readings"


async def test_a_day_that_becomes_incomplete_loses_its_shares_but_not_its_revision(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings())
    carla = Point(new_prm(), CONSUMPTION, uuid4())

    await allocation.tell(coop.perimeter([*coop.points, carla], revision=2))
    day = await coop.day(operator)
    assert (day["status"], day["revision"]) == ("incomplete", 1)
    assert await coop.shares(operator) == []

    await allocation.tell(coop.readings(others={carla.prm: 600}, revision=2))
    day = await coop.day(operator)
    assert (day["status"], day["revision"]) == ("allocated", 2)


async def test_one_who_joins_in_mid_month_shares_from_that_day_on(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    carla = Point(new_prm(), CONSUMPTION, uuid4(), valid_from=date(2026, 10, 13))
    await coop.set_key(operator)
    days = [date(2026, 10, 12), date(2026, 10, 13)]
    await allocation.tell(*(coop.readings(day, others={carla.prm: 600}) for day in days))

    await allocation.tell(coop.perimeter([*coop.points, carla], revision=2))

    body = await coop.days(operator)
    assert [body[day.isoformat()]["revision"] for day in days] == [1, 2]
    shares = await coop.shares(operator, by="day", prm=carla.prm)
    assert [(share["day"], share["energy_wmin"]) for share in shares] == [
        ("2026-10-13", 300 * 1440)
    ]


async def test_a_day_is_complete_again_without_one_who_was_enrolled_by_mistake(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    mistaken = Point(new_prm(), CONSUMPTION, uuid4())
    await allocation.tell(coop.perimeter([*coop.points, mistaken], revision=2), coop.readings())
    assert (await coop.day(operator))["status"] == "incomplete"

    await allocation.tell(coop.perimeter(revision=3))

    day = await coop.day(operator)
    assert (day["status"], day["missing"]) == ("allocated", [])
    assert day["allocated_wmin"] == 900 * 1440


async def test_a_point_that_changes_hands_is_not_allocated_again(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings())
    heir = [
        Point(point.prm, point.direction, uuid4()) if point.prm == coop.anna_home else point
        for point in coop.points
    ]
    await allocation.tell(coop.perimeter(heir, revision=2))
    assert (await coop.day(operator))["revision"] == 1


async def test_meters_of_another_step_are_brought_to_the_operation_s(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(
        coop.readings(anna=None, bruno=None),
        coop.readings(roof=None, bruno=None, anna=[100, 300] * 48, step_min=15, revision=2),
        coop.readings(roof=None, anna=None, bruno=800, step_min=60, revision=3),
    )
    day = await coop.day(operator)
    assert (day["status"], day["consumption_wmin"]) == ("allocated", 1000 * 1440)


@pytest.mark.parametrize("direction", [PRODUCTION, CONSUMPTION])
async def test_a_day_with_one_side_only_is_allocated_without_shares_and_key(
    allocation: Allocation, operator: httpx.AsyncClient, direction: str
) -> None:
    coop = Coop()
    only = [point for point in coop.points if point.direction == direction]
    await allocation.tell(coop.perimeter(only), coop.readings())
    day = await coop.day(operator)
    assert (day["status"], day["revision"], day["allocated_wmin"]) == ("allocated", 1, 0)
    assert day[f"{direction}_wmin"] > 0


@pytest.mark.parametrize("power", [[400] * 47, [-1] * 48])
async def test_readings_that_cannot_be_are_parked_and_stop_nobody(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop, power: list[int]
) -> None:
    await coop.set_key(operator)
    broken, sound = coop.readings(anna=power), coop.readings(DAY.replace(day=13))

    await allocation.tell(broken, sound)

    assert (await coop.day(operator, DAY.replace(day=13)))["status"] == "allocated"
    parked = await allocation.query("SELECT error FROM parked WHERE event_id = :id", id=broken.id)
    assert parked[0]["error"].startswith("AssertionError")
