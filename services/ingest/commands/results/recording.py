"""Record what the DSO says of operations: its curves, its monthly energies, its perimeters."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.commands.results.publishing import publish_days, publish_months
from services.ingest.domain.deliveries.deliveries import RecordCounts, RecordOutcome
from services.ingest.domain.refusals import RefusalCode, RefusedRecord
from services.ingest.domain.results.dso_perimeters import DsoPerimeter, DsoPoint, in_order
from services.ingest.domain.results.energies import merge_energies, read_sets
from services.ingest.domain.results.merging import (
    ResultMerge,
    described,
    in_batches,
    merge_values,
    place_values,
)
from services.ingest.domain.results.results import RESULT_VALUES
from services.ingest.formats import Parsed
from services.ingest.formats.acc.result_names import told_by_name
from services.ingest.formats.publication import Publication
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.results import dso_perimeters as dso_perimeter_store
from services.ingest.store.results import results as result_store

_NOTHING = RecordOutcome(RecordCounts(), [])


async def record_result_values(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> RecordOutcome:
    """Record what the DSO's curves change, and publish the changed days to their operations.

    The results of an unknown operation are held. Returns what became of each value.
    """
    if all(document.result_values.is_empty() for document in documents):
        return _NOTHING
    values, nameless = await asyncio.to_thread(_values, documents, publication)
    counts = RecordCounts(records=len(nameless), quarantined=len(nameless))
    outcome = RecordOutcome(counts, nameless)
    for batch in in_batches(values):
        stored = await result_store.read_latest(session, batch)
        merged = await asyncio.to_thread(merge_values, batch, stored)
        await result_store.add_curves(session, merged.curves, delivery_id=delivery_id)
        await result_store.confirm_curves(session, merged.confirmed)
        known_operations = await _known(session, merged.curves["operation_id"].unique().to_list())
        days = set(merged.curves.select("operation_id", "day").iter_rows())
        await publish_days(session, [day for day in days if day[0] in known_operations])
        outcome += _outcome(merged, known_operations)
    return outcome


def _values(
    documents: Sequence[Parsed], publication: Publication
) -> tuple[pl.DataFrame, list[RefusedRecord]]:
    """Return the values in their places, and those without operation or point, with the reason."""
    frames = [pl.DataFrame(schema=RESULT_VALUES).with_columns(_published(1), _numbered(0))]
    nameless: list[RefusedRecord] = []
    for number, document in enumerate(documents):
        values, unnamed_values = told_by_name(document, publication.file_name)
        position = _position(document)
        frames.append(
            values.with_columns(position, _published(_us(publication, document)), _numbered(number))
        )
        rows = unnamed_values.select(position, "reason", record=described()).iter_rows()
        nameless += [RefusedRecord(*row) for row in rows]
    return place_values(pl.concat(frames)), nameless


def _published(published_us: int) -> pl.Expr:
    return pl.lit(published_us, pl.Int64).alias("published_us")


def _numbered(document: int) -> pl.Expr:
    return pl.lit(document, pl.Int64).alias("document")


def _position(document: Parsed) -> pl.Expr:
    """Return the position, with the name of its document if that came in an archive."""
    if not document.member:
        return pl.col("position")
    return pl.format("{} {}", pl.lit(document.member), "position").alias("position")


def _us(publication: Publication, document: Parsed) -> int:
    """Return the time of publication, always positive: 0 means that nothing was published."""
    return max(1, publication.of_us(document))


async def _known(
    session: AsyncSession, operations: Collection[OperationId]
) -> Collection[OperationId]:
    return (await perimeter_store.map_revisions(session, operations)).keys()


def _outcome(merged: ResultMerge, known_operations: Collection[OperationId]) -> RecordOutcome:
    refused = [
        RefusedRecord(*row)._replace(code=RefusalCode.CONTRADICTION)
        for row in merged.refused.iter_rows()
    ]
    held_curves = merged.curves.filter(~pl.col("operation_id").is_in(list(known_operations)))
    counts = RecordCounts(
        records=merged.accepted + merged.duplicate + len(refused),
        accepted=merged.accepted,
        superseding=merged.superseding,
        duplicate=merged.duplicate,
        outdated=merged.outdated,
        quarantined=len(refused),
        held=int(held_curves["accepted"].sum()),
    )
    return RecordOutcome(counts, refused)


async def record_result_energies(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> RecordOutcome:
    """Record monthly energies, and publish the changed months to their operations."""
    read_documents = [
        read_sets(
            document.result_energies.with_columns(_position(document)), _us(publication, document)
        )
        for document in documents
        if not document.result_energies.is_empty()
    ]
    sets = [energies for document in read_documents for energies in document.sets]
    if not sets:
        return _NOTHING
    operations = {energies.key.operation_id for energies in sets}
    stored = await result_store.map_energies(
        session, operations, {energies.key.month for energies in sets}
    )
    merged = merge_energies(sets, stored)
    await result_store.add_energies(session, merged.news, delivery_id=delivery_id)
    await result_store.confirm_energies(session, merged.confirmed)
    known_operations = await _known(session, operations)
    months = {energies.key[:2] for energies in merged.news}
    await publish_months(session, [month for month in months if month[0] in known_operations])
    repeated = sum(document.repeated for document in read_documents)
    refused = [RefusedRecord(*record) for document in read_documents for record in document.refused]
    held_count = sum(
        len(energies.classes)
        for energies in merged.news
        if energies.key.operation_id not in known_operations
    )
    merged_counts = replace(merged.counts, held=held_count)
    unmerged_counts = RecordCounts(
        records=repeated + len(refused), duplicate=repeated, quarantined=len(refused)
    )
    return RecordOutcome(merged_counts + unmerged_counts, refused)


async def record_dso_perimeters(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> RecordOutcome:
    """Record the last published perimeter of each operation; the records counted are its points."""
    counts = RecordCounts()
    for document in documents:
        if not document.dso_points.is_empty():
            perimeter = _perimeter(document, _us(publication, document))
            stored = await dso_perimeter_store.find_dso_perimeter(session, perimeter.operation_id)
            if stored is None or perimeter.order > stored.order:
                await dso_perimeter_store.save_dso_perimeter(
                    session, perimeter, delivery_id=delivery_id, recorded_at=publication.recorded_at
                )
            counts += _counts_of_points(document.dso_points.height, perimeter, stored)
    return RecordOutcome(counts, [])


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


def _counts_of_points(
    records: int, perimeter: DsoPerimeter, stored: DsoPerimeter | None
) -> RecordCounts:
    """Count new and changed points as accepted; an older perimeter changes nothing at all."""
    stored_points = set(stored.points) if stored else set()
    new_points = [point for point in perimeter.points if point not in stored_points]
    is_later = stored is None or perimeter.order > stored.order
    accepted = len(new_points) if is_later else 0
    sides = {(point.prm, point.direction) for point in stored_points}
    superseding = (
        sum((point.prm, point.direction) in sides for point in new_points) if is_later else 0
    )
    return RecordCounts(
        records=records,
        accepted=accepted,
        superseding=superseding,
        duplicate=records - accepted,
        outdated=0 if is_later else len(new_points),
    )
