"""The place of readings in their local days, which needs the file alone, and no database."""

from dataclasses import dataclass

import polars as pl

from services.ingest.domain.readings.blocks import NATURE_LETTERS
from services.ingest.domain.readings.local_days import in_local_days
from services.ingest.domain.readings.readings import READINGS
from services.ingest.domain.refusals import REFUSED, RefusalCode, refused

OFF_GRID = "the interval does not start on a whole step of its local day"

PLACED = pl.Schema(
    READINGS
    | {
        "day": pl.Date(),
        "slot": pl.Int64(),  # the number of steps since the day began; null if it is not whole
        "letter": pl.String(),  # NATURE_LETTERS
    }
)


@dataclass(frozen=True)
class Placed:
    """Readings with their place in a block.

    readings: one row per record — the columns of PLACED, whose slots are known, published_us i64,
    and row u32 (order of the file).
    refused: schema ``refusals.REFUSED``.
    """

    readings: pl.DataFrame
    refused: pl.DataFrame


def place(readings: pl.DataFrame) -> pl.DataFrame:
    """Find the local day of each reading and its step in that day.

    readings: schema READINGS, possibly with more columns. Adds those of PLACED.
    """
    places = in_local_days(readings["start"])
    step_us = readings["step_min"].cast(pl.Int64) * 60_000_000
    slot = places["since_us"] // step_us
    is_off_grid = slot * step_us != places["since_us"]
    return readings.with_columns(
        places["day"],
        slot=slot.set(is_off_grid, None) if is_off_grid.any() else slot,
        letter=_letter(readings["nature"]),
    )


def take_on_grid(placed: pl.DataFrame) -> Placed:
    """Refuse readings between two steps. placed: as from ``place``, with published_us i64."""
    numbered = placed.with_row_index("row")
    if not numbered["slot"].has_nulls():
        return Placed(numbered, pl.DataFrame(schema=REFUSED))
    is_off_grid = pl.col("slot").is_null()
    off_grid = numbered.filter(is_off_grid).with_columns(
        reason=pl.lit(OFF_GRID), code=pl.lit(RefusalCode.STAMP_OFF_STEP)
    )
    return Placed(numbered.filter(~is_off_grid), refused(off_grid))


def _letter(nature: pl.Series) -> pl.Series:
    letters = {nature.value: letter for nature, letter in NATURE_LETTERS.items()}
    return nature.replace_strict(letters, return_dtype=pl.String())
