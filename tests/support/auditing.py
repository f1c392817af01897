"""What the audit log of a service tells, and what it ought to."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import text

from tests.support.platform import Platform
from tests.support.routes import all_routes


async def audit_lines(
    client: httpx.AsyncClient, service: str, **query: object
) -> list[dict[str, Any]]:
    """The newest first."""
    params = {"limit": "1000"} | {name: str(value) for name, value in query.items()}
    answer = await client.get(f"/{service}/audit", params=params)
    assert answer.status_code == 200, answer.text
    body: list[dict[str, Any]] = answer.json()
    return body


async def unwatched_tables(platform: Platform, service: str) -> set[str]:
    """Those of which no change leaves a line."""
    query = text("""
        SELECT relname FROM pg_class
        WHERE relnamespace = to_regnamespace(:service) AND relkind IN ('r', 'p')
            AND NOT relispartition AND NOT EXISTS (
                SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'noted'
            )
    """)
    async with platform.database(service) as database, database.transaction() as session:
        return set(await session.scalars(query, {"service": service}))


def changing_routes(service: str) -> set[str]:
    """Those that may change something."""
    return {
        route.name
        for route in all_routes()
        if route.path.startswith(f"/{service}/") and route.method != "GET"
    }


@dataclass
class Auditor:
    """The routes that left a line, of those by which staff changed something."""

    client: httpx.AsyncClient
    service: str
    request_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client.event_hooks["response"].append(self._note)

    async def ask(self, method: str, path: str, **request: Any) -> Any:  # noqa: ANN401 - JSON values
        answer = await self.client.request(method, f"/{self.service}{path}", **request)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    async def routes(self) -> set[str]:
        tables: set[str] = set()
        for request_id in self.request_ids:
            lines = await audit_lines(self.client, self.service, request_id=request_id)
            tables |= {line["route"] for line in lines}
        return tables

    async def _note(self, answer: httpx.Response) -> None:
        if answer.request.method != "GET" and answer.is_success:
            self.request_ids.append(answer.headers["x-request-id"])
