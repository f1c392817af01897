"""Compare the curves of an operation's month with indexes and invoices. Changes nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, day_bounds, day_start
from libs.common.ids import Direction, OperationId
from services.ingest.domain.facts.cross_check import (
    Check,
    CheckedSource,
    KnownEnergy,
    MeteredSeries,
    Reference,
    Tolerance,
    check,
    energy_of_day,
    index_references,
)
from services.ingest.domain.facts.indexes import totals
from services.ingest.domain.readings.blocks import Block
from services.ingest.domain.readings.coverage import Participation
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.facts import facts as fact_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.tables import InvoicedQuantityRow

_MOST_DAYS = 400  # that an invoice covers


async def cross_check(
    session: AsyncSession, operation_id: OperationId, month: Month, tolerance: Tolerance
) -> list[Check]:
    """Return the checks in order of prm, direction, source and day.

    The references are the indexes between the month's two ends, and the quantities invoiced for
    periods that end in the month, where the point took part on every day of the period.
    """
    participations = await perimeter_store.list_participations_in(session, operation_id)
    references = [
        reference
        for reference in await _references(session, participations, month)
        if _took_part(reference, participations)
    ]
    blocks = await _blocks(session, references)
    return await asyncio.to_thread(lambda: _checks(sorted(references), blocks, tolerance))


async def _references(
    session: AsyncSession, participations: Iterable[Participation], month: Month
) -> list[Reference]:
    prms = {participation.prm for participation in participations}
    first, last = month.first_day, month.days[-1]
    indexes = await fact_store.read_indexes(
        session, prms, start=day_start(first), end=day_bounds(last)[1]
    )
    invoiced = await fact_store.list_invoiced(
        session, prms, from_day=first, to_day=last + timedelta(days=1)
    )
    readings = totals(indexes).select("prm", "direction", "read_at", "index_wh")
    return [*index_references(readings.iter_rows()), *_invoiced(invoiced)]


def _invoiced(rows: Iterable[InvoicedQuantityRow]) -> Iterable[Reference]:
    """Return one quantity per point and period.

    The distributor's classes add up to all energy, and so do the supplier's: only one set counts.
    """
    quantities: dict[tuple[MeteredSeries, date, date], dict[str, int]] = {}
    for row in rows:
        if (row.to_day - row.from_day).days <= _MOST_DAYS:
            series = MeteredSeries(row.prm, Direction(row.direction))
            quantity_by_grid = quantities.setdefault(
                (series, row.from_day, row.to_day), defaultdict(int)
            )
            quantity_by_grid[row.grid] += row.quantity_wh
    for (series, from_day, to_day), quantity_by_grid in quantities.items():
        energy_wh = quantity_by_grid["D"] if "D" in quantity_by_grid else quantity_by_grid["F"]
        yield Reference(*series, CheckedSource.INVOICED, from_day, to_day, energy_wh)


def _took_part(reference: Reference, participations: Iterable[Participation]) -> bool:
    return any(
        participation.prm == reference.prm
        and participation.direction == reference.direction
        and participation.valid_from <= reference.from_day
        and (participation.valid_to is None or reference.to_day <= participation.valid_to)
        for participation in participations
    )


async def _blocks(session: AsyncSession, references: Sequence[Reference]) -> list[Block]:
    if not references:
        return []
    return await block_store.list_latest_of(
        session,
        {reference.prm for reference in references},
        from_day=min(reference.from_day for reference in references),
        to_day=max(reference.to_day for reference in references),
    )


def _checks(
    references: Iterable[Reference], blocks: Iterable[Block], tolerance: Tolerance
) -> list[Check]:
    blocks_by_day: dict[MeteredSeries, dict[date, list[Block]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for block in blocks:
        blocks_by_day[MeteredSeries(block.prm, block.direction)][block.day].append(block)
    energies: dict[MeteredSeries, dict[date, KnownEnergy]] = {
        series: {day: energy_of_day(day, day_blocks) for day, day_blocks in days.items()}
        for series, days in blocks_by_day.items()
    }
    return [
        check(
            reference,
            energies.get(MeteredSeries(reference.prm, reference.direction), {}),
            tolerance,
        )
        for reference in references
    ]
