"""Estimates in blocks: they never touch real values, and leave no trace when they go."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, Prm
from services.ingest.domain.estimations import Method, estimate, find_gaps, usable_values
from services.ingest.domain.estimations.estimates import Estimate, overtaken, standing, without
from services.ingest.domain.estimations.laying import lay
from services.ingest.domain.readings.blocks import Block, BlockKey
from services.ingest.domain.readings.merging import merge
from services.ingest.domain.readings.placing import place, take_on_grid
from services.ingest.domain.readings.readings import READINGS
from tests.ingest.domain.days import (
    JULY,
    PRM,
    block,
    block_frame,
    days_of,
    letters_of,
    takes_part,
)

_FIRST, _SECOND = UUID(int=1), UUID(int=2)
_AROUND = days_of(
    *(takes_part(direction=direction) for direction in Direction),
    takes_part(Prm("99000000000025"), direction=Direction.PRODUCTION),
    from_day=JULY - timedelta(days=7),
    days=9,
)
_WANTED = _AROUND.filter(pl.col("day") >= JULY)


def _block(row: tuple[Any, ...]) -> Block:
    prm, direction, *rest = row
    return Block(prm, Direction(direction), *rest)


def _estimated(stored: pl.DataFrame) -> tuple[pl.DataFrame, list[Estimate]]:
    """What is stored after an estimation, and how it was made."""
    estimates = estimate(
        find_gaps(_WANTED, letters_of(stored)),
        usable_values(_AROUND, stored),
        list(Method),
        interpolation_max_min=120,
    )
    laid, made = lay(estimates, stored)
    return _newest(stored, laid), [Estimate(_FIRST, *row) for row in made]


def _newest(stored: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    key = ["prm", "direction", "day", "step_min"]
    return pl.concat([stored, later]).sort("revision").unique(key, keep="last").sort(key)


def _real(stored: pl.DataFrame) -> list[tuple[object, ...]]:
    """Every value but our estimates, with its place."""
    return [
        (row["prm"], row["direction"], row["day"], row["step_min"], slot, power_w, letter, doubt)
        for row in stored.iter_rows(named=True)
        for slot, (power_w, letter, doubt) in enumerate(
            zip(row["power_w"], row["natures"], row["doubtful"], strict=True)
        )
        if letter not in ".xi"
    ]


@st.composite
def _stored(draw: st.DrawFn) -> pl.DataFrame:
    """Some days of two points, with runs of any nature; whole days may be absent."""
    blocks = []
    for prm, direction in (
        (PRM, Direction.CONSUMPTION),
        (PRM, Direction.PRODUCTION),
        (Prm("99000000000025"), Direction.PRODUCTION),
    ):
        for day in (JULY - timedelta(days=7), JULY - timedelta(days=1), JULY):
            step_min = draw(st.sampled_from([30, 30, 60]))
            runs = draw(st.lists(st.tuples(st.sampled_from("mceox."), st.integers(1, 20))))
            steps = 1440 // step_min
            natures = "".join(letter * length for letter, length in runs)[:steps].ljust(steps, "m")
            base_w = draw(st.integers(0, 5000))
            powers = [
                None if letter in ".x" else base_w + slot for slot, letter in enumerate(natures)
            ]
            if draw(st.booleans()):
                blocks.append(
                    block(
                        powers,
                        prm=prm,
                        direction=direction,
                        day=day,
                        step_min=step_min,
                        natures=natures,
                        doubtful=draw(st.lists(st.integers(0, steps - 1), max_size=3)),
                    )
                )
    return block_frame(*blocks)


@given(stored=_stored())
def test_an_estimation_never_touches_a_real_value(stored: pl.DataFrame) -> None:
    after, _ = _estimated(stored)

    assert _real(after) == _real(_newest(stored, stored.clear()))


@given(stored=_stored())
def test_a_second_estimation_finds_nothing_to_do(stored: pl.DataFrame) -> None:
    once, _ = _estimated(stored)
    twice, made = _estimated(once)

    assert made == []
    assert twice.equals(once)


@given(stored=_stored(), data=st.data())
def test_the_order_of_what_is_stored_changes_no_estimate(
    stored: pl.DataFrame, data: st.DataObject
) -> None:
    shuffled = stored.sample(fraction=1, shuffle=True, seed=data.draw(st.integers(0, 99)))

    assert _estimated(shuffled)[0].equals(_estimated(stored)[0])


@given(stored=_stored())
def test_withdrawn_estimates_leave_what_was_there_before(stored: pl.DataFrame) -> None:
    after, made = _estimated(stored)
    before = {BlockKey.of(_block(row)): _block(row) for row in stored.iter_rows()}

    for block_ in map(_block, after.iter_rows()):
        key = BlockKey.of(block_)
        of_block = [row for row in made if row.block == key]
        gone = without(block_, standing(block_, of_block))

        assert gone.estimated_steps == []
        assert gone.revision == block_.revision + 1
        if key in before:
            assert gone.natures == before[key].natures
            assert gone.power_w == before[key].power_w
        else:
            assert set(gone.natures) == {"."}


def _reading(slot: int, power_w: int | None, *, published_us: int = 5) -> pl.DataFrame:
    start = pl.select(
        pl.datetime(2026, 6, 30, 22, time_unit="us", time_zone="UTC")
        + pl.duration(minutes=30 * slot)
    ).item()
    nature = "missing" if power_w is None else "measured"
    row = (PRM, "consumption", start, 30, power_w, nature, False, "line 2", published_us)
    schema = READINGS | {"published_us": pl.Int64()}
    return take_on_grid(place(pl.DataFrame([row], schema=schema, orient="row"))).readings


_GUESSED = block_frame(block([100] * 48, natures="m" * 10 + "i" + "m" * 37))


def test_a_real_value_replaces_an_estimate_even_where_it_is_the_same() -> None:
    merged = merge(_reading(10, 100), _GUESSED)

    (row,) = merged.blocks.rows(named=True)
    assert (row["natures"], row["revision"]) == ("m" * 48, 2)
    assert (merged.accepted, merged.confirmed.height) == (1, 0)


def test_a_real_value_that_was_published_long_ago_replaces_an_estimate_too() -> None:
    assert merge(_reading(10, 7, published_us=1), _GUESSED).accepted == 1


def test_a_missing_value_does_not_end_an_estimate() -> None:
    merged = merge(_reading(10, None, published_us=9999), _GUESSED)

    assert (merged.accepted, merged.duplicate, merged.confirmed.height) == (0, 1, 0)


def _estimate(estimation_id: UUID, revision: int, slots: list[int], replaced: str) -> Estimate:
    key = BlockKey(PRM, Direction.CONSUMPTION, JULY, 30)
    return Estimate(estimation_id, key, "same_weekday", revision, slots, replaced, [JULY], [])


def test_the_last_estimation_of_a_step_made_what_stands() -> None:
    natures = "ii" + "m" * 46
    now = Block(PRM, Direction.CONSUMPTION, JULY, 30, 5, [1] * 48, natures, [False] * 48, [0])
    withdrawn = _estimate(_FIRST, 2, [0, 1, 2], "...")
    later = _estimate(_SECOND, 4, [0, 1], "x.")
    too_late = _estimate(_FIRST, 6, [0], ".")

    (estimate_left,) = standing(now, [later, too_late, withdrawn])

    assert (estimate_left.estimation_id, estimate_left.slots, estimate_left.replaced) == (
        _SECOND,
        [0, 1],
        "x.",
    )


def test_an_estimate_is_overtaken_by_a_real_value_of_any_step_that_tells_some_of_it() -> None:
    powers, natures = [1] * 48, "i" * 6 + "m" * 42
    guessed = Block(PRM, Direction.CONSUMPTION, JULY, 30, 2, powers, natures, [False] * 48, [0])

    # An hour that is real, one that is missing; ten minutes in the fifth half-hour.
    others = {60: "mx" + "." * 22, 10: "." * 14 + "e" + "i" * 129}

    assert overtaken(guessed, others) == {0, 1, 4}
