"""The operations that a point's readings of a day are for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import polars as pl

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.readings.blocks import Block

_COVERING = pl.Schema(
    {
        "operation_id": pl.String(),
        "prm": pl.String(),
        "direction": pl.String(),
        "valid_from": pl.Date(),
        "valid_to": pl.Date(),
    }
)


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


@dataclass(frozen=True)
class Matched:
    """Blocks that operations cover, and blocks that none covers; in order, with all their columns.

    given: a row for each operation that covers a block, operation_id str. held: covered by none.
    """

    given: pl.DataFrame
    held: pl.DataFrame


def match_operations(blocks: pl.DataFrame, participations: Iterable[Participation]) -> Matched:
    """Match blocks with operations. blocks: prm, direction, day and any other columns."""
    covering = pl.DataFrame(
        [
            (
                participation.operation_id,
                participation.prm,
                participation.direction,
                participation.valid_from,
                participation.valid_to,
            )
            for participation in participations
        ],
        schema=_COVERING,
        orient="row",
    )
    is_covered = (pl.col("valid_from") <= pl.col("day")) & (
        pl.col("valid_to").is_null() | (pl.col("day") < pl.col("valid_to"))
    )
    # By row number, so that the values of all steps are not copied.
    pairs = (
        blocks.select("prm", "direction", "day")
        .with_row_index("row")
        .join(covering, on=["prm", "direction"])
        .filter(is_covered)
        .select("row", "operation_id")
        .unique()
        .sort("row", "operation_id")
    )
    rows = pl.int_range(blocks.height, dtype=pl.UInt32, eager=True)
    return Matched(
        given=blocks[pairs["row"]].with_columns(pairs["operation_id"]),
        held=blocks.filter(~rows.is_in(pairs["row"].implode())),
    )
