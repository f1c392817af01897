"""A roof and two homes on one day: our side of it, and a DSO that says the same or something else.

900 W are made, Anna takes 400 W and Bruno 800 W: in half an hour 27,000 watt-minutes for 12,000 and
24,000; by the default rule Anna gets 9,000 and Bruno 18,000.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from libs.common.calendar import Month, steps_in_day
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.curves import Block
from services.allocation.domain.days import DayFacts, decide_day
from services.allocation.domain.dso_results import DsoCurve, DsoEnergy, DsoMonth
from services.allocation.domain.keys import DefaultDynamic, SharingKey, Static
from services.allocation.domain.keys.policy import MissingReadings, OperationPolicy
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation import (
    COUNTED_ONLY,
    DetailedReconciliation,
    OwnDay,
    QuantitySeries,
    Reconciler,
    own_day,
)
from services.allocation.domain.share_frames import StepShares

CONSUMPTION, PRODUCTION = Direction.CONSUMPTION, Direction.PRODUCTION
CONSUMED, PRODUCED = Quantity.CONSUMPTION, Quantity.PRODUCTION
SHARED, SURPLUS, COMPLEMENT = Quantity.SELF_CONSUMED, Quantity.SURPLUS, Quantity.COMPLEMENT

OPERATION = OperationId("ACC00000042")
DAY = date(2026, 10, 12)
OCTOBER = Month(2026, 10)
ROOF = Participant(Prm("99000000000001"), PRODUCTION)
ANNA = Participant(Prm("99000000000002"), CONSUMPTION)
BRUNO = Participant(Prm("99000000000003"), CONSUMPTION)
CARLA = Participant(Prm("99000000000004"), CONSUMPTION)
QUARTERS = Static({ANNA.prm: Decimal("0.25"), BRUNO.prm: Decimal("0.75")})
DEFAULT = DefaultDynamic()

Power = int | Sequence[int | None]
Wmin = int | None | Sequence[int | None]
"""The same in every step, or step by step."""


def facts(
    powers_w: Mapping[Participant, Power] | None = None,
    *,
    key: SharingKey | None = DEFAULT,
    day: date = DAY,
    step_min: int = 30,
    missing_readings: MissingReadings = MissingReadings.REFUSE,
) -> DayFacts:
    """powers_w: instead of 900, 400 and 800 W, or of other points; an empty one: no readings."""
    steps = steps_in_day(day, step_min)
    powers: dict[Participant, Power] = {ROOF: 900, ANNA: 400, BRUNO: 800, **(powers_w or {})}
    return DayFacts(
        operation_id=OPERATION,
        day=day,
        step_min=step_min,
        participants=sorted(powers),
        blocks={
            who: [Block(step_min, [power] * steps if isinstance(power, int) else power)]
            for who, power in powers.items()
            if isinstance(power, int) or power
        },
        key=key,
        missing_readings=missing_readings,
    )


def ours(
    of_day: DayFacts,
    *,
    other_keys: Mapping[str, SharingKey] | None = None,
    revisions: Mapping[Participant, int] | None = None,
) -> OwnDay:
    """The day as our own rules allocate it."""
    result = decide_day(of_day, known_hash=None)
    assert result is not None
    shares = [
        StepShares(
            of_day.day, share.producer, share.consumer, of_day.step_min, share.energy_wmin.tolist()
        )
        for share in result.shares
    ]
    return own_day(
        of_day, result.status, shares, revisions=revisions or {}, other_keys=other_keys or {}
    )


def theirs(own_side: OwnDay, *, precision_wmin: int = 60) -> dict[QuantitySeries, DsoCurve]:
    """A DSO that says what we say, to the watt-minute."""
    return {
        series: DsoCurve(
            *series,
            step_min=energies.step_min,
            precision_wmin=precision_wmin,
            energy_wmin=[
                None if missing else int(energy)
                for energy, missing in zip(energies.energy_wmin, energies.missing, strict=True)
            ],
        )
        for series, energies in own_side.energies.items()
    }


def says(
    curves: dict[QuantitySeries, DsoCurve],
    who: Participant,
    quantity: Quantity,
    wmin: Wmin,
    *,
    day: date = DAY,
    step_min: int = 30,
    precision_wmin: int = 60,
) -> None:
    """Have the DSO say something else of a point."""
    by_step = list(wmin) if isinstance(wmin, Sequence) else [wmin] * steps_in_day(day, step_min)
    curves[QuantitySeries(*who, quantity)] = DsoCurve(
        *who, quantity, step_min, precision_wmin, by_step
    )


def energy(
    who: Participant,
    quantity: Quantity,
    energy_wmin: int,
    *,
    tariff_class: str = "P",
    precision_wmin: int = 60_000,
) -> DsoEnergy:
    return DsoEnergy(*who, quantity, tariff_class, precision_wmin, energy_wmin)


def month_of(*energies: DsoEnergy) -> DsoMonth:
    return DsoMonth(OPERATION, OCTOBER, 1, definitive=True, energies=energies)


def reconciled(
    *days: tuple[OwnDay, Mapping[QuantitySeries, DsoCurve] | None],
    policy: OperationPolicy | None = None,
    dso_month: DsoMonth | None = None,
) -> DetailedReconciliation:
    by_step = {series for _, curves in days for series in curves or ()}
    reconciler = Reconciler(OPERATION, OCTOBER, policy or OperationPolicy(), by_step, dso_month)
    for own_side, curves in days:
        reconciler.add_day(own_side, None if curves is None else list(curves.values()))
    reconciliation = reconciler.finish()
    check_sums(reconciliation)
    return reconciliation


def check_sums(reconciliation: DetailedReconciliation) -> None:
    """Whatever is found: the classes add up to the difference of each series and in total."""
    names = [sums.difference_class for sums in reconciliation.classes]
    by_class = pl.sum_horizontal(f"{name}_wmin" for name in names)
    assert reconciliation.points.filter(by_class != pl.col("difference_wmin")).is_empty()
    listed = sum(
        sums.count for sums in reconciliation.classes if sums.difference_class not in COUNTED_ONLY
    )
    assert reconciliation.differing.height == listed == reconciliation.findings["count"].sum()


def counts(reconciliation: DetailedReconciliation) -> dict[str, int]:
    """Differences by class, without those that have none."""
    return {sums.difference_class: sums.count for sums in reconciliation.classes if sums.count}


def evidence(
    reconciliation: DetailedReconciliation, who: Participant, quantity: Quantity
) -> set[tuple[str, str]]:
    """The classes and evidences of one quantity of a point."""
    rows = reconciliation.findings.filter(
        (pl.col("prm") == who.prm)
        & (pl.col("direction") == who.direction.value)
        & (pl.col("quantity") == quantity.value)
    )
    return set(rows.select("class", "evidence").iter_rows())
