"""Lay readings over what is stored: judge them, store them, publish the changes to operations."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.beside import beside
from services.ingest.commands.completeness.months import note_days
from services.ingest.commands.deliveries.arrivals import end_organiser_values, fill_gaps
from services.ingest.commands.deliveries.publishing import give_or_hold_to
from services.ingest.commands.validation import get_context
from services.ingest.domain.readings.coverage import Participation
from services.ingest.domain.readings.merging import BLOCKS, Merge
from services.ingest.domain.rules.judging import merge_flagged, merge_judged
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.store.readings.added_blocks import add_block_frame
from services.ingest.store.rules import flags as flag_store


@dataclass(frozen=True)
class LaidReadings:
    """merge: what the readings changed. refused: schema REFUSED, those that a rule quarantined.

    held: how many of the accepted readings are of days that no operation covers.
    """

    merge: Merge
    refused: pl.DataFrame
    held: int


async def lay(
    session: AsyncSession,
    placed: pl.DataFrame,
    delivery_id: UUID,
    *,
    by_person: bool = False,
    is_again: bool = False,
) -> LaidReadings:
    """Store what readings change; the caller must be alone in matching points with perimeters.

    placed: as in ``placing.Placed``; all that the delivery has of the days and points in it.
    by_person: somebody decided that they count, so no rule is applied. is_again: as for
    ``merging.merge``.
    """
    judged_days = _judged_days(placed)
    stored = await block_store.read_latest(session, judged_days)
    points = await perimeter_store.list_participations(session, judged_days["prm"].unique())
    context = await get_context(session, judged_days, points)
    judge = merge_flagged if by_person else partial(merge_judged, is_again=is_again)
    judged = await asyncio.to_thread(judge, placed, stored, context)
    merged = judged.merge
    # The flags are computed while PostgreSQL stores the blocks that they mark.
    (renewed, flags), held = await beside(
        lambda: (judged.renewed, judged.flags),
        _keep_and_give(session, merged, points, delivery_id),
    )
    await flag_store.renew_flags(session, renewed, flags)
    return LaidReadings(merged, judged.refused, held=int(held["accepted"].sum()))


async def _keep_and_give(
    session: AsyncSession, merged: Merge, points: Sequence[Participation], delivery_id: UUID
) -> pl.DataFrame:
    """Store and publish the changed blocks; return those that no operation covers."""
    await add_block_frame(session, merged.blocks.select(BLOCKS.names()), delivery_id=delivery_id)
    await block_store.confirm_blocks(session, merged.confirmed)
    held = await give_or_hold_to(session, merged.blocks, points)
    laid = pl.concat([merged.blocks.select(BLOCKS.names()), merged.confirmed])
    await end_organiser_values(session, laid, delivery_id=delivery_id)
    await fill_gaps(session, merged.blocks, delivery_id=delivery_id)
    await note_days(session, laid)
    return held


def _judged_days(placed: pl.DataFrame) -> pl.DataFrame:
    """Return the days of the readings and the days after them: prm and day, with repetitions."""
    point_days = placed.select("prm", "day")
    begins = (point_days["prm"] != point_days["prm"].shift()) | (
        point_days["day"] != point_days["day"].shift()
    )
    days = point_days.filter(begins.fill_null(value=True))  # files are ordered, mostly
    return pl.concat([days, days.select("prm", pl.col("day") + pl.duration(days=1))])
