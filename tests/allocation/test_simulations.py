"""What-ifs over the API: asked for, run, cancelled, kept; never a change of what is real."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from libs.common.database import Database
from services.allocation.commands.simulation_runs import (
    Stopped,
    Watch,
    begin_simulation,
    fail_simulation,
    finish_simulation,
    note_progress,
)
from services.allocation.domain.keys import parse_key
from services.allocation.schemas.simulations import EXAMPLES, ResultOut, SimulationIn
from services.allocation.workers import run_simulation
from tests.allocation.world import DAY, Allocation, Coop, new_prm

_URL = "/allocation/simulations"
_PATIENCE_S = 60
_KEY = {"type": "default_dynamic"}
_TODAY = {"name": "today", "key": _KEY}
_PRICES = {
    "local_eur_per_kwh": "0.12",
    "supplier_eur_per_kwh": "0.20",
    "feed_in_eur_per_kwh": "0.04",
}
_OVER = ("done", "failed", "cancelled")


@pytest.fixture
async def database(allocation: Allocation) -> AsyncIterator[Database]:
    async with allocation.platform.database("allocation") as database:
        yield database


@pytest.fixture
async def read_coop(allocation: Allocation, coop: Coop) -> Coop:
    """One day: 900 W made in each half-hour, Anna uses 400, Bruno 800."""
    await allocation.tell(coop.readings())
    return coop


def asked(coop: Coop, *scenarios: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "operation_id": coop.operation_id,
        "base": {"of": "readings", "from_day": DAY.isoformat(), "to_day": "2026-10-13"},
        "prices": _PRICES,
        "scenarios": list(scenarios) or [_TODAY],
        **more,
    }


async def ask(client: httpx.AsyncClient, body: dict[str, Any]) -> str:
    answer = await client.post(_URL, json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"{_URL}/{answer.json()['id']}"
    assert answer.json()["state"] == "queued"
    location: str = answer.headers["Location"]
    return location


def _one_hour(coop: Coop) -> str:
    at = "2026-06-15T10:00:00Z,60"
    return (
        "prm,direction,start,step_min,power_w\n"
        f"{coop.roof},production,{at},900\n{coop.anna_home},consumption,{at},400\n"
    )


async def until_over(client: httpx.AsyncClient, location: str) -> dict[str, Any]:
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            simulation: dict[str, Any] = (await client.get(location)).json()
            if simulation["state"] in _OVER:
                return simulation
            await asyncio.sleep(0.05)


async def refusal(client: httpx.AsyncClient, body: dict[str, Any]) -> tuple[int, str]:
    answer = await client.post(_URL, json=body)
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def test_keys_are_compared_on_real_readings_and_nothing_real_changes(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    await coop.set_key(operator)
    await allocation.settle()
    before = await coop.summary(operator)
    half = {"type": "static", "shares": {coop.anna_home: "0.5", coop.bruno_home: "0.5"}}

    location = await ask(operator, asked(coop, _TODAY, {"name": "halves", "key": half}))
    simulation = await until_over(operator, location)

    assert simulation["state"] == "done", simulation["failure"]
    assert simulation["progress"]["done"] == simulation["progress"]["total"] > 0
    assert simulation["missing_steps"] == 0
    default, halves = simulation["result"]["scenarios"]
    # 24 h: default shares all 900 W; halves give Anna 400 of 450, Bruno 450.
    assert default["shared_wmin"] == 900 * 24 * 60
    assert halves["shared_wmin"] == 850 * 24 * 60
    assert halves["surplus_wmin"] == 50 * 24 * 60
    shared = {one["prm"]: one["shared_wmin"] for one in halves["consumers"]}
    assert shared == {coop.anna_home: 400 * 24 * 60, coop.bruno_home: 450 * 24 * 60}
    # 9.6 and 10.8 kWh save 8 cents each; 20.4 kWh sold at 12, 1.2 left at 4.
    savings = {one["prm"]: one["savings_cents"] for one in halves["consumers"]}
    assert savings == {coop.anna_home: 77, coop.bruno_home: 86}
    assert halves["revenue_cents"] == 250
    assert halves["lowest_coverage"] == pytest.approx(450 / 800)
    assert await coop.summary(operator) == before


async def test_the_engine_gives_what_is_allocated_for_real(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    await read_coop.set_key(operator)
    await allocation.settle()

    location = await ask(operator, asked(read_coop))
    result = (await until_over(operator, location))["result"]

    summary = await read_coop.summary(operator)
    assert result["scenarios"][0]["shared_wmin"] == summary["shared_wmin"]


async def test_without_a_key_those_in_force_share_each_day(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    for day in (13, 14):
        await allocation.tell(coop.readings(date(2026, 10, day)))
    await coop.set_key(operator, "2026-10-13")
    await coop.set_key(operator, "2026-10-14", type="static", shares={coop.bruno_home: "0.5"})
    await allocation.settle()
    base = {"of": "readings", "from_day": "2026-10-12", "to_day": "2026-10-15"}
    without_anna = {"name": "without Anna", "removed": [coop.anna_home]}

    location = await ask(operator, asked(coop, {"name": "today"}, without_anna, base=base))
    simulation = await until_over(operator, location)

    # No key, then all 900 W, then half of them.
    assert simulation["state"] == "done", simulation["failure"]
    today, left = simulation["result"]["scenarios"]
    assert today["shared_wmin"] == (0 + 900 + 450) * 24 * 60
    assert left["shared_wmin"] == (0 + 800 + 450) * 24 * 60
    assert today["shared_wmin"] == (await coop.summary(operator))["shared_wmin"]
    curves = {"of": "curves", "curves_csv": _one_hour(coop)}
    unknown = asked(coop, {"name": "today"}, base=curves)
    assert await refusal(operator, unknown) == (409, "scenario-invalid")


async def test_members_join_and_leave_and_a_roof_is_built(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    school = {"prm": new_prm(), "profile": "school", "annual_kwh": "40000"}
    roof = {"prm": new_prm(), "power_kwp": "36", "tilt_deg": 30}
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44}
    more = {
        "name": "more",
        "key": _KEY,
        "added_consumers": [school],
        "added_plants": [roof | place],
    }
    less = {"name": "less", "key": _KEY, "removed": [coop.bruno_home]}

    location = await ask(operator, asked(coop, more, less))
    result = (await until_over(operator, location))["result"]

    joined, left = result["scenarios"]
    assert {one["prm"] for one in joined["consumers"]} == {
        coop.anna_home,
        coop.bruno_home,
        school["prm"],
    }
    made = {one["prm"]: one["production_wmin"] for one in joined["producers"]}
    # A day of October on 36 kWp: some 100 kWh.
    assert 60 < made[str(roof["prm"])] / 60_000 < 160
    assert [one["prm"] for one in left["consumers"]] == [coop.anna_home]
    assert left["shared_wmin"] == 400 * 24 * 60


async def test_a_proposal_is_marked_and_becomes_a_draft_when_somebody_wants_it(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    body = asked(read_coop, search={"maximise": "savings", "min_coverage_ratio": 0.9})
    location = await ask(operator, body)

    result = (await until_over(operator, location))["result"]

    (proposal,) = result["proposals"]  # two homes that are always alike have no ranks
    assert proposal["proposal"] is True
    parse_key(proposal["definition"])
    assert proposal["outcome"]["shared_wmin"] <= proposal["at_most_wmin"]
    assert (await operator.get(f"{read_coop.url}/keys")).json() == []

    for _ in range(2):  # a second click makes no second draft
        answer = await operator.post(
            f"{location}/proposals/1/draft", json={"valid_from": "2027-01-01"}
        )
        assert answer.status_code == 201, answer.text
    (key,) = (await operator.get(f"{read_coop.url}/keys")).json()
    assert (key["id"], key["state"]) == (answer.json()["key_id"], "draft")
    assert key["definition"] == proposal["definition"]

    none = await operator.post(f"{location}/proposals/2/draft", json={"valid_from": "2027-01-01"})
    assert (none.status_code, none.json()["type"]) == (404, "/problems/proposal-unknown")


async def test_uploaded_curves_need_no_readings(operator: httpx.AsyncClient) -> None:
    coop = Coop()

    base = {"of": "curves", "curves_csv": _one_hour(coop)}
    location = await ask(operator, asked(coop, base=base))
    simulation = await until_over(operator, location)

    assert simulation["result"]["scenarios"][0]["shared_wmin"] == 400 * 60
    assert "curves_csv" not in simulation["request"]["base"]


async def test_a_project_without_any_meter_is_simulated(operator: httpx.AsyncClient) -> None:
    base = {
        "of": "profiles",
        "from_day": "2026-03-28",
        "to_day": "2026-03-31",  # with the day of 23 hours
        "consumers": [{"prm": new_prm(), "profile": "household", "annual_kwh": "4500"}],
        "plants": [
            {"prm": new_prm(), "power_kwp": "3", "tilt_deg": 30}
            | {"latitude_deg": 48.1, "longitude_deg": -1.7}
        ],
    }

    location = await ask(operator, asked(Coop(), base=base))
    simulation = await until_over(operator, location)

    assert simulation["state"] == "done", simulation["failure"]
    (outcome,) = simulation["result"]["scenarios"]
    assert 0 < outcome["shared_wmin"] < outcome["production_wmin"]


async def test_results_are_exported(operator: httpx.AsyncClient, read_coop: Coop) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)

    answer = await operator.get(f"{location}/results.csv")

    assert answer.headers["content-type"].startswith("text/csv")
    header, *rows = answer.text.splitlines()
    assert header == (
        "scenario,prm,direction,metered_kwh,shared_kwh,rest_kwh,savings_eur,revenue_eur"
    )
    assert f"today,{read_coop.anna_home},consumption,9.600,7.200,2.400,0.58," in rows
    assert f"today,{read_coop.roof},production,21.600,21.600,0.000,,2.59" in rows


async def test_simulations_are_listed_newest_first_and_may_be_forgotten(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    locations = [await ask(operator, asked(read_coop)) for _ in range(2)]
    for location in locations:
        await until_over(operator, location)

    listed = await operator.get(_URL, params={"operation_id": read_coop.operation_id})
    assert [f"{_URL}/{one['id']}" for one in listed.json()] == locations[::-1]
    assert listed.json()[0]["scenarios"] == ["today"]

    assert (await operator.delete(locations[0])).status_code == 204
    answer = await operator.get(locations[0])
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/simulation-unknown")


async def test_what_can_be_told_at_once_is_refused_at_once(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    longer = {"of": "readings", "from_day": "2026-10-12", "to_day": "2026-10-14"}
    year = {"of": "readings", "from_day": "2026-01-01", "to_day": "2028-01-01"}
    stranger = new_prm()
    school = {"prm": coop.anna_home, "profile": "school", "annual_kwh": "1"}
    static = {"type": "static", "shares": {stranger: "1"}}

    assert await refusal(operator, asked(coop, base=longer)) == (409, "readings-missing")
    assert await refusal(operator, asked(coop, base=year)) == (422, "malformed")
    assert await refusal(operator, asked(Coop())) == (404, "operation-unknown")
    removing = asked(coop, _TODAY | {"removed": [stranger]})
    assert await refusal(operator, removing) == (409, "scenario-invalid")
    adding = asked(coop, _TODAY | {"added_consumers": [school]})
    assert await refusal(operator, adding) == (409, "scenario-invalid")
    assert await refusal(operator, asked(coop, _TODAY | {"key": static})) == (409, "key-invalid")
    lottery = asked(coop, _TODAY | {"key": {"type": "lottery"}})
    assert await refusal(operator, lottery) == (422, "key-type-unsupported")
    formula = asked(coop, _TODAY | {"name": "=1+1"})
    assert await refusal(operator, formula) == (422, "malformed")
    many = [
        {"prm": f"990000000{one:05}", "profile": "shop", "annual_kwh": "9000"} for one in range(200)
    ]
    whole_year = {"of": "profiles", "from_day": "2026-01-01", "to_day": "2027-01-01", "step_min": 5}
    roof = {"prm": stranger, "power_kwp": "9", "tilt_deg": 30, "latitude_deg": 48}
    project = {**whole_year, "consumers": many, "plants": [roof | {"longitude_deg": 2}]}
    assert await refusal(operator, asked(coop, base=project)) == (409, "simulation-too-large")
    curves = {"of": "curves", "curves_csv": "prm;direction"}
    assert await refusal(operator, asked(coop, base=curves)) == (409, "curves-refused")


async def test_days_without_readings_are_named(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    base = {"of": "readings", "from_day": "2026-10-12", "to_day": "2026-10-14"}

    answer = await operator.post(_URL, json=asked(read_coop, base=base))

    missing = answer.json()["missing"]
    assert {one["day"] for one in missing} == {"2026-10-13"}
    assert {one["steps"] for one in missing} == {48}
    assert len(missing) == 3


async def test_single_steps_that_miss_fail_it_or_count_as_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.readings(anna=[None] * 2 + [400] * 46))
    base = asked(coop)["base"]

    failed = await until_over(operator, await ask(operator, asked(coop)))
    zero = asked(coop, base=base | {"missing_readings": "zero"})
    done = await until_over(operator, await ask(operator, zero))

    assert failed["state"] == "failed"
    assert failed["failure"]["type"] == "/problems/readings-missing"
    assert coop.anna_home not in failed["failure"]["detail"]
    assert (done["state"], done["missing_steps"]) == ("done", 2)
    answer = await operator.get(f"{_URL}/{failed['id']}/results.csv")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/simulation-not-done")


async def test_only_staff_and_the_operations_organiser_may(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    location = await ask(operator, asked(coop))
    await until_over(operator, location)
    own = {"operations": [coop.operation_id]}

    async with (
        allocation.client("organiser", **own) as organiser,
        allocation.client("organiser", operations=["ACC00000001"]) as other,
        allocation.client("member", member_id=str(coop.anna)) as member,
    ):
        assert (await organiser.get(location)).status_code == 200
        assert (await organiser.post(_URL, json=asked(coop))).status_code == 202
        for stranger in (other, member):
            assert (await stranger.post(_URL, json=asked(coop))).status_code == 403
            for path in ("", "/results.csv"):
                assert (await stranger.get(location + path)).status_code == 403
            query = {"operation_id": coop.operation_id}
            assert (await stranger.get(_URL, params=query)).status_code == 403
            assert (await stranger.post(f"{location}/cancellation")).status_code == 403
            draft = await stranger.post(
                f"{location}/proposals/1/draft", json={"valid_from": "2027-01-01"}
            )
            assert draft.status_code == 403
            assert (await stranger.delete(location)).status_code == 403
    assert (await operator.get(location)).status_code == 200


@asynccontextmanager
async def crashed(database: Database, location: str, **columns: str) -> AsyncIterator[UUID]:
    """One more simulation like that one, as a process leaves it that ends in its middle.

    Inside, that process still lives as far as the database knows: nobody else may run it.
    """
    simulation_id = uuid4()
    values = {"state": "'running'", "attempt": "1", "request": "request"} | columns
    async with database.transaction() as process:
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
            old = location.removeprefix(f"{_URL}/")
            await session.execute(text(copy), {"new": simulation_id, "old": old})
        yield simulation_id


async def test_a_simulation_whose_process_has_died_is_run_again(
    allocation: Allocation, operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    expected = (await until_over(operator, location))["result"]

    async with crashed(database, location) as simulation_id:
        # The service has had its turn, as it has run a later one.
        await until_over(operator, await ask(operator, asked(read_coop)))
        alive = (await operator.get(f"{_URL}/{simulation_id}")).json()
        assert (alive["state"], alive["result"]) == ("running", None)

    again = await until_over(operator, f"{_URL}/{simulation_id}")
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

    over = await until_over(operator, f"{_URL}/{simulation_id}")
    assert over["failure"]["type"] == "/problems/simulation-given-up"


async def test_what_is_stored_wrongly_fails_alone(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)
    broken = """jsonb_set(request, '{prices}', '"free"')"""

    async with crashed(database, location, request=broken) as simulation_id:
        pass

    over = await until_over(operator, f"{_URL}/{simulation_id}")
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
        assert (await operator.get(f"{_URL}/{simulation_id}")).json()["state"] == "running"

        async with database.transaction() as session:
            assert await note_progress(session, second, Watch())
            await finish_simulation(session, second, nothing, missing_steps=0, parts=1)
        assert (await operator.get(f"{_URL}/{simulation_id}")).json()["state"] == "done"


async def test_a_running_simulation_is_cancelled(
    operator: httpx.AsyncClient, database: Database, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    done = await until_over(operator, location)

    async with crashed(database, location) as simulation_id:
        async with database.transaction() as session:
            job = await begin_simulation(session, simulation_id)
        assert job is not None
        answer = await operator.post(f"{_URL}/{simulation_id}/cancellation")
        assert answer.json()["state"] == "cancelled"

        # Whatever the run does from now on, it ends and leaves no trace.
        await run_simulation(database, job)

    over = (await operator.get(f"{_URL}/{simulation_id}")).json()
    assert (over["state"], over["result"]) == ("cancelled", None)
    # What is over stays as it is.
    answer = await operator.post(f"{location}/cancellation")
    assert (answer.status_code, answer.json()["state"]) == (200, done["state"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_the_documentation_can_be_read(name: str) -> None:
    SimulationIn.model_validate(EXAMPLES[name]["value"])


async def test_a_computation_that_nobody_wants_stops_at_its_next_part() -> None:
    watch = Watch()
    watch.tick()
    watch.stop()

    with pytest.raises(Stopped):
        watch.tick()
