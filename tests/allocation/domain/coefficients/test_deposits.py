"""What is deposited settles: coefficient × production, capped, by the arithmetic of the DSO."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
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
MORNING = {"days": ["working_day"], "hours": [["08:00", "12:00"]]}


def by_calendar(*parts: int, morning: int = 1) -> CalendarShares:
    """Parts of a million for Anna, Bruno and Carla; on mornings Anna has a part alone."""
    shares = {
        prm: f"{millionths / 10**6:.6f}" for prm, millionths in zip(CONSUMERS, parts, strict=True)
    }
    schedule = MORNING | {"shares": {ANNA: f"{morning / 10**6:.6f}"}}
    return parse_calendar_shares({"shares": shares, "schedules": [schedule]})


@st.composite
def calendars(draw: st.DrawFn) -> CalendarShares:
    parts = [draw(st.integers(0, 333_333)) for _ in CONSUMERS]
    return by_calendar(*parts, morning=draw(st.integers(0, 10**6)))


def curves(day: date, prms: list[Prm], seed: int) -> dict[Prm, IntArray]:
    random = np.random.default_rng(seed)
    steps = len(starts_of_day(day, 30))
    most = 10 ** int(random.integers(1, 9))
    return {prm: random.integers(0, most, steps) for prm in prms}


def deposited(
    calendar: CalendarShares, day: date, step_min: int, taking_part: set[Prm], decimals: int = 2
) -> tuple[bytes, Dynamic]:
    """The file of one day, and the key that it is here."""
    period = FilePeriod(day, day, step_min)
    coefficients = while_taking_part(
        calendar.coefficients(period, decimals), period, {day: taking_part}
    )
    file = write_file(
        FileName(OPERATION, period), coefficients.consumers, [coefficients], decimals=decimals
    )
    _, table = read_file(file.content)
    assert np.array_equal(table.share_billionths, coefficients.share_billionths)
    return file.content, Dynamic(deposited_on(list(blocks_of(period, table)), day, 30))


def applied_by_the_dso(
    content: bytes, step_min: int, pool: IntArray, consumptions: Mapping[Prm, IntArray]
) -> dict[Prm, list[int]]:
    """``min(⌊percentage × production⌋, consumption)`` of each half-hour, from the text."""
    header, *rows = content.decode().rstrip().split("\r\n")
    columns = header.split(";")[1:]
    cells = [row.split(";")[1:] for row in rows]
    percents = [dict(zip(columns, row, strict=True)) for row in cells]
    starts = range(0, 30 * len(pool), 30)
    return {
        prm: [
            min(
                int(Decimal(percents[start // step_min].get(prm, "0").replace(",", ".")) * produced)
                // 100,
                consumed,
            )
            for start, produced, consumed in zip(
                starts, pool.tolist(), consumption.tolist(), strict=True
            )
        ]
        for prm, consumption in consumptions.items()
    }


cases = st.tuples(
    calendars(),
    st.sampled_from(DAYS),
    st.sampled_from([30, 60]),
    st.sets(st.sampled_from(CONSUMERS), min_size=1),
    st.integers(0, 2**32 - 1),
)


@given(cases, st.integers(0, 6))
def test_the_dso_gives_the_same_to_the_watt_minute(
    case: tuple[CalendarShares, date, int, set[Prm], int], decimals: int
) -> None:
    calendar, day, step_min, taking_part, seed = case
    productions = curves(day, [ROOF, BARN], seed)
    consumptions = curves(day, sorted(taking_part), seed + 1)
    content, key = deposited(calendar, day, step_min, taking_part, decimals)

    allocation = allocate(productions, consumptions, key, starts_epoch_min=starts_of_day(day, 30))

    allocation.check()
    pool = allocation.metered.pool_wmin
    expected = applied_by_the_dso(content, step_min, pool, consumptions)
    received = dict(
        zip(allocation.metered.consumers, allocation.allocated_wmin.tolist(), strict=True)
    )
    assert received == expected
    shares = key.coefficients.of_pool(allocation.metered)
    assert (allocation.allocated_wmin * ONE <= shares.astype(object) * pool.astype(object)).all()
    assert np.array_equal(
        allocation.allocated_wmin.sum(axis=0) + allocation.surplus_wmin.sum(axis=0), pool
    )
    backwards = allocate(
        dict(reversed(productions.items())),
        dict(reversed(consumptions.items())),
        key,
        starts_epoch_min=starts_of_day(day, 30),
    )
    assert np.array_equal(backwards.shares_wmin, allocation.shares_wmin)


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


@given(calendars(), st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from([15, 30, 60]))
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
