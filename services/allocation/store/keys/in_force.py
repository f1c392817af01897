"""The sharing key of each of some days, with its coefficients for that day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId
from services.allocation.domain.coefficients.blocks import (
    CoefficientBlock,
    coefficients_of_day,
)
from services.allocation.domain.keys import FullDynamic, SharingKey, parse_key
from services.allocation.domain.keys.coefficients import POOL
from services.allocation.domain.keys.timeline import KeyPeriod, period_on
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store import key_coefficients
from services.allocation.store.keys import timelines
from services.allocation.store.stale import OperationDay

_BY_STEP = ("dynamic", "full_dynamic")


async def list_keys_in_force(
    session: AsyncSession,
    days: Sequence[OperationDay],
    perimeters: Mapping[OperationId, Perimeter],
) -> Mapping[OperationDay, SharingKey]:
    """Return the keys of days of known operations; days without a key are left out."""
    timelines_by_operation = await timelines.list_timelines(
        session, {operation for operation, _ in days}
    )
    periods = {
        (operation_id, day): period
        for operation_id, day in days
        if (period := period_on(timelines_by_operation.get(operation_id, ()), day)) is not None
    }
    coefficient_days = {
        operation_day: (operation_day[0], period.key_id, operation_day[1])
        for operation_day, period in periods.items()
        if period.definition["type"] in _BY_STEP and period.key_id is not None
    }
    blocks = await key_coefficients.list_blocks(session, coefficient_days.values())
    # Most days have the same key as the day before, and need not parse it again.
    keys_by_period = {
        id(period): parse_key(period.definition)
        for operation_day, period in periods.items()
        if operation_day not in coefficient_days
    }
    return {
        operation_day: _with_coefficients(
            period,
            blocks.get(coefficient_days[operation_day], ()),
            operation_day[1],
            perimeters[operation_day[0]],
        )
        if operation_day in coefficient_days
        else keys_by_period[id(period)]
        for operation_day, period in periods.items()
    }


def _with_coefficients(
    period: KeyPeriod, blocks: Sequence[CoefficientBlock], day: date, perimeter: Perimeter
) -> SharingKey:
    is_by_producer = period.definition["type"] == FullDynamic.type
    producers = {
        participant.prm
        for participant in perimeter.participants_on(day)
        if participant.direction == Direction.PRODUCTION
    }
    coefficients = coefficients_of_day(
        blocks,
        day,
        perimeter.step_on(day),
        producers=producers if is_by_producer else (POOL,),
    )
    return parse_key(period.definition, coefficients=coefficients)
