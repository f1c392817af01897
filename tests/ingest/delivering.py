"""Givens: files that were pushed and recorded, points that take part, events that were told."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.eventlog import Subscription
from libs.common.eventlog.open import open_event_log
from libs.common.events.ingest import DsoResultsRecorded, ReadingsRecorded
from libs.common.ids import Prm
from services.ingest.domain.readings.coverage import Participation
from services.ingest.store.perimeters import list_participations
from tests.community.coop import enrol, given_member, given_operation, participation, put
from tests.support.pages import read_all
from tests.support.platform import Platform
from tests.support.waiting import until

_Event = TypeVar("_Event", ReadingsRecorded, DsoResultsRecorded)


async def push(client: httpx.AsyncClient, content: bytes, name: str = "r63.csv") -> httpx.Response:
    return await client.post("/ingest/deliveries", files={"file": (name, content)})


async def pushed(client: httpx.AsyncClient, content: bytes, name: str = "r63.csv") -> Any:  # noqa: ANN401 - JSON
    """The delivery of a file, once it is no longer waiting."""
    answer = await push(client, content, name)
    assert answer.is_success, answer.text
    return await settled(client, answer.json()["id"])


async def settled(client: httpx.AsyncClient, delivery_id: str) -> Any:  # noqa: ANN401 - JSON
    async def delivery() -> Any:  # noqa: ANN401 - JSON
        answer = await client.get(f"/ingest/deliveries/{delivery_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    return await until("the file is read", delivery, lambda body: body["status"] != "received")


def stored_file(platform: Platform, delivery: Any) -> Path:  # noqa: ANN401 - JSON
    """Where the store has the file of a delivery."""
    folder = Path(platform.settings.file_store_url.removeprefix("folder:"))
    name: str = delivery["sha256"]
    return folder / name[:2] / name


async def quarantine(client: httpx.AsyncClient, delivery: Any) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/ingest/deliveries/{delivery['id']}/quarantine")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def held_points(operator: httpx.AsyncClient, prm: str) -> list[dict[str, object]]:
    return [record for record in await read_all(operator, "/ingest/held") if record["prm"] == prm]


async def given_participation(
    operator: httpx.AsyncClient,
    prm: str,
    valid_from: str = "2026-01-01",
    valid_to: str | None = None,
) -> tuple[str, str]:
    """A point that takes part; returns its operation and its member."""
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    await put(operator, f"/points/{prm}", {"label": "Mairie"})
    await enrol(operator, operation_id, participation(prm, member_id, valid_from, valid_to))
    return operation_id, member_id


async def until_covered(platform: Platform, prm: str) -> None:
    """Wait until ingest knows that a point takes part somewhere."""
    async with platform.database("ingest") as database:

        async def known() -> Sequence[Participation]:
            async with database.transaction() as session:
                return await list_participations(session, [Prm(prm)])

        await until("ingest knows the participation", known)


async def told(platform: Platform, operation_id: str, *, count: int) -> list[ReadingsRecorded]:
    """All events of an operation, in order, once there are that many; at least a moment later."""
    return await _told(platform, operation_id, ReadingsRecorded, count=count)


async def results_told(
    platform: Platform, operation_id: str, *, count: int
) -> list[DsoResultsRecorded]:
    """The same of what the DSO says of the operation."""
    return await _told(platform, operation_id, DsoResultsRecorded, count=count)


async def _told(
    platform: Platform, operation_id: str, kind: type[_Event], *, count: int
) -> list[_Event]:
    events: list[_Event] = []

    async def take(subscription: Subscription) -> tuple[int, int]:
        """How many records came now, and how many of the operation's until now."""
        records = await subscription.poll(max_records=500, timeout_s=0.2)
        ours = [record for record in records if record.key == operation_id]
        events.extend(kind.model_validate_json(record.value) for record in ours)
        return len(records), len(events)

    async with (
        open_event_log(platform.settings, database_url=platform.database_url) as log,
        log.subscribe(group=f"test-{secrets.token_hex(4)}", topics=[kind.topic]) as subscription,
    ):
        await until(
            f"{count} events, and no more",
            lambda: take(subscription),
            lambda seen: not seen[0] and seen[1] >= count,
        )
    return events


async def cut_off_whoever_waits(session: AsyncSession) -> None:
    """End the connection that waits for a lock of this session, as a restart of the server does."""
    cut_off = text("""
        SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
        WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
    """)
    await session.execute(text("SET LOCAL ROLE NONE"))  # a service's role may not

    async def those_cut_off() -> Sequence[object]:
        return (await session.execute(cut_off)).all()

    await until("somebody waits for a lock", those_cut_off)
