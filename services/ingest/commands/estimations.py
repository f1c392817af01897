"""Fill gaps with estimates on request, and withdraw them; real values replace them unasked."""

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
from services.ingest.commands.completeness.completeness import expect
from services.ingest.commands.completeness.months import note_days
from services.ingest.commands.deliveries.publishing import give_or_hold
from services.ingest.domain.estimations import WEEKS, Method, estimate, find_gaps, usable_values
from services.ingest.domain.estimations.estimates import Estimate, standing, without
from services.ingest.domain.estimations.laying import lay
from services.ingest.domain.readings.blocks import BlockKey
from services.ingest.domain.readings.revisions import block_frame
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.estimations import estimations as store
from services.ingest.store.readings import blocks as block_store
from services.ingest.tables import EstimationRow


@dataclass(frozen=True)
class Asked:
    """A request to fill the gaps of ``[from_day, to_day)`` by these methods, in this order.

    only: the days of points to which it is limited: prm, direction, day; None: all.
    """

    from_day: date
    to_day: date
    methods: Sequence[Method]
    interpolation_max_min: int
    asked_by: str
    only: pl.DataFrame | None = None


async def estimate_gaps(
    session: AsyncSession, operation_id: OperationId, request: Asked
) -> EstimationRow:
    """Fill what can be filled on the days that are over, and publish the new values to operations.

    Raises OperationUnknown.
    """
    await perimeter_store.lock_publishing(session)
    now = now_in(session)
    around = await _days_around(session, operation_id, request)
    requested_days = _requested(around, request, today=local_day(now))
    letters = await block_store.read_letters(session, around)
    gaps = await asyncio.to_thread(find_gaps, requested_days, letters)
    blocks = await block_store.read_latest(session, _inputs(around, gaps))
    estimates = await asyncio.to_thread(
        lambda: estimate(
            gaps,
            usable_values(around, blocks),
            request.methods,
            interpolation_max_min=request.interpolation_max_min,
        )
    )
    estimation = EstimationRow(
        id=uuid4(),
        operation_id=operation_id,
        from_day=request.from_day,
        to_day=request.to_day,
        methods=list(request.methods),
        asked_by=request.asked_by,
        asked_at=now,
        steps_filled=estimates.height,
        steps_left=gaps.height - estimates.height,
    )
    session.add(estimation)
    await session.flush()
    await _record(session, estimation.id, estimates, blocks)
    return estimation


async def _days_around(
    session: AsyncSession, operation_id: OperationId, request: Asked
) -> pl.DataFrame:
    """Return the days of the request, the weeks before and the day after; schema DAYS."""
    return await expect(
        session,
        operation_id,
        from_day=request.from_day - timedelta(weeks=WEEKS),
        to_day=request.to_day + timedelta(days=1),
    )


def _requested(around: pl.DataFrame, request: Asked, *, today: date) -> pl.DataFrame:
    """Return those of the days that are over and that the request means; schema DAYS."""
    until = min(request.to_day, today)
    days = around.filter(pl.col("day") >= request.from_day, pl.col("day") < until)
    if request.only is None:
        return days
    return days.join(request.only, on=["prm", "direction", "day"], how="semi")


def _inputs(around: pl.DataFrame, gaps: pl.DataFrame) -> pl.DataFrame:
    """Return the days of points with gaps, and of all plants if one of them has a gap."""
    is_open = pl.col("prm").is_in(gaps["prm"].unique().implode())
    if (gaps["direction"] == "production").any():
        is_open |= pl.col("direction") == "production"
    return around.filter(is_open)


async def _record(
    session: AsyncSession, estimation_id: UUID, estimates: pl.DataFrame, stored: pl.DataFrame
) -> None:
    """Store the estimates and publish them. estimates: schema ESTIMATES. stored: schema BLOCKS."""
    laid, provenance = await asyncio.to_thread(lay, estimates, stored)
    blocks = [block_store.as_block(row) for row in laid.iter_rows()]
    await block_store.add_blocks(session, blocks, estimation_id=estimation_id)
    await store.add_estimates(session, (Estimate(estimation_id, *record) for record in provenance))
    await give_or_hold(session, laid)
    await note_days(session, laid)


async def withdraw_estimation(
    session: AsyncSession, operation_id: OperationId, estimation_id: UUID, *, asked_by: str
) -> EstimationRow:
    """Remove those of its values that still stand. Withdrawing it again changes nothing.

    Raises EstimationUnknown.
    """
    await perimeter_store.lock_publishing(session)
    estimation = await store.get_estimation(session, operation_id, estimation_id)
    if estimation.withdrawn_at is not None:
        return estimation
    keys = {filling.block for filling in await store.list_estimates(session, estimation_id)}
    estimates = await store.list_estimates_in(session, keys)
    blocks = []
    for block in await block_store.list_blocks(session, keys):
        gone = [
            filling
            for filling in standing(block, estimates[BlockKey.of(block)])
            if filling.estimation_id == estimation_id
        ]
        if gone:
            blocks.append(without(block, gone))
    await block_store.add_blocks(session, blocks, estimation_id=estimation_id)
    withdrawn = block_frame(blocks)
    await give_or_hold(session, withdrawn)
    await note_days(session, withdrawn)
    estimation.withdrawn_by = asked_by
    estimation.withdrawn_at = now_in(session)
    return estimation
