from dataclasses import replace
from datetime import date
from uuid import uuid4

import httpx
import pytest

from tests.allocation.world import DAY, MONTH, OCTOBER, Allocation, Coop
from tests.support.ids import new_prm


@pytest.fixture
async def shared(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """Two allocated days: 900 W go to homes that use 400 and 800 W."""
    await coop.set_key(operator)
    await allocation.tell(coop.readings(), coop.readings(DAY.replace(day=13)))
    return coop


async def csv(client: httpx.AsyncClient, coop: Coop, by: str) -> list[str]:
    answer = await client.get(f"{coop.url}/shares.csv", params={"month": MONTH, "by": by})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return answer.text.splitlines()


async def test_shares_as_csv_have_the_columns_of_their_grain(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    first, second = sorted([(shared.anna_home, 300), (shared.bruno_home, 600)])

    steps = await csv(operator, shared, "step")
    assert steps[:3] == [
        "start,step_min,producer,consumer,energy_wmin",
        f"2026-10-11T22:00:00Z,30,{shared.roof},{first[0]},{first[1] * 30}",
        f"2026-10-11T22:00:00Z,30,{shared.roof},{second[0]},{second[1] * 30}",
    ]
    assert len(steps) == 1 + 2 * 2 * 48

    days = await csv(operator, shared, "day")
    assert days[:2] == [
        "day,producer,consumer,energy_wmin",
        f"2026-10-12,{shared.roof},{first[0]},{first[1] * 1440}",
    ]
    assert len(days) == 1 + 2 * 2

    assert await csv(operator, shared, "month") == [
        "month,producer,consumer,energy_wmin",
        *(f"2026-10,{shared.roof},{home},{power * 2880}" for home, power in (first, second)),
    ]


async def test_json_and_csv_say_the_same(operator: httpx.AsyncClient, shared: Coop) -> None:
    lines = (await csv(operator, shared, "step"))[1:]
    of_day = await shared.shares(operator, by="step", day="2026-10-12")
    rows = [",".join(map(str, share.values())) for share in of_day]
    assert rows == [line for line in lines if line < "2026-10-12T22"]


async def test_a_month_without_shares_is_an_empty_table(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    assert await coop.shares(operator, by="month") == []
    assert await csv(operator, coop, "step") == ["start,step_min,producer,consumer,energy_wmin"]


async def test_json_by_step_wants_a_day_or_a_point(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    params = {"month": MONTH, "by": "step"}
    answer = await operator.get(f"{shared.url}/shares", params=params)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/shares-too-many")
    assert "day=" in answer.json()["detail"]
    assert len(await shared.shares(operator, by="step", prm=shared.anna_home)) == 2 * 48


@pytest.mark.parametrize(
    "params",
    [
        {"month": "2026-13"},
        {"month": "0001-01"},
        {"month": "9999-12"},
        {"month": "2026-10", "by": "year"},
        {"month": "2026-10", "prm": "1"},
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    operator: httpx.AsyncClient, coop: Coop, params: dict[str, str]
) -> None:
    for path in ("shares", "shares.csv"):
        answer = await operator.get(f"{coop.url}/{path}", params=params)
        assert answer.status_code == 422, answer.text


async def test_a_day_of_another_month_is_refused(operator: httpx.AsyncClient, coop: Coop) -> None:
    params = {"month": MONTH, "day": "2026-11-01"}
    for path in ("shares", "shares.csv"):
        answer = await operator.get(f"{coop.url}/{path}", params=params)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/day-outside-month")


async def test_an_unknown_operation_is_not_found(operator: httpx.AsyncClient) -> None:
    for path in ("days", "shares", "shares.csv", "summary"):
        answer = await operator.get(f"{Coop().url}/{path}", params={"month": MONTH})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")


async def test_the_summary_conserves_energy_exactly(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    summary = await shared.summary(operator)

    got = {consumer["prm"]: consumer for consumer in summary["consumers"]}
    assert list(got) == sorted(got)
    assert got[shared.anna_home] == {
        "prm": shared.anna_home,
        "consumption_wmin": 400 * 2880,
        "shared_wmin": 300 * 2880,
        "complement_wmin": 100 * 2880,
        "coverage": 0.75,
    }
    assert summary["producers"] == [
        {
            "prm": shared.roof,
            "production_wmin": 900 * 2880,
            "shared_wmin": 900 * 2880,
            "surplus_wmin": 0,
        }
    ]
    assert summary["self_consumption_rate"] == 1
    assert summary["self_sufficiency_rate"] == 0.75
    assert summary["balance"] == {"production_wmin": 0, "consumption_wmin": 0}
    assert (summary["days"], summary["days_allocated"]) == (31, 2)


async def test_a_member_sees_the_shares_of_own_points_only(
    allocation: Allocation, operator: httpx.AsyncClient, shared: Coop
) -> None:
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        shares = await shared.shares(anna, by="step", day="2026-10-12")
        assert {share["consumer"] for share in shares} == {shared.anna_home}
        lines = await csv(anna, shared, "day")
        assert [line.split(",")[2] for line in lines[1:]] == [shared.anna_home] * 2
        summary = await shared.summary(anna)
        assert [consumer["prm"] for consumer in summary["consumers"]] == [shared.anna_home]
        assert summary["producers"] == []
        assert summary["shared_wmin"] == 300 * 2880
        assert summary["balance"] == {"production_wmin": 0, "consumption_wmin": 0}
    assert len(await shared.shares(operator)) == 4


async def test_a_producer_sees_what_each_neighbour_got_in_a_settled_month_but_not_when(
    allocation: Allocation, operator: httpx.AsyncClient, shared: Coop
) -> None:
    await allocation.tell(*(shared.readings(day, roof=900) for day in OCTOBER))
    async with allocation.client("member", member_id=str(shared.seller)) as seller:
        # Day after day, sums of a month under way would tell what each took on the last one.
        assert await shared.shares(seller, by="month") == []
        assert (await shared.summary(seller))["producers"] == []
        assert (await shared.close(operator)).status_code == 201
        assert await shared.shares(seller, by="month") == await shared.shares(operator, by="month")
        in_all = (await shared.summary(operator))["producers"]
        assert (await shared.summary(seller))["producers"] == in_all
        assert len(in_all) == 1
        day = DAY.isoformat()
        for params in (
            {"by": "step", "day": day},
            {"by": "step", "prm": shared.roof},
            {"by": "day"},
            {"by": "month", "day": day},
        ):
            assert await shared.shares(seller, **params) == []
            answer = await seller.get(f"{shared.url}/shares.csv", params={"month": MONTH, **params})
            assert len(answer.text.splitlines()) == 1
    async with allocation.client(
        "organiser", operations=[shared.operation_id], member_id=str(shared.seller)
    ) as organiser:
        assert len(await shared.shares(organiser, by="day")) == 2 * 31


async def test_a_producer_who_also_consumes_sees_only_that_by_step(
    allocation: Allocation, operator: httpx.AsyncClient, shared: Coop
) -> None:
    at_home = [
        replace(point, member_id=shared.seller) if point.prm == shared.anna_home else point
        for point in shared.points
    ]
    days = [shared.readings(day, roof=900) for day in OCTOBER]
    await allocation.tell(shared.perimeter(at_home, revision=2), *days)
    async with allocation.client("member", member_id=str(shared.seller)) as seller:
        shares = await shared.shares(seller, by="step", prm=shared.roof)
        assert {share["consumer"] for share in shares} == {shared.anna_home}
        assert len(await shared.shares(seller, by="month")) == 1
        assert (await shared.close(operator)).status_code == 201
        assert len(await shared.shares(seller, by="month")) == 2


async def test_a_member_who_asks_for_another_s_point_is_refused_with_a_log_line(
    allocation: Allocation, shared: Coop, caplog: pytest.LogCaptureFixture
) -> None:
    params = {"month": MONTH, "prm": shared.bruno_home}
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        for path in ("shares", "shares.csv"):
            answer = await anna.get(f"{shared.url}/{path}", params=params)
            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    # Other services of this process log, too, and some of them each request.
    log_lines = [str(record.msg) for record in caplog.records]
    assert len([line for line in log_lines if "access refused" in line]) == 2
    assert shared.bruno_home not in caplog.text


async def test_a_member_sees_only_the_days_of_the_own_participation(
    allocation: Allocation, shared: Coop
) -> None:
    heir = uuid4()
    handed_over = [
        event
        for point in shared.points
        for event in (
            (
                replace(point, valid_to=date(2026, 10, 13)),
                replace(point, member_id=heir, valid_from=date(2026, 10, 13)),
            )
            if point.prm == shared.anna_home
            else (point,)
        )
    ]
    await allocation.tell(shared.perimeter(handed_over, revision=2))

    for member_id, day in ((shared.anna, "2026-10-12"), (heir, "2026-10-13")):
        async with allocation.client("member", member_id=str(member_id)) as member:
            assert [share["day"] for share in await shared.shares(member)] == [day]
            summary = await shared.summary(member)
            assert summary["consumers"][0]["shared_wmin"] == 300 * 1440


async def test_strangers_see_nothing(allocation: Allocation, shared: Coop) -> None:
    paths = [f"{shared.url}/{path}?month={MONTH}" for path in ("shares", "shares.csv", "summary")]
    async with allocation.client("member", member_id=str(Coop().anna)) as stranger:
        assert [(await stranger.get(path)).status_code for path in paths] == [403] * 3
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert [(await organiser.get(path)).status_code for path in paths] == [403] * 3
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        assert (await anna.get(f"{shared.url}/days?month={MONTH}")).status_code == 403
    async with allocation.platform.client() as anonymous:
        assert [(await anonymous.get(path)).status_code for path in paths] == [401] * 3


async def test_a_point_that_nobody_knows_has_no_shares(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    assert await shared.shares(operator, prm=new_prm()) == []
