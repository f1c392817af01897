"""Curves against counters and invoices, worked out by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import polars as pl
import pytest

from libs.common.calendar import day_start, steps_in_day
from libs.common.ids import Direction, Prm
from services.ingest.domain.facts.cross_check import (
    CheckedSource,
    KnownEnergy,
    Reference,
    Tolerance,
    Verdict,
    check,
    energy_of_day,
    index_references,
)
from services.ingest.domain.facts.indexes import totals
from services.ingest.domain.readings.blocks import Block

PRM = Prm("99000000000017")
AUTUMN, SUMMER, SPRING = date(2026, 10, 25), date(2026, 7, 1), date(2026, 3, 29)
TOLERANCE = Tolerance(percent=1.0, least_wh=100)


def _block(day: date, step_min: int, power_w: list[int | None]) -> Block:
    letters = "".join("x" if power is None else "m" for power in power_w)
    flags = [False] * len(power_w)
    return Block(PRM, Direction.CONSUMPTION, day, step_min, 1, power_w, letters, flags, [1])


@pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 25), (SUMMER, 24), (SPRING, 23)])
def test_a_constant_power_is_counted_for_every_hour_of_the_day(day: date, hours: int) -> None:
    block = _block(day, 30, [600] * steps_in_day(day, 30))

    assert energy_of_day(day, [block]) == KnownEnergy(600 * 60 * hours, 0)


def test_the_finer_of_two_steps_tells_and_the_coarser_fills_its_holes() -> None:
    hours = _block(SUMMER, 60, [600] * 24)
    halves = _block(SUMMER, 30, [100, None] * 2 + [None] * 44)

    # Two half-hours of 100 W in the place of 600 W.
    assert energy_of_day(SUMMER, [halves, hours]) == KnownEnergy(600 * 60 * 24 - 2 * 500 * 30, 0)


def test_what_is_missing_is_told_in_minutes() -> None:
    block = _block(SUMMER, 10, [60, None, *[60] * 142])

    assert energy_of_day(SUMMER, [block]) == KnownEnergy(60 * 10 * 143, 10)


def test_what_ingest_estimated_is_missing() -> None:
    measured = _block(SUMMER, 60, [60] * 24)
    guessed = replace(measured, natures="i" + "m" * 23)

    assert energy_of_day(SUMMER, [guessed]) == KnownEnergy(60 * 60 * 23, 60)


def test_a_month_is_checked_between_its_first_and_last_midnight_with_an_index() -> None:
    noon = day_start(date(2026, 10, 30)) + timedelta(hours=12)
    read = [
        (PRM, Direction.CONSUMPTION, day_start(date(2026, 10, 2)), 1_000),
        (PRM, Direction.CONSUMPTION, day_start(date(2026, 10, 9)), 1_700),
        (PRM, Direction.CONSUMPTION, day_start(date(2026, 10, 28)), 4_000),
        (PRM, Direction.CONSUMPTION, noon, 5_000),
    ]

    assert list(index_references(read)) == [
        Reference(
            PRM,
            Direction.CONSUMPTION,
            CheckedSource.INDEX,
            date(2026, 10, 2),
            date(2026, 10, 28),
            energy_wh=3_000,
        )
    ]


def test_one_index_alone_says_nothing() -> None:
    read = [(PRM, Direction.CONSUMPTION, day_start(SUMMER), 1_000)]

    assert list(index_references(read)) == []


def _reference(energy_wh: int) -> Reference:
    return Reference(
        PRM, Direction.CONSUMPTION, CheckedSource.INDEX, SUMMER, date(2026, 7, 3), energy_wh
    )


@pytest.mark.parametrize(
    ("curve_wh", "reference_wh", "verdict"),
    [
        (20_000, 20_000, Verdict.AGREES),
        (20_200, 20_000, Verdict.AGREES),  # one per cent
        (20_202, 20_000, Verdict.DIFFERS),
        (100, 0, Verdict.AGREES),  # the least that is tolerated
        (102, 0, Verdict.DIFFERS),
        (10_000, 20_000, Verdict.DIFFERS),  # half the energy: a step or a unit taken for another
        (20_000, -5, Verdict.WENT_BACK),
    ],
)
def test_a_curve_agrees_within_the_tolerance(
    curve_wh: int, reference_wh: int, verdict: Verdict
) -> None:
    half_wmin = curve_wh * 30
    energies = {SUMMER: KnownEnergy(half_wmin, 0), date(2026, 7, 2): KnownEnergy(half_wmin, 0)}

    findings = check(_reference(reference_wh), energies, TOLERANCE)

    assert findings.verdict == verdict
    assert findings.difference_wmin == (curve_wh - reference_wh) * 60


def test_a_curve_with_a_day_missing_is_incomplete() -> None:
    findings = check(_reference(1), {SUMMER: KnownEnergy(60, 0)}, TOLERANCE)

    assert (findings.verdict, findings.missing_min) == (Verdict.INCOMPLETE, 24 * 60)


def _indexes(registers: dict[str, int]) -> pl.DataFrame:
    moment = datetime(2026, 7, 1, tzinfo=day_start(SUMMER).tzinfo)
    rows = [(PRM, "consumption", name, moment, value) for name, value in registers.items()]
    names = ["prm", "direction", "register", "read_at", "index_wh"]
    return pl.DataFrame(rows, schema=names, orient="row")


@pytest.mark.parametrize(
    ("registers", "total_wh"),
    [
        ({"IDX_EAS_T": 90, "IDX_EAS_D1": 30, "IDX_EAS_D2": 50}, 90),
        ({"IDX_EAS_D1": 30, "IDX_EAS_D2": 50, "IDX_EAS_F1": 80}, 80),
        ({"IDX_EAS_D_HPH": 30, "IDX_EAS_D_HCH": 50}, 80),
        # The same energy by R64 and by R171.
        ({"IDX_EAS_D1": 30, "IDX_EAS_D2": 50, "IDX_EAS_D_HPH": 30, "IDX_EAS_D_HCH": 50}, 80),
    ],
)
def test_all_energy_is_the_totalising_counter_or_else_the_distributors_classes(
    registers: dict[str, int], total_wh: int
) -> None:
    assert totals(_indexes(registers))["index_wh"].to_list() == [total_wh]


def test_the_suppliers_classes_alone_are_no_total() -> None:
    assert totals(_indexes({"IDX_EAS_F1": 80})).is_empty()
