"""The completeness of an operation's readings, by point and local day, in settlement steps.

A step counts as received when readings of the meter cover all its minutes, whatever their own step:
one of 60 minutes covers two half-hours, three of 10 minutes cover one. Where several cover a
minute, the best counts; a step is worth what the least of its minutes is worth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.ingest.domain.readings.blocks import ESTIMATED_BY_US, NATURE_LETTERS
from services.ingest.domain.readings.coverage import Participation
from services.ingest.domain.readings.local_days import day_minutes
from services.ingest.domain.readings.readings import STEPS_MIN, Nature

DEFAULT_STEP_MIN = 30
"""The step of an operation whose step is unknown: most operations are settled in it."""

DAYS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "day": pl.Date(),
        "member_id": pl.String(),
        "step_min": pl.Int32(),  # of the operation's settlement on that day
    }
)
"""One row per point, direction and local day of a participation."""

COMPLETENESS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "day": pl.Date(),
        "step_min": pl.Int32(),
        "expected": pl.Int64(),
        "received": pl.Int64(),
        "estimated_by_dso": pl.Int64(),
        "estimated_by_us": pl.Int64(),
        "missing": pl.Int64(),
        "covered_min": pl.Int64(),
    }
)
"""One row per point, direction and local day, in this order.

``expected`` is the sum of the next four columns. All are in steps of step_min, but covered_min: the
minutes of the day that a value from the DSO covers.
"""

_DAY = ["prm", "direction", "day"]
_CELL_MIN = min(STEPS_MIN)  # every step is a multiple of it

_WORTH = {
    NATURE_LETTERS[Nature.MEASURED]: 3,
    NATURE_LETTERS[Nature.CORRECTED]: 3,
    NATURE_LETTERS[Nature.OUTAGE]: 3,
    NATURE_LETTERS[Nature.ESTIMATED]: 2,
    ESTIMATED_BY_US: 1,
}
_COUNTS = {3: "received", 2: "estimated_by_dso", 1: "estimated_by_us"}


@dataclass(frozen=True)
class Completeness:
    """The completeness of a month's days before to_day. counts: schema COMPLETENESS."""

    operation_id: OperationId
    month: Month
    to_day: date
    counts: pl.DataFrame


def expected_days(
    participations: Iterable[Participation],
    steps_min: Mapping[date, int],
    *,
    from_day: date,
    to_day: date,
) -> pl.DataFrame:
    """Return the days of ``[from_day, to_day)`` on which points take part; schema DAYS, ordered.

    steps_min: the operation's settlement step from each day on, in order.
    """
    rows = [
        (
            participation.prm,
            participation.direction.value,
            str(participation.member_id),
            first,
            last,
        )
        for participation in participations
        if (first := max(participation.valid_from, from_day))
        < (last := min(participation.valid_to or to_day, to_day))
    ]
    spans = ["prm", "direction", "member_id", "first", "last"]
    schema = dict.fromkeys(spans[:3], pl.String()) | dict.fromkeys(spans[3:], pl.Date())
    since = {date.min: DEFAULT_STEP_MIN} | dict(steps_min)
    steps = pl.DataFrame(
        {"day": list(since), "step_min": list(since.values())},
        schema={"day": pl.Date(), "step_min": pl.Int32()},
    ).sort("day")
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .with_columns(day=pl.date_ranges("first", "last", closed="left"))
        .explode("day")
        .sort("day")
        .join_asof(steps, on="day")
        .select(DAYS.names())
        .sort(_DAY)
    )


def completeness(days: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Count what has come on each of these days.

    days: schema DAYS. letters: schema LETTERS, of at least these days.
    Returns schema COMPLETENESS.
    """
    blocks = letters.join(
        days.select(*_DAY, settled_min="step_min"), on=_DAY, how="inner"
    ).with_columns(is_alone=pl.len().over(_DAY) == 1)
    # The letters are counted of a single block whose steps are whole settlement steps or several of
    # them, which nearly all blocks are.
    is_simple = pl.col("is_alone") & (pl.col("step_min") % pl.col("settled_min") == 0)
    counted = pl.concat([_by_letter(blocks.filter(is_simple)), _by_cell(blocks.filter(~is_simple))])
    expected = day_minutes(pl.col("day")) // pl.col("step_min")
    dso_counts = ["received", "estimated_by_dso"]
    return (
        days.join(counted, on=_DAY, how="left")
        .with_columns(pl.col(*_COUNTS.values(), "covered_min").fill_null(0), expected=expected)
        .with_columns(
            missing=pl.col("expected") - pl.sum_horizontal(*dso_counts, "estimated_by_us"),
        )
        .select(pl.col(name).cast(kind) for name, kind in COMPLETENESS.items())
        .sort(_DAY)
    )


def _by_letter(blocks: pl.DataFrame) -> pl.DataFrame:
    """Count by letters: ``_DAY``, a column per count, and covered_min."""
    counts = {
        name: pl.sum_horizontal(
            pl.col("natures").str.count_matches(letter, literal=True)
            for letter, worth in _WORTH.items()
            if worth == counted_worth
        ).cast(pl.Int64)
        for counted_worth, name in _COUNTS.items()
    }
    steps_per_letter = (pl.col("step_min") // pl.col("settled_min")).cast(pl.Int64)
    return blocks.select(
        *_DAY,
        *((count * steps_per_letter).alias(name) for name, count in counts.items()),
        covered_min=(counts["received"] + counts["estimated_by_dso"]) * pl.col("step_min"),
    )


def _by_cell(blocks: pl.DataFrame) -> pl.DataFrame:
    """Count the same by cutting days into the smallest step."""
    cells = cut_into_cells(blocks).group_by(*_DAY, "settled_min", "cell").agg(pl.col("worth").max())
    step = (pl.col("cell") * _CELL_MIN // pl.col("settled_min")).alias("step")
    cells_per_step = pl.col("settled_min") // _CELL_MIN
    steps = cells.group_by(*_DAY, "settled_min", step).agg(
        worth=pl.when(pl.len() == cells_per_step.first()).then(pl.col("worth").min()).otherwise(0),
        covered_min=(pl.col("worth") > 1).sum().cast(pl.Int64) * _CELL_MIN,
    )
    return steps.group_by(_DAY).agg(
        *(
            (pl.col("worth") == worth).sum().cast(pl.Int64).alias(name)
            for worth, name in _COUNTS.items()
        ),
        pl.col("covered_min").sum(),
    )


def cut_into_cells(blocks: pl.DataFrame) -> pl.DataFrame:
    """Cut blocks into one row per value and 5 minutes that it covers, adding cell and worth.

    blocks: at least the columns of LETTERS. cell: i64, counts 5 minutes since the day began.
    """
    per_slot = (pl.col("step_min") // _CELL_MIN).cast(pl.Int64)
    return (
        blocks.with_columns(
            letter=pl.col("natures").str.split(""),
            slot=pl.int_ranges(pl.col("natures").str.len_bytes().cast(pl.Int64)),
        )
        .explode("letter", "slot")
        .with_columns(
            worth=pl.col("letter").replace_strict(_WORTH, default=0, return_dtype=pl.Int8),
            cell=pl.int_ranges(pl.col("slot") * per_slot, (pl.col("slot") + 1) * per_slot),
        )
        .filter(pl.col("worth") > 0)
        .explode("cell")
    )
