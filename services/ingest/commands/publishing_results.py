"""Give operations what the DSO says of them: whole days of curves, whole months of energies."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.events.ingest import DsoCurvePart, DsoEnergyPart, DsoResultsRecorded
from libs.common.ids import OperationId
from services.ingest.domain.result_days import CurveOfDay, choose_steps
from services.ingest.store import published_results
from services.ingest.store import results as result_store

Day = tuple[OperationId, date]
OperationMonth = tuple[OperationId, str]


async def publish_days(session: AsyncSession, days: Iterable[Day]) -> None:
    """One event per operation and day, with all that is stored of it; one day at a time."""
    for operation_id, day in sorted(days):
        stored = await result_store.list_curves_of_day(session, operation_id, day)
        energies = {(one.key, one.step_min): energy_wmin for one, energy_wmin in stored}
        chosen = choose_steps(one for one, _ in stored)
        event = DsoResultsRecorded(
            time=now_in(session),
            operation_id=operation_id,
            month=f"{day:%Y-%m}",
            day=day,
            revision=await published_results.count_day(session, operation_id, day),
            definitive=all(one.definitive for one in chosen),
            curves=[_curve(one, energies[one.key, one.step_min]) for one in chosen],
        )
        await messaging.publish(session, event)


async def publish_months(session: AsyncSession, months: Iterable[OperationMonth]) -> None:
    """One event per operation and month, with all energies that are stored of it."""
    for operation_id, month in sorted(months):
        stored = await result_store.map_energies(session, [operation_id], [month])
        event = DsoResultsRecorded(
            time=now_in(session),
            operation_id=operation_id,
            month=month,
            revision=await published_results.count_month(session, operation_id, month),
            definitive=all(one.definitive for one in stored.values()),
            energies=[
                DsoEnergyPart(
                    prm=one.key.prm,
                    direction=one.key.direction,
                    quantity=one.key.quantity,
                    tariff_class=name,
                    precision_wmin=one.precision_wmin,
                    energy_wmin=energy_wmin,
                )
                for one in stored.values()
                for name, energy_wmin in one.classes
            ],
        )
        await messaging.publish(session, event)


async def release_results(session: AsyncSession, operations: Collection[OperationId]) -> None:
    """Give operations that have become known what was held for them."""
    given_days = await published_results.list_given_days(session, operations)
    given_months = await published_results.list_given_months(session, operations)
    days = await result_store.list_days(session, operations)
    months = await result_store.list_months(session, operations)
    await publish_days(session, set(days) - given_days)
    await publish_months(session, set(months) - given_months)


def _curve(one: CurveOfDay, energy_wmin: Sequence[int | None]) -> DsoCurvePart:
    return DsoCurvePart(
        prm=one.prm,
        direction=one.direction,
        quantity=one.quantity,
        step_min=one.step_min,
        precision_wmin=one.precision_wmin,
        energy_wmin=list(energy_wmin),
    )
