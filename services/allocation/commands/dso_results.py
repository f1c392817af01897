"""Keep the DSO's own results, and say which months they change."""

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
from services.allocation.domain.metered import MAX_STEP_WMIN
from services.allocation.domain.policy import SettleFrom
from services.allocation.store import dso_results, policies, stale, stale_settlements

_HOUR_MIN = 60
_MAX_MONTH_WMIN = 10**15  # 16 TWh: sums of thousands of them fit 63 bits


async def record_dso_results(
    session: AsyncSession, events: Sequence[DsoResultsRecorded]
) -> set[tuple[OperationId, Month]]:
    """Keep the highest revision of each day and month; return the months with something new.

    Under the operations' locks: a settlement sees all of an event or nothing.
    """
    results = [_result(event) for event in events]
    await stale.lock_operations(session, {one.operation_id for one in results})
    changed = set()
    for one in results:
        if isinstance(one, DsoDay):
            if await dso_results.save_day(session, one):
                changed.add((one.operation_id, Month.of(one.day)))
        elif await dso_results.save_month(session, one):
            changed.add((one.operation_id, one.month))
    await _mark_settlements(session, changed)
    return changed


async def _mark_settlements(
    session: AsyncSession, months: Collection[tuple[OperationId, Month]]
) -> None:
    chosen = await policies.list_policies(session, {operation_id for operation_id, _ in months})
    await stale_settlements.mark_outdated(
        session,
        (one for one in months if chosen[one[0]].settle_from == SettleFrom.DSO_RESULTS),
    )


def _result(event: DsoResultsRecorded) -> DsoDay | DsoMonth:
    # Whoever breaks the contract is parked here: later it would stop whoever reads it.
    month = Month.parse(event.month)
    if event.day is None:
        assert not event.curves, "curves without a day"
        _check_named_once(
            (one.prm, one.direction, one.quantity, one.tariff_class) for one in event.energies
        )
        energies = [_energy(part) for part in event.energies]
        return DsoMonth(event.operation_id, month, event.revision, event.definitive, energies)
    assert not event.energies, "energies of a month with a day"
    assert month == Month.of(event.day), "a day of another month"
    _check_named_once((one.prm, one.direction, one.quantity) for one in event.curves)
    curves = [_curve(part, event.day) for part in event.curves]
    return DsoDay(event.operation_id, event.day, event.revision, event.definitive, curves)


def _check_named_once(names: Iterable[tuple[str, ...]]) -> None:
    named = list(names)
    assert len(named) == len(set(named)), "one quantity of a point given twice"


def _curve(part: DsoCurvePart, day: date) -> DsoCurve:
    assert part.quantity in QUANTITIES[part.direction], "a quantity of the other direction"
    assert part.step_min > 0
    assert _HOUR_MIN % part.step_min == 0, "a step that does not divide the hour"
    assert len(part.energy_wmin) == steps_in_day(day, part.step_min), "steps of another day"
    known = [energy for energy in part.energy_wmin if energy is not None]
    assert min(known, default=0) >= 0, "a negative energy"
    assert max(known, default=0) <= MAX_STEP_WMIN, "more energy than a step can hold"
    assert part.precision_wmin <= MAX_STEP_WMIN, "a precision beyond all energies"
    return DsoCurve(**dict(part))


def _energy(part: DsoEnergyPart) -> DsoEnergy:
    assert part.quantity in QUANTITIES[part.direction], "a quantity of the other direction"
    assert 0 <= part.energy_wmin <= _MAX_MONTH_WMIN, "more than a month can hold"
    assert part.precision_wmin <= MAX_STEP_WMIN, "a precision beyond all energies"
    return DsoEnergy(**dict(part))
