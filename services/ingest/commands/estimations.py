"""Fill gaps with estimates on request, and take them back; real values end them by themselves."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.ingest.commands.completeness import expect
from services.ingest.commands.publishing import give_or_hold
from services.ingest.domain.estimates import BlockKey, Estimate, standing, without
from services.ingest.domain.estimation import WEEKS, Method, estimate, find_gaps, usable_values
from services.ingest.domain.estimation.laying import lay
from services.ingest.domain.revisions import block_frame
from services.ingest.store import blocks as block_store
from services.ingest.store import estimations as store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.tables import EstimationRow


@dataclass(frozen=True)
class Asked:
    """What somebody wants filled, over ``[from_day, to_day)``, by which methods in which order."""

    from_day: date
    to_day: date
    methods: Sequence[Method]
    interpolation_max_min: int
    asked_by: str


async def estimate_gaps(
    session: AsyncSession, operation_id: OperationId, asked: Asked
) -> EstimationRow:
    """Fill what can be filled of the days that are over, and give operations what is new.

    Raises OperationUnknown.
    """
    await perimeter_store.lock_publishing(session)
    now = now_in(session)
    around = await _days_around(session, operation_id, asked)
    until = min(asked.to_day, local_day(now))
    wanted = around.filter(pl.col("day") >= asked.from_day, pl.col("day") < until)
    letters = await block_store.read_letters(session, around)
    gaps = await asyncio.to_thread(find_gaps, wanted, letters)
    blocks = await block_store.read_latest(session, _inputs(around, gaps))
    found = await asyncio.to_thread(
        lambda: estimate(
            gaps,
            usable_values(around, blocks),
            asked.methods,
            interpolation_max_min=asked.interpolation_max_min,
        )
    )
    estimation = EstimationRow(
        id=uuid4(),
        operation_id=operation_id,
        from_day=asked.from_day,
        to_day=asked.to_day,
        methods=list(asked.methods),
        asked_by=asked.asked_by,
        asked_at=now,
        steps_filled=found.height,
        steps_left=gaps.height - found.height,
    )
    session.add(estimation)
    await session.flush()
    await _record(session, estimation.id, found, blocks)
    return estimation


async def _days_around(
    session: AsyncSession, operation_id: OperationId, asked: Asked
) -> pl.DataFrame:
    """The days asked for, the weeks before and the day after; schema DAYS."""
    return await expect(
        session,
        operation_id,
        from_day=asked.from_day - timedelta(weeks=WEEKS),
        to_day=asked.to_day + timedelta(days=1),
    )


def _inputs(around: pl.DataFrame, gaps: pl.DataFrame) -> pl.DataFrame:
    """The days of points with gaps, and of all plants if one of them has some."""
    is_open = pl.col("prm").is_in(gaps["prm"].unique().implode())
    if (gaps["direction"] == "production").any():
        is_open |= pl.col("direction") == "production"
    return around.filter(is_open)


async def _record(
    session: AsyncSession, estimation_id: UUID, found: pl.DataFrame, stored: pl.DataFrame
) -> None:
    """found: schema ESTIMATES. stored: schema BLOCKS."""
    laid, provenance = await asyncio.to_thread(lay, found, stored)
    blocks = [block_store.as_block(row) for row in laid.iter_rows()]
    await block_store.add_blocks(session, blocks, estimation_id=estimation_id)
    await store.add_estimates(session, (Estimate(estimation_id, *one) for one in provenance))
    await give_or_hold(session, laid)


async def withdraw_estimation(
    session: AsyncSession, operation_id: OperationId, estimation_id: UUID, *, asked_by: str
) -> EstimationRow:
    """Take back those of its values that still stand; a second time nothing happens.

    Raises EstimationUnknown.
    """
    await perimeter_store.lock_publishing(session)
    estimation = await store.get_estimation(session, operation_id, estimation_id)
    if estimation.withdrawn_at is not None:
        return estimation
    keys = {one.block for one in await store.list_estimates(session, estimation_id)}
    made = await store.list_estimates_in(session, keys)
    blocks = []
    for block in await block_store.list_blocks(session, keys):
        gone = [
            one
            for one in standing(block, made[BlockKey.of(block)])
            if one.estimation_id == estimation_id
        ]
        if gone:
            blocks.append(without(block, gone))
    await block_store.add_blocks(session, blocks, estimation_id=estimation_id)
    await give_or_hold(session, block_frame(blocks))
    estimation.withdrawn_by = asked_by
    estimation.withdrawn_at = now_in(session)
    return estimation
