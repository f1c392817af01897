"""End what the arrival of real values makes needless: estimates in their place, re-requests."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Prm
from services.ingest.commands.deliveries.publishing import give_or_hold
from services.ingest.commands.re_requests import resolve_filled
from services.ingest.domain.estimations.estimates import only, overtaken, standing, without
from services.ingest.domain.readings.blocks import BlockKey
from services.ingest.domain.readings.revisions import block_frame
from services.ingest.store.estimations import estimations as estimation_store
from services.ingest.store.readings import blocks as block_store


async def fill_gaps(session: AsyncSession, blocks: pl.DataFrame, *, delivery_id: UUID) -> None:
    """End what the blocks just recorded from a delivery make needless.

    blocks: prm str and day date of each block.
    """
    if not blocks.is_empty():
        prms, days = set(blocks["prm"].unique()), set(blocks["day"].unique())
        await _end_overtaken(session, prms, days, delivery_id)
        await resolve_filled(session, prms)


async def _end_overtaken(
    session: AsyncSession, prms: Collection[Prm], days: Collection[date], delivery_id: UUID
) -> None:
    """End estimates at other steps than the new values; merging ends those at the same step."""
    estimated = await estimation_store.list_blocks_with_estimates(session, prms, days)
    if not estimated:
        return
    keys = [BlockKey.of(block) for block in estimated]
    letters = await block_store.read_letters(
        session, pl.DataFrame({"prm": [key.prm for key in keys], "day": [key.day for key in keys]})
    )
    estimates = await estimation_store.list_estimates_in(session, keys)
    next_blocks = []
    for block, key in zip(estimated, keys, strict=True):
        slots = overtaken(block, _others(letters, key))
        if slots:
            next_blocks.append(without(block, only(slots, standing(block, estimates[key]))))
    await block_store.add_blocks(session, next_blocks, delivery_id=delivery_id)
    await give_or_hold(session, block_frame(next_blocks))


def _others(letters: pl.DataFrame, key: BlockKey) -> dict[int, str]:
    """Return the natures of the same day at other steps, by step. letters: schema LETTERS."""
    rows = letters.filter(
        pl.col("prm") == key.prm,
        pl.col("direction") == key.direction.value,
        pl.col("day") == key.day,
        pl.col("step_min") != key.step_min,
    )
    return dict(rows.select("step_min", "natures").iter_rows())
