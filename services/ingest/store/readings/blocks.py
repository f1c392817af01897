"""Blocks of readings: the stored revisions, and those that wait for an operation."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import polars as pl
from sqlalchemy import (
    ARRAY,
    Date,
    Row,
    Select,
    SmallInteger,
    TableValuedAlias,
    Text,
    bindparam,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from libs.common.database import copy_rows
from libs.common.database.arrays import among
from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.blocks import LETTERS, Block, BlockKey
from services.ingest.domain.readings.merging import BLOCKS
from services.ingest.tables import HeldBlockRow, ReadingBlockRow

_KEY = ["prm", "direction", "day", "step_min"]
_REVISION = [*_KEY, "revision"]

BLOCK_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    ReadingBlockRow.prm,
    ReadingBlockRow.direction,
    ReadingBlockRow.day,
    ReadingBlockRow.step_min,
    ReadingBlockRow.revision,
    ReadingBlockRow.power_w,
    ReadingBlockRow.natures,
    ReadingBlockRow.doubtful,
    ReadingBlockRow.published_us,
)
"""In the order of the fields of Block."""


class Revision(NamedTuple):
    """A block as it was from recorded_at on, and what made it so."""

    block: Block
    recorded_at: datetime
    delivery_id: UUID | None
    estimation_id: UUID | None


async def read_latest(session: AsyncSession, readings: pl.DataFrame) -> pl.DataFrame:
    """Return the last revisions of at least the blocks of these readings; schema BLOCKS.

    readings: any rows — prm str, day date.
    """
    days = readings["day"]
    query = _latest().where(
        # One array: a statement takes at most 32,767 parameters.
        among(ReadingBlockRow.prm, readings["prm"].unique()),
        ReadingBlockRow.day.between(days.min(), days.max()),
    )
    rows = [] if readings.is_empty() else (await session.execute(query)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=BLOCKS, orient="row")


async def list_latest(
    session: AsyncSession,
    prm: Prm,
    *,
    direction: Direction | None,
    from_day: date,
    to_day: date,
    as_of: datetime | None = None,
) -> list[Block]:
    """Return the last revisions over ``[from_day, to_day)``, in order of direction, day, step.

    as_of: the last that were recorded by then.
    """
    query = _latest().where(
        ReadingBlockRow.prm == prm, ReadingBlockRow.day >= from_day, ReadingBlockRow.day < to_day
    )
    if direction is not None:
        query = query.where(ReadingBlockRow.direction == direction)
    if as_of is not None:
        query = query.where(ReadingBlockRow.recorded_at <= as_of)
    return [as_block(row) for row in (await session.execute(query)).all()]


async def list_latest_of(
    session: AsyncSession, prms: Collection[Prm], *, from_day: date, to_day: date
) -> list[Block]:
    """Return the last revisions of these points over ``[from_day, to_day)``."""
    query = _latest().where(
        among(ReadingBlockRow.prm, prms),
        ReadingBlockRow.day >= from_day,
        ReadingBlockRow.day < to_day,
    )
    return [as_block(row) for row in (await session.execute(query)).all()]


async def list_revisions(
    session: AsyncSession, prm: Prm, *, from_day: date, to_day: date
) -> list[Revision]:
    """Return all revisions over ``[from_day, to_day)``, by direction, day, step and revision."""
    key = [getattr(ReadingBlockRow, name) for name in _REVISION]
    query = (
        select(
            *BLOCK_COLUMNS,
            ReadingBlockRow.recorded_at,
            ReadingBlockRow.delivery_id,
            ReadingBlockRow.estimation_id,
        )
        .where(
            ReadingBlockRow.prm == prm,
            ReadingBlockRow.day >= from_day,
            ReadingBlockRow.day < to_day,
        )
        .order_by(*key)
    )
    rows = (await session.execute(query)).all()
    return [Revision(as_block(row[:-3]), *row[-3:]) for row in rows]


async def list_blocks(session: AsyncSession, keys: Collection[BlockKey]) -> list[Block]:
    """Return the last revisions of these blocks, in order."""
    if not keys:
        return []
    block_keys = _keys_of(pl.DataFrame([*keys], schema=_KEY, orient="row"))
    here = [getattr(ReadingBlockRow, name) for name in _KEY]
    query = _latest().where(tuple_(*here).in_(select(block_keys)))
    return [as_block(row) for row in (await session.execute(query)).all()]


async def read_letters(session: AsyncSession, days: pl.DataFrame) -> pl.DataFrame:
    """Return the last revisions of at least the blocks of these days; schema LETTERS.

    days: any rows — prm str, day date.
    """
    if days.is_empty():
        return pl.DataFrame(schema=LETTERS)
    columns = [getattr(ReadingBlockRow, name) for name in LETTERS]
    query = _latest(columns).where(
        among(ReadingBlockRow.prm, days["prm"].unique()),
        ReadingBlockRow.day.between(days["day"].min(), days["day"].max()),
    )
    rows = (await session.execute(query)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=LETTERS, orient="row")


def _latest(columns: Sequence[InstrumentedAttribute[Any]] = BLOCK_COLUMNS) -> Select[Any]:
    key = [getattr(ReadingBlockRow, name) for name in _KEY]
    return select(*columns).ext(distinct_on(*key)).order_by(*key, ReadingBlockRow.revision.desc())


def as_block(row: Sequence[Any]) -> Block:
    prm, direction, *further_fields = row
    return Block(prm, Direction(direction), *further_fields)


async def knows_point(session: AsyncSession, prm: Prm) -> bool:
    """Return whether any reading of the point was ever recorded."""
    query = select(ReadingBlockRow.prm).where(ReadingBlockRow.prm == prm).limit(1)
    return (await session.execute(query)).first() is not None


async def add_blocks(
    session: AsyncSession,
    blocks: Iterable[Block],
    *,
    delivery_id: UUID | None = None,
    estimation_id: UUID | None = None,
) -> None:
    """Add revisions that a delivery or an estimation made."""
    await copy_rows(
        session,
        ReadingBlockRow.__tablename__,
        columns=[*(column.key for column in BLOCK_COLUMNS), "delivery_id", "estimation_id"],
        rows=(
            (
                block.prm,
                block.direction,
                block.day,
                block.step_min,
                block.revision,
                block.power_w,
                block.natures,
                block.doubtful,
                block.published_us,
                delivery_id,
                estimation_id,
            )
            for block in blocks
        ),
    )


async def confirm_blocks(session: AsyncSession, confirmed: pl.DataFrame) -> None:
    """Renew the time at which the values of these blocks were last published.

    confirmed: schema BLOCKS — the revisions that are stored.
    """
    if confirmed.is_empty():
        return
    here = [getattr(ReadingBlockRow, name) == bindparam(f"b_{name}") for name in _REVISION]
    renewed = update(ReadingBlockRow).where(*here).values(published_us=bindparam("b_published_us"))
    rows = confirmed.select(*_REVISION, "published_us").rename(lambda name: f"b_{name}").to_dicts()
    connection = await session.connection()
    await connection.execute(renewed, rows)


async def hold(session: AsyncSession, blocks: pl.DataFrame) -> None:
    """Note that these blocks wait for an operation. blocks: prm, direction, day, step_min."""
    if not blocks.is_empty():
        insertion = insert(HeldBlockRow).from_select(_KEY, select(_keys_of(blocks)))
        await session.execute(insertion.on_conflict_do_nothing())


async def release(session: AsyncSession, blocks: pl.DataFrame) -> None:
    """Remove the notes that these blocks wait, if there are any. blocks: as for ``hold``."""
    if blocks.is_empty():
        return
    keys = _keys_of(blocks)
    here = [getattr(HeldBlockRow, name) == keys.c[name] for name in _KEY]
    await session.execute(
        delete(HeldBlockRow).where(*here).execution_options(synchronize_session=False)
    )


def _keys_of(blocks: pl.DataFrame) -> TableValuedAlias:
    return (
        func.unnest(
            literal(blocks["prm"].to_list(), ARRAY(Text)),
            literal(blocks["direction"].to_list(), ARRAY(Text)),
            literal(blocks["day"].to_list(), ARRAY(Date)),
            literal(blocks["step_min"].to_list(), ARRAY(SmallInteger)),
        )
        .table_valued(*_KEY)
        .render_derived()
    )


async def list_held(
    session: AsyncSession, *, after: str | None, limit: int
) -> Sequence[Row[str, Prm, str, int, date, date]]:
    """Return id, prm, direction, days, first_day, last_day of held blocks, by prm and direction.

    after: the last id seen.
    """
    row = HeldBlockRow
    query = select(
        func.concat(row.prm, "-", row.direction).label("id"),
        row.prm,
        row.direction,
        func.count(row.day.distinct()).label("days"),
        func.min(row.day).label("first_day"),
        func.max(row.day).label("last_day"),
    )
    if after is not None:
        query = query.where(tuple_(row.prm, row.direction) > tuple(after.split("-")))
    grouped = query.group_by(row.prm, row.direction).order_by(row.prm, row.direction)
    return (await session.execute(grouped.limit(limit))).all()
