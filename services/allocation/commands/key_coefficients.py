"""Give a dynamic sharing key its coefficients, month by month."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, steps_in_day
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.coefficients.blocks import CoefficientBlock, blocks_of
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.coefficients.reading import read_file
from services.allocation.domain.coefficients.steps import shares_on_step
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.keys.versions import KeyState, KeyStateUnfit, KeyVersion
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store import copies, key_coefficients, stale
from services.allocation.store.key_coefficients import CoefficientSource
from services.allocation.store.keys import keys, timelines


class CoefficientsUnfit(Problem):
    status, slug, title = 409, "coefficients-unfit", "The coefficients do not fit the sharing key"
    example_detail = "Not a point of this operation on these days: 99220000000199."
    example_facts: ClassVar = {"prms": ["99220000000199"]}


async def set_coefficients(
    session: AsyncSession,
    operation_id: OperationId,
    key_id: UUID,
    month: Month,
    content: bytes,
    *,
    by: str,
    producer: Prm | None = None,
) -> FilePeriod:
    """Replace the key's coefficients for the days of a month, and allocate these days again.

    In any state but superseded: the members approve the rule, and its numbers follow each month
    from what was metered. producer: of a ``full_dynamic`` key. The operation need not be known
    here yet. Returns the days for which the key was made, in the file's steps.
    Raises KeyUnknown, KeyStateUnfit, CoefficientFileRefused, CoefficientsUnfit,
    CoefficientStepUnfit.
    """
    # Off the event loop, and before the lock: a file may have a million numbers.
    period, coefficients = await asyncio.to_thread(
        read_file, content, days=(month.days[0], month.days[-1]), producer=producer or POOL
    )
    await stale.lock_operations(session, [operation_id])
    version = await keys.get_key(session, operation_id, key_id)
    days = _days_of(version, month, producer)
    perimeters = await copies.list_perimeters(session, [operation_id])
    if operation_id in perimeters:
        check_fit(perimeters[operation_id], days, period, coefficients)
    blocks = await asyncio.to_thread(_blocks, period, coefficients, days)
    await key_coefficients.replace_blocks(
        session, operation_id, key_id, producer or POOL, days=days, blocks=blocks
    )
    source = _source(content, at=now_in(session), by=by)
    await key_coefficients.save_source(
        session, operation_id, key_id, month, producer or POOL, source=source
    )
    await _mark_stale(session, operation_id, key_id, days)
    return FilePeriod(days[0], days[-1], period.step_min)


def _source(content: bytes, *, at: datetime, by: str) -> CoefficientSource:
    sha256 = hashlib.sha256(content).hexdigest()
    return CoefficientSource(sha256=sha256, byte_count=len(content), set_at=at, set_by=by)


def _days_of(version: KeyVersion, month: Month, producer: Prm | None) -> list[date]:
    if version.state == KeyState.SUPERSEDED:
        raise KeyStateUnfit("Another key has taken the place of this one.", state=version.state)
    match version.definition["type"], producer:
        case ("dynamic", None) | ("full_dynamic", str()):
            pass
        case "dynamic", _:
            raise CoefficientsUnfit("A dynamic key shares the pool: name no producer.")
        case "full_dynamic", None:
            raise CoefficientsUnfit("A full_dynamic key has a file per producer: name it.")
        case key_type, _:
            raise CoefficientsUnfit(f"A {key_type} key has no shares by step.")
    days = [day for day in month.days if version.span.covers(day)]
    if not days:
        raise CoefficientsUnfit(f"The key was made for no day of {month}.")
    return days


def check_fit(
    perimeter: Perimeter, days: Sequence[date], period: FilePeriod, coefficients: Coefficients
) -> None:
    """Raise CoefficientsUnfit for a point that is none of these days, or CoefficientStepUnfit."""
    _check_steps(perimeter, days, period, coefficients)
    largest_shares = coefficients.share_billionths.max(axis=(0, 2)).tolist()
    points_with_share = {
        prm for prm, share in zip(coefficients.consumers, largest_shares, strict=True) if share
    }
    unknown = points_with_share - _points(perimeter, days, Direction.CONSUMPTION)
    if coefficients.producers != (POOL,):
        unknown |= set(coefficients.producers) - _points(perimeter, days, Direction.PRODUCTION)
    if unknown:
        raise CoefficientsUnfit(
            f"Not a point of this operation on these days: {', '.join(sorted(unknown))}.",
            prms=sorted(unknown),
        )


def _check_steps(
    perimeter: Perimeter, days: Sequence[date], period: FilePeriod, coefficients: Coefficients
) -> None:
    """Check the steps; finer steps with equal values are accepted, as a two-step month exports."""
    for day in days:
        step_min = perimeter.step_on(day)
        first = np.searchsorted(period.starts_epoch_min, starts_of_day(day, period.step_min)[0])
        steps = slice(first, first + steps_in_day(day, period.step_min))
        day_shares = coefficients.share_billionths[..., steps]
        if shares_on_step(day_shares, period.step_min, step_min) is None:
            raise CoefficientStepUnfit(
                f"The operation is settled in steps of {step_min} minutes on {day}: coefficients of"
                f" {period.step_min} minutes do not say what to do in each, unless they are the "
                "same in all its parts."
            )


def _points(perimeter: Perimeter, days: Sequence[date], direction: Direction) -> set[Prm]:
    return {
        participant.prm
        for day in days
        for participant in perimeter.participants_on(day)
        if participant.direction == direction
    }


def _blocks(
    period: FilePeriod, coefficients: Coefficients, days: Sequence[date]
) -> list[CoefficientBlock]:
    day_set = set(days)
    return [block for block in blocks_of(period, coefficients) if block.day in day_set]


async def _mark_stale(
    session: AsyncSession, operation_id: OperationId, key_id: UUID, days: Sequence[date]
) -> None:
    """Mark the days with readings on which the key is in force."""
    key_periods = [
        period
        for period in await timelines.get_timeline(session, operation_id)
        if period.key_id == key_id
    ]
    metered = (await copies.list_days_with_readings(session, [operation_id])).get(operation_id, [])
    changed = set(days).intersection(metered)
    await stale.mark_stale(
        session,
        (
            (operation_id, day)
            for day in changed
            if any(period.covers(day) for period in key_periods)
        ),
    )
