"""Compare the curves of an operation's month with indexes and invoices. Changes nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, day_bounds, day_start
from libs.common.ids import Direction, OperationId
from services.ingest.domain.blocks import Block
from services.ingest.domain.coverage import Participation
from services.ingest.domain.cross_check import (
    Check,
    CheckedSource,
    Energy,
    Reference,
    Series,
    Tolerance,
    check,
    energy_of_day,
    index_references,
)
from services.ingest.domain.indexes import totals
from services.ingest.store import blocks as block_store
from services.ingest.store import facts as fact_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.tables import InvoicedQuantityRow

_MOST_DAYS = 400  # of an invoice


async def cross_check(
    session: AsyncSession, operation_id: OperationId, month: Month, tolerance: Tolerance
) -> list[Check]:
    """In order of prm, direction, source and day.

    Of the indexes between the month's two ends, and of quantities invoiced for days that end in the
    month, where the point took part on every one of these days.
    """
    participations = await perimeter_store.list_participations_in(session, operation_id)
    references = [
        one
        for one in await _references(session, participations, month)
        if _took_part(one, participations)
    ]
    blocks = await _blocks(session, references)
    return await asyncio.to_thread(lambda: _checks(sorted(references), blocks, tolerance))


async def _references(
    session: AsyncSession, participations: Iterable[Participation], month: Month
) -> list[Reference]:
    prms = {one.prm for one in participations}
    first, last = month.first_day, month.days[-1]
    indexes = await fact_store.read_indexes(
        session, prms, start=day_start(first), end=day_bounds(last)[1]
    )
    invoiced = await fact_store.list_invoiced(
        session, prms, from_day=first, to_day=last + timedelta(days=1)
    )
    read = totals(indexes).select("prm", "direction", "read_at", "index_wh")
    return [*index_references(read.iter_rows()), *_invoiced(invoiced)]


def _invoiced(rows: Iterable[InvoicedQuantityRow]) -> Iterable[Reference]:
    """The distributor's classes add up to all energy, and so do the supplier's: one of the two."""
    quantities: dict[tuple[Series, date, date], dict[str, int]] = {}
    for row in rows:
        if (row.to_day - row.from_day).days <= _MOST_DAYS:
            series = Series(row.prm, Direction(row.direction))
            by_grid = quantities.setdefault((series, row.from_day, row.to_day), defaultdict(int))
            by_grid[row.grid] += row.quantity_wh
    for (series, from_day, to_day), by_grid in quantities.items():
        energy_wh = by_grid["D"] if "D" in by_grid else by_grid["F"]
        yield Reference(*series, CheckedSource.INVOICED, from_day, to_day, energy_wh)


def _took_part(reference: Reference, participations: Iterable[Participation]) -> bool:
    return any(
        one.prm == reference.prm
        and one.direction == reference.direction
        and one.valid_from <= reference.from_day
        and (one.valid_to is None or reference.to_day <= one.valid_to)
        for one in participations
    )


async def _blocks(session: AsyncSession, references: Sequence[Reference]) -> list[Block]:
    if not references:
        return []
    return await block_store.list_latest_of(
        session,
        {one.prm for one in references},
        from_day=min(one.from_day for one in references),
        to_day=max(one.to_day for one in references),
    )


def _checks(
    references: Iterable[Reference], blocks: Iterable[Block], tolerance: Tolerance
) -> list[Check]:
    by_day: dict[Series, dict[date, list[Block]]] = defaultdict(lambda: defaultdict(list))
    for block in blocks:
        by_day[Series(block.prm, block.direction)][block.day].append(block)
    energies: dict[Series, dict[date, Energy]] = {
        series: {day: energy_of_day(day, found) for day, found in days.items()}
        for series, days in by_day.items()
    }
    return [
        check(one, energies.get(Series(one.prm, one.direction), {}), tolerance)
        for one in references
    ]
