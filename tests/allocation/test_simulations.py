"""What-ifs over the API: compared, proposed, kept; never a change of what is real."""

from datetime import date

import httpx
import pytest

from libs.common.events.allocation import SettlementClosed
from services.allocation.domain.keys import parse_key
from tests.allocation.simulating import KEY, TODAY, URL, ask, asked, one_hour, refusal, until_over
from tests.allocation.test_key_coefficients import file_of, key_of, upload
from tests.allocation.world import Allocation, Coop
from tests.support.ids import new_prm


async def test_keys_are_compared_on_real_readings_and_nothing_real_changes(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    await coop.set_key(operator)
    await allocation.settle()
    before = await coop.summary(operator)
    half = {"type": "static", "shares": {coop.anna_home: "0.5", coop.bruno_home: "0.5"}}

    location = await ask(operator, asked(coop, TODAY, {"name": "halves", "key": half}))
    simulation = await until_over(operator, location)

    assert simulation["state"] == "done", simulation["failure"]
    assert simulation["progress"]["done"] == simulation["progress"]["total"] > 0
    assert simulation["missing_steps"] == 0
    default, halves = simulation["result"]["scenarios"]
    # 24 h: default shares all 900 W; halves give Anna 400 of 450, Bruno 450.
    assert default["shared_wmin"] == 900 * 24 * 60
    assert halves["shared_wmin"] == 850 * 24 * 60
    assert halves["surplus_wmin"] == 50 * 24 * 60
    shared = {consumer["prm"]: consumer["shared_wmin"] for consumer in halves["consumers"]}
    assert shared == {coop.anna_home: 400 * 24 * 60, coop.bruno_home: 450 * 24 * 60}
    # 9.6 and 10.8 kWh save 8 cents each; 20.4 kWh sold at 12, 1.2 left at 4.
    savings = {consumer["prm"]: consumer["savings_cents"] for consumer in halves["consumers"]}
    assert savings == {coop.anna_home: 77, coop.bruno_home: 86}
    assert halves["revenue_cents"] == 250
    assert halves["lowest_coverage"] == pytest.approx(450 / 800)
    assert await coop.summary(operator) == before


async def test_a_simulation_of_a_settled_month_leaves_its_settlement(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    settled = await ready.close(operator)
    assert settled.status_code == 201, settled.text
    half = {"type": "static", "shares": {ready.anna_home: "0.5", ready.bruno_home: "0.5"}}

    location = await ask(operator, asked(ready, {"name": "halves", "key": half}))
    simulation = await until_over(operator, location)
    await allocation.settle()

    assert simulation["state"] == "done", simulation["failure"]
    again = await ready.close(operator)
    assert (again.status_code, again.json()) == (200, settled.json())
    assert len(await ready.settlements(operator)) == 1
    assert len(await allocation.published(SettlementClosed, ready.operation_id)) == 1


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
    curves = {"of": "curves", "curves_csv": one_hour(coop)}
    unknown = asked(coop, {"name": "today"}, base=curves)
    assert await refusal(operator, unknown) == (409, "scenario-invalid")


async def test_a_period_in_which_the_step_changes_is_shared_as_it_is_for_real(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    """On the second day the roof produces in every other quarter-hour only.

    Bruno, who takes all that is made, then gets what he uses in these; half-hours would hide it.
    """
    coop, second = read_coop, date(2026, 10, 13)
    await allocation.tell(coop.perimeter(revision=2, step_changes={second: 15}))
    await allocation.tell(coop.readings(second, roof=[800, 0] * 48, bruno=400, step_min=15))
    key = await key_of(operator, coop)
    coefficients = {coop.anna_home: "0,0", coop.bruno_home: "100,0"}
    assert (await upload(operator, key, file_of(coefficients))).status_code == 200
    await allocation.settle()
    base = {"of": "readings", "from_day": "2026-10-12", "to_day": "2026-10-14"}
    school = {"prm": new_prm(), "profile": "school", "annual_kwh": "40000"}
    more = {"name": "more", "added_consumers": [school]}

    location = await ask(operator, asked(coop, {"name": "today"}, more, base=base))
    simulation = await until_over(operator, location)

    assert simulation["state"] == "done", simulation["failure"]
    today, _ = simulation["result"]["scenarios"]
    assert today["production_wmin"] == (900 + 400) * 24 * 60
    assert today["shared_wmin"] == (800 + 200) * 24 * 60
    assert today["shared_wmin"] == (await coop.summary(operator))["shared_wmin"]


async def test_members_join_and_leave_and_a_roof_is_built(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    coop = read_coop
    school = {"prm": new_prm(), "profile": "school", "annual_kwh": "40000"}
    roof = {"prm": new_prm(), "power_kwp": "36", "tilt_deg": 30}
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44}
    more = {
        "name": "more",
        "key": KEY,
        "added_consumers": [school],
        "added_plants": [roof | place],
    }
    less = {"name": "less", "key": KEY, "removed": [coop.bruno_home]}

    location = await ask(operator, asked(coop, more, less))
    result = (await until_over(operator, location))["result"]

    joined, left = result["scenarios"]
    assert {consumer["prm"] for consumer in joined["consumers"]} == {
        coop.anna_home,
        coop.bruno_home,
        school["prm"],
    }
    made = {producer["prm"]: producer["production_wmin"] for producer in joined["producers"]}
    # A day of October on 36 kWp: some 100 kWh.
    assert 60 < made[str(roof["prm"])] / 60_000 < 160
    assert [consumer["prm"] for consumer in left["consumers"]] == [coop.anna_home]
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

    base = {"of": "curves", "curves_csv": one_hour(coop)}
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


async def test_a_simulation_has_a_title_for_people(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    title = "Avec ou sans l’école"

    answer = await operator.post(URL, json=asked(read_coop, title=title))

    assert (answer.status_code, answer.json()["title"]) == (202, title)
    body = (await operator.get(answer.headers["Location"])).json()
    assert (body["title"], body["request"]["title"]) == (title, title)
    listed = await operator.get(URL, params={"operation_id": read_coop.operation_id})
    assert title in [submission["title"] for submission in listed.json()]


async def test_simulations_are_listed_newest_first_and_may_be_forgotten(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    locations = [await ask(operator, asked(read_coop)) for _ in range(2)]
    for location in locations:
        await until_over(operator, location)

    listed = await operator.get(URL, params={"operation_id": read_coop.operation_id})
    assert [f"{URL}/{submission['id']}" for submission in listed.json()] == locations[::-1]
    assert listed.json()[0]["scenarios"] == ["today"]
    assert listed.json()[0]["title"] is None

    assert (await operator.delete(locations[0])).status_code == 204
    answer = await operator.get(locations[0])
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/simulation-unknown")
