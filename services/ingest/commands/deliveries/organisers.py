"""Keep an organiser's file to readings of their own points, and below what the DSO says."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.ingest.commands.deliveries.publishing import give_or_hold
from services.ingest.domain.deliveries.deliveries import RecordCounts, RecordOutcome
from services.ingest.domain.readings.blocks import NATURE_LETTERS
from services.ingest.domain.readings.coverage import match_operations
from services.ingest.domain.readings.organisers import without_organisers
from services.ingest.domain.readings.readings import Nature
from services.ingest.domain.readings.revisions import block_frame
from services.ingest.domain.refusals import RefusalCode, RefusedRecord, refused
from services.ingest.formats import Parsed
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.store.readings.organisers import list_blocks_of_organisers

_POINT_DAY = ["prm", "direction", "day"]
_NO_READINGS = (
    "indexes",
    "invoiced",
    "contract_events",
    "result_values",
    "result_energies",
    "dso_points",
)
_VALUES = f"[{''.join(NATURE_LETTERS[nature] for nature in Nature if nature != Nature.MISSING)}]"
"""Matches the letters of values; the DSO also says that it has none."""
_REASONS = {
    # The same whether anybody has such a point or not.
    RefusalCode.NOT_YOUR_POINT: (
        "on that day it is no point of your operations, or that day is not over"
    ),
    RefusalCode.NOT_FOR_ORGANISERS: "organisers push readings alone",
    RefusalCode.OTHER_STEP_STANDS: "the DSO has given that day in another step",
}


async def keep_to_own(
    session: AsyncSession, documents: Sequence[Parsed], operations: Collection[OperationId]
) -> tuple[list[Parsed], RecordOutcome]:
    """Remove all but the readings of these operations' points; return what is left and refused.

    A day that the DSO has given in another step is refused too: it would count beside the DSO's.
    So is one that is not over: nothing has been measured of it.
    """
    point_days = pl.concat(
        [document.readings.select(_POINT_DAY) for document in documents]
    ).unique()
    participations = [
        participation
        for participation in await perimeter_store.list_participations(
            session, point_days["prm"].unique()
        )
        if participation.operation_id in operations
    ]
    past_days = point_days.filter(pl.col("day") < today_in(session))
    own_days = match_operations(past_days, participations).given.select(_POINT_DAY).unique()
    stored = await block_store.read_latest(session, own_days)
    return await asyncio.to_thread(_split_all, documents, own_days, _of_dso(stored))


def _split_all(
    documents: Sequence[Parsed], own_days: pl.DataFrame, dso_blocks: pl.DataFrame
) -> tuple[list[Parsed], RecordOutcome]:
    remaining_documents, refusals = [], []
    for document in documents:
        readings = document.readings.with_row_index("row")
        own_rows = readings.join(own_days, on=_POINT_DAY, how="semi")["row"]
        beside_dso = readings.join(dso_blocks, on=_POINT_DAY, suffix="_of_dso")
        has_other_step = pl.col("step_min") != pl.col("step_min_of_dso")
        doubled_rows = beside_dso.filter(has_other_step)["row"].unique()
        row = pl.col("row")
        foreign_readings = readings.filter(~row.is_in(own_rows.implode()))
        doubled_readings = readings.filter(
            row.is_in(own_rows.implode()) & row.is_in(doubled_rows.implode())
        )
        remaining_readings = readings.filter(
            row.is_in(own_rows.implode()) & ~row.is_in(doubled_rows.implode())
        )
        refusals += [
            *_refuse(document, foreign_readings, RefusalCode.NOT_YOUR_POINT),
            *_refuse(document, doubled_readings, RefusalCode.OTHER_STEP_STANDS),
            *_refuse_others(document),
        ]
        remaining_documents.append(_keep_readings(document, remaining_readings.drop("row")))
    counts = RecordCounts(records=len(refusals), quarantined=len(refusals))
    return remaining_documents, RecordOutcome(counts, refusals)


def _of_dso(stored: pl.DataFrame) -> pl.DataFrame:
    """Return the blocks with a value of the DSO: _POINT_DAY and step_min. stored: schema BLOCKS."""
    is_given = (pl.col("published_us").list.max() > 0) & pl.col("natures").str.contains(_VALUES)
    return stored.filter(is_given).select(*_POINT_DAY, "step_min")


def _keep_readings(document: Parsed, readings: pl.DataFrame) -> Parsed:
    """Return the document with these readings and nothing else but its rejected records."""
    emptied = {name: getattr(document, name).clear() for name in _NO_READINGS}
    record_count = readings.height + len(document.rejected)
    return replace(document, readings=readings, record_count=record_count, **emptied)


def _refuse(document: Parsed, readings: pl.DataFrame, code: RefusalCode) -> Iterator[RefusedRecord]:
    """Yield the readings as refused records, without point and day.

    So nobody can release them, and no other organiser sees them.
    """
    records = readings.with_columns(
        reason=pl.lit(_REASONS[code]), code=pl.lit(code), published_us=pl.lit(0, pl.Int64)
    )
    for position, reason, record in refused(records).select("position", "reason", "record").rows():
        yield RefusedRecord(_position_in_file(document, position), reason, record, code)


def _refuse_others(document: Parsed) -> Iterator[RefusedRecord]:
    code = RefusalCode.NOT_FOR_ORGANISERS
    for name in _NO_READINGS:
        for position in getattr(document, name)["position"]:
            yield RefusedRecord(_position_in_file(document, position), _REASONS[code], "", code)


def _position_in_file(document: Parsed, position: str) -> str:
    return f"{document.member} {position}" if document.member else position


async def end_organisers(session: AsyncSession, blocks: pl.DataFrame, *, delivery_id: UUID) -> None:
    """End the values of organisers on days that the DSO has given in another step.

    Of the same step, merging puts the DSO's in their place. blocks: schema BLOCKS, those just laid.
    """
    dso_blocks = _of_dso(blocks)
    if dso_blocks.is_empty():
        return
    steps: dict[tuple[str, str, object], set[int]] = {}
    for *point_day, step_min in dso_blocks.iter_rows():
        steps.setdefault((point_day[0], point_day[1], point_day[2]), set()).add(step_min)
    prms, days = set(dso_blocks["prm"].unique()), set(dso_blocks["day"].unique())
    next_blocks = [
        without_organisers(block)
        for block in await list_blocks_of_organisers(session, prms, days)
        if steps.get((block.prm, block.direction, block.day), set()) - {block.step_min}
    ]
    await block_store.add_blocks(session, next_blocks, delivery_id=delivery_id)
    await give_or_hold(session, block_frame(next_blocks))
