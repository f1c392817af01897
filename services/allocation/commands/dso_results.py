"""Keep the DSO's own results, and return the months that they change."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, steps_in_day
from libs.common.events.ingest import DsoCurvePart, DsoEnergyPart, DsoResultsRecorded
from libs.common.ids import OperationId
from services.allocation.domain.dso_results import (
    QUANTITIES,
    DsoCurve,
    DsoDay,
    DsoEnergy,
    DsoMonth,
)
from services.allocation.domain.keys.policy import SettleFrom
from services.allocation.domain.metered import MAX_STEP_WMIN
from services.allocation.store import dso_results, policies, stale
from services.allocation.store.settlements import stale_settlements

_HOUR_MIN = 60
_MAX_MONTH_WMIN = 10**15  # 16 TWh: sums of thousands of them fit 63 bits


async def record_dso_results(
    session: AsyncSession, events: Sequence[DsoResultsRecorded]
) -> set[tuple[OperationId, Month]]:
    """Keep the highest revision of each day and month; return the months with something new.

    Under the operations' locks, so that a settlement sees all of an event or nothing.
    """
    results = [_result(event) for event in events]
    await stale.lock_operations(session, {result.operation_id for result in results})
    changed = set()
    for result in results:
        if isinstance(result, DsoDay):
            if await dso_results.save_day(session, result):
                changed.add((result.operation_id, Month.of(result.day)))
        elif await dso_results.save_month(session, result):
            changed.add((result.operation_id, result.month))
    await _mark_settlements(session, changed)
    return changed


async def _mark_settlements(
    session: AsyncSession, months: Collection[tuple[OperationId, Month]]
) -> None:
    chosen = await policies.list_policies(session, {operation_id for operation_id, _ in months})
    await stale_settlements.mark_outdated(
        session,
        (
            operation_month
            for operation_month in months
            if chosen[operation_month[0]].settle_from == SettleFrom.DSO_RESULTS
        ),
    )


def _result(event: DsoResultsRecorded) -> DsoDay | DsoMonth:
    # A breach of the contract is parked here: later it would stop its readers.
    month = Month.parse(event.month)
    if event.day is None:
        assert not event.curves, "curves without a day"
        _check_named_once(
            (energy.prm, energy.direction, energy.quantity, energy.tariff_class)
            for energy in event.energies
        )
        energies = [_energy(energy) for energy in event.energies]
        return DsoMonth(event.operation_id, month, event.revision, event.definitive, energies)
    assert not event.energies, "energies of a month with a day"
    assert month == Month.of(event.day), "a day of another month"
    _check_named_once((curve.prm, curve.direction, curve.quantity) for curve in event.curves)
    curves = [_curve(curve, event.day) for curve in event.curves]
    return DsoDay(event.operation_id, event.day, event.revision, event.definitive, curves)


def _check_named_once(names: Iterable[tuple[str, ...]]) -> None:
    name_list = list(names)
    assert len(name_list) == len(set(name_list)), "one quantity of a point given twice"


def _curve(curve: DsoCurvePart, day: date) -> DsoCurve:
    assert curve.quantity in QUANTITIES[curve.direction], "a quantity of the other direction"
    assert curve.step_min > 0
    assert _HOUR_MIN % curve.step_min == 0, "a step that does not divide the hour"
    assert len(curve.energy_wmin) == steps_in_day(day, curve.step_min), "steps of another day"
    known_wmin = [energy for energy in curve.energy_wmin if energy is not None]
    assert min(known_wmin, default=0) >= 0, "a negative energy"
    assert max(known_wmin, default=0) <= MAX_STEP_WMIN, "more energy than a step can hold"
    assert curve.precision_wmin <= MAX_STEP_WMIN, "a precision beyond all energies"
    return DsoCurve(**dict(curve))


def _energy(energy: DsoEnergyPart) -> DsoEnergy:
    assert energy.quantity in QUANTITIES[energy.direction], "a quantity of the other direction"
    assert 0 <= energy.energy_wmin <= _MAX_MONTH_WMIN, "more than a month can hold"
    assert energy.precision_wmin <= MAX_STEP_WMIN, "a precision beyond all energies"
    return DsoEnergy(**dict(energy))
