"""Publish the DSO's results to operations: whole days of curves, whole months of energies."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.events.ingest import DsoCurvePart, DsoEnergyPart, DsoResultsRecorded
from libs.common.ids import OperationId
from services.ingest.domain.results.days import CurveOfDay, choose_steps
from services.ingest.store.results import published as published_results
from services.ingest.store.results import results as result_store

OperationDay = tuple[OperationId, date]
OperationMonth = tuple[OperationId, str]


async def publish_days(session: AsyncSession, days: Iterable[OperationDay]) -> None:
    """Publish one event per operation and day, with all that is stored of it; one day at a time."""
    for operation_id, day in sorted(days):
        stored = await result_store.list_curves_of_day(session, operation_id, day)
        energies = {(curve.key, curve.step_min): energy_wmin for curve, energy_wmin in stored}
        chosen = choose_steps(curve for curve, _ in stored)
        event = DsoResultsRecorded(
            time=now_in(session),
            operation_id=operation_id,
            month=f"{day:%Y-%m}",
            day=day,
            revision=await published_results.count_day(session, operation_id, day),
            definitive=all(curve.definitive for curve in chosen),
            curves=[_curve(curve, energies[curve.key, curve.step_min]) for curve in chosen],
        )
        await messaging.publish(session, event)


async def publish_months(session: AsyncSession, months: Iterable[OperationMonth]) -> None:
    """Publish one event per operation and month, with all energies that are stored of it."""
    for operation_id, month in sorted(months):
        stored = await result_store.map_energies(session, [operation_id], [month])
        event = DsoResultsRecorded(
            time=now_in(session),
            operation_id=operation_id,
            month=month,
            revision=await published_results.count_month(session, operation_id, month),
            definitive=all(energies.definitive for energies in stored.values()),
            energies=[
                DsoEnergyPart(
                    prm=energies.key.prm,
                    direction=energies.key.direction,
                    quantity=energies.key.quantity,
                    tariff_class=name,
                    precision_wmin=energies.precision_wmin,
                    energy_wmin=energy_wmin,
                )
                for energies in stored.values()
                for name, energy_wmin in energies.classes
            ],
        )
        await messaging.publish(session, event)


async def release_results(session: AsyncSession, operations: Collection[OperationId]) -> None:
    """Publish to operations that have become known the results that were held for them."""
    published_days = await published_results.list_given_days(session, operations)
    published_months = await published_results.list_given_months(session, operations)
    days = await result_store.list_days(session, operations)
    months = await result_store.list_months(session, operations)
    await publish_days(session, set(days) - published_days)
    await publish_months(session, set(months) - published_months)


def _curve(curve: CurveOfDay, energy_wmin: Sequence[int | None]) -> DsoCurvePart:
    return DsoCurvePart(
        prm=curve.prm,
        direction=curve.direction,
        quantity=curve.quantity,
        step_min=curve.step_min,
        precision_wmin=curve.precision_wmin,
        energy_wmin=list(energy_wmin),
    )
