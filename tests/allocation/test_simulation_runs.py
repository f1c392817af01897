"""Runs of what-ifs: cancelled, taken over, given up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import numpy as np
import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database, ring_after_commit
from libs.common.ids import OperationId
from services.allocation.commands import simulation_runs
from services.allocation.commands.simulated_curves import BaseCurves
from services.allocation.commands.simulation_runs import (
    SimulationWork,
    Stopped,
    Watch,
    begin_simulation,
    compute,
    fail_simulation,
    finish_simulation,
    note_progress,
)
from services.allocation.domain.simulations import Curves
from services.allocation.schemas.simulations import ResultOut, SimulationIn
from services.allocation.store.simulations import list_simulations
from services.allocation.workers import run_simulation
from tests.allocation.simulating import KEY, TODAY, URL, ask, asked, refusal, until_over
from tests.allocation.world import Allocation, Coop


@pytest.fixture
async def database(allocation: Allocation) -> AsyncIterator[Database]:
    async with allocation.platform.database("allocation") as database:
        yield database


@asynccontextmanager
async def crashed(database: Database, location: str, **columns: str) -> AsyncIterator[UUID]:
    """One more simulation like that one, as a process leaves it that ends in its middle.

    Inside, that process still lives as far as the database knows: nobody else may run it.
    """
    async with database.transaction() as process:
        yield await begun(database, process, location, **columns)


async def begun(database: Database, process: AsyncSession, location: str, **columns: str) -> UUID:
    simulation_id = uuid4()
    values = {"state": "'running'", "attempt": "1", "request": "request"} | columns
    lock = "SELECT pg_try_advisory_xact_lock(hashtext('simulation'), hashtext(:id))"
    assert await process.scalar(text(lock), {"id": str(simulation_id)})
    async with database.transaction() as session:
        copy = f"""
            INSERT INTO simulation
                (id, operation_id, asked_by, asked_at, curves_csv, pvgis, {", ".join(values)})
            SELECT :new, operation_id, asked_by, asked_at, curves_csv, pvgis,
                {", ".join(values.values())}
            FROM simulation WHERE id = :old
        """
        old = location.removeprefix(f"{URL}/")
        await session.execute(text(copy), {"new": simulation_id, "old": old})
        ring_after_commit(session)
    return simulation_id


async def test_a_simulation_whose_process_has_died_is_run_again(
    allocation: Allocation, operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    expected = (await until_over(operator, location))["result"]

    async with crashed(database, location) as simulation_id:
        # The service has had its turn, as it has run a later one.
        await until_over(operator, await ask(operator, asked(read_coop)))
        alive = (await operator.get(f"{URL}/{simulation_id}")).json()
        assert (alive["state"], alive["result"]) == ("running", None)

    again = await until_over(operator, f"{URL}/{simulation_id}")
    assert (again["state"], again["result"]) == ("done", expected)
    (row,) = await allocation.query(
        "SELECT attempt FROM simulation WHERE id = :id", id=simulation_id
    )
    assert row["attempt"] == 2


async def test_a_simulation_that_kills_its_process_is_given_up(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)

    async with crashed(database, location, attempt="3") as simulation_id:
        pass

    over = await until_over(operator, f"{URL}/{simulation_id}")
    assert over["failure"]["type"] == "/problems/simulation-given-up"


async def test_what_is_stored_wrongly_fails_alone(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)
    broken = """jsonb_set(request, '{prices}', '"free"')"""

    async with crashed(database, location, request=broken) as simulation_id:
        pass

    over = await until_over(operator, f"{URL}/{simulation_id}")
    assert over["failure"]["type"] == "/problems/bug"
    sound = await until_over(operator, await ask(operator, asked(read_coop)))
    assert sound["state"] == "done"


async def test_an_attempt_that_was_taken_over_writes_nothing_any_more(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)
    nothing = ResultOut(scenarios=[], proposals=[])

    async with crashed(database, location) as simulation_id:
        async with database.transaction() as session:
            second = await begin_simulation(session, simulation_id)
        assert second is not None
        first = replace(second, attempt=1)
        async with database.transaction() as session:
            await finish_simulation(session, first, nothing, missing_steps=0, parts=1)
            await fail_simulation(session, first, ValueError())
            assert not await note_progress(session, first, Watch())
        assert (await operator.get(f"{URL}/{simulation_id}")).json()["state"] == "running"

        async with database.transaction() as session:
            assert await note_progress(session, second, Watch())
            await finish_simulation(session, second, nothing, missing_steps=0, parts=1)
        assert (await operator.get(f"{URL}/{simulation_id}")).json()["state"] == "done"


async def test_a_simulation_that_is_cancelled_in_time_is_never_run(
    allocation: Allocation, operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)

    queued = crashed(database, location, state="'queued'", attempt="0")
    async with queued as simulation_id:
        answer = await operator.post(f"{URL}/{simulation_id}/cancellation")
        assert answer.json()["state"] == "cancelled"

    # The service has had its turn.
    await until_over(operator, await ask(operator, asked(read_coop)))
    (row,) = await allocation.query(
        "SELECT state, attempt FROM simulation WHERE id = :id", id=simulation_id
    )
    assert row == {"state": "cancelled", "attempt": 0}


async def test_a_running_simulation_is_cancelled(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    done = await until_over(operator, location)

    async with crashed(database, location) as simulation_id:
        async with database.transaction() as session:
            job = await begin_simulation(session, simulation_id)
        assert job is not None
        answer = await operator.post(f"{URL}/{simulation_id}/cancellation")
        assert answer.json()["state"] == "cancelled"

        # Whatever the run does from now on, it ends and leaves no trace.
        await run_simulation(database, job)

    over = (await operator.get(f"{URL}/{simulation_id}")).json()
    assert (over["state"], over["result"]) == ("cancelled", None)
    # What is over stays as it is.
    answer = await operator.post(f"{location}/cancellation")
    assert (answer.status_code, answer.json()["state"]) == (200, done["state"])


async def test_one_more_simulation_than_may_be_under_way_is_refused(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)

    async with database.transaction() as process:
        under_way = [await begun(database, process, location) for _ in range(5)]
        refused = await refusal(operator, asked(read_coop))
        await operator.post(f"{URL}/{under_way[0]}/cancellation")
        taken = await operator.post(URL, json=asked(read_coop))

    assert refused == (409, "too-many-simulations")
    assert taken.status_code == 202


@pytest.mark.parametrize(
    ("scenario", "search", "slug"),
    [
        ({"name": "no file", "key": {"type": "dynamic"}}, None, "key-incomplete"),
        (TODAY, {"min_share": "0.6"}, "search-hopeless"),
    ],
)
async def test_what_only_the_computation_finds_fails_it(
    operator: httpx.AsyncClient,
    read_coop: Coop,
    scenario: dict[str, Any],
    search: dict[str, str] | None,
    slug: str,
) -> None:
    location = await ask(operator, asked(read_coop, scenario, search=search))

    over = await until_over(operator, location)

    assert (over["state"], over["failure"]["type"]) == ("failed", f"/problems/{slug}")


async def test_a_simulation_that_takes_too_long_fails(
    operator: httpx.AsyncClient, read_coop: Coop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulation_runs, "_LONGEST_S", 0.0)

    over = await until_over(operator, await ask(operator, asked(read_coop)))

    assert (over["state"], over["failure"]["type"]) == ("failed", "/problems/simulation-too-long")


async def test_a_computation_that_nobody_wants_stops_at_its_next_part() -> None:
    watch = Watch()
    watch.tick()
    watch.stop()

    with pytest.raises(Stopped):
        watch.tick()


async def test_a_list_of_simulations_leaves_what_is_large_alone(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    await until_over(operator, await ask(operator, asked(read_coop)))

    async with database.transaction() as session:
        (row,) = await list_simulations(session, OperationId(read_coop.operation_id), limit=1)

    assert row.scenarios == ["today"]
    assert inspect(row).unloaded == {"request", "curves_csv", "pvgis", "result"}


async def test_whoever_cancels_does_not_wait_for_all_curves_to_be_made(
    read_coop: Coop,
) -> None:
    roof = {"prm": "99000000000902", "power_kwp": "36", "tilt_deg": 30, "source": "pvgis"}
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44}
    scenario = {"name": "one more roof", "key": KEY, "added_plants": [roof | place]}
    request = SimulationIn.model_validate(asked(read_coop, scenario))
    hour = np.zeros(1, dtype=np.int64)
    curves = Curves(np.array([60]), hour, {read_coop.roof: hour}, {read_coop.anna_home: hour})
    watch = Watch()
    watch.stop()

    # The curve could not even be made, as PVGIS has not been asked.
    assert compute(SimulationWork(request, {}, BaseCurves(curves)), watch) is None
