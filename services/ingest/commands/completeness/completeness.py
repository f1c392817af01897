"""Find out how complete an operation's readings are."""

import asyncio
from datetime import date

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.ingest.domain.completeness.completeness import (
    Completeness,
    completeness,
    expected_days,
)
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.readings import blocks as block_store


async def measure_month(
    session: AsyncSession, operation_id: OperationId, month: Month, *, today: date
) -> Completeness:
    """Count what has come for the days of a month that are over. Raises OperationUnknown."""
    first, end = month.first_day, month.next_first_day
    to_day = max(first, min(end, today))
    days = await expect(session, operation_id, from_day=first, to_day=to_day)
    return Completeness(operation_id, month, to_day, await count(session, days))


async def expect(
    session: AsyncSession, operation_id: OperationId, *, from_day: date, to_day: date
) -> pl.DataFrame:
    """Return the days on which each point takes part; schema DAYS. Raises OperationUnknown."""
    await perimeter_store.check_known(session, operation_id)
    participations = await perimeter_store.list_participations_in(session, operation_id)
    steps_min = await perimeter_store.map_steps_min(session, operation_id)
    return expected_days(participations, steps_min, from_day=from_day, to_day=to_day)


async def count(session: AsyncSession, days: pl.DataFrame) -> pl.DataFrame:
    """Count what has come on each of these days. days: schema DAYS; returns COMPLETENESS."""
    letters = await block_store.read_letters(session, days)
    return await asyncio.to_thread(completeness, days, letters)
