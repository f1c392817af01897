"""Facts besides readings: indexes, invoiced quantities, contract events."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import polars as pl
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import day_bounds, local_day
from libs.common.database.arrays import among
from libs.common.ids import Prm
from services.ingest.domain.facts.contracts import CONTRACT_EVENTS
from services.ingest.domain.facts.indexes import INDEXES, INVOICED
from services.ingest.domain.tallies import Tally
from services.ingest.tables import Base, ContractEventRow, InvoicedQuantityRow, MeterIndexRow

_DAY = timedelta(days=1)
_ROWS_AT_ONCE = 1_000  # a statement takes at most 32,767 parameters
_SCHEMAS: dict[type[Base], pl.Schema] = {
    MeterIndexRow: INDEXES,
    InvoicedQuantityRow: INVOICED,
    ContractEventRow: CONTRACT_EVENTS,
}


async def read_facts(
    session: AsyncSession, table: type[Base], prms: Collection[str]
) -> pl.DataFrame:
    """Return all stored facts of these points: the columns of the table, rows in no order."""
    columns = list(table.__table__.columns)
    query = select(*columns).where(among(table.__table__.c.prm, prms))
    rows = (await session.execute(query)).all() if prms else []
    schema = {column.name: _SCHEMAS[table].get(column.name, pl.Int64()) for column in columns}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


async def save_facts(session: AsyncSession, table: type[Base], facts: pl.DataFrame) -> None:
    """Add facts, or renew those with their keys. facts: the columns of the table."""
    adding = insert(table)
    keys = [column.name for column in table.__table__.primary_key]
    upsert = adding.on_conflict_do_update(
        index_elements=keys,
        set_={name: adding.excluded[name] for name in facts.columns if name not in keys},
    )
    for rows in facts.iter_slices(_ROWS_AT_ONCE):
        await session.execute(upsert, rows.to_dicts())


async def read_indexes(
    session: AsyncSession, prms: Collection[Prm], *, start: datetime, end: datetime
) -> pl.DataFrame:
    """Return the indexes of points over ``[start, end]``; schema INDEXES without position."""
    row = MeterIndexRow
    query = select(row.prm, row.direction, row.register, row.read_at, row.index_wh, row.doubtful)
    rows = await session.execute(query.where(among(row.prm, prms), row.read_at.between(start, end)))
    schema = {name: INDEXES[name] for name in INDEXES.names() if name != "position"}
    return pl.DataFrame([tuple(row_values) for row_values in rows], schema=schema, orient="row")


async def list_invoiced(
    session: AsyncSession, prms: Collection[Prm], *, from_day: date, to_day: date
) -> Sequence[InvoicedQuantityRow]:
    """Return the valid quantities that end within ``(from_day, to_day]``."""
    row = InvoicedQuantityRow
    query = select(row).where(
        among(row.prm, prms),
        row.to_day > from_day,
        row.to_day <= to_day,
        row.is_cancelled.is_(False),
    )
    return (await session.scalars(query)).all()


async def delete_old_indexes(session: AsyncSession, *, read_before: datetime) -> Tally:
    """Delete the indexes of some local day before."""
    row = MeterIndexRow
    an_old_one = select(row.read_at).where(row.read_at < read_before).limit(1)
    read_at = (await session.execute(an_old_one)).scalar_one_or_none()
    if read_at is None:
        return Tally()
    start, end = day_bounds(local_day(read_at))
    deleted = delete(row).where(row.read_at >= start, row.read_at < end).returning(row.read_at)
    times = await session.execute(deleted.execution_options(synchronize_session=False))
    return Tally.of(map(local_day, times.scalars()))


async def delete_old_invoiced(session: AsyncSession, *, kept_from: date) -> Tally:
    """Delete the quantities that end on some day before."""
    row = InvoicedQuantityRow
    an_old_end = select(row.to_day).where(row.to_day <= kept_from).limit(1)
    deleted = delete(row).where(row.to_day == an_old_end.scalar_subquery()).returning(row.to_day)
    ends = await session.execute(deleted.execution_options(synchronize_session=False))
    return Tally.of(end - _DAY for end in ends.scalars())


async def count_old_indexes(session: AsyncSession, *, read_before: datetime) -> Tally:
    read_at = MeterIndexRow.read_at
    query = select(func.count(), func.min(read_at), func.max(read_at)).where(read_at < read_before)
    return Tally.between(*(await session.execute(query)).one())


async def count_old_invoiced(session: AsyncSession, *, kept_from: date) -> Tally:
    to_day = InvoicedQuantityRow.to_day
    query = select(func.count(), func.min(to_day), func.max(to_day)).where(to_day <= kept_from)
    count, first, last = (await session.execute(query)).one()
    return Tally(count, first and first - _DAY, last and last - _DAY)
