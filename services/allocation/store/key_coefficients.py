"""The coefficients of dynamic sharing keys: a block per day, producer or pool, and consumer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import copy_rows
from libs.common.ids import OperationId, Prm
from services.allocation.domain.coefficients.blocks import CoefficientBlock
from services.allocation.tables import KeyCoefficientFileRow, KeyCoefficientRow

_OF_A_BLOCK = ("day", "producer", "consumer", "step_min", "share_billionths")

KeyDay = tuple[OperationId, UUID, date]


class CoefficientSource(NamedTuple):
    """The file from which coefficients come, and its sender."""

    sha256: str
    byte_count: int
    set_at: datetime
    set_by: str


class KnownCoefficients(NamedTuple):
    """A key's coefficients for the days of one month; producer is empty for the pool."""

    month: date  # its first day
    producer: Prm
    step_min: int
    first_day: date
    last_day: date
    consumers: int


async def list_blocks(
    session: AsyncSession, days: Collection[KeyDay]
) -> dict[KeyDay, list[CoefficientBlock]]:
    """Return the blocks of these days; days without coefficients are left out."""
    if not days:
        return {}
    query = text("""
        SELECT operation_id, key_id, day, step_min, producer, consumer, share_billionths
        FROM key_coefficient
        JOIN unnest(CAST(:operations AS text[]), CAST(:keys AS uuid[]), CAST(:days AS date[]))
            AS wanted (operation_id, key_id, day) USING (operation_id, key_id, day)
    """)
    operations, keys, dates = zip(*days, strict=True)
    blocks_by_day: defaultdict[KeyDay, list[CoefficientBlock]] = defaultdict(list)
    values = {"operations": operations, "keys": keys, "days": dates}
    for row in await session.execute(query, values):
        key_day = (OperationId(row.operation_id), row.key_id, row.day)
        blocks_by_day[key_day].append(
            CoefficientBlock(
                row.day, row.step_min, Prm(row.producer), Prm(row.consumer), row.share_billionths
            )
        )
    return blocks_by_day


async def replace_blocks(
    session: AsyncSession,
    operation_id: OperationId,
    key_id: UUID,
    producer: Prm,
    *,
    days: Sequence[date],
    blocks: Iterable[CoefficientBlock],
) -> None:
    """Make these the coefficients of consecutive days; the caller holds the operation's lock."""
    row, values = KeyCoefficientRow, attrgetter(*_OF_A_BLOCK)
    await session.execute(
        delete(row).where(
            row.operation_id == operation_id,
            row.key_id == key_id,
            row.producer == producer,
            row.day.between(days[0], days[-1]),
        )
    )
    await copy_rows(
        session,
        "key_coefficient",
        columns=("operation_id", "key_id", *_OF_A_BLOCK),
        rows=((operation_id, key_id, *values(block)) for block in blocks),
    )


async def save_source(
    session: AsyncSession,
    operation_id: OperationId,
    key_id: UUID,
    month: Month,
    producer: Prm,
    *,
    source: CoefficientSource,
) -> None:
    """Save the file of the month's coefficients in place of the previous one."""
    row = KeyCoefficientFileRow(
        operation_id=operation_id,
        key_id=key_id,
        month=str(month),
        producer=producer,
        **source._asdict(),
    )
    await session.merge(row)
    await session.flush()


async def list_known(
    session: AsyncSession, operation_id: OperationId, key_id: UUID
) -> Sequence[KnownCoefficients]:
    """Return the coefficients by month, producer and step."""
    row = KeyCoefficientRow
    month = func.date_trunc("month", row.day)
    query = (
        select(
            month,
            row.producer,
            row.step_min,
            func.min(row.day),
            func.max(row.day),
            func.count(row.consumer.distinct()),
        )
        .where(row.operation_id == operation_id, row.key_id == key_id)
        .group_by(month, row.producer, row.step_min)
        .order_by(month, row.producer, row.step_min)
    )
    return [
        KnownCoefficients(start.date(), Prm(producer), step_min, first_day, last_day, consumers)
        for start, producer, step_min, first_day, last_day, consumers in await session.execute(
            query
        )
    ]
