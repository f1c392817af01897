"""Blocks in which values of organisers' files stand."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.blocks import Block, BlockKey
from services.ingest.domain.readings.organisers import has_organiser_values
from services.ingest.store.readings.blocks import list_blocks
from services.ingest.tables import ReadingBlockRow


async def list_blocks_with_organiser_values(
    session: AsyncSession, prms: Collection[Prm], days: Collection[date]
) -> list[Block]:
    """Return the last revisions of such blocks of these points and days."""
    row = ReadingBlockRow
    ever = select(row.prm, row.direction, row.day, row.step_min).where(
        # Written out as in the index on these blocks, which serves only this very condition.
        text("0 > ANY (published_us)"),
        among(row.prm, prms),
        among(row.day, days),
    )
    keys = [
        BlockKey(prm, Direction(direction), day, step_min)
        for prm, direction, day, step_min in await session.execute(ever.distinct())
    ]
    return [block for block in await list_blocks(session, keys) if has_organiser_values(block)]
