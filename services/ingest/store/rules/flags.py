"""The findings of rules in the readings that are stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl
from sqlalchemy import (
    ARRAY,
    Date,
    Text,
    delete,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import copy_rows
from libs.common.database.arrays import among
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.readings.blocks import (
    ESTIMATED_BY_US,
    NATURE_LETTERS,
    NOTHING,
    BlockKey,
)
from services.ingest.domain.readings.readings import Nature
from services.ingest.domain.rules.judging import BEFORE, FLAGS
from services.ingest.tables import ParticipationRow, ReadingBlockRow, ReadingFlagRow

_UNKNOWN = literal(f"{NOTHING}{NATURE_LETTERS[Nature.MISSING]}{ESTIMATED_BY_US}")
"""The letters of steps without a real value."""


async def read_before(session: AsyncSession, readings: pl.DataFrame) -> pl.DataFrame:
    """Return the blocks of the days before those of some readings; schema BEFORE.

    readings: any rows — prm str, day date.
    """
    if readings.is_empty():
        return pl.DataFrame(schema=BEFORE)
    row = ReadingBlockRow
    key = row.prm, row.direction, row.day, row.step_min
    days = [day - timedelta(days=1) for day in readings["day"].unique().to_list()]
    query = (
        select(
            *key,
            (func.length(func.rtrim(row.natures, _UNKNOWN)) * row.step_min).label("last_min"),
        )
        .ext(distinct_on(*key))
        .where(
            among(row.prm, readings["prm"].unique()),
            among(row.day, days),
        )
        .order_by(*key, row.revision.desc())
    )
    blocks = [tuple(block_row) for block_row in (await session.execute(query)).all()]
    return pl.DataFrame(blocks, schema=BEFORE, orient="row").filter(pl.col("last_min") > 0)


async def renew_flags(session: AsyncSession, days: pl.DataFrame, flags: pl.DataFrame) -> None:
    """Replace the flags of some days by these.

    days: prm str, direction str, day date. flags: schema FLAGS, of these days and of others that
    had none.
    """
    await _delete_flags(session, days)
    if flags.is_empty():
        return
    await copy_rows(
        session,
        ReadingFlagRow.__tablename__,
        columns=FLAGS.names(),
        rows=flags.iter_rows(),
    )


async def _delete_flags(session: AsyncSession, days: pl.DataFrame) -> None:
    if days.is_empty():
        return
    renewed = (
        func.unnest(
            literal(days["prm"].to_list(), ARRAY(Text)),
            literal(days["direction"].to_list(), ARRAY(Text)),
            literal(days["day"].to_list(), ARRAY(Date)),
        )
        .table_valued("prm", "direction", "day")
        .render_derived()
    )
    here = [getattr(ReadingFlagRow, name) == renewed.c[name] for name in days.columns]
    await session.execute(
        delete(ReadingFlagRow).where(*here).execution_options(synchronize_session=False)
    )


async def map_of_point(
    session: AsyncSession, prm: Prm, *, from_day: date, to_day: date
) -> Mapping[BlockKey, Sequence[ReadingFlagRow]]:
    """Return flags by block, in order of code."""
    row = ReadingFlagRow
    query = select(row).where(row.prm == prm, row.day >= from_day, row.day < to_day)
    flags = defaultdict[BlockKey, list[ReadingFlagRow]](list)
    for flag in (await session.execute(query.order_by(row.code))).scalars():
        key = BlockKey(flag.prm, Direction(flag.direction), flag.day, flag.step_min)
        flags[key].append(flag)
    return flags


async def list_of_operation(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    from_day: date,
    to_day: date,
    code: str | None,
    offset: int,
    limit: int,
) -> Sequence[ReadingFlagRow]:
    """Return flags of days on which the point takes part; by day, prm, direction, step and code."""
    row, participation = ReadingFlagRow, ParticipationRow
    query = (
        select(row)
        .join(
            participation,
            (participation.prm == row.prm)
            & (participation.direction == row.direction)
            & (participation.valid_from <= row.day)
            & or_(participation.valid_to.is_(None), row.day < participation.valid_to),
        )
        .where(participation.operation_id == operation_id, row.day >= from_day, row.day < to_day)
        .order_by(row.day, row.prm, row.direction, row.step_min, row.code)
        .offset(offset)
        .limit(limit)
    )
    if code is not None:
        query = query.where(row.code == code)
    return (await session.execute(query)).scalars().all()
