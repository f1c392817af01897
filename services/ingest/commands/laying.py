"""Lay readings over what is stored: judge them, keep them, give operations what is new."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.beside import beside
from services.ingest.commands.arrivals import fill_gaps
from services.ingest.commands.publishing import give_and_hold
from services.ingest.commands.validation import get_context
from services.ingest.domain.coverage import Matched, Participation, match_operations
from services.ingest.domain.judging import Judged, merge_flagged, merge_judged
from services.ingest.domain.merging import BLOCKS, Merge
from services.ingest.store import blocks as block_store
from services.ingest.store import flags as flag_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.added_blocks import add_block_frame


@dataclass(frozen=True)
class Laid:
    """merge: what the readings changed. refused: schema REFUSED, those that a rule quarantined.

    held: how many of the accepted are of days that no operation covers.
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
) -> Laid:
    """Keep what readings bring; the caller is alone to match them with perimeters.

    placed: as in ``merging.Placed``; all that the delivery has of the days and points in it.
    by_person: somebody decided that they count, no rule does. is_again: as for ``merging.merge``.
    """
    judged_days = _judged_days(placed)
    stored = await block_store.read_latest(session, judged_days)
    points = await perimeter_store.list_participations(session, judged_days["prm"].unique())
    context = await get_context(session, judged_days, points)
    judge = merge_flagged if by_person else partial(merge_judged, is_again=is_again)
    judged = await asyncio.to_thread(judge, placed, stored, context)
    merged = judged.merge
    # To copy the blocks takes as long as to flag them, elsewhere.
    matched = await beside(
        lambda: _flag_and_match(judged, points), _keep(session, merged, delivery_id)
    )
    await flag_store.renew_flags(session, judged.renewed, judged.flags)
    await give_and_hold(session, matched)
    await fill_gaps(session, merged.blocks, delivery_id=delivery_id)
    return Laid(merged, judged.refused, held=int(matched.held["accepted"].sum()))


async def _keep(session: AsyncSession, merged: Merge, delivery_id: UUID) -> None:
    await add_block_frame(session, merged.blocks.select(BLOCKS.names()), delivery_id=delivery_id)
    await block_store.confirm_blocks(session, merged.confirmed)


def _flag_and_match(judged: Judged, points: Sequence[Participation]) -> Matched:
    """For a thread, in which flags are found; they stay with what was judged."""
    _ = judged.flags
    return match_operations(judged.merge.blocks, points)


def _judged_days(placed: pl.DataFrame) -> pl.DataFrame:
    """The days that the readings are of, and those after them: prm and day, some of them twice."""
    own = placed.select("prm", "day")
    begins = (own["prm"] != own["prm"].shift()) | (own["day"] != own["day"].shift())
    days = own.filter(begins.fill_null(value=True))  # a file has its rows in some order, mostly
    return pl.concat([days, days.select("prm", pl.col("day") + pl.duration(days=1))])
