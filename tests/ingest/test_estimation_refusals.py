"""Which estimations are refused, and to whom."""

from uuid import uuid4

import httpx
import pytest

from tests.community.coop import logged_in, new_operation_id
from tests.ingest.lacking import given_point_with_curve
from tests.support.platform import Platform


def _path(operation_id: str, ending: str = "") -> str:
    return f"/ingest/operations/{operation_id}/estimations{ending}"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"month": "2026-13"},
        {"month": "2026-10", "from_day": "2026-10-01", "to_day": "2026-10-02"},
        {"from_day": "2026-10-01"},
        {"from_day": "2026-10-02", "to_day": "2026-10-02"},
        {"from_day": "2026-10-01", "to_day": "2026-11-02"},
        {"from_day": "0001-01-01", "to_day": "0001-01-02"},
        {"from_day": "9999-12-30", "to_day": "9999-12-31"},
        {"month": "2026-10", "methods": []},
        {"month": "2026-10", "methods": ["guess"]},
        {"month": "2026-10", "methods": ["neighbours", "neighbours"]},
        {"month": "2026-10", "power_w": 5},
    ],
)
async def test_an_unclear_request_is_refused(
    operator: httpx.AsyncClient, body: dict[str, object]
) -> None:
    answer = await operator.post(_path(new_operation_id()), json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        {"methods": ["guess"], "interpolation_max_min": 60},
        {"methods": ["neighbours", "neighbours"], "interpolation_max_min": 60},
        {"methods": [], "interpolation_max_min": 1441},
        {"methods": []},
    ],
)
async def test_an_unclear_policy_is_refused(
    operator: httpx.AsyncClient, body: dict[str, object]
) -> None:
    path = f"/ingest/operations/{new_operation_id()}/estimation-policy"

    assert (await operator.put(path, json=body)).status_code == 422


async def test_what_is_not_known_is_said_to_be_so(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await given_point_with_curve(platform, operator, [])

    nowhere = await operator.post(_path(new_operation_id()), json={"month": "2026-10"})
    never = [
        await operator.request(method, _path(operation_id, f"/{uuid4()}"))
        for method in ("GET", "DELETE")
    ]

    assert (nowhere.status_code, nowhere.json()["type"]) == (404, "/problems/operation-unknown")
    assert {(answer.status_code, answer.json()["type"]) for answer in never} == {
        (404, "/problems/estimation-unknown")
    }


async def test_the_organiser_of_another_operation_may_do_nothing_here(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await given_point_with_curve(platform, operator, [])

    async with logged_in(platform, operator, "organiser", operations=["ACC99999999"]) as other:
        answers = [
            await other.post(_path(operation_id), json={"month": "2026-10"}),
            await other.get(_path(operation_id)),
            await other.get(_path(operation_id, f"/{uuid4()}")),
            await other.delete(_path(operation_id, f"/{uuid4()}")),
        ]

    assert {answer.status_code for answer in answers} == {403}
