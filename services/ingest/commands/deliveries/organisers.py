"""Keep an organiser's file to readings of their own points."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.ingest.domain.deliveries.deliveries import RecordCounts, RecordOutcome
from services.ingest.domain.readings.coverage import match_operations
from services.ingest.domain.readings.organisers import list_dso_steps
from services.ingest.domain.refusals import RefusalCode, RefusedRecord, refused
from services.ingest.formats import Parsed
from services.ingest.formats.parsed import FRAMES
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.readings import blocks as block_store

_POINT_DAY = ["prm", "direction", "day"]
_POINT_STEP = [*_POINT_DAY, "step_min"]
_NO_READINGS = [name for name in FRAMES if name != "readings"]
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
    dso_steps = list_dso_steps(await block_store.read_latest(session, own_days))
    return await asyncio.to_thread(_split_all, documents, own_days, dso_steps)


def _split_all(
    documents: Sequence[Parsed], own_days: pl.DataFrame, dso_steps: pl.DataFrame
) -> tuple[list[Parsed], RecordOutcome]:
    remaining_documents, refusals = [], []
    for document in documents:
        foreign_readings = document.readings.join(own_days, on=_POINT_DAY, how="anti")
        own_readings = document.readings.join(own_days, on=_POINT_DAY, how="semi")
        doubled_days = _list_doubled(own_readings, dso_steps)
        doubled_readings = own_readings.join(doubled_days, on=_POINT_STEP, how="semi")
        remaining_readings = own_readings.join(doubled_days, on=_POINT_STEP, how="anti")
        refusals += [
            *_refuse(document, foreign_readings, RefusalCode.NOT_YOUR_POINT),
            *_refuse(document, doubled_readings, RefusalCode.OTHER_STEP_STANDS),
            *_refuse_others(document),
        ]
        remaining_documents.append(_keep_readings(document, remaining_readings))
    counts = RecordCounts(records=len(refusals), quarantined=len(refusals))
    return remaining_documents, RecordOutcome(counts, refusals)


def _list_doubled(readings: pl.DataFrame, dso_steps: pl.DataFrame) -> pl.DataFrame:
    """Return the days, each with the readings' step, that the DSO has given in another step."""
    given_days = dso_steps.rename({"step_min": "dso_step_min"})
    days = readings.select(_POINT_STEP).unique().join(given_days, on=_POINT_DAY)
    return days.filter(pl.col("step_min") != pl.col("dso_step_min")).select(_POINT_STEP).unique()


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
