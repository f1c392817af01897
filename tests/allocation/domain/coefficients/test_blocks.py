"""Coefficients cut into days, and put together again for one of them."""

from datetime import date

import numpy as np
import pytest

from services.allocation.domain.allocation import allocate
from services.allocation.domain.coefficients.blocks import blocks_of, coefficients_of_day
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.coefficients.steps import on_step
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys import Dynamic, KeyIncomplete, parse_key
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from tests.allocation.domain.coefficients.world import ANNA, BARN, BRUNO, DAY, ROOF

MONTH_END = FilePeriod(date(2026, 10, 24), date(2026, 10, 26), 60)


def numbered(period: FilePeriod, producer: str = POOL) -> Coefficients:
    """Billionths that count the steps, for Anna; twice as many for Bruno."""
    steps = np.arange(len(period.starts_epoch_min), dtype=np.int64)
    shares = np.stack([steps, 2 * steps])[None]
    return Coefficients(
        period.starts_epoch_min, (ROOF if producer else POOL,), (ANNA, BRUNO), shares
    )


def test_days_of_23_24_and_25_hours_keep_their_own_steps() -> None:
    blocks = list(blocks_of(MONTH_END, numbered(MONTH_END)))

    lengths = {(block.day, block.consumer): len(block.share_billionths) for block in blocks}
    assert list(lengths.values()) == [24, 24, 25, 25, 24, 24]
    sunday = [block for block in blocks if block.day == date(2026, 10, 25)]
    coefficients = coefficients_of_day(sunday, date(2026, 10, 25), 60)
    assert coefficients.consumers == (ANNA, BRUNO)
    assert coefficients.share_billionths[0, 0].tolist() == list(range(24, 49))
    assert np.array_equal(coefficients.starts_epoch_min, starts_of_day(date(2026, 10, 25), 60))


def test_coarser_blocks_hold_in_each_part() -> None:
    blocks = [block for block in blocks_of(MONTH_END, numbered(MONTH_END)) if block.day.day == 24]
    coefficients = coefficients_of_day(blocks, date(2026, 10, 24), 15)
    assert coefficients.share_billionths[0, 1, :9].tolist() == [0, 0, 0, 0, 2, 2, 2, 2, 4]


def test_finer_blocks_that_are_alike_are_one_coarser() -> None:
    coarse = FilePeriod(DAY, DAY, 30)
    fine = on_step(numbered(coarse), 30, 15)
    blocks = list(blocks_of(FilePeriod(DAY, DAY, 15), fine))
    coefficients = coefficients_of_day(blocks, DAY, 30)
    assert np.array_equal(coefficients.share_billionths, numbered(coarse).share_billionths)
    assert np.array_equal(coefficients.starts_epoch_min, coarse.starts_epoch_min)


def test_finer_blocks_that_differ_say_nothing_of_a_coarser_step() -> None:
    day = FilePeriod(DAY, DAY, 15)
    blocks = list(blocks_of(day, numbered(day)))
    assert coefficients_of_day(blocks, DAY, 30).consumers == ()
    assert coefficients_of_day(blocks, DAY, 5).consumers == (ANNA, BRUNO)


def test_nothing_is_said_until_every_producer_has_its_coefficients() -> None:
    day = FilePeriod(DAY, DAY, 30)
    blocks = list(blocks_of(day, numbered(day, ROOF)))
    assert coefficients_of_day(blocks, DAY, 30, producers={ROOF, BARN}).producers == ()
    assert coefficients_of_day(blocks, DAY, 30, producers={ROOF}).producers == (ROOF,)


@pytest.mark.parametrize("key_type", ["dynamic", "full_dynamic"])
def test_a_key_without_coefficients_says_of_how_many_steps_it_says_nothing(key_type: str) -> None:
    key = parse_key({"type": key_type})
    produced = np.array([5, 0, 7], dtype=np.int64)
    starts = np.array([0, 30, 60], dtype=np.int64)

    with pytest.raises(KeyIncomplete) as silent:
        allocate({ROOF: produced}, {ANNA: produced}, key, starts_epoch_min=starts)

    assert silent.value.steps == 2
    nothing = allocate({ROOF: produced * 0}, {ANNA: produced}, key, starts_epoch_min=starts)
    assert not nothing.shares_wmin.any()


def test_blocks_make_a_key() -> None:
    day = FilePeriod(DAY, DAY, 30)
    blocks = list(blocks_of(day, numbered(day)))
    key = parse_key({"type": "dynamic"}, coefficients=coefficients_of_day(blocks, DAY, 30))
    assert isinstance(key, Dynamic)
    assert key.points == (frozenset(), frozenset({ANNA, BRUNO}))
