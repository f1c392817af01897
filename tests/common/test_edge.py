"""What holds for every route of every service."""

import httpx

from services.main import SERVICES
from tests.support.platform import Platform


async def test_health_metrics_and_docs_need_no_token(
    platform: Platform, anonymous: httpx.AsyncClient
) -> None:
    paths = ["/health", "/metrics", "/community/jwks.json"]
    paths += [f"/{service.name}/docs" for service in SERVICES]
    paths += [f"/{service.name}/openapi.json" for service in SERVICES]
    for path in paths:
        assert (await anonymous.get(path)).status_code == 200, path
    assert platform.settings.issuer.endswith("/community")


async def test_an_unknown_path_is_a_problem_that_helps(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/community/nowhere")

    assert answer.status_code == 404
    assert "/docs" in answer.json()["detail"]


async def test_a_malformed_body_is_422_and_says_where(operator: httpx.AsyncClient) -> None:
    answer = await operator.put(
        "/community/operations/ACC00000001", json={"name": "", "surprise": 1}
    )

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    errors = {error["where"]: error for error in answer.json()["errors"]}
    assert errors["body/surprise"]["code"] == "extra_forbidden"
    assert (errors["body/name"]["code"], errors["body/name"]["limits"]) == (
        "string_too_short",
        {"min_length": 1},
    )
    assert answer.json()["error_count"] == len(errors)


async def test_of_very_many_errors_the_first_twenty_are_told_and_their_number(
    operator: httpx.AsyncClient,
) -> None:
    surprises = {f"surprise {number}": 1 for number in range(1000)}

    answer = await operator.put("/community/operations/ACC00000001", json=surprises)

    problem = answer.json()
    assert (answer.status_code, len(problem["errors"])) == (422, 20)
    assert problem["error_count"] > 1000
    assert len(answer.content) < 10_000


async def test_what_was_sent_comes_back_in_no_limit(operator: httpx.AsyncClient) -> None:
    secret = "somebody's password"

    body = {"step_min": secret, "organiser_id": secret, "valid_from": secret}
    answer = await operator.put("/community/operations/ACC00000001", json=body)

    # pydantic's context of these holds what it found wrong with the text.
    codes = {error["code"] for error in answer.json()["errors"]}
    assert {"uuid_parsing", "date_from_datetime_parsing"} <= codes
    assert all(set(error["limits"]) <= {"expected"} for error in answer.json()["errors"])
    assert answer.status_code == 422
    assert secret not in answer.text
