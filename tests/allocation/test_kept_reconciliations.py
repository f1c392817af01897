"""What has been compared is kept, and given as long as nothing that it was made from changes."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from libs.common.rounds.rest import SHORT_REST
from services.allocation.commands.purging import Purger
from services.allocation.store.stale import lock_operations, mark_stale
from services.allocation.workers import purge_old_month
from tests.allocation.dso import (
    CONSUMED,
    SHARED,
    curve,
    energy,
    results_of_day,
    results_of_month,
    same,
)
from tests.allocation.test_key_coefficients import file_of, halves, key_of, upload
from tests.allocation.world import CONSUMPTION, DAY, MONTH, OCTOBER, Allocation, Coop, Point
from tests.support.clock import SetClock
from tests.support.ids import new_prm
from tests.support.waiting import until

Change = Callable[[Allocation, httpx.AsyncClient, Coop], Awaitable[None]]

_MARK = 77
"""Units of tolerance that nobody has chosen: an answer that has them is the one that is kept."""


async def _ask(client: httpx.AsyncClient, coop: Coop, **params: int) -> httpx.Response:
    return await client.get(f"{coop.url}/reconciliation", params={"month": MONTH, **params})


async def _kept(allocation: Allocation, coop: Coop) -> list[Any]:
    query = "SELECT inputs_hash FROM kept_reconciliation WHERE operation_id = :operation_id"
    return await allocation.query(query, operation_id=coop.operation_id)


async def _mark_kept(allocation: Allocation, coop: Coop) -> None:
    mark = "UPDATE kept_reconciliation SET tolerance_units = :mark WHERE operation_id = :operation"
    await allocation.change(mark, mark=_MARK, operation=coop.operation_id)


async def _differing(allocation: Allocation, coop: Coop) -> None:
    """What the DSO says of a day, with something in each table of the answer."""
    nudged = curve(coop.anna_home, SHARED, [9_060] * 46 + [5_000] * 2)
    await allocation.tell(same(coop, anna_self_consumed=nudged))


async def test_who_asks_again_gets_what_is_kept_to_the_byte(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await _differing(allocation, ready)
    first = await _ask(operator, ready)
    csv = await operator.get(f"{ready.url}/reconciliation.csv", params={"month": MONTH})
    assert len(await _kept(allocation, ready)) == 1

    again = await _ask(operator, ready)
    assert again.content == first.content
    assert (again.json()["points_count"], again.json()["findings_count"]) == (8, 1)
    same_csv = await operator.get(f"{ready.url}/reconciliation.csv", params={"month": MONTH})
    assert same_csv.content == csv.content
    await _mark_kept(allocation, ready)
    assert (await _ask(operator, ready)).json()["tolerance_units"] == _MARK


async def test_a_page_has_all_sums_and_some_points(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    more, less = curve(ready.anna_home, SHARED, 10_000), curve(ready.bruno_home, SHARED, 17_000)
    await allocation.tell(same(ready, anna_self_consumed=more, bruno_self_consumed=less))
    whole = (await _ask(operator, ready)).json()

    page = (await _ask(operator, ready, limit=1)).json()

    assert page == whole | {name: whole[name][:1] for name in ("points", "findings")}
    assert (page["points_count"], page["findings_count"]) == (8, 2)
    apart = {
        each["class"]: (each["difference_wmin"], each["apart_wmin"]) for each in page["classes"]
    }
    assert apart["unexplained"] == (0, 2 * 1_000 * 48)
    assert (await _ask(operator, ready, limit=0)).status_code == 422


async def _correct_reading(
    allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.readings(anna=500, revision=2))


async def _send_equal_reading_again(
    allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop
) -> None:
    """The day keeps its shares and their revision; the readings have another one."""
    await allocation.tell(coop.readings(revision=2))


async def _send_reading_of_another_step(
    allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.readings(step_min=10, revision=2))


async def _correct_dso_day(
    allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop
) -> None:
    curves = [curve(coop.anna_home, SHARED, 8_000)]
    await allocation.tell(results_of_day(coop, curves, revision=2))


async def _tell_another_dso_day(
    allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(same(coop, OCTOBER[0]))


async def _make_dso_day_provisional(
    allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop
) -> None:
    curves = same(coop).curves
    await allocation.tell(results_of_day(coop, curves, revision=2, definitive=False))


async def _tell_dso_month(allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop) -> None:
    await allocation.tell(results_of_month(coop, [energy(coop.anna_home, CONSUMED, 60_000)]))


async def _add_point(allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop) -> None:
    """Late in the month, on days without results of the DSO."""
    point = Point(new_prm(), CONSUMPTION, coop.anna, date(2026, 10, 30))
    await allocation.tell(coop.perimeter([*coop.points, point], revision=2))


async def _take_point_out(allocation: Allocation, _operator: httpx.AsyncClient, coop: Coop) -> None:
    await allocation.tell(coop.perimeter(coop.points[:2], revision=2))


async def _change_key(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.set_key(operator, "2026-10-01", type="priority", ranks=[[coop.bruno_home]])
    await allocation.settle()


async def _change_previous_key(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    """It is one of those that the DSO may have applied; no day of the month has it."""
    await coop.set_key(operator, "2025-11-01", type="priority", ranks=[[coop.bruno_home]])
    await allocation.settle()


async def _change_tolerance(
    _allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await operator.put(f"{coop.url}/policy", json={"tolerance_units": 2})
    assert answer.status_code == 200, answer.text


async def _change_decimals(
    _allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await operator.put(f"{coop.url}/policy", json={"coefficient_decimals": 4})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "change",
    [
        _correct_reading,
        _send_equal_reading_again,
        _send_reading_of_another_step,
        _correct_dso_day,
        _tell_another_dso_day,
        _make_dso_day_provisional,
        _tell_dso_month,
        _add_point,
        _take_point_out,
        _change_key,
        _change_previous_key,
        _change_tolerance,
        _change_decimals,
    ],
)
async def test_after_any_change_the_month_is_compared_anew(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, change: Change
) -> None:
    await _differing(allocation, ready)
    assert (await _ask(operator, ready)).status_code == 200
    await _mark_kept(allocation, ready)

    await change(allocation, operator, ready)
    changed = await _ask(operator, ready)

    assert changed.json()["tolerance_units"] != _MARK
    await allocation.change(
        "DELETE FROM kept_reconciliation WHERE operation_id = :operation",
        operation=ready.operation_id,
    )
    assert (await _ask(operator, ready)).content == changed.content


async def test_coefficients_of_a_day_without_readings_count_too(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    """Nothing is allocated for them, but the DSO's readings are shared by them."""
    key = await key_of(operator, coop)
    assert (await upload(operator, key, file_of(halves(coop)))).is_success
    await allocation.tell(same(coop))
    assert (await _ask(operator, coop)).status_code == 200
    await _mark_kept(allocation, coop)

    others = {coop.anna_home: "50,0", coop.bruno_home: "50,0"}
    assert (await upload(operator, key, file_of(others))).is_success

    assert (await _ask(operator, coop)).json()["tolerance_units"] != _MARK


async def test_while_a_day_waits_what_is_kept_is_no_answer(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await _differing(allocation, ready)
    assert (await _ask(operator, ready)).status_code == 200
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as held,
    ):
        await lock_operations(held, [ready.operation_id])
        async with database.transaction() as session:
            await mark_stale(session, [(ready.operation_id, DAY)])
        assert (await _ask(operator, ready)).status_code == 409
    await allocation.settle()


async def test_while_the_operation_changes_nothing_is_kept(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await _differing(allocation, ready)
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as held,
    ):
        await lock_operations(held, [ready.operation_id])
        first = await _ask(operator, ready)
    assert await _kept(allocation, ready) == []
    assert (await _ask(operator, ready)).content == first.content
    assert len(await _kept(allocation, ready)) == 1


async def test_what_is_kept_goes_with_the_curves_of_its_month(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await _differing(allocation, ready)
    await allocation.tell(results_of_month(ready, [energy(ready.anna_home, CONSUMED, 60_000)]))
    assert (await _ask(operator, ready)).status_code == 200
    now = SetClock(datetime(2029, 10, 31, 23, tzinfo=UTC))
    async with allocation.platform.database("allocation", now) as database:
        # A worker may be at the operation's days still.
        await until(
            "the month is purged",
            lambda: purge_old_month(database, purger=_PURGER),
            lambda rest: rest > SHORT_REST,
        )

    assert await _kept(allocation, ready) == []
    assert (await _ask(operator, ready)).status_code == 200
    assert await _kept(allocation, ready) == [], "a purged month is compared, and not kept"


_PURGER = Purger(36)
