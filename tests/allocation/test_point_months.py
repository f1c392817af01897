"""The months of a point: the same figures as everywhere, for whom they are."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest

from libs.common.calendar import Month, local_day
from libs.common.events.allocation import (
    SettlementClosed,
    SettlementDetailed,
    SettlementRevised,
    SharesAllocated,
)
from tests.allocation.world import (
    CONSUMPTION,
    DAY,
    MONTH,
    OCTOBER,
    Allocation,
    Coop,
    Point,
    get_json,
)
from tests.support.clock import CLOCK
from tests.support.ids import new_prm

_AUTUMN = date(2026, 10, 25)


def _path(coop: Coop, prm: str, month: str = "") -> str:
    return f"{coop.url}/points/{prm}/months{month and '/'}{month}"


@pytest.fixture
async def october(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """900 W from the roof each day, for homes that use 400 and 800."""
    await coop.set_key(operator)
    await allocation.tell(*coop.month_of_readings())
    return coop


async def test_a_month_has_the_figures_of_the_explanations_and_of_the_summary(
    operator: httpx.AsyncClient, october: Coop
) -> None:
    month = await get_json(operator, _path(october, october.anna_home, MONTH))

    days = {row["day"]: row for row in month["days"]}
    assert list(days) == [day.isoformat() for day in OCTOBER]
    for day in (DAY, _AUTUMN):
        query = f"day={day}&prm={october.anna_home}"
        explanation = await get_json(operator, f"{october.url}/explanations?{query}")
        shown, steps = days[day.isoformat()], explanation["consumer"]["steps"]
        assert shown["start"] == steps[0]["start"]
        assert shown["consumption_wmin"] == [step["consumption_wmin"] for step in steps]
        assert shown["shared_wmin"] == [step["share_wmin"] for step in steps]
    assert (days["2026-10-12"]["nature"], days["2026-10-12"]["step_min"]) == (None, 30)
    assert len(days["2026-10-25"]["consumption_wmin"]) == 50
    summary = await get_json(operator, f"{october.url}/summary?month={MONTH}")
    (point,) = [
        consumer for consumer in summary["consumers"] if consumer["prm"] == october.anna_home
    ]
    totals = month["totals"]
    assert totals["days_allocated"] == 31
    for name in ("consumption_wmin", "shared_wmin", "coverage"):
        assert totals[name] == point[name]
    plant = {"prm": october.roof, "number": 1, "name": None}
    assert month["producers"] == [{**plant, "shared_wmin": totals["shared_wmin"]}]
    assert month["sun"] == {"by_hour_tenths": [10] * 24, "withheld": False}
    assert month["settlement"] is None


async def test_a_member_sees_the_own_point_alone(allocation: Allocation, october: Coop) -> None:
    async with allocation.client("member", member_id=str(october.anna)) as anna:
        own_body = await get_json(anna, _path(october, october.anna_home, MONTH))
        refused = [
            await anna.get(_path(october, prm, month))
            for prm in (october.bruno_home, october.roof)
            for month in ("", MONTH)
        ]

    assert own_body["totals"]["shared_wmin"] == 300 * (31 * 1440 + 60)
    assert {answer.status_code for answer in refused} == {403}


async def test_only_the_days_on_which_it_was_the_own_point_are_shown(
    allocation: Allocation, october: Coop
) -> None:
    roof, home, neighbour = october.points
    moved = date(2026, 10, 20)
    points = [
        roof,
        replace(home, valid_to=moved),
        Point(home.prm, CONSUMPTION, october.bruno, valid_from=moved),
        neighbour,
    ]
    await allocation.tell(october.perimeter(points, revision=2))

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        before = await get_json(anna, _path(october, home.prm, MONTH))
        listed = await get_json(anna, _path(october, home.prm))
    async with allocation.client("member", member_id=str(october.bruno)) as bruno:
        after = await get_json(bruno, _path(october, home.prm, MONTH))

    assert [day["day"] for day in before["days"]] == [f"2026-10-{day:02}" for day in range(1, 20)]
    assert [day["day"] for day in after["days"]] == [f"2026-10-{day}" for day in range(20, 32)]
    assert [(submission["month"], submission["days"]) for submission in listed] == [(MONTH, 19)]


async def test_what_a_households_plant_makes_is_not_told(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    roof, *homes = october.points
    small = [replace(roof, power_limit_w=9_000), *homes]
    await allocation.tell(october.perimeter(small, revision=2))

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        month = await get_json(anna, _path(october, october.anna_home, MONTH))
    seen = await get_json(operator, _path(october, october.anna_home, MONTH))

    assert month["sun"] == {"by_hour_tenths": None, "withheld": True}
    assert seen["sun"] == {"by_hour_tenths": [10] * 24, "withheld": False}


async def test_of_a_month_that_is_not_over_nothing_tells_when_there_was_sun(
    allocation: Allocation, coop: Coop
) -> None:
    """Else each day's mean, less the day before's, would be what was made that day."""
    # Tomorrow's: it is not over, whatever midnight comes meanwhile.
    month = Month.of(local_day(CLOCK.now()) + timedelta(days=1))
    await allocation.tell(*(coop.readings(day) for day in month.days))

    async with allocation.client("member", member_id=str(coop.anna)) as anna:
        shown = await get_json(anna, _path(coop, coop.anna_home, str(month)))

    assert len(shown["days"]) == len(month.days)
    assert shown["sun"] == {"by_hour_tenths": None, "withheld": False}


async def test_an_organiser_sees_no_half_hours_but_their_own(
    allocation: Allocation, october: Coop
) -> None:
    """Whether a member agreed, ingest knows: its load curves are for organisers."""
    operations = [october.operation_id]
    async with allocation.client("organiser", operations=operations) as organiser:
        stranger = await organiser.get(_path(october, october.anna_home, MONTH))
    both = {"roles": ["organiser", "member"], "member_id": str(october.anna)}
    async with allocation.client("organiser", operations=operations, **both) as anna:
        own_answer = await anna.get(_path(october, october.anna_home, MONTH))
        neighbours = await anna.get(_path(october, october.bruno_home, MONTH))

    assert [answer.status_code for answer in (stranger, own_answer, neighbours)] == [403, 200, 403]


async def test_a_day_that_is_not_allocated_says_why_and_shows_what_was_used(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    half: list[int | None] = [400] * 24 + [None] * 24
    await coop.set_key(operator)
    await allocation.tell(coop.readings(anna=half))

    month = await get_json(operator, _path(coop, coop.anna_home, MONTH))

    days = {day["day"]: day for day in month["days"]}
    shown = days[DAY.isoformat()]
    assert (shown["status"], shown["shared_wmin"]) == ("incomplete", None)
    assert shown["nature"] == "m" * 24 + "-" * 24
    assert sum(shown["consumption_wmin"]) == 400 * 720
    assert days["2026-10-13"]["status"] == "no_readings"
    assert month["totals"] == {
        "days_allocated": 0,
        "consumption_wmin": 0,
        "shared_wmin": 0,
        "coverage": None,
        "carbon": None,
        "carbon_unknown": "nothing_local",
    }


async def test_months_are_listed_with_their_sums_and_last_settlement(
    operator: httpx.AsyncClient, october: Coop
) -> None:
    answer = await operator.post(f"{october.url}/settlements", json={"month": MONTH})
    assert answer.status_code == 201, answer.text

    first, *later = await get_json(operator, _path(october, october.anna_home))
    month = await get_json(operator, _path(october, october.anna_home, MONTH))

    assert (first["month"], first["days"]) == (MONTH, 31)
    assert first["totals"] == month["totals"]
    assert first["settlement"] == month["settlement"] == {"number": 1, "status": "provisional"}
    assert all(body["totals"]["days_allocated"] == 0 for body in later)


async def _with_roof(allocation: Allocation, coop: Coop, kind: str | None, revision: int) -> None:
    roof, *homes = coop.points
    await allocation.tell(
        coop.perimeter([replace(roof, production_kind=kind), *homes], revision=revision)
    )


async def test_a_month_of_panels_tells_a_range_of_what_it_emits_less_than_the_grid(
    allocation: Allocation, october: Coop
) -> None:
    await _with_roof(allocation, october, "solar", revision=2)

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        month = await get_json(anna, _path(october, october.anna_home, MONTH))
        listed, *_ = await get_json(anna, _path(october, october.anna_home))

    # 300 W over 745 hours are 223.5 kWh: times 13 g, and times 31.7 g.
    carbon = month["totals"]["carbon"]
    sources = carbon.pop("sources")
    assert carbon == {
        "grid_g_per_kwh": "56.9",
        "local_g_per_kwh_low": "25.2",
        "local_g_per_kwh_high": "43.9",
        "avoided_g_low": 2906,
        "avoided_g_high": 7085,
        "verified_by": None,
        "valid_from": "2021-01-01",
    }
    assert [source.startswith("ADEME, Base Carbone") for source in sources] == [True] * 4
    assert month["totals"]["carbon_unknown"] is None
    assert listed["totals"] == {**month["totals"], "carbon": {**carbon, "sources": sources}}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (None, "plant_kind_unknown"),
        ("hydro", "plant_without_factor"),
        ("geothermal", "plant_without_factor"),
    ],
)
async def test_without_a_factor_for_a_plant_nothing_is_known(
    allocation: Allocation, october: Coop, kind: str | None, reason: str
) -> None:
    await _with_roof(allocation, october, kind, revision=2)

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        month = await get_json(anna, _path(october, october.anna_home, MONTH))

    assert month["totals"]["shared_wmin"] > 0
    assert (month["totals"]["carbon"], month["totals"]["carbon_unknown"]) == (None, reason)


async def test_what_a_plant_runs_on_changes_no_share(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    before = await get_json(operator, f"{october.url}/days?month={MONTH}")

    await _with_roof(allocation, october, "solar", revision=2)

    assert await get_json(operator, f"{october.url}/days?month={MONTH}") == before


async def test_what_a_plant_runs_on_changes_no_settlement_and_publishes_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    settled = await october.close(operator)
    classes = (SharesAllocated, SettlementClosed, SettlementDetailed, SettlementRevised)
    before = [await allocation.published(event, october.operation_id) for event in classes]

    await _with_roof(allocation, october, "solar", revision=2)

    after = [await allocation.published(event, october.operation_id) for event in classes]
    assert after == before
    assert [len(events) for events in after] == [len(OCTOBER), 1, 1, 0]
    again = await october.close(operator)
    assert (settled.status_code, again.status_code) == (201, 200)
    assert again.json() == settled.json()


async def test_a_plant_of_other_months_does_not_count(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    roof, *homes = october.points
    solar = replace(roof, production_kind="solar")
    mill = Point(new_prm(), roof.direction, october.seller, valid_from=date(2026, 11, 1))
    await allocation.tell(october.perimeter([solar, mill, *homes], revision=2))

    month = await get_json(operator, _path(october, october.anna_home, MONTH))

    assert month["totals"]["carbon_unknown"] is None


async def test_a_plant_has_no_months_of_a_consumer(
    operator: httpx.AsyncClient, october: Coop
) -> None:
    for month in ("", MONTH):
        answer = await operator.get(_path(october, october.roof, month))
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/point-not-consuming")
    malformed = await operator.get(_path(october, october.anna_home, "9999-12"))
    assert (malformed.status_code, malformed.json()["type"]) == (422, "/problems/month-malformed")


_OWNERS = [uuid4() for _ in range(3)]


async def _neighbours(allocation: Allocation, coop: Coop, count: int) -> list[Point]:
    """Homes that use 50 W each, of three members, beside the 400 W and 800 W."""
    homes = [Point(new_prm(), CONSUMPTION, _OWNERS[number % 3]) for number in range(count)]
    powers = {home.prm: 50 for home in homes}
    await allocation.tell(
        coop.perimeter([*coop.points, *homes], revision=2),
        *(coop.readings(day, others=powers, revision=2) for day in OCTOBER),
    )
    return homes


async def test_a_member_compares_with_a_group_of_enough_others(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    shares = {october.anna_home: "0.2", october.bruno_home: "0.7"}
    await october.set_key(operator, "2026-02-01", type="static", shares=shares)
    home, *_ = await _neighbours(allocation, october, 12)  # four of each member

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        month = await get_json(anna, _path(october, october.anna_home, MONTH))
        listed, *_ = await get_json(anna, _path(october, october.anna_home))
    async with allocation.client("member", member_id=str(home.member_id)) as neighbour:
        theirs = await get_json(neighbour, _path(october, home.prm, MONTH))

    # 180 W and 630 W of 1,800 W; most have nothing.
    group = {"withheld": False, "needs": 10, "coverage": 0.45, "place": "above"}
    assert month["group"] == listed["group"] == group
    assert theirs["group"] == {**group, "place": "about"}


async def test_of_few_others_the_group_is_withheld(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    await _neighbours(allocation, october, 8)  # with Bruno's, nine points of others

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        month = await get_json(anna, _path(october, october.anna_home, MONTH))
        listed, *_ = await get_json(anna, _path(october, october.anna_home))
    seen = await get_json(operator, _path(october, october.anna_home, MONTH))

    withheld = {"withheld": True, "needs": 10, "coverage": None, "place": None}
    assert month["group"] == listed["group"] == withheld
    # 900 W of 1,600 W, shared by what each uses: all have the same coverage.
    assert seen["group"] == {"withheld": False, "needs": 10, "coverage": 0.56, "place": "about"}


async def test_an_operation_may_ask_for_more_others_in_its_group(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    await _neighbours(allocation, october, 9)
    answer = await operator.put(f"{october.url}/policy", json={"least_points": 11})
    assert answer.status_code == 200, answer.text

    async with allocation.client("member", member_id=str(october.anna)) as anna:
        month = await get_json(anna, _path(october, october.anna_home, MONTH))

    assert (month["group"]["withheld"], month["group"]["needs"]) == (True, 11)
