"""Which operations a point's readings of a day are for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.blocks import Block


@dataclass(frozen=True, slots=True)
class Participation:
    """A point in an operation over ``[valid_from, valid_to)``; None is open-ended.

    power_limit_w: what the point can draw, or produce, in that direction; None if unknown.
    """

    operation_id: OperationId
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None
    power_limit_w: int | None = None

    def covers(self, block: Block) -> bool:
        return self.prm == block.prm and self.covers_day(block.direction, block.day)

    def covers_day(self, direction: Direction, day: date) -> bool:
        return self.direction == direction and self.takes_part(day)

    def takes_part(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def match_operations(
    blocks: Iterable[Block], participations: Iterable[Participation]
) -> Iterator[tuple[Block, set[OperationId]]]:
    """Each block, in order, with the operations whose participations cover it; maybe none."""
    by_prm = defaultdict(list)
    for participation in participations:
        by_prm[participation.prm].append(participation)
    for block in blocks:
        candidates = by_prm.get(block.prm, ())
        yield block, {one.operation_id for one in candidates if one.covers(block)}
