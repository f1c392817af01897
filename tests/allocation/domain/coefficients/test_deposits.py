"""What is deposited settles: coefficient × production, capped, by the arithmetic of the DSO."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.coefficients.blocks import blocks_of
from services.allocation.domain.coefficients.by_calendar import (
    CalendarShares,
    parse_calendar_shares,
    while_taking_part,
)
from services.allocation.domain.coefficients.carrying import deposited_on, model_day
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.reading import read_file
from services.allocation.domain.coefficients.writing import write_file
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import Dynamic, KeyInvalid, KeyMalformed
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.fractions import ONE
from services.allocation.domain.keys.schedules import LocalTimes
from tests.allocation.domain.coefficients.world import ANNA, BARN, BRUNO, CARLA, OPERATION, ROOF

CONSUMERS = [ANNA, BRUNO, CARLA]
DAYS = [date(2026, 10, 12), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 25)]
FIRST_DAYS = [date(2026, 10, 12), date(2026, 3, 27), date(2026, 10, 24), date(2026, 12, 24)]


def by_calendar(*parts: int, morning: int = 1, begins: str = "08:00") -> CalendarShares:
    """Parts of a million for Anna, Bruno and Carla; on mornings Anna has a part alone."""
    shares = {
        prm: f"{millionths / 10**6:.6f}" for prm, millionths in zip(CONSUMERS, parts, strict=True)
    }
    schedule = {
        "days": ["working_day"],
        "hours": [[begins, "12:00"]],
        "shares": {ANNA: f"{morning / 10**6:.6f}"},
    }
    return parse_calendar_shares({"shares": shares, "schedules": [schedule]})


@st.composite
def calendars(draw: st.DrawFn) -> CalendarShares:
    parts = [draw(st.integers(0, 333_333)) for _ in CONSUMERS]
    begins = draw(st.sampled_from(["08:00", "08:30"]))
    return by_calendar(*parts, morning=draw(st.integers(0, 10**6)), begins=begins)


def curves(day: date, step_min: int, prms: list[Prm], seed: int) -> dict[Prm, IntArray]:
    random = np.random.default_rng(seed)
    steps = len(starts_of_day(day, step_min))
    most = 10 ** int(random.integers(1, 9))
    return {prm: random.integers(0, most, steps) for prm in prms}


@dataclass(frozen=True)
class DepositedDays:
    """Some days of one file, and who takes part on each; step_min: of the file."""

    calendar: CalendarShares
    days: list[date]
    step_min: int
    taking_part: list[set[Prm]]
    decimals: int

    def file(self) -> bytes:
        period = FilePeriod(self.days[0], self.days[-1], self.step_min)
        coefficients = while_taking_part(
            self.calendar.coefficients(period, self.decimals),
            period,
            dict(zip(self.days, self.taking_part, strict=True)),
        )
        file = write_file(
            FileName(OPERATION, period),
            coefficients.consumers,
            [coefficients],
            decimals=self.decimals,
        )
        return file.content

    def key(self, content: bytes, day: date, step_min: int) -> Dynamic:
        """What the file is to a day of the operation's own step."""
        blocks = [block for block in blocks_of(*read_file(content)) if block.day == day]
        return Dynamic(deposited_on(blocks, day, step_min))

    def percents(self, content: bytes, day: date) -> list[dict[str, Decimal]]:
        """Those of each step of a day, by consumer, from the text as the DSO reads it."""
        header, *rows = content.decode().rstrip().split("\r\n")
        columns = header.split(";")[1:]
        counts = [len(starts_of_day(each, self.step_min)) for each in self.days]
        first = sum(counts[: self.days.index(day)])
        return [
            dict(zip(columns, map(_decimal, row.split(";")[1:]), strict=True))
            for row in rows[first : first + counts[self.days.index(day)]]
        ]


def _decimal(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "."))


def applied_by_the_dso(
    percents: list[dict[str, Decimal]], pool: IntArray, consumptions: Mapping[Prm, IntArray]
) -> dict[Prm, list[int]]:
    """``min(⌊percentage × production⌋, consumption)`` of each step of the operation."""
    steps_merged = len(pool) // len(percents)
    return {
        prm: [
            min(int(percents[step // steps_merged].get(prm, Decimal()) * produced / 100), consumed)
            for step, (produced, consumed) in enumerate(
                zip(pool.tolist(), consumption.tolist(), strict=True)
            )
        ]
        for prm, consumption in consumptions.items()
    }


@st.composite
def files(draw: st.DrawFn) -> DepositedDays:
    """Three days, one of them often of 23 or 25 hours; who takes part may change each day."""
    first_day = draw(st.sampled_from(FIRST_DAYS))
    days = [first_day + timedelta(days=number) for number in range(3)]
    return DepositedDays(
        draw(calendars()),
        days,
        draw(st.sampled_from([30, 60])),
        [draw(st.sets(st.sampled_from(CONSUMERS), min_size=1)) for _ in days],
        draw(st.integers(0, 6)),
    )


@given(files(), st.lists(st.sampled_from([15, 30]), min_size=3, max_size=3), st.integers(0, 2**31))
def test_the_dso_gives_the_same_to_the_watt_minute(
    deposit: DepositedDays, steps_min: list[int], seed: int
) -> None:
    """Whoever joins or leaves, and whatever step the operation has taken on a day."""
    content = deposit.file()
    for day, taking_part, step_min in zip(
        deposit.days, deposit.taking_part, steps_min, strict=True
    ):
        key = deposit.key(content, day, step_min)
        productions = curves(day, step_min, [ROOF, BARN], seed)
        consumptions = curves(day, step_min, sorted(taking_part), seed + 1)
        starts = starts_of_day(day, step_min)

        allocation = allocate(productions, consumptions, key, starts_epoch_min=starts)

        percents = deposit.percents(content, day)
        assert not any(percents[0].get(prm) for prm in set(CONSUMERS) - taking_part)
        assert received_in(allocation) == applied_by_the_dso(
            percents, allocation.metered.pool_wmin, consumptions
        )
        check_bounds(allocation, key)
        backwards = allocate(
            dict(reversed(productions.items())),
            dict(reversed(consumptions.items())),
            key,
            starts_epoch_min=starts,
        )
        assert np.array_equal(backwards.shares_wmin, allocation.shares_wmin)


@given(files(), st.sampled_from(CONSUMERS), st.integers(0, 2), st.integers(0, 2**31))
def test_a_coarser_step_never_gives_more_than_was_deposited_for_any_of_its_parts(
    deposit: DepositedDays, joiner: Prm, number: int, seed: int
) -> None:
    """The operation has taken steps of an hour since, of two rows that may differ."""
    deposit = replace(deposit, step_min=30)
    day, content = deposit.days[number], deposit.file()
    key = deposit.key(content, day, 60)
    taking_part = sorted(deposit.taking_part[number] | {joiner})
    productions = curves(day, 60, [ROOF, BARN], seed)
    consumptions = curves(day, 60, taking_part, seed + 1)

    allocation = allocate(productions, consumptions, key, starts_epoch_min=starts_of_day(day, 60))

    check_bounds(allocation, key)
    pool = np.repeat(allocation.metered.pool_wmin, 2)
    halves = {prm: np.repeat(consumption, 2) for prm, consumption in consumptions.items()}
    by_half = applied_by_the_dso(deposit.percents(content, day), pool, halves)
    assert received_in(allocation) == {
        prm: [min(pair) for pair in batched(energies)] for prm, energies in by_half.items()
    }


def received_in(allocation: Allocation) -> dict[Prm, list[int]]:
    consumers = allocation.metered.consumers
    return dict(zip(consumers, allocation.allocated_wmin.tolist(), strict=True))


def check_bounds(allocation: Allocation, key: Dynamic) -> None:
    """Conserved, never above consumption, never above deposited × production."""
    allocation.check()
    pool, allocated = allocation.metered.pool_wmin, allocation.allocated_wmin
    shares = key.coefficients.of_pool(allocation.metered)
    assert (allocated * ONE <= shares.astype(object) * pool.astype(object)).all()
    assert np.array_equal(allocated.sum(axis=0) + allocation.surplus_wmin.sum(axis=0), pool)


def batched(energies: list[int]) -> list[tuple[int, int]]:
    return list(zip(energies[::2], energies[1::2], strict=True))


def test_a_row_never_exceeds_100_percent_whatever_the_decimals() -> None:
    period = FilePeriod(DAYS[0], DAYS[0], 30)
    thirds = parse_calendar_shares({"shares": dict.fromkeys(CONSUMERS, "0.333333333")})

    rows = [thirds.coefficients(period, decimals).share_billionths[0, :, 0] for decimals in (0, 2)]

    assert [row.tolist() for row in rows] == [[330_000_000] * 3, [333_300_000] * 3]


def test_a_joiner_and_a_leaver_have_no_coefficient_on_their_other_days() -> None:
    days = [date(2026, 10, day) for day in (10, 11, 12)]
    period = FilePeriod(days[0], days[-1], 30)
    consumers = {days[0]: {ANNA, BRUNO}, days[1]: {ANNA, BRUNO, CARLA}, days[2]: {ANNA, CARLA}}
    coefficients = by_calendar(200_000, 300_000, 500_000).coefficients(period, 2)

    shares = while_taking_part(coefficients, period, consumers).share_billionths[0]

    first_steps = shares[:, ::48].T.tolist()
    assert first_steps == [
        [200_000_000, 300_000_000, 0],
        [200_000_000, 300_000_000, 500_000_000],
        [200_000_000, 0, 500_000_000],
    ]


def test_the_first_schedule_that_covers_a_step_holds_by_the_clock() -> None:
    period = FilePeriod(date(2026, 10, 25), date(2026, 10, 26), 30)

    shares = by_calendar(100_000, 0, 0, morning=700_000).coefficients(period, 2)

    stamps = np.array(period.stamps)[shares.share_billionths[0, 0] == 700_000_000]
    assert [str(stamp) for stamp in stamps] == [
        f"26/10/2026 {h:02}:{m}" for h in (8, 9, 10, 11) for m in ("00", "30")
    ]


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ({"shares": {}}, KeyMalformed),
        ({"shares": {ANNA: 0.5}}, KeyMalformed),
        ({"shares": {ANNA: "0.6", BRUNO: "0.5"}}, KeyInvalid),
        ({"shares": {ANNA: "0.6"}, "ranks": []}, KeyMalformed),
        ({"shares": {ANNA: "0.6"}, "schedules": {}}, KeyMalformed),
        ({"shares": {ANNA: "0.6"}, "schedules": [{"shares": {ANNA: "1"}}]}, KeyInvalid),
        ({"shares": {ANNA: "0.6"}, "schedules": [{"days": ["sat"]}]}, KeyMalformed),
        (["0.5"], KeyMalformed),
    ],
)
def test_rules_that_say_nothing_clear_are_refused(rules: object, problem: type[KeyInvalid]) -> None:
    with pytest.raises(problem):
        parse_calendar_shares(rules)


@pytest.mark.parametrize(
    ("day", "month", "model"),
    [
        ("2026-11-02", "2026-10", "2026-10-26"),
        ("2027-05-30", "2026-10", "2026-10-18"),  # clocks go back on the 25th
        ("2027-04-11", "2027-03", "2027-03-21"),  # clocks go forward on the 28th
        ("2027-01-08", "2026-12", "2026-12-18"),  # the 25th is Christmas
        ("2027-01-01", "2026-12", "2026-12-18"),  # a public holiday counts as its weekday
        ("2027-01-07", "2026-12", "2026-12-31"),
    ],
)
def test_a_day_like_another_is_the_last_ordinary_one_of_its_weekday(
    day: str, month: str, model: str
) -> None:
    assert model_day(date.fromisoformat(day), Month.parse(month)) == date.fromisoformat(model)


@pytest.mark.parametrize("day", [date(2026, 12, 9), date(2026, 12, 16)])
@pytest.mark.parametrize(
    ("deposited_min", "step_min", "expected"),
    [(15, 30, [10, 30, 0]), (10, 15, [10, 20, 0]), (60, 30, [10, 10, 20, 20])],
)
def test_a_coarser_step_has_the_least_of_what_was_deposited_for_its_parts(
    day: date, deposited_min: int, step_min: int, expected: list[int]
) -> None:
    deposited_day = date(2026, 12, 9)
    period = FilePeriod(deposited_day, deposited_day, deposited_min)
    shares = np.zeros((1, 1, len(period.starts_epoch_min)), dtype=np.int64)
    shares[0, 0, :4] = [10, 20, 30, 40]
    coefficients = Coefficients(period.starts_epoch_min, (POOL,), (ANNA,), shares)

    carried = deposited_on(list(blocks_of(period, coefficients)), day, step_min)

    assert np.array_equal(carried.starts_epoch_min, starts_of_day(day, step_min))
    assert carried.share_billionths[0, 0, : len(expected)].tolist() == expected


@given(calendars(), st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from([15, 30]))
def test_carried_coefficients_are_those_of_the_same_time_on_the_clock(
    calendar: CalendarShares, model: date, day: date, step_min: int
) -> None:
    period = FilePeriod(model, model, 30)
    source = calendar.coefficients(period, 2)
    blocks = [replace(block, day=model) for block in blocks_of(period, source)]

    carried = deposited_on(blocks, day, step_min)

    assert np.array_equal(carried.starts_epoch_min, starts_of_day(day, step_min))
    minutes = LocalTimes.of(source.starts_epoch_min).minute.tolist()
    for column, minute in enumerate(LocalTimes.of(carried.starts_epoch_min).minute.tolist()):
        before = max(other for other in minutes if other <= minute)
        expected = source.share_billionths[..., minutes.index(before)]
        if model != day:
            assert np.array_equal(carried.share_billionths[..., column], expected)
