"""The blocks that were published to each operation, and those that should still be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl
from sqlalchemy import ARRAY, ColumnElement, Date, Text, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database import copy_csv
from libs.common.ids import OperationId
from services.ingest.domain.readings.revisions import BLOCKS
from services.ingest.store.readings.blocks import BLOCK_COLUMNS
from services.ingest.tables import (
    Base,
    ParticipationRow,
    PublishedBlockRow,
    PublishedDayRow,
    ReadingBlockRow,
)


async def list_unpublished(
    session: AsyncSession, operations: Collection[OperationId]
) -> pl.DataFrame:
    """Return the blocks that these operations cover whose last revision they did not get.

    Columns: operation_id str and schema BLOCKS.
    """
    newer = aliased(ReadingBlockRow)
    is_superseded = (
        select(true())
        .where(*_same_block(newer, ReadingBlockRow), newer.revision > ReadingBlockRow.revision)
        .exists()
    )
    is_published = (
        select(true())
        .where(
            PublishedBlockRow.operation_id == ParticipationRow.operation_id,
            *_same_block(PublishedBlockRow, ReadingBlockRow),
            PublishedBlockRow.revision == ReadingBlockRow.revision,
        )
        .exists()
    )
    query = (
        select(ParticipationRow.operation_id, *BLOCK_COLUMNS)
        .join(
            ReadingBlockRow,
            (ReadingBlockRow.prm == ParticipationRow.prm)
            & (ReadingBlockRow.direction == ParticipationRow.direction)
            & (ReadingBlockRow.day >= ParticipationRow.valid_from)
            & or_(
                ParticipationRow.valid_to.is_(None),
                ReadingBlockRow.day < ParticipationRow.valid_to,
            ),
        )
        .where(ParticipationRow.operation_id.in_(operations), ~is_superseded, ~is_published)
    )
    rows = (await session.execute(query)).all()
    schema = pl.Schema({"operation_id": pl.String(), **BLOCKS})
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def _same_block(table: type[Base], other: type[Base]) -> list[ColumnElement[bool]]:
    return [
        getattr(table, name) == getattr(other, name)
        for name in ("prm", "direction", "day", "step_min")
    ]


async def count_days(
    session: AsyncSession, days: Sequence[tuple[OperationId, date]]
) -> Mapping[tuple[OperationId, date], int]:
    """Return the number of the next event of each operation and day."""
    next_days = (
        func.unnest(
            literal([operation_id for operation_id, _ in days], ARRAY(Text)),
            literal([day for _, day in days], ARRAY(Date)),
        )
        .table_valued("operation_id", "day")
        .render_derived()
    )
    counted = insert(PublishedDayRow).from_select(
        ["operation_id", "day", "revision"],
        select(next_days.c.operation_id, next_days.c.day, literal(1)),
    )
    rows = await session.execute(
        counted.on_conflict_do_update(
            index_elements=["operation_id", "day"],
            set_={"revision": PublishedDayRow.revision + 1},
        ).returning(PublishedDayRow.operation_id, PublishedDayRow.day, PublishedDayRow.revision)
    )
    return {(row.operation_id, row.day): row.revision for row in rows}


async def add_published(session: AsyncSession, published_blocks: pl.DataFrame) -> None:
    """published_blocks: operation_id, prm, direction, day, step_min and revision, possibly more."""
    columns = ["operation_id", "prm", "direction", "day", "step_min", "revision"]
    csv = published_blocks.select(columns).write_csv(include_header=False).encode()
    await copy_csv(session, PublishedBlockRow.__tablename__, columns=columns, csv=csv)
