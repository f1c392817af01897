"""Values of files that an organiser pushed: they count below all that came from the DSO itself.

Of two real values for a step the later published counts, and it is the file that says when it was
published. So values of an organiser's file count as published centuries ago, before 1970: they fill
what is missing, the later file of an organiser corrects an earlier one, and any value of the DSO
takes their place (ADR 39).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl

from services.ingest.domain.readings.blocks import NOTHING, VALUE_LETTERS, Block

_EARLIER_US = 300 * 365 * 86_400 * 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rank_below_dso(published_us: int) -> int:
    """Return the instant for a value of an organiser's file: always negative."""
    return published_us - _EARLIER_US


def find_published_at(published_us: Sequence[int]) -> datetime | None:
    """Return when the last of these values was published; None if there are none."""
    known_us = [us + _EARLIER_US if us < 0 else us for us in published_us if us]
    return _EPOCH + timedelta(microseconds=max(known_us)) if known_us else None


def has_organiser_values(block: Block) -> bool:
    return any(published_us < 0 for published_us in block.published_us)


def without_organiser_values(block: Block) -> Block:
    """Return the next revision of a block, without the values of organisers' files."""
    steps = range(len(block.natures))
    slots_us = [block.published_us[slot if len(block.published_us) > 1 else 0] for slot in steps]
    gone = [published_us < 0 for published_us in slots_us]
    return replace(
        block,
        revision=block.revision + 1,
        power_w=[None if gone[slot] else block.power_w[slot] for slot in steps],
        natures="".join(NOTHING if gone[slot] else block.natures[slot] for slot in steps),
        doubtful=[not gone[slot] and block.doubtful[slot] for slot in steps],
        published_us=[0 if gone[slot] else slots_us[slot] for slot in steps],
    )


def list_dso_steps(blocks: pl.DataFrame) -> pl.DataFrame:
    """Return in which steps the DSO has given values of each day: prm, direction, day, step_min.

    blocks: schema BLOCKS. What the DSO has only said to be missing is not given.
    """
    step = ["prm", "direction", "day", "step_min"]
    slots = blocks.select(
        *step,
        letter=pl.col("natures").str.split(""),
        # One instant stands for all slots, or there is one for each.
        published_us=pl.when(pl.col("published_us").list.len() == 1)
        .then(pl.col("published_us").list.first().repeat_by(pl.col("natures").str.len_bytes()))
        .otherwise(pl.col("published_us")),
    ).explode("letter", "published_us")
    is_given = pl.col("letter").is_in(VALUE_LETTERS) & (pl.col("published_us") > 0)
    return slots.filter(is_given).select(step).unique()
