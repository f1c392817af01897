"""The sharing key of each of some days, with its coefficients of that day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId
from services.allocation.domain.coefficient_files.blocks import (
    CoefficientBlock,
    coefficients_of_day,
)
from services.allocation.domain.keys import FullDynamic, Key, parse_key
from services.allocation.domain.keys.coefficients import POOL
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.timeline import KeyPeriod, period_on
from services.allocation.store import key_coefficients, timelines
from services.allocation.store.stale import OperationDay

_BY_STEP = ("dynamic", "full_dynamic")


async def list_keys_in_force(
    session: AsyncSession,
    days: Sequence[OperationDay],
    perimeters: Mapping[OperationId, Perimeter],
) -> Mapping[OperationDay, Key]:
    """Of days of known operations; days without a key are left out."""
    of_operation = await timelines.list_timelines(session, {operation for operation, _ in days})
    periods = {
        (operation_id, day): period
        for operation_id, day in days
        if (period := period_on(of_operation.get(operation_id, ()), day)) is not None
    }
    wanted = {
        one: (one[0], period.key_id, one[1])
        for one, period in periods.items()
        if period.definition["type"] in _BY_STEP and period.key_id is not None
    }
    blocks = await key_coefficients.list_blocks(session, wanted.values())
    # Most days have the key of the day before, and need no second reading of it.
    simple = {
        id(period): parse_key(period.definition)
        for one, period in periods.items()
        if one not in wanted
    }
    return {
        one: _with_coefficients(period, blocks.get(wanted[one], ()), one[1], perimeters[one[0]])
        if one in wanted
        else simple[id(period)]
        for one, period in periods.items()
    }


def _with_coefficients(
    period: KeyPeriod, blocks: Sequence[CoefficientBlock], day: date, perimeter: Perimeter
) -> Key:
    by_producer = period.definition["type"] == FullDynamic.type
    producing = {
        who.prm for who in perimeter.participants_on(day) if who.direction == Direction.PRODUCTION
    }
    coefficients = coefficients_of_day(
        blocks,
        day,
        perimeter.step_on(day),
        producers=producing if by_producer else (POOL,),
    )
    return parse_key(period.definition, coefficients=coefficients)
