"""Coefficient files worked out by hand."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from services.allocation.domain.coefficients.layout import Layout, layout_of
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.problems import CoefficientsNotNeeded
from services.allocation.domain.coefficients.rounding import ConsumerLoss
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Priority,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from tests.allocation.domain.coefficients.world import (
    ANNA,
    BARN,
    BRUNO,
    CARLA,
    DAY,
    OPERATION,
    ROOF,
    day_of,
    rows,
    written,
)


def test_a_file_has_prms_local_stamps_and_percentages_with_a_comma() -> None:
    file = written(day_of({ROOF: 1000}, {BRUNO: 900, ANNA: 300}, {(ROOF, ANNA): [300, 5]}))

    lines = rows(file)
    assert file.name == "ACC00000001_30_12102026_12102026.txt"
    assert lines[:3] == [
        f"Horodate;{ANNA};{BRUNO}",
        "12/10/2026 00:00;30,00;0,00",
        "12/10/2026 00:30;0,50;0,00",
    ]
    assert lines[48:] == ["12/10/2026 23:30;0,00;0,00", ""]


@pytest.mark.parametrize(("decimals", "shown"), [(0, "45"), (1, "45,0"), (2, "45,00")])
@pytest.mark.parametrize("produced", [30030, 1001, 7, 99_999_999_999, 1_000_000])
@pytest.mark.parametrize("file_step_min", [15, 30, 60])
def test_45_percent_never_becomes_44_9(
    decimals: int, shown: str, produced: int, file_step_min: int
) -> None:
    # The share is ⌊45 % of what was produced⌋, so its part is 44.99… % nearly always.
    key = Static({ANNA: Decimal("0.45"), BRUNO: Decimal("0.55")})
    shares = {(ROOF, ANNA): produced * 45 // 100, (ROOF, BRUNO): produced * 55 // 100}
    consumed = {ANNA: 10**12, BRUNO: 10**12}

    file = written(
        day_of({ROOF: produced}, consumed, shares),
        decimals=decimals,
        file_step_min=file_step_min,
        key=key,
    )

    assert rows(file)[1].split(";")[1] == shown
    assert file.lost_wmin == 0


@pytest.mark.parametrize("produced", [27_030, 30_031, 99_999_999_999])
def test_45_percent_is_found_without_the_key(produced: int) -> None:
    shares = {(ROOF, ANNA): produced * 45 // 100}
    file = written(day_of({ROOF: produced}, {ANNA: 10**12}, shares))
    assert rows(file)[1].split(";")[1] == "45,00"


def test_the_table_of_the_documentation() -> None:
    key = Static({ANNA: Decimal("0.45"), BRUNO: Decimal("0.30"), CARLA: Decimal("0.25")})
    shares = {(ROOF, ANNA): 13_513, (ROOF, BRUNO): 9_009, (ROOF, CARLA): 5_000}
    shared = day_of({ROOF: 30_030}, {ANNA: 60_000, BRUNO: 60_000, CARLA: 5_000}, shares)

    for export in (written(shared), written(shared, key=key)):
        assert rows(export)[1] == "12/10/2026 00:00;45,00;30,00;16,65"
        assert [loss.lost_wmin for loss in export.losses.values()] == [0, 0, 48]


def test_a_key_with_more_decimals_than_the_file_is_cut() -> None:
    key = Static({ANNA: Decimal("0.333333333")})
    file = written(day_of({ROOF: 30_000}, {ANNA: 20_000}, {(ROOF, ANNA): 9_999}), key=key)
    assert rows(file)[1].split(";")[1] == "33,33"


def test_three_thirds_stay_below_100_percent_and_the_rest_is_told() -> None:
    shares = {(ROOF, prm): 10_000 for prm in (ANNA, BRUNO, CARLA)}
    file = written(day_of({ROOF: 30_000}, dict.fromkeys((ANNA, BRUNO, CARLA), 20_000), shares))

    assert rows(file)[1] == "12/10/2026 00:00;33,33;33,33;33,33"
    # 33.33 % of 30,000 is 9,999: each loses 1 in each of 48 steps.
    assert file.losses == dict.fromkeys((ANNA, BRUNO, CARLA), ConsumerLoss(480_000, 48))
    assert file.lost_wmin == 144


def test_three_thirds_of_little_are_not_rounded_up_by_turns() -> None:
    # 33.34 % of 90 would give each its 30, but not all three: then nobody is served first.
    shares = {(ROOF, prm): 30 for prm in (ANNA, BRUNO, CARLA)}
    file = written(day_of({ROOF: 90}, dict.fromkeys((ANNA, BRUNO, CARLA), 50), shares))

    assert rows(file)[1] == "12/10/2026 00:00;33,33;33,33;33,33"
    assert file.lost_wmin == 3 * 48


def test_who_is_full_gets_the_coefficient_below() -> None:
    file = written(day_of({ROOF: 70}, {ANNA: 30, BRUNO: 90}, {(ROOF, ANNA): 30}))
    # 30 of 70 is 42.857 %: 42.86 % would offer 30.002, 42.85 % gives 29.
    assert rows(file)[1] == "12/10/2026 00:00;42,85;0,00"
    assert file.losses[ANNA] == ConsumerLoss(30 * 48, 48)


def test_without_production_a_coefficient_is_zero() -> None:
    file = written(day_of({ROOF: [0, 10]}, {ANNA: 10}, {(ROOF, ANNA): [0, 10]}))
    assert [line.split(";")[1] for line in rows(file)[1:4]] == ["0,00", "100,00", "0,00"]


def test_without_production_even_a_named_coefficient_is_zero() -> None:
    key = Static({ANNA: Decimal("0.45")})
    shared = day_of({ROOF: [0, 1001]}, {ANNA: 1000}, {(ROOF, ANNA): [0, 450]})
    file = written(shared, key=key)
    assert [line.split(";")[1] for line in rows(file)[1:4]] == ["0,00", "45,00", "0,00"]


def test_a_coarser_file_has_the_part_of_the_sums() -> None:
    shares = {(ROOF, ANNA): [100, 0]}
    file = written(day_of({ROOF: [100, 300]}, {ANNA: [100, 80]}, shares), file_step_min=60)

    assert file.name == "ACC00000001_60_12102026_12102026.txt"
    assert rows(file)[1:3] == ["12/10/2026 00:00;25,00", "12/10/2026 01:00;0,00"]
    # 25 % of 100 and of 300 are 25 and 75, both below what is consumed: nothing is lost.
    assert file.lost_wmin == 0


def test_a_finer_file_says_the_same_in_each_part() -> None:
    file = written(day_of({ROOF: [400]}, {ANNA: [100]}, {(ROOF, ANNA): [100]}), file_step_min=15)

    assert rows(file)[1:4] == [
        "12/10/2026 00:00;25,00",
        "12/10/2026 00:15;25,00",
        "12/10/2026 00:30;0,00",
    ]
    assert len(rows(file)) == 1 + 96 + 1


def test_steps_that_do_not_nest_are_refused() -> None:
    allocation = day_of({ROOF: 1}, {ANNA: 1}, {}, step_min=10)
    with pytest.raises(CoefficientStepUnfit):
        written(allocation, step_min=10, file_step_min=15)


def test_the_hour_that_comes_twice_is_written_twice() -> None:
    day = date(2026, 10, 25)
    file = written(day_of({ROOF: 1}, {ANNA: 1}, {}, day=day, step_min=15), day=day, step_min=15)

    stamps = [line.split(";")[0] for line in rows(file)[1:-1]]
    assert len(stamps) == 100
    twice = [f"25/10/2026 02:{minute:02}" for minute in (0, 15, 30, 45)]
    assert stamps[8:16] == twice * 2
    assert stamps[16] == "25/10/2026 03:00"


def test_the_hour_that_does_not_exist_is_not_written() -> None:
    day = date(2026, 3, 29)
    file = written(day_of({ROOF: 1}, {ANNA: 1}, {}, day=day), day=day)

    stamps = [line.split(";")[0] for line in rows(file)[1:-1]]
    assert len(stamps) == 46
    assert stamps[3:5] == ["29/03/2026 01:30", "29/03/2026 03:00"]


def test_full_dynamic_has_a_file_per_producer_in_one_zip() -> None:
    allocation = day_of(
        {ROOF: 1000, BARN: 500},
        {ANNA: 400, BRUNO: 600},
        {(ROOF, ANNA): 250, (BARN, ANNA): 50, (BARN, BRUNO): 450},
    )

    written_file = written(allocation, layout=Layout.PRODUCERS)

    assert written_file.name == "ACC00000001_30_12102026_12102026.zip"
    assert [str(file.name) for file in written_file.files] == [
        f"ACC00000001_30_12102026_12102026_{prm}.txt" for prm in (ROOF, BARN)
    ]
    assert [rows(written_file, file)[1] for file in (0, 1)] == [
        "12/10/2026 00:00;25,00;0,00",
        "12/10/2026 00:00;10,00;90,00",
    ]
    again = written(allocation, layout=Layout.PRODUCERS)
    assert written_file.content == again.content
    assert written_file.content.startswith(b"PK")


def test_enormous_energies_are_exact() -> None:
    # Products that leave 63 bits.
    file = written(day_of({ROOF: 10**12}, {ANNA: 10**12}, {(ROOF, ANNA): 10**12 // 7}), decimals=7)
    assert rows(file)[1] == "12/10/2026 00:00;14,2857142"


PRIORITY = Priority([[ANNA]])
REDISTRIBUTED = Static({ANNA: Decimal(1)}, redistribute=True)
NO_SHARES = Coefficients(np.empty(0, np.int64), (), (), np.empty((0, 0, 0), np.int64))
DYNAMIC, FULL_DYNAMIC = Dynamic(NO_SHARES), FullDynamic(NO_SHARES)


@pytest.mark.parametrize(
    ("keys", "layout"),
    [
        ([DYNAMIC], Layout.POOL),
        ([PRIORITY], Layout.POOL),
        ([REDISTRIBUTED], Layout.POOL),
        ([DefaultDynamic(), DYNAMIC], Layout.POOL),
        ([DYNAMIC, FULL_DYNAMIC], Layout.PRODUCERS),
    ],
)
def test_which_keys_need_files(keys: list[SharingKey], layout: Layout) -> None:
    assert layout_of(keys) == layout


@pytest.mark.parametrize(
    ("key", "instead"), [(Static({ANNA: Decimal(1)}), "by notice"), (DefaultDynamic(), "nothing")]
)
def test_other_keys_say_what_is_sent_instead(key: SharingKey, instead: str) -> None:
    with pytest.raises(CoefficientsNotNeeded, match=instead):
        layout_of([key])


def test_names_are_read_back() -> None:
    period = FilePeriod(date(2024, 11, 1), date(2024, 11, 30), 15)
    name = FileName.parse("ACC00000001_15_01112024_30112024.txt")
    assert name == FileName(OPERATION, period)
    assert str(name) == "ACC00000001_15_01112024_30112024.txt"
    of_roof = FileName(OPERATION, period, ROOF)
    assert FileName.parse(str(of_roof)) == of_roof


@pytest.mark.parametrize(
    "name",
    [
        "ACC0000001_15_01112024_30112024.txt",
        "ACC00000001_15_30112024_01112024.txt",
        "ACC00000001_15_31112024_30112024.txt",
        "ACC00000001_7_01112024_30112024.txt",
        "ACC00000001_15_01010001_30110001.txt",
        "ACC00000001_15_01112024_30112024.csv",
    ],
)
def test_other_names_say_nothing(name: str) -> None:
    assert FileName.parse(name) is None


def test_days_are_of_the_file_s_steps() -> None:
    period = FilePeriod(DAY, date(2026, 10, 13), 60)
    assert np.array_equal(np.diff(period.starts_epoch_min), [60] * 47)
