"""Gaps are filled on request, marked as ours, and given up for real values."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from tests.community.coop import logged_in, new_prm
from tests.ingest.delivering import given_participation, pushed, told, until_covered
from tests.ingest.formats.files import day_ends, naive, r63, r63_row
from tests.ingest.lacking import curve, curve_of, day_of, given_point_with_curve, last_month
from tests.support.platform import Platform


def _path(operation_id: str, ending: str = "") -> str:
    return f"/ingest/operations/{operation_id}/estimations{ending}"


async def _estimated(client: httpx.AsyncClient, operation_id: str, **body: object) -> Any:  # noqa: ANN401 - JSON
    answer = await client.post(_path(operation_id), json=body or {"month": str(last_month())})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _point_with_hole(platform: Platform, operator: httpx.AsyncClient) -> tuple[str, str]:
    """It takes part until the second day; two half-hours of the first miss among 100 W."""
    return await given_point_with_curve(
        platform, operator, [day_of(1)], without=[20, 21], valid_to=f"{day_of(2)}"
    )


async def test_an_estimate_is_shown_as_ours_and_says_how_it_was_made(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)

    estimation = await _estimated(operator, operation_id)

    (block,) = await curve_of(operator, prm, day_of(1))
    assert (estimation["steps_filled"], estimation["steps_left"]) == (2, 0)
    assert block["power_w"] == [100] * 48
    assert block["nature"][19:23] == ["measured", "estimated", "estimated", "measured"]
    assert block["estimated_steps"] == [20, 21]
    assert block["estimates"] == [
        {
            "estimation_id": estimation["id"],
            "method": "interpolation",
            "steps": [20, 21],
            "input_days": [f"{day_of(1)}"],
        }
    ]


async def test_only_the_days_of_points_that_are_named_are_filled(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    days = {"direction": "consumption", "from_day": f"{day_of(1)}", "to_day": f"{day_of(2)}"}
    month = str(last_month())

    of_another = await _estimated(
        operator, operation_id, month=month, only=[days | {"prm": new_prm()}]
    )
    of_it = await _estimated(operator, operation_id, month=month, only=[days | {"prm": prm}])

    assert (of_another["steps_filled"], of_another["steps_left"]) == (0, 0)
    assert of_it["steps_filled"] == 2


async def test_an_estimation_is_kept_with_who_asked_and_what_was_made(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        estimation = await _estimated(organiser, operation_id, month=str(last_month()))

    (listed,) = (await operator.get(_path(operation_id))).json()
    read = (await operator.get(_path(operation_id, f"/{estimation['id']}"))).json()

    assert read == estimation
    assert listed.items() <= read.items()
    assert UUID(read["asked_by"])
    assert read["methods"] == ["interpolation", "same_weekday", "neighbours"]
    (made,) = read["estimates"]
    assert (made["prm"], made["day"], made["revision"]) == (prm, f"{day_of(1)}", 2)
    assert (made["steps"], made["input_prms"]) == ([20, 21], [])


async def test_the_operation_is_told_which_values_are_ours(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_with_hole(platform, operator)

    await _estimated(operator, operation_id)

    before, after = await told(platform, operation_id, count=2)
    assert before.blocks[0].estimated_steps == []
    assert (after.revision, after.blocks[0].estimated_steps) == (2, [20, 21])
    assert after.blocks[0].power_w == [100] * 48


async def test_completeness_tells_our_estimates_apart(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_with_hole(platform, operator)

    await _estimated(operator, operation_id)

    month = {"month": str(last_month())}
    path = f"/ingest/operations/{operation_id}/completeness"
    totals = (await operator.get(path, params=month)).json()["totals"]
    assert (totals["received"], totals["estimated_by_us"], totals["missing"]) == (46, 2, 0)
    missing = await operator.get(f"/ingest/operations/{operation_id}/re-requests", params=month)
    assert [row["missing_steps"] for row in missing.json()["missing"]] == [2]


async def test_a_second_estimation_changes_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    await _estimated(operator, operation_id)
    before = await curve_of(operator, prm, day_of(1))

    again = await _estimated(operator, operation_id)

    assert (again["steps_filled"], again["steps_left"], again["estimates"]) == (0, 0, [])
    assert await curve_of(operator, prm, day_of(1)) == before


async def test_a_real_value_that_comes_replaces_an_estimate_and_is_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    await _estimated(operator, operation_id)

    late = await pushed(operator, curve(prm, [day_of(1)], only=[20]))

    (block,) = await curve_of(operator, prm, day_of(1))
    assert late["counts"]["accepted"] == 1
    assert (block["revision"], block["estimated_steps"]) == (3, [21])
    assert [estimate["steps"] for estimate in block["estimates"]] == [[21]]
    *_, event = await told(platform, operation_id, count=3)
    assert event.blocks[0].estimated_steps == [21]


async def test_a_missing_value_that_comes_leaves_the_estimate(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    await _estimated(operator, operation_id)
    stamp = naive(day_ends(f"{day_of(1)}", 30))[20]

    late = await pushed(operator, r63([r63_row(stamp, "", prm=prm)]))

    (block,) = await curve_of(operator, prm, day_of(1))
    assert late["counts"]["duplicate"] == 1
    assert block["estimated_steps"] == [20, 21]


async def test_real_values_of_another_step_end_estimates_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    await _estimated(operator, operation_id)

    await pushed(operator, curve(prm, [day_of(1)], only=[10], step_min=60, power_w=300))

    half_hours, hours = await curve_of(operator, prm, day_of(1))
    assert (half_hours["estimated_steps"], half_hours["power_w"][20:22]) == ([], [None, None])
    assert hours["power_w"][10] == 300
    events = await told(platform, operation_id, count=4)
    last = {block.step_min: block for event in events for block in event.blocks}
    assert last[30].estimated_steps == []
    assert last[30].power_w[20:22] == [None, None]


async def test_withdrawn_estimates_are_missing_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    (before,) = await curve_of(operator, prm, day_of(1))
    estimation = await _estimated(operator, operation_id)
    await pushed(operator, curve(prm, [day_of(1)], only=[20], power_w=7))

    first = await operator.delete(_path(operation_id, f"/{estimation['id']}"))
    second = await operator.delete(_path(operation_id, f"/{estimation['id']}"))

    (after,) = await curve_of(operator, prm, day_of(1))
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert first.json()["withdrawn_at"] is not None
    assert after["power_w"][19:23] == [100, 7, None, 100]
    assert after["nature"][21] == before["nature"][21] is None
    assert (after["estimated_steps"], after["estimates"]) == ([], [])
    *_, event = await told(platform, operation_id, count=4)
    assert event.blocks[0].power_w == after["power_w"]


async def test_after_a_withdrawal_gaps_may_be_filled_anew(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    first = await _estimated(operator, operation_id)
    await operator.delete(_path(operation_id, f"/{first['id']}"))

    second = await _estimated(operator, operation_id)

    (block,) = await curve_of(operator, prm, day_of(1))
    assert [estimate["estimation_id"] for estimate in block["estimates"]] == [second["id"]]


async def test_revisions_say_which_estimation_made_them(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_with_hole(platform, operator)
    estimation = await _estimated(operator, operation_id)
    period = {"from_day": f"{day_of(1)}", "to_day": f"{day_of(2)}"}

    answer = await operator.get(f"/ingest/points/{prm}/revisions", params=period)

    received, estimated = answer.json()
    assert (received["estimation_id"], received["estimated_steps"]) == (None, 0)
    assert (estimated["estimation_id"], estimated["delivery_id"]) == (estimation["id"], None)
    assert estimated["estimated_steps"] == 2
    (then,) = await curve_of(operator, prm, day_of(1), as_of=received["recorded_at"])
    assert (then["estimated_steps"], then["power_w"][20]) == ([], None)


async def test_a_whole_day_is_the_mean_of_the_weeks_before_and_days_may_be_named(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    day = day_of(16)
    weeks = [day - timedelta(days=7), day - timedelta(days=14)]
    operation_id, prm = await given_point_with_curve(platform, operator, weeks[:1])
    await pushed(operator, curve(prm, weeks[1:], power_w=201))

    estimation = await _estimated(
        operator,
        operation_id,
        from_day=f"{day}",
        to_day=f"{day + timedelta(days=1)}",
        methods=["same_weekday"],
    )

    (block,) = await curve_of(operator, prm, day)
    assert (estimation["steps_filled"], estimation["methods"]) == (48, ["same_weekday"])
    assert block["power_w"] == [151] * 48
    assert block["estimates"][0]["input_days"] == [f"{week}" for week in reversed(weeks)]


async def test_days_before_a_point_joined_are_not_estimated(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, f"{day_of(2)}", f"{day_of(3)}")
    await until_covered(platform, prm)
    await pushed(operator, curve(prm, [day_of(1), day_of(2)], without=[20]))

    estimation = await _estimated(operator, operation_id)

    assert [estimate["day"] for estimate in estimation["estimates"]] == [f"{day_of(2)}"]


async def test_an_operation_says_by_which_methods_and_over_how_long_gaps_are_filled(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_with_hole(platform, operator)  # of an hour
    month = {"month": str(last_month())}
    path = f"/ingest/operations/{operation_id}/estimation-policy"
    default = (await operator.get(path)).json()

    async def filled(*methods: str, most_min: int, **body: object) -> httpx.Response:
        policy = {"methods": methods, "interpolation_max_min": most_min}
        async with logged_in(
            platform, operator, "organiser", operations=[operation_id]
        ) as organiser:
            answer = await organiser.put(path, json=policy)
        assert (
            answer.json() == (await operator.get(path)).json() == {**policy, "methods": [*methods]}
        )
        return await operator.post(_path(operation_id), json={**month, **body})

    none = await filled(most_min=120)
    other = await filled("same_weekday", most_min=120, methods=["interpolation"])
    short = await filled("interpolation", most_min=30)
    enough = await filled("interpolation", "same_weekday", most_min=60)

    assert default == {
        "methods": ["interpolation", "same_weekday", "neighbours"],
        "interpolation_max_min": 120,
    }
    assert [answer.status_code for answer in (none, other)] == [409, 409]
    assert none.json()["type"] == other.json()["type"] == "/problems/estimation-not-allowed"
    assert other.json()["allowed"] == ["same_weekday"]
    assert (short.json()["steps_filled"], short.json()["methods"]) == (0, ["interpolation"])
    assert enough.json()["steps_filled"] == 2
    assert enough.json()["methods"] == ["interpolation", "same_weekday"]
