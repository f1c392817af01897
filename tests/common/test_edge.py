"""What holds for every route of every service."""

import httpx
import pytest

from services.main import SERVICES
from tests.support.platform import Platform
from tests.support.routes import ROUTES, roles_in_readmes

PUBLIC = {"GET /health", "GET /metrics"} | {
    name for name, roles in roles_in_readmes().items() if roles is None
}


def filled(path: str) -> str:
    """The path with plausible parameters."""
    examples = {
        "operation_id": "ACC00000001",
        "prm": "99000000000001",
        "month": "2026-10",
        "valid_from": "2026-01-01",
        "day": "2026-10-25",
        "number": "1",
        "email": "someone@example.org",
    }
    parts = [
        examples.get(part[1:-1], "00000000-0000-0000-0000-000000000001")
        if part.startswith("{")
        else part
        for part in path.split("/")
    ]
    return "/".join(parts)


@pytest.mark.parametrize(
    ("method", "path"), [(one.method, one.path) for one in ROUTES if one.name not in PUBLIC]
)
async def test_a_route_without_a_token_is_401(
    anonymous: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await anonymous.request(method, filled(path))

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/token-refused"


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
    where = {error["where"] for error in answer.json()["errors"]}
    assert "body/surprise" in where
