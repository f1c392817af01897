"""Settlements of what the DSO says, for operations whose policy is so.

In every half-hour the roof makes 27,000 watt-minutes, Anna uses 12,000 and Bruno 24,000: by the
default key she gets 9,000 and he 18,000.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import httpx

from libs.common.calendar import steps_in_day
from libs.common.events.allocation import SettlementClosed, SettlementRevised
from libs.common.events.ingest import DsoEnergyPart, DsoResultsRecorded
from tests.allocation.dso import (
    CONSUMED,
    PRODUCED,
    SHARED,
    SURPLUS,
    Energy,
    curve,
    energy,
    results_of_day,
    results_of_month,
)
from tests.allocation.world import DAY, MONTH, OCTOBER, Allocation, Coop

STEPS_OF_OCTOBER = 31 * 48 + 2


async def choose(client: httpx.AsyncClient, coop: Coop, **policy: object) -> None:
    answer = await client.put(f"{coop.url}/policy", json=policy)
    assert answer.status_code == 200, answer.text


def results(
    coop: Coop,
    day: date = DAY,
    *,
    anna: Energy = 9000,
    bruno: Energy = 18_000,
    surplus: Energy = 0,
    revision: int = 1,
    definitive: bool = True,
) -> DsoResultsRecorded:
    """What the DSO says of a day: by default, what we have found."""
    curves = [
        curve(coop.roof, PRODUCED, 27_000, day=day),
        curve(coop.roof, SURPLUS, surplus, day=day),
        curve(coop.anna_home, CONSUMED, 12_000, day=day),
        curve(coop.anna_home, SHARED, anna, day=day),
        curve(coop.bruno_home, CONSUMED, 24_000, day=day),
        curve(coop.bruno_home, SHARED, bruno, day=day),
    ]
    return results_of_day(coop, curves, day=day, revision=revision, definitive=definitive)


def all_but(coop: Coop, *days: date) -> list[DsoResultsRecorded]:
    return [results(coop, day) for day in OCTOBER if day not in days]


def at_ten(other: int, usual: int) -> list[int]:
    """One half-hour of 12 October, from 10:00, is not as the others are."""
    return [usual] * 20 + [other] + [usual] * 27


def of_month(coop: Coop, kwh: Mapping[str, int]) -> list[DsoEnergyPart]:
    figures = {
        "production": (coop.roof, PRODUCED),
        "surplus": (coop.roof, SURPLUS),
        "anna used": (coop.anna_home, CONSUMED),
        "anna": (coop.anna_home, SHARED),
        "bruno used": (coop.bruno_home, CONSUMED),
        "bruno": (coop.bruno_home, SHARED),
    }
    return [energy(*figures[name], 60_000 * amount) for name, amount in kwh.items()]


OCTOBER_KWH = {
    "production": 671,
    "surplus": 0,
    "anna used": 298,
    "anna": 224,
    "bruno used": 596,
    "bruno": 447,
}
"""Ours are 670.5, and 223.5 for Anna."""


async def revised(allocation: Allocation, coop: Coop) -> list[SettlementRevised]:
    return list(await allocation.published(SettlementRevised, coop.operation_id))


async def get(client: httpx.AsyncClient, coop: Coop, path: str) -> dict[str, Any]:
    answer = await client.get(f"/allocation/settlements/{coop.operation_id}/{MONTH}/{path}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_the_dso_s_results_make_a_definitive_settlement_of_a_provisional_one(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    await choose(operator, ready, settle_from="dso_results")
    other = results(ready, anna=at_ten(8940, 9000), bruno=at_ten(18_060, 18_000))
    await allocation.tell(other, *all_but(ready, DAY))

    first, second = await ready.settlements(operator)
    assert (first["status"], second["status"]) == ("provisional", "definitive")
    (event,) = await revised(allocation, ready)
    assert event.status == "definitive"
    energies = {
        (pair.consumer, day.day): day.by_hour_wmin
        for pair in event.differences
        for day in pair.days
    }
    assert energies == {
        (ready.anna_home, DAY): {10: -60},
        (ready.bruno_home, DAY): {10: 60},
    }
    closed = await allocation.published(SettlementClosed, ready.operation_id)
    assert [settlement.status for settlement in closed] == ["provisional", "definitive"]
    points = {point["prm"]: point for point in (await get(operator, ready, "2"))["points"]}
    assert points[ready.roof]["shared_wmin"] == 27_000 * STEPS_OF_OCTOBER
    assert points[ready.anna_home]["metered_wmin"] == 12_000 * STEPS_OF_OCTOBER
    assert (await get(operator, ready, "2/verification"))["matches"]


async def test_the_same_split_is_definitive_without_any_difference(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    await choose(operator, ready, settle_from="dso_results")
    await allocation.tell(*all_but(ready))

    (event,) = await revised(allocation, ready)
    assert (event.number, event.status, event.differences) == (2, "definitive", [])


async def test_a_correction_of_the_dso_supersedes_a_definitive_settlement(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(*all_but(of_dso))
    assert (await of_dso.close(operator)).json()["status"] == "definitive"
    await allocation.tell(results(of_dso, revision=2))
    assert len(await of_dso.settlements(operator)) == 1

    await allocation.tell(results(of_dso, anna=8400, surplus=600, revision=3))

    (event,) = await revised(allocation, of_dso)
    (pair,) = event.differences
    (day,) = pair.days
    assert (event.number, pair.consumer, day.day) == (2, of_dso.anna_home, DAY)
    assert day.by_hour_wmin == dict.fromkeys(range(24), -1200)


async def test_our_own_corrections_change_no_definitive_settlement(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(*all_but(of_dso))
    await of_dso.close(operator)

    await allocation.tell(of_dso.readings(anna=100, revision=2))

    (only,) = await of_dso.settlements(operator)
    assert not only["outdated"]


async def test_what_the_dso_has_not_said_is_listed(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    gap = at_ten(0, 9000)
    incomplete = results(of_dso, date(2026, 10, 13), anna=[None, *gap[1:]])
    maybe = results(of_dso, date(2026, 10, 14), definitive=False)
    rest = all_but(of_dso, DAY, date(2026, 10, 13), date(2026, 10, 14))
    await allocation.tell(incomplete, maybe, *rest)

    answer = await of_dso.close(operator)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/dso-results-incomplete")
    anna = {"prm": of_dso.anna_home, "direction": "consumption"}
    assert answer.json()["days"] == [
        {"day": "2026-10-12", "status": "absent", "points": []},
        {"day": "2026-10-13", "status": "incomplete", "points": [anna]},
        {"day": "2026-10-14", "status": "not_definitive", "points": []},
    ]
    assert answer.json()["month_energies"] == {"status": "absent", "points": []}


async def test_a_settled_month_waits_for_the_rest_of_the_results(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    await choose(operator, ready, settle_from="dso_results")
    await allocation.tell(results(ready))

    (outdated,) = await ready.settlements(operator)
    assert outdated["refusal"]["type"] == "/problems/dso-results-incomplete"
    (waiting,) = (await operator.get("/allocation/today")).json()
    assert waiting["kind"] == "settlements_outdated"
    assert f"{ready.url}/settlements?month=2026-10" in waiting["first"]

    await choose(operator, ready, settle_from="own_shares")
    await allocation.settle()
    (only,) = await ready.settlements(operator)
    assert not only["outdated"]


async def test_results_change_nothing_where_our_own_shares_are_settled(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    await allocation.tell(*all_but(ready))
    (only,) = await ready.settlements(operator)
    assert (only["status"], only["outdated"]) == ("provisional", False)


async def test_rounding_between_the_two_sides_of_the_dso_is_made_good(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    """Consumers got 60 less than the roof shared: theirs bind, and the roof has more surplus."""
    less = results(of_dso, bruno=at_ten(17_940, 18_000))
    await allocation.tell(less, *all_but(of_dso, DAY))

    settlement = (await of_dso.close(operator)).json()

    points = {point["prm"]: point["shared_wmin"] for point in settlement["points"]}
    assert points[of_dso.bruno_home] == 18_000 * STEPS_OF_OCTOBER - 60
    assert points[of_dso.roof] == 27_000 * STEPS_OF_OCTOBER - 60


async def test_sides_that_differ_by_more_than_rounding_are_refused(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(results(of_dso, bruno=at_ten(17_700, 18_000)), *all_but(of_dso, DAY))
    answer = await of_dso.close(operator)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/dso-results-disagree")
    facts = {name: answer.json()[name] for name in ("when", "step", "difference_wmin")}
    assert facts == {"when": "2026-10-12", "step": 21, "difference_wmin": 300}
    # One Wh for each of four figures: two self-consumptions, a production and a surplus.
    assert answer.json()["tolerance_wmin"] == 240

    await choose(operator, of_dso, settle_from="dso_results", tolerance_units=2)
    assert (await of_dso.close(operator)).status_code == 201


async def test_energies_of_a_month_are_spread_as_our_shares_are(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    await choose(operator, ready, settle_from="dso_results")
    await allocation.tell(results_of_month(ready, of_month(ready, OCTOBER_KWH)))

    second = await get(operator, ready, "2")
    assert second["status"] == "definitive"
    energies = {pair["consumer"]: pair["energy_wmin"] for pair in second["pairs"]}
    assert sum(energies[ready.anna_home]) == 224 * 60_000
    assert sum(energies[ready.bruno_home]) == 447 * 60_000
    # 224 kWh for 1,490 half-hours of equal shares: 432,966.4 on a day of 48, 451,006.7 on the 25th.
    assert set(energies[ready.anna_home][:24]) == {432_966, 432_967}
    assert energies[ready.anna_home][24] in {451_006, 451_007}
    assert (await get(operator, ready, "2/verification"))["matches"]
    (event,) = await revised(allocation, ready)
    changes = {pair.consumer: pair.days for pair in event.differences}
    assert list(changes) == [ready.anna_home]
    assert sum(day.unknown_hour_wmin for day in changes[ready.anna_home]) == 30_000
    assert all(not day.by_hour_wmin for day in changes[ready.anna_home])


async def test_energies_of_a_month_need_our_own_shares(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(
        of_dso.readings(anna=[None] * 48, revision=2),
        results_of_month(of_dso, of_month(of_dso, OCTOBER_KWH)),
    )
    answer = await of_dso.close(operator)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/days-incomplete")


async def test_curves_are_preferred_to_energies_of_the_month(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(results_of_month(of_dso, of_month(of_dso, OCTOBER_KWH)), *all_but(of_dso))
    settlement = (await of_dso.close(operator)).json()
    assert list(settlement["inputs"]["dso_days"]) == [day.isoformat() for day in OCTOBER]
    day = OCTOBER.index(date(2026, 10, 25))
    energies = {pair["consumer"]: pair["energy_wmin"] for pair in settlement["pairs"]}
    assert energies[of_dso.anna_home][day] == 9000 * steps_in_day(OCTOBER[day], 30)
