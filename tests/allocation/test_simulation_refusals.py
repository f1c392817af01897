"""What is refused, and to whom, when a what-if is asked for."""

import sys

import httpx
import pytest

from services.allocation.schemas.simulations import EXAMPLES, SimulationIn
from tests.allocation.simulating import TODAY, URL, ask, asked, one_hour, refusal, until_over
from tests.allocation.world import Allocation, Coop
from tests.support.ids import new_prm


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
    removing = asked(coop, TODAY | {"removed": [stranger]})
    assert await refusal(operator, removing) == (409, "scenario-invalid")
    adding = asked(coop, TODAY | {"added_consumers": [school]})
    assert await refusal(operator, adding) == (409, "scenario-invalid")
    assert await refusal(operator, asked(coop, TODAY | {"key": static})) == (409, "key-invalid")
    lottery = asked(coop, TODAY | {"key": {"type": "lottery"}})
    assert await refusal(operator, lottery) == (422, "key-type-unsupported")
    formula = asked(coop, TODAY | {"name": "=1+1"})
    assert await refusal(operator, formula) == (422, "malformed")
    many = [
        {"prm": f"990000000{number:05}", "profile": "shop", "annual_kwh": "9000"}
        for number in range(200)
    ]
    whole_year = {"of": "profiles", "from_day": "2026-01-01", "to_day": "2027-01-01", "step_min": 5}
    roof = {"prm": stranger, "power_kwp": "9", "tilt_deg": 30, "latitude_deg": 48}
    project = {**whole_year, "consumers": many, "plants": [roof | {"longitude_deg": 2}]}
    assert await refusal(operator, asked(coop, base=project)) == (409, "simulation-too-large")
    bounds = {"min_share": "0.6", "max_share": "0.5"}
    assert await refusal(operator, asked(coop, search=bounds)) == (422, "malformed")
    curves = {"of": "curves", "curves_csv": "prm;direction"}
    assert await refusal(operator, asked(coop, base=curves)) == (409, "curves-refused")


async def test_readings_that_do_not_split_into_whole_energies_are_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    """3 watt-minutes of an hour, in twelve steps."""
    curves = {"of": "curves", "step_min": 5, "curves_csv": one_hour(coop).replace(",900", ",0.05")}

    assert await refusal(operator, asked(coop, base=curves)) == (409, "energy-not-whole")


async def test_a_plant_of_which_pvgis_says_nothing_is_refused(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44, "tilt_deg": 30}
    roof = {"prm": new_prm(), "power_kwp": "36", "source": "pvgis", **place}

    more = asked(read_coop, TODAY | {"added_plants": [roof]})

    assert await refusal(operator, more) == (503, "pvgis-unreachable")


async def test_a_plant_by_the_sun_is_refused_where_pvlib_is_not_installed(
    operator: httpx.AsyncClient, read_coop: Coop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pvlib", None)
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44, "tilt_deg": 30}
    roof = {"prm": new_prm(), "power_kwp": "36", **place}
    school = {"prm": new_prm(), "profile": "school", "annual_kwh": "9000"}
    days = {"from_day": "2026-10-12", "to_day": "2026-10-13"}
    project = {"of": "profiles", **days, "consumers": [school], "plants": [roof]}

    more = asked(read_coop, TODAY | {"added_plants": [roof]})

    assert await refusal(operator, more) == (501, "sun-unknown")
    assert await refusal(operator, asked(read_coop, base=project)) == (501, "sun-unknown")


async def test_days_without_readings_are_named(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    base = {"of": "readings", "from_day": "2026-10-12", "to_day": "2026-10-14"}

    answer = await operator.post(URL, json=asked(read_coop, base=base))

    missing = answer.json()["missing"]
    assert {row["day"] for row in missing} == {"2026-10-13"}
    assert {row["steps"] for row in missing} == {48}
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
    answer = await operator.get(f"{URL}/{failed['id']}/results.csv")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/simulation-not-done")


async def test_only_staff_and_the_operations_organiser_may(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    location = await ask(operator, asked(coop))
    await until_over(operator, location)
    claims = {"operations": [coop.operation_id]}

    async with (
        allocation.client("organiser", **claims) as organiser,
        allocation.client("organiser", operations=["ACC00000001"]) as other,
        allocation.client("member", member_id=str(coop.anna)) as member,
    ):
        assert (await organiser.get(location)).status_code == 200
        assert (await organiser.post(URL, json=asked(coop))).status_code == 202
        for stranger in (other, member):
            assert (await stranger.post(URL, json=asked(coop))).status_code == 403
            for path in ("", "/results.csv"):
                assert (await stranger.get(location + path)).status_code == 403
            query = {"operation_id": coop.operation_id}
            assert (await stranger.get(URL, params=query)).status_code == 403
            assert (await stranger.post(f"{location}/cancellation")).status_code == 403
            draft = await stranger.post(
                f"{location}/proposals/1/draft", json={"valid_from": "2027-01-01"}
            )
            assert draft.status_code == 403
            assert (await stranger.delete(location)).status_code == 403
    assert (await operator.get(location)).status_code == 200


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_the_documentation_can_be_read(name: str) -> None:
    SimulationIn.model_validate(EXAMPLES[name]["value"])
