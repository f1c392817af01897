"""Record what the DSO says of operations: its curves, its energies of a month, its perimeters."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.commands.publishing_results import publish_days, publish_months
from services.ingest.domain.deliveries import Counts, Outcome
from services.ingest.domain.dso_perimeters import DsoPerimeter, DsoPoint, in_order
from services.ingest.domain.refusals import RefusalCode, Refused
from services.ingest.domain.result_energies import merge_energies, read_sets
from services.ingest.domain.result_merging import (
    ResultMerge,
    described,
    in_batches,
    merge_values,
    place_values,
)
from services.ingest.domain.results import RESULT_VALUES
from services.ingest.formats import Parsed
from services.ingest.formats.publication import Publication
from services.ingest.formats.result_names import told_by_name
from services.ingest.store import dso_perimeters as dso_perimeter_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import results as result_store

_NOTHING = Outcome(Counts(), [])


async def record_result_values(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> Outcome:
    """Keep what the DSO's curves bring, and give the days that change to their operations.

    The results of an operation that is not known are held. Returns what became of each value.
    """
    if all(document.result_values.is_empty() for document in documents):
        return _NOTHING
    values, nameless = await asyncio.to_thread(_values, documents, publication)
    counts = Counts(records=len(nameless), quarantined=len(nameless))
    outcome = Outcome(counts, nameless)
    for batch in in_batches(values):
        stored = await result_store.read_latest(session, batch)
        merged = await asyncio.to_thread(merge_values, batch, stored)
        await result_store.add_curves(session, merged.curves, delivery_id=delivery_id)
        await result_store.confirm_curves(session, merged.confirmed)
        known = await _known(session, merged.curves["operation_id"].unique().to_list())
        days = set(merged.curves.select("operation_id", "day").iter_rows())
        await publish_days(session, [one for one in days if one[0] in known])
        outcome += _outcome(merged, known)
    return outcome


def _values(
    documents: Sequence[Parsed], publication: Publication
) -> tuple[pl.DataFrame, list[Refused]]:
    """The values in their places; and those of no operation or point, with the reason."""
    frames = [pl.DataFrame(schema=RESULT_VALUES).with_columns(_published(1), _numbered(0))]
    nameless: list[Refused] = []
    for number, document in enumerate(documents):
        told, lacking = told_by_name(document, publication.file_name)
        position = _position(document)
        frames.append(
            told.with_columns(position, _published(_us(publication, document)), _numbered(number))
        )
        rows = lacking.select(position, "reason", record=described()).iter_rows()
        nameless += [Refused(*row) for row in rows]
    return place_values(pl.concat(frames)), nameless


def _published(published_us: int) -> pl.Expr:
    return pl.lit(published_us, pl.Int64).alias("published_us")


def _numbered(document: int) -> pl.Expr:
    return pl.lit(document, pl.Int64).alias("document")


def _position(document: Parsed) -> pl.Expr:
    """It names its document if that came in an archive."""
    if not document.member:
        return pl.col("position")
    return pl.format("{} {}", pl.lit(document.member), "position").alias("position")


def _us(publication: Publication, document: Parsed) -> int:
    """Positive: 0 says that nothing was published."""
    return max(1, publication.of_us(document))


async def _known(
    session: AsyncSession, operations: Collection[OperationId]
) -> Collection[OperationId]:
    return (await perimeter_store.map_revisions(session, operations)).keys()


def _outcome(merged: ResultMerge, known: Collection[OperationId]) -> Outcome:
    refused = [
        Refused(*row)._replace(code=RefusalCode.CONTRADICTION) for row in merged.refused.iter_rows()
    ]
    held = merged.curves.filter(~pl.col("operation_id").is_in(list(known)))
    counts = Counts(
        records=merged.accepted + merged.duplicate + len(refused),
        accepted=merged.accepted,
        superseding=merged.superseding,
        duplicate=merged.duplicate,
        outdated=merged.outdated,
        quarantined=len(refused),
        held=int(held["accepted"].sum()),
    )
    return Outcome(counts, refused)


async def record_result_energies(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> Outcome:
    """Keep the energies of months, and give the months that change to their operations."""
    read = [
        read_sets(one.result_energies.with_columns(_position(one)), _us(publication, one))
        for one in documents
        if not one.result_energies.is_empty()
    ]
    sets = [one for document in read for one in document.sets]
    if not sets:
        return _NOTHING
    operations = {one.key.operation_id for one in sets}
    stored = await result_store.map_energies(session, operations, {one.key.month for one in sets})
    merged = merge_energies(sets, stored)
    await result_store.add_energies(session, merged.news, delivery_id=delivery_id)
    await result_store.confirm_energies(session, merged.confirmed)
    known = await _known(session, operations)
    months = {one.key[:2] for one in merged.news}
    await publish_months(session, [one for one in months if one[0] in known])
    repeated = sum(one.repeated for one in read)
    refused = [Refused(*record) for one in read for record in one.refused]
    held = [one for one in merged.news if one.key.operation_id not in known]
    told = replace(merged.counts, held=sum(len(one.classes) for one in held))
    others = Counts(records=repeated + len(refused), duplicate=repeated, quarantined=len(refused))
    return Outcome(told + others, refused)


async def record_dso_perimeters(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> Outcome:
    """Keep the perimeter that the DSO published last of each operation; points are the records."""
    counts = Counts()
    for document in documents:
        if not document.dso_points.is_empty():
            told = _perimeter(document, _us(publication, document))
            known = await dso_perimeter_store.find_dso_perimeter(session, told.operation_id)
            if known is None or told.order > known.order:
                await dso_perimeter_store.save_dso_perimeter(
                    session, told, delivery_id=delivery_id, recorded_at=publication.recorded_at
                )
            counts += _counts_of_points(document.dso_points.height, told, known)
    return Outcome(counts, [])


def _perimeter(document: Parsed, published_us: int) -> DsoPerimeter:
    points = document.dso_points
    return DsoPerimeter(
        operation_id=OperationId(points["operation_id"][0]),
        published_us=published_us,
        points=in_order(
            DsoPoint(Prm(prm), Direction(direction), valid_from, valid_to)
            for prm, direction, valid_from, valid_to in points.select(
                "prm", "direction", "valid_from", "valid_to"
            ).iter_rows()
        ),
    )


def _counts_of_points(records: int, told: DsoPerimeter, known: DsoPerimeter | None) -> Counts:
    """A point is new or changed, or brings nothing; an older perimeter brings nothing at all."""
    before = set(known.points) if known else set()
    others = [one for one in told.points if one not in before]
    is_later = known is None or told.order > known.order
    accepted = len(others) if is_later else 0
    sides = {(one.prm, one.direction) for one in before}
    superseding = sum((one.prm, one.direction) in sides for one in others) if is_later else 0
    return Counts(
        records=records,
        accepted=accepted,
        superseding=superseding,
        duplicate=records - accepted,
        outdated=0 if is_later else len(others),
    )
