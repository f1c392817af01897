"""The DSO's own results: curves of days, energies of months."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import copy_rows
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.dso_results import DsoCurve, DsoDay, DsoEnergy, DsoMonth
from services.allocation.store.month_days import note_dso_day
from services.allocation.tables import (
    DsoResultCurveRow,
    DsoResultDayRow,
    DsoResultEnergyRow,
    DsoResultMonthRow,
)


async def save_day(session: AsyncSession, result: DsoDay) -> bool:
    """Replace the DSO's results for the day, unless the revision is not higher."""
    head = {"operation_id": result.operation_id, "day": result.day}
    if not await _save_head(session, DsoResultDayRow, head, result):
        return False
    await note_dso_day(session, result.operation_id, result.day, definitive=result.definitive)
    await session.execute(
        delete(DsoResultCurveRow).where(
            DsoResultCurveRow.operation_id == result.operation_id,
            DsoResultCurveRow.day == result.day,
        )
    )
    await copy_rows(
        session,
        "dso_result_curve",
        columns=(
            "operation_id",
            "day",
            "prm",
            "direction",
            "quantity",
            "step_min",
            "precision_wmin",
            "energy_wmin",
        ),
        rows=[(*head.values(), *vars(curve).values()) for curve in result.curves],
    )
    return True


async def save_month(session: AsyncSession, result: DsoMonth) -> bool:
    """Replace the DSO's results for the month, unless the revision is not higher."""
    head = {"operation_id": result.operation_id, "month": str(result.month)}
    if not await _save_head(session, DsoResultMonthRow, head, result):
        return False
    await session.execute(
        delete(DsoResultEnergyRow).where(
            DsoResultEnergyRow.operation_id == result.operation_id,
            DsoResultEnergyRow.month == str(result.month),
        )
    )
    if result.energies:
        rows = [head | vars(energy) for energy in result.energies]
        await session.execute(insert(DsoResultEnergyRow), rows)
    return True


async def _save_head(
    session: AsyncSession,
    table: type[DsoResultDayRow | DsoResultMonthRow],
    key: Mapping[str, object],
    result: DsoDay | DsoMonth,
) -> bool:
    statement = upsert(table).values(**key, revision=result.revision, definitive=result.definitive)
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={"revision": result.revision, "definitive": result.definitive},
        where=table.revision < result.revision,
    )
    return (await session.execute(statement.returning(table.revision))).first() is not None


async def list_days(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[date, tuple[int, bool]]:
    """Return the revision of each day with curves, and whether they are definitive."""
    row = DsoResultDayRow
    query = (
        select(row.day, row.revision, row.definitive)
        .where(row.operation_id == operation_id, row.day.between(month.days[0], month.days[-1]))
        .order_by(row.day)
    )
    return {
        day: (revision, definitive) for day, revision, definitive in await session.execute(query)
    }


async def list_curves(
    session: AsyncSession, operation_id: OperationId, day: date
) -> list[DsoCurve]:
    """Return the curves of a day, in prm order; none if none have been received."""
    row = DsoResultCurveRow
    # Columns instead of rows of the ORM, of which a large operation has thousands a day.
    query = (
        select(
            row.prm, row.direction, row.quantity, row.step_min, row.precision_wmin, row.energy_wmin
        )
        .where(row.operation_id == operation_id, row.day == day)
        .order_by(row.prm, row.direction, row.quantity)
    )
    return [
        DsoCurve(
            prm=Prm(prm),
            direction=Direction(direction),
            quantity=Quantity(quantity),
            step_min=step_min,
            precision_wmin=precision_wmin,
            energy_wmin=energy_wmin,
        )
        for prm, direction, quantity, step_min, precision_wmin, energy_wmin in (
            await session.execute(query)
        )
    ]


async def find_month(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> DsoMonth | None:
    """Return the DSO's results for the month as a whole, if any."""
    head = await session.get(DsoResultMonthRow, (operation_id, str(month)), populate_existing=True)
    if head is None:
        return None
    energies = await _list_energies(session, operation_id, month)
    return DsoMonth(operation_id, month, head.revision, head.definitive, energies)


async def _list_energies(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[DsoEnergy]:
    row = DsoResultEnergyRow
    query = (
        select(
            row.prm,
            row.direction,
            row.quantity,
            row.tariff_class,
            row.precision_wmin,
            row.energy_wmin,
        )
        .where(row.operation_id == operation_id, row.month == str(month))
        .order_by(row.prm, row.direction, row.quantity, row.tariff_class)
    )
    return [
        DsoEnergy(
            prm=Prm(prm),
            direction=Direction(direction),
            quantity=Quantity(quantity),
            tariff_class=tariff_class,
            precision_wmin=precision_wmin,
            energy_wmin=energy_wmin,
        )
        for prm, direction, quantity, tariff_class, precision_wmin, energy_wmin in (
            await session.execute(query)
        )
    ]
