"""Publish to operations the readings that their participations cover."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.beside import beside
from libs.common.clock import now_in
from libs.common.events.ingest import ReadingsRecorded
from libs.common.ids import OperationId
from services.ingest.domain.readings.blocks import estimated_steps
from services.ingest.domain.readings.coverage import Participation, match_operations
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.store.readings import published as published_store

_TOLD = ("prm", "direction", "step_min", "revision", "power_w")
_DAY = ("operation_id", "day")


async def give_or_hold(session: AsyncSession, blocks: pl.DataFrame) -> pl.DataFrame:
    """Publish blocks to the operations that cover them; hold and return those that none covers.

    blocks: schema BLOCKS, possibly with more columns, which the returned rows have as well.
    """
    participations = await perimeter_store.list_participations(session, blocks["prm"].unique())
    return await give_or_hold_to(session, blocks, participations)


async def give_or_hold_to(
    session: AsyncSession, blocks: pl.DataFrame, participations: Iterable[Participation]
) -> pl.DataFrame:
    """Do the same with the participations of all of the blocks' points at hand."""
    matched = await asyncio.to_thread(match_operations, blocks, participations)
    await publish(session, matched.given)
    await block_store.hold(session, matched.held)
    return matched.held


async def publish(session: AsyncSession, covered_blocks: pl.DataFrame) -> None:
    """Publish one event per operation and day, whatever the order of the blocks.

    covered_blocks: schema BLOCKS and operation_id str.
    """
    if covered_blocks.is_empty():
        return
    ordered = covered_blocks.sort(*_DAY, "prm", "direction", "step_min")
    days = ordered.select(_DAY).unique(maintain_order=True).rows()
    revisions = await published_store.count_days(session, days)
    now = now_in(session)
    events, _ = await beside(
        lambda: list(_events(ordered, revisions, now)),
        published_store.add_published(session, ordered),
    )
    await messaging.publish(session, *events)


def _events(
    ordered: pl.DataFrame, revisions: Mapping[tuple[OperationId, date], int], now: datetime
) -> Iterator[ReadingsRecorded]:
    """Yield the events; only their fields become Python objects, which cost most of a recording.

    The fields are taken by column, and each event is validated as a whole: row by row and block by
    block took half as long again.
    """
    columns = [ordered[name].to_list() for name in (*_DAY, *_TOLD, "natures")]
    rows = zip(*columns, strict=True)
    for (operation_id, day), blocks in groupby(rows, key=lambda row: (row[0], row[1])):
        yield ReadingsRecorded.model_validate(
            {
                "time": now,
                "operation_id": operation_id,
                "day": day,
                "revision": revisions[operation_id, day],
                "blocks": [_part(row[len(_DAY) :]) for row in blocks],
            }
        )


def _part(row: tuple[Any, ...]) -> dict[str, object]:
    """Return the fields of a ReadingBlockPart."""
    *fields, natures = row
    values = dict(zip(_TOLD, fields, strict=True))
    return values | {"estimated_steps": estimated_steps(natures)}
