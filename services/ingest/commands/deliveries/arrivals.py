"""End what the arrival of values makes needless: lesser values in their place, re-requests."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Prm
from services.ingest.commands.deliveries.publishing import give_or_hold
from services.ingest.commands.re_requests import resolve_filled
from services.ingest.domain.estimations.estimates import only, overtaken, standing, without
from services.ingest.domain.readings.blocks import Block, BlockKey
from services.ingest.domain.readings.organisers import (
    list_dso_steps,
    without_organiser_values,
)
from services.ingest.domain.readings.revisions import block_frame
from services.ingest.store.estimations import estimations as estimation_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.store.readings.organisers import list_blocks_with_organiser_values


async def fill_gaps(session: AsyncSession, blocks: pl.DataFrame, *, delivery_id: UUID) -> None:
    """End what the blocks just recorded from a delivery make needless.

    blocks: prm str and day date of each block.
    """
    if not blocks.is_empty():
        prms, days = set(blocks["prm"].unique()), set(blocks["day"].unique())
        await _end_overtaken(session, prms, days, delivery_id)
        await resolve_filled(session, prms)


async def end_organiser_values(
    session: AsyncSession, blocks: pl.DataFrame, *, delivery_id: UUID
) -> None:
    """End the values of organisers on days that the DSO has given in another step (ADR 39).

    Of the same step, merging puts the DSO's in their place. blocks: schema BLOCKS, those just laid.
    """
    prms, days = set(blocks["prm"].unique()), set(blocks["day"].unique())
    organiser_blocks = await list_blocks_with_organiser_values(session, prms, days)
    if not organiser_blocks:
        return
    dso_steps_min = defaultdict(set)
    for prm, direction, day, step_min in list_dso_steps(blocks).iter_rows():
        dso_steps_min[prm, direction, day].add(step_min)
    next_blocks = [
        without_organiser_values(block)
        for block in organiser_blocks
        if dso_steps_min[block.prm, block.direction.value, block.day] - {block.step_min}
    ]
    await _replace_blocks(session, next_blocks, delivery_id)


async def _replace_blocks(
    session: AsyncSession, next_blocks: Sequence[Block], delivery_id: UUID
) -> None:
    """Store and publish the next revisions of blocks."""
    await block_store.add_blocks(session, next_blocks, delivery_id=delivery_id)
    await give_or_hold(session, block_frame(next_blocks))


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
    await _replace_blocks(session, next_blocks, delivery_id)


def _others(letters: pl.DataFrame, key: BlockKey) -> dict[int, str]:
    """Return the natures of the same day at other steps, by step. letters: schema LETTERS."""
    rows = letters.filter(
        pl.col("prm") == key.prm,
        pl.col("direction") == key.direction.value,
        pl.col("day") == key.day,
        pl.col("step_min") != key.step_min,
    )
    return dict(rows.select("step_min", "natures").iter_rows())
