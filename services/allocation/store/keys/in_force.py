"""The basis of each of some days: the key in force, or the deposit before the month."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId
from services.allocation.domain.coefficients.blocks import (
    CoefficientBlock,
    coefficients_of_day,
)
from services.allocation.domain.coefficients.carrying import deposited_on, model_day
from services.allocation.domain.keys import FullDynamic, SharingKey, Static, parse_key
from services.allocation.domain.keys.bases import CoefficientBasis, DayBasis
from services.allocation.domain.keys.coefficients import POOL
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.domain.keys.timeline import KeyPeriod
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store import coefficient_regimes, key_coefficients
from services.allocation.store.keys import deposits, timelines
from services.allocation.store.keys.deposits import DepositDay
from services.allocation.store.stale import OperationDay

_BY_STEP = ("dynamic", "full_dynamic")


class RulingKey(NamedTuple):
    """basis: None where the key in force shares the day."""

    key: SharingKey
    basis: DayBasis | None


async def get_operation_keys(session: AsyncSession, operation_id: OperationId) -> OperationKeys:
    return (await map_operation_keys(session, [operation_id]))[operation_id]


async def map_operation_keys(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, OperationKeys]:
    """Return what shares the days of each operation, which may have no key yet."""
    timelines_by_operation = await timelines.list_timelines(session, operations)
    choices = await coefficient_regimes.map_regime_choices(session, operations)
    numbers = await deposits.map_numbers(session, operations)
    return {
        operation_id: OperationKeys(
            timelines_by_operation.get(operation_id, ()),
            choices.get(operation_id, ()),
            numbers[operation_id].counting,
            numbers[operation_id].made,
        )
        for operation_id in operations
    }


async def list_ruling_keys(
    session: AsyncSession,
    days: Sequence[OperationDay],
    perimeters: Mapping[OperationId, Perimeter],
) -> Mapping[OperationDay, RulingKey]:
    """Return what shares days of known operations; days without a key are left out."""
    keys = await map_operation_keys(session, {operation for operation, _ in days})
    periods = {
        (operation_id, day): period
        for operation_id, day in days
        if (period := keys[operation_id].on(day)) is not None
    }
    deposited = await _list_deposited(session, periods, perimeters)
    others = {
        operation_day: period
        for operation_day, period in periods.items()
        if operation_day not in deposited
    }
    in_force = {**deposited, **await _list_of_keys(session, others, perimeters)}
    return {
        operation_day: RulingKey(in_force[operation_day], period.basis)
        for operation_day, period in periods.items()
    }


async def map_keys_in_place(
    session: AsyncSession, keys: OperationKeys, perimeter: Perimeter, day: date
) -> Mapping[str, SharingKey]:
    """Return by name what the DSO may have applied in place of what shares a day, in order."""
    operation_day = (perimeter.operation_id, day)
    perimeters = {perimeter.operation_id: perimeter}
    keys_by_name: dict[str, SharingKey] = {}
    for name, period in keys.in_place(day).items():
        read = _list_of_keys if period.basis is None else _list_deposited
        key = (await read(session, {operation_day: period}, perimeters))[operation_day]
        keys_by_name[name] = key
        if isinstance(key, Static) and key.redistribute:
            keys_by_name[f"{name} without redistribution"] = replace(key, redistribute=False)
    return keys_by_name


async def _list_deposited(
    session: AsyncSession,
    periods: Mapping[OperationDay, KeyPeriod],
    perimeters: Mapping[OperationId, Perimeter],
) -> dict[OperationDay, SharingKey]:
    deposit_days = {
        operation_day: deposit_day
        for operation_day, period in periods.items()
        if (deposit_day := _deposit_day(operation_day, period)) is not None
    }
    blocks = await deposits.list_blocks(session, deposit_days.values())
    return {
        operation_day: parse_key(
            periods[operation_day].definition,
            coefficients=deposited_on(
                blocks[deposit_day],
                operation_day[1],
                perimeters[operation_day[0]].step_on(operation_day[1]),
            ),
        )
        for operation_day, deposit_day in deposit_days.items()
    }


def _deposit_day(operation_day: OperationDay, period: KeyPeriod) -> DepositDay | None:
    """Return the day of the deposit that shares a day: for want of one, a day like it."""
    operation_id, day = operation_day
    basis = period.basis
    if basis is None or basis.month is None or basis.number is None:
        return None
    is_own = basis.basis is CoefficientBasis.DEPOSIT
    model = day if is_own else model_day(day, Month.parse(basis.month))
    return operation_id, basis.month, basis.number, model


async def _list_of_keys(
    session: AsyncSession,
    periods: Mapping[OperationDay, KeyPeriod],
    perimeters: Mapping[OperationId, Perimeter],
) -> dict[OperationDay, SharingKey]:
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
