"""A settled month that something changes: settled anew, by itself, to the watt-minute.

In every half-hour the roof makes 27,000 watt-minutes, Anna uses 12,000 and Bruno 24,000: by the
default key she gets 9,000 and he 18,000.
"""

import asyncio
import hashlib
from datetime import date

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from libs.common.calendar import Month
from libs.common.events.allocation import (
    RevisedDay,
    RevisedPair,
    SettlementClosed,
    SettlementRevised,
)
from libs.common.events.community import PerimeterChanged
from libs.common.ids import Prm
from services.allocation.commands.copies import record_readings
from services.allocation.commands.days import allocate_stale_days
from services.allocation.commands.settlements import settle_outdated_month
from services.allocation.store.settlements.settlements import (
    find_last_number,
)
from services.allocation.store.settlements.stale_settlements import list_due, mark_outdated
from services.allocation.store.stale import mark_stale
from services.allocation.workers import settle_outdated_months
from tests.allocation.test_key_coefficients import file_of, key_of, upload
from tests.allocation.world import (
    DAY,
    MONTH,
    OCTOBER,
    Allocation,
    Coop,
    Point,
)

LESS_AT_TEN = [400] * 20 + [100, 400] + [400] * 26
"""Anna's corrected day: from 10:00 to 10:30 she gets all of her 3,000, and Bruno 24,000."""

Changes = dict[tuple[Prm, Prm], dict[date, dict[int, int]]]


async def revisions(allocation: Allocation, coop: Coop) -> list[SettlementRevised]:
    return list(await allocation.published(SettlementRevised, coop.operation_id))


def changes(differences: list[RevisedPair]) -> Changes:
    return {
        (pair.producer, pair.consumer): {day.day: day.by_hour_wmin for day in pair.days}
        for pair in differences
    }


@pytest.fixture
async def settled(operator: httpx.AsyncClient, ready: Coop) -> Coop:
    assert (await ready.close(operator)).status_code == 201
    return ready


async def test_a_correction_settles_the_month_anew_and_says_by_how_much(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    await allocation.tell(settled.readings(anna=LESS_AT_TEN, revision=2))

    first, second = await settled.settlements(operator)
    assert (first["superseded_by"], second["superseded_by"]) == (2, None)
    assert second["revisions"]["2026-10-12"] == 2
    assert not second["outdated"]
    assert "pairs" not in second
    (revised,) = await revisions(allocation, settled)
    assert (revised.number, revised.supersedes, revised.status) == (2, 1, "provisional")
    assert (revised.part, revised.parts) == (1, 1)
    assert revised.content_hash == second["content_hash"]
    assert changes(revised.differences) == {
        (settled.roof, settled.anna_home): {DAY: {10: -6000}},
        (settled.roof, settled.bruno_home): {DAY: {10: 6000}},
    }
    closed = await allocation.published(SettlementClosed, settled.operation_id)
    assert [event.number for event in closed] == [1, 2]


def low_at(step: int) -> list[int]:
    """Anna uses 100 W in one half-hour and 400 W in all others."""
    return [100 if number == step else 400 for number in range(48)]


async def test_energy_that_only_moves_within_a_day_settles_the_month_anew(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    await allocation.tell(settled.readings(anna=low_at(28), revision=2))
    await allocation.tell(settled.readings(anna=low_at(20), revision=3))

    assert [settlement["number"] for settlement in await settled.settlements(operator)] == [1, 2, 3]
    _, revised = await revisions(allocation, settled)
    assert (revised.number, revised.supersedes) == (3, 2)
    assert changes(revised.differences) == {
        (settled.roof, settled.anna_home): {DAY: {10: -6000, 14: 6000}},
        (settled.roof, settled.bruno_home): {DAY: {10: 6000, 14: -6000}},
    }


async def test_a_change_is_told_by_the_half_hour(allocation: Allocation, settled: Coop) -> None:
    """Off-peak hours may begin at 22:30: what moves within an hour moves to another price."""
    await allocation.tell(settled.readings(anna=low_at(45), revision=2))
    await allocation.tell(settled.readings(anna=low_at(44), revision=3))

    first, second = await revisions(allocation, settled)
    assert revised_day(first, settled.anna_home) == RevisedDay(
        day=DAY, by_hour_wmin={22: -6000}, by_half_hour_wmin={45: -6000}
    )
    assert revised_day(second, settled.anna_home) == RevisedDay(
        day=DAY, by_hour_wmin={}, by_half_hour_wmin={44: -6000, 45: 6000}
    )


def revised_day(revised: SettlementRevised, consumer: Prm) -> RevisedDay:
    (day,) = [day for pair in revised.differences if pair.consumer == consumer for day in pair.days]
    return day


async def test_a_superseded_settlement_stays_as_it_was(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    url = f"/allocation/settlements/{settled.operation_id}/{MONTH}/1"
    before = (await operator.get(url)).json()

    await allocation.tell(settled.readings(anna=LESS_AT_TEN, revision=2))

    assert (await operator.get(url)).json() == before | {"superseded_by": 2}


async def test_both_can_be_made_again_from_their_inputs(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    await allocation.tell(settled.readings(anna=LESS_AT_TEN, revision=2))
    await settled.set_key(operator, "2026-11-01", type="static", shares={settled.anna_home: "1"})
    await allocation.tell(settled.perimeter(settled.points[:2], revision=2))

    for number in (1, 2):
        url = f"/allocation/settlements/{settled.operation_id}/{MONTH}/{number}"
        settlement = (await operator.get(url)).json()
        answer = await operator.get(f"{url}/verification")
        assert answer.json() == {
            "matches": True,
            "content_hash": settlement["content_hash"],
            "recomputed_hash": settlement["content_hash"],
            "damaged_inputs": [],
        }


async def test_days_that_did_not_change_keep_their_inputs_once(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    await allocation.tell(settled.readings(anna=LESS_AT_TEN, revision=2))

    url = f"/allocation/settlements/{settled.operation_id}/{MONTH}"
    first, second = [
        (await operator.get(f"{url}/{revision}")).json()["inputs"] for revision in (1, 2)
    ]
    changed = {day for day in first["days"] if first["days"][day] != second["days"][day]}
    assert changed == {"2026-10-12"}
    assert first["keys"] == second["keys"]
    names = {*first["days"].values(), *second["days"].values(), *first["keys"]}
    kept = await allocation.query(
        "SELECT hash FROM settlement_input WHERE hash = ANY (:names)", names=sorted(names)
    )
    assert len(kept) == len(OCTOBER) + 2


async def test_a_late_key_settles_the_month_anew(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    halves = {settled.anna_home: "0.5", settled.bruno_home: "0.5"}
    await settled.set_key(operator, "2026-10-31", type="static", shares=halves)
    await allocation.settle()

    (revised,) = await revisions(allocation, settled)
    last = date(2026, 10, 31)
    assert changes(revised.differences) == {
        (settled.roof, settled.anna_home): {last: dict.fromkeys(range(24), 6000)},
        (settled.roof, settled.bruno_home): {last: dict.fromkeys(range(24), -9000)},
    }


async def test_late_coefficients_settle_the_month_anew(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    file = file_of({coop.anna_home: "45,0", coop.bruno_home: "55,0"})
    await upload(operator, key, file)
    await allocation.tell(*coop.month_of_readings())
    await coop.close(operator)

    nothing_at_noon = [
        f"{line[:16]};0;0" if line.startswith("12/10/2026 12:00") else line
        for line in file.split("\r\n")
    ]
    await upload(operator, key, "\r\n".join(nothing_at_noon))
    await allocation.settle()

    (revised,) = await revisions(allocation, coop)
    # 45 % of 27,000 is more than Anna's 12,000; 55 % is 14,850.
    assert changes(revised.differences) == {
        (coop.roof, coop.anna_home): {DAY: {12: -12_000}},
        (coop.roof, coop.bruno_home): {DAY: {12: -14_850}},
    }
    for number in (1, 2):
        url = f"/allocation/settlements/{coop.operation_id}/{MONTH}/{number}/verification"
        assert (await operator.get(url)).json()["matches"]


async def test_the_repeated_hour_counts_twice(allocation: Allocation, settled: Coop) -> None:
    day = date(2026, 10, 25)
    await allocation.tell(settled.readings(day, anna=100, revision=2))

    (revised,) = await revisions(allocation, settled)
    differences = changes(revised.differences)[settled.roof, settled.anna_home]
    assert differences == {day: dict.fromkeys(range(24), -12_000) | {2: -24_000}}


async def test_a_point_that_leaves_late_gives_back_all_that_it_got(
    allocation: Allocation, settled: Coop
) -> None:
    left = date(2026, 10, 31)
    roof, anna, bruno = settled.points
    gone = Point(anna.prm, anna.direction, anna.member_id, anna.valid_from, left)
    await allocation.tell(settled.perimeter([roof, gone, bruno], revision=2))

    (revised,) = await revisions(allocation, settled)
    assert changes(revised.differences) == {
        (settled.roof, settled.anna_home): {left: dict.fromkeys(range(24), -18_000)},
        (settled.roof, settled.bruno_home): {left: dict.fromkeys(range(24), 12_000)},
    }


async def test_the_same_energies_are_no_new_settlement(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    # One rank with everybody is the default rule: another key, the same shares.
    ranks = [[settled.anna_home, settled.bruno_home]]
    await settled.set_key(operator, type="priority", ranks=ranks)
    await allocation.settle()

    assert (await settled.day(operator))["revision"] == 2
    (only,) = await settled.settlements(operator)
    assert not only["outdated"]
    assert await revisions(allocation, settled) == []


async def test_a_month_that_cannot_be_settled_anew_says_why(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    await allocation.tell(settled.readings(anna=[None] * 3 + [400] * 45, revision=2))

    (outdated,) = await settled.settlements(operator)
    assert outdated["outdated"]
    assert outdated["refusal"]["type"] == "/problems/days-incomplete"
    assert [day["day"] for day in outdated["refusal"]["days"]] == ["2026-10-12"]
    answer = await operator.get(f"/allocation/settlements/{settled.operation_id}/{MONTH}/1")
    assert answer.json()["outdated"]

    await allocation.tell(settled.readings(revision=3))
    (mended,) = await settled.settlements(operator)
    assert (mended["outdated"], mended["refusal"]) == (False, None)

    await allocation.tell(settled.readings(anna=LESS_AT_TEN, revision=4))
    assert len(await settled.settlements(operator)) == 2


async def test_a_day_that_leaves_the_month_no_longer_stands_in_the_way(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop, last = Coop(), OCTOBER[-1]
    await coop.set_key(operator)

    def since(day: date, revision: int) -> PerimeterChanged:
        points = [Point(point.prm, point.direction, point.member_id, day) for point in coop.points]
        return coop.perimeter(points, revision=revision)

    await allocation.tell(since(last, 1), coop.readings(last))
    await coop.close(operator)
    await allocation.tell(since(date(2026, 10, 30), 2))
    (outdated,) = await coop.settlements(operator)
    assert outdated["refusal"]["days"][0]["status"] == "no_readings"

    await allocation.tell(since(last, 3))

    (only,) = await coop.settlements(operator)
    assert not only["outdated"]


async def test_nothing_happens_to_a_month_that_was_never_settled(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(ready.readings(anna=LESS_AT_TEN, revision=2))

    assert await ready.settlements(operator) == []
    marks = "SELECT month FROM stale_settlement WHERE operation_id = :id"
    assert await allocation.query(marks, id=ready.operation_id) == []


async def test_a_month_with_a_waiting_day_is_not_due_yet(
    allocation: Allocation, settled: Coop
) -> None:
    month = Month.parse(MONTH)
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as session,
    ):
        # In one transaction, so that no worker sees the marks.
        await mark_outdated(session, [(settled.operation_id, month)])
        due = await list_due(session, 100)
        await mark_stale(session, [(settled.operation_id, DAY)])
        later = await list_due(session, 100)
        await session.rollback()
    assert (settled.operation_id, month) in due
    assert (settled.operation_id, month) not in later


async def test_any_number_of_workers_settle_a_month_once(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coops = [Coop() for _ in range(4)]
    for coop in coops:
        await coop.set_key(operator)
        await allocation.tell(coop.perimeter(), *coop.month_of_readings())
        await coop.close(operator)

    stopping = asyncio.Event()

    async def work() -> None:
        async with allocation.platform.database("allocation") as database:
            while not stopping.is_set():
                await settle_outdated_months(database)
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(3):
            tasks.create_task(work())
        await allocation.tell(
            *(coop.readings(anna=LESS_AT_TEN, revision=2) for coop in coops),
        )
        stopping.set()

    for coop in coops:
        assert [settlement["number"] for settlement in await coop.settlements(operator)] == [1, 2]
        assert len(await revisions(allocation, coop)) == 1


async def test_a_worker_that_dies_leaves_nothing_half_done(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    correction = settled.readings(anna=LESS_AT_TEN, revision=2)
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as session,
    ):
        # In one transaction, so that no other worker sees the marks.
        await record_readings(session, [correction])
        await allocate_stale_days(session)
        while await settle_outdated_month(session):
            pass
        month = Month.parse(MONTH)
        assert await find_last_number(session, settled.operation_id, month) == 2
        await session.rollback()
    assert len(await settled.settlements(operator)) == 1
    assert await revisions(allocation, settled) == []

    await allocation.tell(correction)

    assert len(await settled.settlements(operator)) == 2
    assert len(await revisions(allocation, settled)) == 1


async def test_a_bug_in_one_month_is_told_and_stops_no_other(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    rubbish = "UPDATE perimeter SET participations = '[1]' WHERE operation_id = :id RETURNING name"
    await allocation.query(rubbish, id=settled.operation_id)
    mark = "INSERT INTO stale_settlement VALUES (:id, :month, now())"
    await allocation.change(mark, id=settled.operation_id, month=MONTH)
    await allocation.settle()

    (outdated,) = await settled.settlements(operator)
    assert outdated["refusal"] == {
        "title": "Settling the month met a bug",
        "detail": "ValidationError",
    }


async def test_inputs_can_be_read_and_have_the_hash_that_names_them(
    allocation: Allocation, operator: httpx.AsyncClient, settled: Coop
) -> None:
    await allocation.tell(settled.readings(anna=LESS_AT_TEN, revision=2))
    url = f"/allocation/settlements/{settled.operation_id}/{MONTH}/1"
    inputs = (await operator.get(url)).json()["inputs"]
    name = inputs["days"]["2026-10-12"]

    answer = await operator.get(f"{url}/inputs/{name}")

    assert hashlib.sha256(answer.content).hexdigest() == name
    frozen = answer.json()
    assert (frozen["day"], frozen["step_min"]) == ("2026-10-12", 30)
    assert [frozen["key"]] == inputs["keys"]
    blocks = {point["prm"]: point["blocks"] for point in frozen["points"]}
    (block,) = blocks[settled.anna_home]
    assert (block["revision"], block["power_w"]) == (1, [400] * 48)
    unknown = await operator.get(f"{url}/inputs/{'0' * 64}")
    assert (unknown.status_code, unknown.json()["type"]) == (
        404,
        "/problems/settlement-input-not-found",
    )
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await organiser.get(f"{url}/inputs/{name}")).status_code == 403


@pytest.mark.usefixtures("settled")
async def test_frozen_inputs_never_change(allocation: Allocation) -> None:
    for change in ("UPDATE settlement_input SET content = ''", "DELETE FROM settlement_input"):
        with pytest.raises(DBAPIError, match="never change"):
            await allocation.query(change)


async def test_only_runners_verify(allocation: Allocation, settled: Coop) -> None:
    url = f"/allocation/settlements/{settled.operation_id}/{MONTH}/1/verification"
    async with allocation.client("organiser", operations=[settled.operation_id]) as organiser:
        assert (await organiser.get(url)).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await organiser.get(url)).status_code == 403
    async with allocation.client("member", member_id=str(settled.anna)) as anna:
        assert (await anna.get(url)).status_code == 403
