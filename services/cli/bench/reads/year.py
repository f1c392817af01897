"""A year of many operations, allocated by the domain and stored as the service stores it.

None of it passes the event log, which would take an hour; the rows are those of the service.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.calendar import PARIS, Month, day_start, step_starts
from libs.common.database import Database, copy_rows
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block
from services.allocation.domain.days import DayFacts, DayResult, ShareBlock, decide_day
from services.allocation.domain.keys import parse_key
from services.allocation.domain.keys.versions import KeyState, KeyVersion
from services.allocation.domain.perimeter import Participant, Participation, Perimeter
from services.allocation.store import copies, days
from services.allocation.store.copies import COLUMNS_OF_BLOCKS, BlockCopy
from services.allocation.store.keys import keys
from services.demo.synthetic import Synthetic

_OPERATIONS_AT_ONCE = 100


@dataclass(frozen=True)
class YearLoad:
    """The operations of ``shape`` over some months of 2026; a third has each type of key."""

    shape: Synthetic
    months: int

    @property
    def calendar(self) -> list[Month]:
        return [Month(2026, number + 1) for number in range(self.months)]

    @cached_property
    def days(self) -> list[date]:
        return [day for month in self.calendar for day in month.days]

    @property
    def consumers(self) -> range:
        """The numbers of the consuming points."""
        return range(self.shape.plants, self.shape.points)

    def operation_id(self, number: int) -> OperationId:
        return OperationId(self.shape.operation_id(number))

    def prm(self, operation: int, point: int) -> Prm:
        return Prm(f"99{operation:06}{point:06}")

    def member_id(self, point: int) -> UUID:
        """Return the member who has this point of every operation."""
        return uuid5(NAMESPACE_URL, f"https://elocoop.coop/bench/reads/{point}")

    async def store(self, database: Database, progress: Callable[[float], None]) -> None:
        """Store day after day, as in real time; progress: the fraction done."""
        await self._store_operations(database)
        numbers = range(self.shape.operations)
        for number, day in enumerate(self.days):
            for first in range(0, len(numbers), _OPERATIONS_AT_ONCE):
                await self._store_day(database, day, numbers[first : first + _OPERATIONS_AT_ONCE])
            progress((number + 1) / len(self.days))

    async def _store_operations(self, database: Database) -> None:
        numbers = range(self.shape.operations)
        async with database.transaction() as session:
            await copies.save_perimeters(session, [self._perimeter(number) for number in numbers])
            await keys.save_keys(session, [self._key(number) for number in numbers])

    async def _store_day(self, database: Database, day: date, numbers: range) -> None:
        blocks = self._blocks(day)
        models = [self._decide(number, day, blocks) for number in range(min(3, numbers.stop))]
        results = [self._moved(models[number % 3], number) for number in numbers]
        readings = (
            BlockCopy(
                operation_id=self.operation_id(number),
                day=day,
                prm=self.prm(number, point),
                direction=self._direction(point),
                revision=1,
                block=block,
            ).row
            for number in numbers
            for point, block in blocks.items()
        )
        async with database.transaction() as session:
            await copy_rows(session, "reading_block", columns=COLUMNS_OF_BLOCKS, rows=readings)
            revisions = {(result.operation_id, result.day): 1 for result in results}
            await days.save_days(session, results, revisions)

    def _blocks(self, day: date) -> Mapping[int, Block]:
        step_min = self.shape.step_min
        ends = [
            (start + timedelta(minutes=step_min)).astimezone(PARIS)
            for start in step_starts(day, step_min)
        ]
        return {
            point: Block(step_min, [self.shape.power_w(point, end) for end in ends])
            for point in range(self.shape.points)
        }

    def _decide(self, number: int, day: date, blocks: Mapping[int, Block]) -> DayResult:
        blocks_by_participant = {
            Participant(self.prm(number, point), self._direction(point)): [block]
            for point, block in blocks.items()
        }
        facts = DayFacts(
            operation_id=self.operation_id(number),
            day=day,
            step_min=self.shape.step_min,
            participants=sorted(blocks_by_participant),
            blocks=blocks_by_participant,
            key=parse_key(self._definition(number)),
        )
        decided = decide_day(facts, known_hash=None)
        assert decided is not None, "no hash is known"
        return decided

    def _moved(self, decided: DayResult, number: int) -> DayResult:
        """Return the same day in another operation with equally numbered points."""
        mark = f"99{number:06}"

        def moved(prm: Prm) -> Prm:
            return Prm(mark + prm[8:])

        return replace(
            decided,
            operation_id=self.operation_id(number),
            points=[replace(point, prm=moved(point.prm)) for point in decided.points],
            shares=[
                ShareBlock(
                    moved(share.producer), moved(share.consumer), share.energy_wmin, share.day_wmin
                )
                for share in decided.shares
            ],
        )

    def _key(self, number: int) -> KeyVersion:
        at = day_start(self.days[0])
        draft = KeyVersion(
            id=uuid5(NAMESPACE_URL, f"https://elocoop.coop/bench/reads/key/{number}"),
            operation_id=self.operation_id(number),
            number=1,
            state=KeyState.DRAFT,
            valid_from=self.days[0],
            valid_to=None,
            definition=self._definition(number),
            drafted_by="bench",
            drafted_at=at,
        )
        declared = draft.approved(by="bench", at=at, poll_id=None).declared(
            by="bench", on=self.days[0], today=self.days[0]
        )
        return declared.activated(by="bench", at=at, notice_days=0)

    def _definition(self, number: int) -> dict[str, Any]:
        consumers = [self.prm(number, point) for point in self.consumers]
        share = str((1 / Decimal(len(consumers))).quantize(Decimal("0.000001"), ROUND_DOWN))
        ranks = [rank for rank in (consumers[:1], consumers[1:]) if rank]
        return (
            {"type": "default_dynamic"},
            {"type": "static", "shares": dict.fromkeys(consumers, share), "redistribute": True},
            {"type": "priority", "ranks": ranks},
        )[number % 3]

    def _perimeter(self, number: int) -> Perimeter:
        return Perimeter(
            operation_id=self.operation_id(number),
            revision=1,
            name=f"Operation {number}",
            organiser_id=self.member_id(self.shape.points),
            step_min=self.shape.step_min,
            participations=[
                Participation(
                    prm=self.prm(number, point),
                    direction=self._direction(point),
                    member_id=self.member_id(point),
                    valid_from=self.days[0],
                )
                for point in range(self.shape.points)
            ],
        )

    def _direction(self, point: int) -> Direction:
        return Direction.PRODUCTION if point < self.shape.plants else Direction.CONSUMPTION
