"""A running allocation service, what the other services tell it, and callers of every role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.common.calendar import steps_in_day
from libs.common.events.base import Event
from libs.common.events.community import ParticipationPart, PerimeterChanged, StepChangePart
from libs.common.events.ingest import ReadingBlockPart, ReadingsRecorded
from libs.common.ids import Direction, OperationId, Prm
from tests.support.alone import Alone
from tests.support.ids import new_operation_id, new_prm
from tests.support.waiting import until

TIME = datetime(2026, 11, 3, 6, tzinfo=UTC)
MONTH = "2026-10"
DAY = date(2026, 10, 12)
OCTOBER = [date(2026, 10, day) for day in range(1, 32)]
CONSUMPTION, PRODUCTION = Direction.CONSUMPTION, Direction.PRODUCTION

KEY_STEPS: Mapping[str, Mapping[str, str]] = {
    "approval": {},
    "declaration": {"declared_on": "2025-10-01"},
    "activation": {},
}
"""From a draft to a key in force, and what each step says."""

Power = int | Sequence[int | None]
"""Watts: the same in every step, or step by step."""


@dataclass(frozen=True)
class Allocation(Alone):
    """The service alone."""

    async def tell(self, *events: Event) -> None:
        """Put events on the log and wait until all that they change is allocated."""
        await super().tell(*events)
        await self.settle()

    async def settle(self) -> None:
        """Wait until no day of a known operation is stale, and no settled month is due."""
        waiting = """
            SELECT operation_id FROM stale_day JOIN perimeter USING (operation_id)
            UNION ALL SELECT operation_id FROM stale_settlement WHERE refusal IS NULL
        """
        await until(
            "no day is stale, no settled month due",
            lambda: self.query(waiting),
            lambda rows: not rows,
        )

    async def query(self, sql: str, **values: object) -> list[Mapping[str, Any]]:
        return await self.platform.query("allocation", sql, **values)

    async def change(self, sql: str, **values: object) -> None:
        """What leaves work for the service's rounds."""
        await self.platform.change("allocation", sql, **values)


@dataclass(frozen=True)
class Point:
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date = date(2026, 10, 1)
    valid_to: date | None = None
    power_limit_w: int | None = None
    production_kind: str | None = None

    @property
    def part(self) -> ParticipationPart:
        return ParticipationPart(**vars(self))


async def get_json(client: httpx.AsyncClient, path: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@dataclass(frozen=True)
class Coop:
    """A roof of 100 kW and two homes, taking part from the first of October on."""

    operation_id: OperationId = field(default_factory=lambda: OperationId(new_operation_id()))
    seller: UUID = field(default_factory=uuid4)
    anna: UUID = field(default_factory=uuid4)
    bruno: UUID = field(default_factory=uuid4)
    roof: Prm = field(default_factory=new_prm)
    anna_home: Prm = field(default_factory=new_prm)
    bruno_home: Prm = field(default_factory=new_prm)

    @property
    def points(self) -> list[Point]:
        return [
            Point(self.roof, PRODUCTION, self.seller, power_limit_w=100_000),
            Point(self.anna_home, CONSUMPTION, self.anna),
            Point(self.bruno_home, CONSUMPTION, self.bruno),
        ]

    @property
    def url(self) -> str:
        return f"/allocation/operations/{self.operation_id}"

    def perimeter(
        self,
        points: Iterable[Point] | None = None,
        *,
        revision: int = 1,
        step_min: int = 30,
        step_changes: Mapping[date, int] | None = None,
    ) -> PerimeterChanged:
        return PerimeterChanged(
            time=TIME,
            operation_id=self.operation_id,
            revision=revision,
            name="Deux Maisons",
            organiser_id=self.seller,
            step_min=step_min,
            participations=[point.part for point in points or self.points],
            step_changes=[
                StepChangePart(valid_from=day, step_min=changed)
                for day, changed in (step_changes or {}).items()
            ],
        )

    def readings(
        self,
        day: date = DAY,
        *,
        roof: Power | None = 900,
        anna: Power | None = 400,
        bruno: Power | None = 800,
        others: Mapping[Prm, Power] | None = None,
        revision: int = 1,
        step_min: int = 30,
    ) -> ReadingsRecorded:
        """Mean power in watts; None leaves a point out; ``others`` consume."""
        powers = [
            (self.roof, PRODUCTION, roof),
            (self.anna_home, CONSUMPTION, anna),
            (self.bruno_home, CONSUMPTION, bruno),
            *((prm, CONSUMPTION, power) for prm, power in (others or {}).items()),
        ]
        steps = steps_in_day(day, step_min)
        blocks = [
            ReadingBlockPart(
                prm=prm,
                direction=direction,
                step_min=step_min,
                revision=revision,
                power_w=[power] * steps if isinstance(power, int) else list(power),
            )
            for prm, direction, power in powers
            if power is not None
        ]
        return ReadingsRecorded(
            time=TIME, operation_id=self.operation_id, day=day, revision=revision, blocks=blocks
        )

    def month_of_readings(self) -> list[ReadingsRecorded]:
        return [self.readings(day) for day in OCTOBER]

    async def set_key(
        self, client: httpx.AsyncClient, valid_from: str = "2026-01-01", **definition: object
    ) -> None:
        """Take a new key from a draft to being active; it replaces one of the same day."""
        url = await self.draft_key(client, valid_from, **definition)
        for step, body in KEY_STEPS.items():
            answer = await client.post(f"{url}/{step}", json=body)
            assert answer.status_code == 200, answer.text

    async def draft_key(
        self, client: httpx.AsyncClient, valid_from: str = "2026-01-01", **definition: object
    ) -> str:
        """Returns its URL."""
        url = f"{self.url}/keys/{uuid4()}"
        body = {"valid_from": valid_from, "definition": definition or {"type": "default_dynamic"}}
        answer = await client.put(url, json=body)
        assert answer.status_code == 200, answer.text
        return url

    async def days(self, client: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
        answer = await client.get(f"{self.url}/days", params={"month": MONTH})
        assert answer.status_code == 200, answer.text
        return {day["day"]: day for day in answer.json()["days"]}

    async def day(self, client: httpx.AsyncClient, day: date = DAY) -> dict[str, Any]:
        return (await self.days(client))[day.isoformat()]

    async def shares(self, client: httpx.AsyncClient, **params: str) -> list[dict[str, Any]]:
        answer = await client.get(f"{self.url}/shares", params={"month": MONTH, **params})
        assert answer.status_code == 200, answer.text
        shares: list[dict[str, Any]] = answer.json()
        return shares

    async def summary(self, client: httpx.AsyncClient) -> dict[str, Any]:
        answer = await client.get(f"{self.url}/summary", params={"month": MONTH})
        assert answer.status_code == 200, answer.text
        summary: dict[str, Any] = answer.json()
        return summary

    async def settlements(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        answer = await client.get(f"{self.url}/settlements", params={"month": MONTH})
        assert answer.status_code == 200, answer.text
        settlements: list[dict[str, Any]] = answer.json()
        return settlements

    async def close(self, client: httpx.AsyncClient) -> httpx.Response:
        return await client.post(f"{self.url}/settlements", json={"month": MONTH})
