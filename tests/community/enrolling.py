"""Givens: enrolments on their way, and the steps that lead them on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from libs.common.calendar import day_start
from tests.community.coop import given_member, given_operation, given_point, put, today
from tests.community.papers import given_signed


def ahead() -> date:
    """Far enough for any default notice."""
    return today() + timedelta(days=60)


def noon(days: int = 0) -> datetime:
    """So many days later, at whatever hour it is now and though clocks change until then."""
    return day_start(today() + timedelta(days=days)) + timedelta(hours=12)


@dataclass
class Enrolling:
    """An enrolment and the number of its last step, as this client has seen it."""

    client: httpx.AsyncClient
    operation_id: str
    member_id: str
    prm: str
    path: str
    last_step: int = 1

    async def take(self, step: str, day: date | None = None, **more: object) -> httpx.Response:
        """day: today by default."""
        body = {"step": step, "day": (day or today()).isoformat(), "after_step": self.last_step}
        answer = await self.client.post(f"{self.path}/steps", json=body | more)
        if answer.is_success:
            self.last_step = answer.json()["steps"][-1]["number"]
        return answer

    async def taken(self, step: str, day: date | None = None, **more: object) -> Any:  # noqa: ANN401 - JSON
        answer = await self.take(step, day, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def shown(self) -> Any:  # noqa: ANN401 - JSON
        return (await self.client.get(self.path)).json()

    async def perimeter(self) -> Any:  # noqa: ANN401 - JSON
        answer = await self.client.get(f"/community/operations/{self.operation_id}")
        return answer.json()["participations"]


async def given_prospect(
    client: httpx.AsyncClient,
    *,
    operation_id: str | None = None,
    member_id: str | None = None,
    valid_from: date | None = None,
    direction: str = "consumption",
) -> Enrolling:
    operation_id = operation_id or await given_operation(client)
    member_id = member_id or await given_member(client)
    prm = await given_point(client)
    path = f"/operations/{operation_id}/enrolments/{uuid4()}"
    body = {"prm": prm, "direction": direction, "member_id": member_id}
    await put(client, path, body | {"valid_from": (valid_from or ahead()).isoformat()})
    return Enrolling(client, operation_id, member_id, prm, f"/community{path}")


async def given_signed_prospect(
    client: httpx.AsyncClient,
    *,
    operation_id: str | None = None,
    member_id: str | None = None,
    valid_from: date | None = None,
    direction: str = "consumption",
) -> Enrolling:
    """With the agreement that it takes, signed before any day of interest."""
    valid_from = valid_from or ahead()
    enrolling = await given_prospect(
        client,
        operation_id=operation_id,
        member_id=member_id,
        valid_from=valid_from,
        direction=direction,
    )
    await given_signed(client, enrolling.operation_id, enrolling.member_id, valid_from="2024-01-01")
    await enrolling.taken("sign", min(today(), valid_from) - timedelta(days=90))
    return enrolling


async def given_active(client: httpx.AsyncClient, *, operation_id: str | None = None) -> Enrolling:
    """That takes part since ten days."""
    begun = today() - timedelta(days=10)
    enrolling = await given_signed_prospect(client, operation_id=operation_id, valid_from=begun)
    await enrolling.taken("declare", begun - timedelta(days=40))
    return enrolling
