"""The DSO's own results: curves by day and energies by month, with all their revisions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import (
    Row,
    ScalarSelect,
    Select,
    bindparam,
    func,
    select,
    true,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from libs.common.calendar import Month
from libs.common.database import copy_rows
from libs.common.database.arrays import among
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.ingest.domain.results.days import CurveOfDay
from services.ingest.domain.results.energies import MonthEnergies, MonthKey
from services.ingest.domain.results.merging import CURVE_KEY, RESULT_CURVES
from services.ingest.tables import PerimeterRow, ResultCurveRow, ResultEnergyRow

_REVISION = [*CURVE_KEY, "revision"]
_CURVE = [getattr(ResultCurveRow, name) for name in RESULT_CURVES.names()]
_MONTH_KEY = [getattr(ResultEnergyRow, name) for name in MonthKey._fields]


async def read_latest(session: AsyncSession, values: pl.DataFrame) -> pl.DataFrame:
    """Return the last revisions of at least the curves of these values; schema RESULT_CURVES.

    values: any rows — operation_id str, prm str, day date.
    """
    if values.is_empty():
        return pl.DataFrame(schema=RESULT_CURVES)
    days = values["day"]
    query = _latest(_CURVE).where(
        among(ResultCurveRow.operation_id, values["operation_id"].unique()),
        among(ResultCurveRow.prm, values["prm"].unique()),
        ResultCurveRow.day.between(days.min(), days.max()),
    )
    rows = (await session.execute(query)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=RESULT_CURVES, orient="row")


def _latest(columns: Sequence[Any]) -> Select[Any]:
    key = [getattr(ResultCurveRow, name) for name in CURVE_KEY]
    newest_first = ResultCurveRow.revision.desc()
    return select(*columns).ext(distinct_on(*key)).order_by(*key, newest_first)


async def add_curves(session: AsyncSession, curves: pl.DataFrame, *, delivery_id: UUID) -> None:
    """Add revisions of curves. curves: schema RESULT_CURVES."""
    await copy_rows(
        session,
        ResultCurveRow.__tablename__,
        columns=[*RESULT_CURVES.names(), "delivery_id"],
        rows=((*row, delivery_id) for row in curves.select(RESULT_CURVES.names()).iter_rows()),
    )


async def confirm_curves(session: AsyncSession, confirmed: pl.DataFrame) -> None:
    """Renew the time at which the values of these revisions were last published.

    confirmed: schema RESULT_CURVES.
    """
    here = [getattr(ResultCurveRow, name) == bindparam(f"b_{name}") for name in _REVISION]
    renewed = update(ResultCurveRow).where(*here).values(published_us=bindparam("b_published_us"))
    rows = confirmed.select(*_REVISION, "published_us").rename(lambda name: f"b_{name}").to_dicts()
    if rows:
        connection = await session.connection()
        await connection.execute(renewed, rows)


async def list_days(
    session: AsyncSession, operations: Collection[OperationId]
) -> list[tuple[OperationId, date]]:
    """Return the days of which curves of these operations are stored, in order."""
    query = (
        select(ResultCurveRow.operation_id, ResultCurveRow.day)
        .where(ResultCurveRow.operation_id.in_(operations))
        .distinct()
        .order_by(ResultCurveRow.operation_id, ResultCurveRow.day)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def list_held(session: AsyncSession) -> Sequence[Row[OperationId, list[str]]]:
    """Return operation_id and months of the results of unknown operations, in order."""
    curve, energy = ResultCurveRow, ResultEnergyRow
    curve_month = func.to_char(curve.day, "YYYY-MM").label("month")
    result_months = union(
        select(curve.operation_id, curve_month), select(energy.operation_id, energy.month)
    ).subquery()
    is_known = (
        select(true()).where(PerimeterRow.operation_id == result_months.c.operation_id).exists()
    )
    months = func.array_agg(aggregate_order_by(result_months.c.month, result_months.c.month)).label(
        "months"
    )
    query = (
        select(result_months.c.operation_id, months)
        .where(~is_known)
        .group_by(result_months.c.operation_id)
    )
    return (await session.execute(query.order_by(result_months.c.operation_id))).all()


async def list_curves_of_day(
    session: AsyncSession, operation_id: OperationId, day: date
) -> list[tuple[CurveOfDay, Sequence[int | None]]]:
    """Return the last revisions of a day, in all their steps, each with its energies."""
    query = _latest([*_OF_DAY, ResultCurveRow.energy_wmin]).where(
        ResultCurveRow.operation_id == operation_id, ResultCurveRow.day == day
    )
    return [(_curve_of_day(row[:-1]), row[-1]) for row in (await session.execute(query)).all()]


async def list_curves_of_month(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[CurveOfDay]:
    """Return the last revisions of the month's days, in all their steps."""
    query = _latest(_OF_DAY).where(
        ResultCurveRow.operation_id == operation_id,
        ResultCurveRow.day.between(month.days[0], month.days[-1]),
    )
    return [_curve_of_day(row) for row in (await session.execute(query)).all()]


def _elements(column: InstrumentedAttribute[Any], aggregate: Any) -> ScalarSelect[Any]:  # noqa: ANN401 - func.max or func.sum
    element = func.unnest(column).column_valued()
    return select(aggregate(element)).scalar_subquery()


_OF_DAY = [
    ResultCurveRow.day,
    ResultCurveRow.prm,
    ResultCurveRow.direction,
    ResultCurveRow.quantity,
    ResultCurveRow.step_min,
    func.cardinality(func.array_positions(ResultCurveRow.energy_wmin, None)),
    func.coalesce(_elements(ResultCurveRow.energy_wmin, func.sum), 0),
    _elements(ResultCurveRow.precision_wmin, func.max),
    _elements(ResultCurveRow.definitive, func.bool_and),
    _elements(ResultCurveRow.published_us, func.max),
]
"""In the order of the fields of CurveOfDay."""


def _curve_of_day(row: Sequence[Any]) -> CurveOfDay:
    day, prm, direction, quantity, step_min, missing, total_wmin, *further_fields = row
    sides = Direction(direction), Quantity(quantity)
    return CurveOfDay(day, prm, *sides, step_min, missing, int(total_wmin), *further_fields)


async def map_energies(
    session: AsyncSession, operations: Collection[OperationId], months: Collection[str]
) -> Mapping[MonthKey, MonthEnergies]:
    """Return the last revisions of these operations in these months, in order of their keys."""
    row = ResultEnergyRow
    query = (
        select(row)
        .ext(distinct_on(*_MONTH_KEY))
        .where(row.operation_id.in_(operations), row.month.in_(months))
        .order_by(*_MONTH_KEY, row.revision.desc())
    )
    energies = [_energies(row_of_month) for row_of_month in (await session.scalars(query)).all()]
    return {month_energies.key: month_energies for month_energies in energies}


def _energies(row: ResultEnergyRow) -> MonthEnergies:
    return MonthEnergies(
        key=MonthKey(
            row.operation_id,
            row.month,
            Prm(row.prm),
            Direction(row.direction),
            Quantity(row.quantity),
        ),
        revision=row.revision,
        classes=tuple(zip(row.tariff_classes, row.energy_wmin, strict=True)),
        precision_wmin=row.precision_wmin,
        definitive=row.definitive,
        published_us=row.published_us,
    )


async def list_months(
    session: AsyncSession, operations: Collection[OperationId]
) -> list[tuple[OperationId, str]]:
    """Return the months of which energies of these operations are stored, in order."""
    query = (
        select(ResultEnergyRow.operation_id, ResultEnergyRow.month)
        .where(ResultEnergyRow.operation_id.in_(operations))
        .distinct()
        .order_by(ResultEnergyRow.operation_id, ResultEnergyRow.month)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def add_energies(
    session: AsyncSession, news: Iterable[MonthEnergies], *, delivery_id: UUID
) -> None:
    session.add_all(
        ResultEnergyRow(
            **energies.key._asdict(),
            revision=energies.revision,
            tariff_classes=[name for name, _ in energies.classes],
            energy_wmin=[energy for _, energy in energies.classes],
            precision_wmin=energies.precision_wmin,
            definitive=energies.definitive,
            published_us=energies.published_us,
            delivery_id=delivery_id,
        )
        for energies in news
    )
    await session.flush()


async def confirm_energies(session: AsyncSession, confirmed: Iterable[MonthEnergies]) -> None:
    """Renew the time at which these revisions were last published."""
    for energies in confirmed:
        row = await session.get(ResultEnergyRow, (*energies.key, energies.revision))
        assert row is not None
        row.published_us = energies.published_us
    await session.flush()
