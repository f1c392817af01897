"""Estimations, and how each step of a block was estimated."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import copy_rows
from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.estimations.estimates import Estimate
from services.ingest.domain.problems import EstimationUnknown
from services.ingest.domain.readings.blocks import Block, BlockKey
from services.ingest.store.readings.blocks import list_blocks
from services.ingest.tables import EstimateRow, EstimationRow, ReadingBlockRow

_COLUMNS = [
    "estimation_id",
    "prm",
    "direction",
    "day",
    "step_min",
    "method",
    "revision",
    "slots",
    "replaced",
    "input_days",
    "input_prms",
]


async def add_estimates(session: AsyncSession, estimates: Iterable[Estimate]) -> None:
    await copy_rows(
        session,
        EstimateRow.__tablename__,
        columns=_COLUMNS,
        rows=(
            (
                estimate.estimation_id,
                *estimate.block,
                estimate.method,
                estimate.revision,
                estimate.slots,
                estimate.replaced,
                estimate.input_days,
                estimate.input_prms,
            )
            for estimate in estimates
        ),
    )


async def get_estimation(
    session: AsyncSession, operation_id: OperationId, estimation_id: UUID
) -> EstimationRow:
    """Return an estimation of this operation. Raises EstimationUnknown."""
    estimation = await session.get(EstimationRow, estimation_id, populate_existing=True)
    if estimation is None or estimation.operation_id != operation_id:
        raise EstimationUnknown(f"{operation_id} has no estimation {estimation_id}.")
    return estimation


async def list_estimations(
    session: AsyncSession, operation_id: OperationId, *, before: UUID | None, limit: int
) -> Sequence[EstimationRow]:
    """Return the newest first, those of one instant by id, that follow the one called ``before``.

    Raises EstimationUnknown for one that is not of this operation.
    """
    row = EstimationRow
    page = await page_of_newest(
        session,
        select(row).where(row.operation_id == operation_id),
        at=row.asked_at,
        key=[row.id],
        after=[before] if before else None,
        limit=limit,
        unknown=EstimationUnknown(f"{operation_id} has no estimation {before}."),
    )
    return (await session.scalars(page)).all()


async def list_estimates(session: AsyncSession, estimation_id: UUID) -> list[Estimate]:
    """Return the estimates of one estimation, in order of block and method."""
    return await _list(session, _select().where(EstimateRow.estimation_id == estimation_id))


async def list_estimates_in(
    session: AsyncSession, blocks: Collection[BlockKey]
) -> dict[BlockKey, list[Estimate]]:
    """Return all estimates that were ever made in these blocks."""
    estimates_by_block: dict[BlockKey, list[Estimate]] = {}
    if not blocks:
        return estimates_by_block
    days = [block.day for block in blocks]
    query = _select().where(
        among(EstimateRow.prm, {block.prm for block in blocks}),
        EstimateRow.day.between(min(days), max(days)),
    )
    block_keys = set(blocks)
    for estimate in await _list(session, query):
        if estimate.block in block_keys:
            estimates_by_block.setdefault(estimate.block, []).append(estimate)
    return estimates_by_block


def _select() -> Select[Any]:
    order = ("prm", "direction", "day", "step_min", "revision", "method")
    columns = [getattr(EstimateRow, name) for name in _COLUMNS]
    return select(*columns).order_by(*(getattr(EstimateRow, name) for name in order))


async def _list(session: AsyncSession, query: Select[Any]) -> list[Estimate]:
    return [
        Estimate(
            row.estimation_id,
            BlockKey(row.prm, Direction(row.direction), row.day, row.step_min),
            *row[5:],
        )
        for row in (await session.execute(query)).all()
    ]


async def list_blocks_with_estimates(
    session: AsyncSession, prms: Collection[Prm], days: Collection[date]
) -> list[Block]:
    """Return the last revisions of blocks of these points and days in which an estimate stands."""
    row = ReadingBlockRow
    ever = select(row.prm, row.direction, row.day, row.step_min).where(
        # Written out as in the index on blocks with estimates, which serves only this very
        # condition.
        text("strpos(natures, 'i') > 0"),
        among(row.prm, prms),
        among(row.day, days),
    )
    keys = [
        BlockKey(prm, Direction(direction), day, step_min)
        for prm, direction, day, step_min in await session.execute(ever.distinct())
    ]
    return [block for block in await list_blocks(session, keys) if block.estimated_steps]
