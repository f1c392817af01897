"""What a DSO would say of the co-op of ``world``."""

from collections.abc import Iterable, Sequence
from datetime import date

from libs.common.calendar import steps_in_day
from libs.common.events.ingest import DsoCurvePart, DsoEnergyPart, DsoResultsRecorded
from libs.common.ids import Prm, Quantity
from tests.allocation.world import CONSUMPTION, DAY, MONTH, PRODUCTION, TIME, Coop

CONSUMED, PRODUCED = Quantity.CONSUMPTION, Quantity.PRODUCTION
SHARED, SURPLUS, COMPLEMENT = Quantity.SELF_CONSUMED, Quantity.SURPLUS, Quantity.COMPLEMENT

_SIDE = {CONSUMED: CONSUMPTION, COMPLEMENT: CONSUMPTION, PRODUCED: PRODUCTION, SURPLUS: PRODUCTION}

Energy = int | None | Sequence[int | None]
"""Watt-minutes: the same in every step, or step by step."""


def curve(
    prm: Prm,
    quantity: Quantity,
    energy_wmin: Energy,
    *,
    day: date = DAY,
    step_min: int = 30,
    precision_wmin: int = 60,
) -> DsoCurvePart:
    """Of a consumer where the quantity leaves the choice."""
    steps = steps_in_day(day, step_min)
    by_step = list(energy_wmin) if isinstance(energy_wmin, Sequence) else [energy_wmin] * steps
    return DsoCurvePart(
        prm=prm,
        direction=_SIDE.get(quantity, CONSUMPTION),
        quantity=quantity,
        step_min=step_min,
        precision_wmin=precision_wmin,
        energy_wmin=by_step,
    )


def energy(
    prm: Prm,
    quantity: Quantity,
    energy_wmin: int,
    *,
    tariff_class: str = "P",
    precision_wmin: int = 60_000,
) -> DsoEnergyPart:
    return DsoEnergyPart(
        prm=prm,
        direction=_SIDE.get(quantity, CONSUMPTION),
        quantity=quantity,
        tariff_class=tariff_class,
        precision_wmin=precision_wmin,
        energy_wmin=energy_wmin,
    )


def results_of_day(
    coop: Coop,
    curves: Iterable[DsoCurvePart],
    *,
    day: date = DAY,
    revision: int = 1,
    definitive: bool = True,
) -> DsoResultsRecorded:
    return DsoResultsRecorded(
        time=TIME,
        operation_id=coop.operation_id,
        month=f"{day:%Y-%m}",
        day=day,
        revision=revision,
        definitive=definitive,
        curves=list(curves),
    )


def results_of_month(
    coop: Coop, energies: Iterable[DsoEnergyPart], *, revision: int = 1, definitive: bool = True
) -> DsoResultsRecorded:
    return DsoResultsRecorded(
        time=TIME,
        operation_id=coop.operation_id,
        month=MONTH,
        revision=revision,
        definitive=definitive,
        energies=list(energies),
    )


def same(coop: Coop, day: date = DAY, **other: DsoCurvePart) -> DsoResultsRecorded:
    """A day of a DSO that says what we say, but for some curves, named point and quantity."""
    curves = {
        "anna_consumption": curve(coop.anna_home, CONSUMED, 12_000, day=day),
        "anna_self_consumed": curve(coop.anna_home, SHARED, 9_000, day=day),
        "anna_complement": curve(coop.anna_home, COMPLEMENT, 3_000, day=day),
        "bruno_consumption": curve(coop.bruno_home, CONSUMED, 24_000, day=day),
        "bruno_self_consumed": curve(coop.bruno_home, SHARED, 18_000, day=day),
        "roof_production": curve(coop.roof, PRODUCED, 27_000, day=day),
        "roof_surplus": curve(coop.roof, SURPLUS, 0, day=day),
        "roof_self_consumed": curve(coop.roof, SHARED, 27_000, day=day).model_copy(
            update={"direction": PRODUCTION}
        ),
    }
    return results_of_day(coop, (curves | other).values(), day=day)
