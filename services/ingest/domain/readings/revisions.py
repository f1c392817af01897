"""The next revisions of blocks: all steps of their day, with the changes laid over them."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from services.ingest.domain.readings.blocks import NOTHING, Block
from services.ingest.domain.readings.local_days import day_minutes

BLOCK = ["prm", "direction", "day", "step_min"]
STANDING = ["power_w", "letter", "doubtful", "published_us"]

BLOCKS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "day": pl.Date(),
        "step_min": pl.Int32(),
        "revision": pl.Int32(),
        "power_w": pl.List(pl.Int64()),
        "natures": pl.String(),
        "doubtful": pl.List(pl.Boolean()),
        "published_us": pl.List(pl.Int64()),
    }
)
"""One row per block, as in ``blocks.Block``; a published_us of one element is that of all steps."""


def block_frame(blocks: Iterable[Block]) -> pl.DataFrame:
    """Return blocks as a frame of schema BLOCKS, in the same order."""
    rows = [tuple(getattr(block, name) for name in BLOCKS) for block in blocks]
    return pl.DataFrame(rows, schema=BLOCKS, orient="row")


_MISSING_W = -1
_UNKNOWN = ord(NOTHING)

_Flat = npt.NDArray[np.int64]


def next_revisions(
    blocks: pl.DataFrame, *, stored: pl.DataFrame, again: pl.DataFrame, news: pl.DataFrame
) -> pl.DataFrame:
    """Return the whole content of every block that has news, or values that were published again.

    blocks: BLOCK, block u32 (its number, from 0), revision i32 (0 if nothing is stored); sorted.
    stored, again, news: block, slot i64 and STANDING; each is laid over those before it.
    Returns schema BLOCKS and accepted u32; a block without news keeps its revision.
    """
    accepted = pl.Series(np.bincount(news["block"], minlength=blocks.height), dtype=pl.UInt32)
    is_touched = (pl.col("accepted") > 0) | pl.col("block").is_in(again["block"].implode())
    changed = (
        blocks.with_columns(accepted=accepted)
        .filter(is_touched)
        .with_columns(slots=day_minutes(pl.col("day")) // pl.col("step_min"))
        .with_columns(pl.col("revision") + (pl.col("accepted") > 0).cast(pl.Int32))
    )
    contents = _contents(changed, [stored, again, news], block_count=blocks.height)
    return pl.concat([changed, contents], how="horizontal").select(*BLOCKS.names(), "accepted")


def _contents(
    changed: pl.DataFrame, layers: Sequence[pl.DataFrame], *, block_count: int
) -> pl.DataFrame:
    """Return one row per block, in their order: power_w, natures, doubtful, published_us.

    Flat arrays of all steps are filled layer by layer: joining and grouping the stored rows took
    two thirds of a recording's time.
    """
    lengths = changed["slots"].to_numpy()
    begins = np.cumsum(lengths) - lengths
    begin_of_block = np.full(block_count, -1)
    begin_of_block[changed["block"].to_numpy()] = begins
    total = int(lengths.sum())
    power_w, published_us = np.full(total, _MISSING_W), np.zeros(total, np.int64)
    letters, doubtful = np.full(total, _UNKNOWN, np.uint8), np.zeros(total, np.bool_)
    for layer in layers:
        begin = begin_of_block[layer["block"].to_numpy()]
        is_wanted = begin >= 0
        # Usually all rows are relevant, and need not be copied.
        rows = layer if is_wanted.all() else layer.filter(is_wanted)
        at = begin[is_wanted] + rows["slot"].to_numpy()
        power_w[at] = rows["power_w"].fill_null(_MISSING_W).to_numpy()
        published_us[at] = rows["published_us"].to_numpy()
        letter_text = rows["letter"].str.join("").item()
        letters[at] = np.frombuffer(letter_text.encode("ascii"), np.uint8)
        doubtful[at] = rows["doubtful"].to_numpy()
    pieces = []
    for length in np.unique(lengths).tolist():
        places = np.flatnonzero(lengths == length)
        at = begins[places][:, None] + np.arange(length)
        pieces.append(
            _equally_long(places, power_w[at], letters[at], doubtful[at], published_us[at])
        )
    return pl.concat([_NO_CONTENTS, *pieces]).sort("place").drop("place")


_NO_CONTENTS = pl.DataFrame(
    schema={
        "place": pl.Int64(),
        **{name: BLOCKS[name] for name in ("power_w", "natures", "doubtful", "published_us")},
    }
)


def _equally_long(
    places: _Flat,
    power_w: _Flat,
    letters: npt.NDArray[np.uint8],
    doubtful: npt.NDArray[np.bool_],
    published_us: _Flat,
) -> pl.DataFrame:
    """Build blocks of one number of steps; arrays: a row per block, a column per step.

    A time of publication that all values of a block share is written once.
    """
    is_known = letters != _UNKNOWN
    first_us = np.where(is_known, published_us, np.iinfo(np.int64).max).min(axis=1)
    last_us = np.where(is_known, published_us, 0).max(axis=1)
    power = pl.Series("power_w", power_w.ravel())
    return pl.DataFrame(
        {
            "place": places,
            "power_w": _lists(power.set(power == _MISSING_W, None), power_w.shape),
            "natures": [row.tobytes().decode("ascii") for row in letters],
            "doubtful": _lists(pl.Series(doubtful.ravel()), doubtful.shape),
            "published_us": _lists(pl.Series(published_us.ravel()), published_us.shape),
            "last_us": last_us,
            "is_shared": first_us == last_us,
        },
        schema_overrides={"place": pl.Int64},
    ).select(
        "place",
        "power_w",
        "natures",
        "doubtful",
        published_us=pl.when("is_shared").then(pl.concat_list("last_us")).otherwise("published_us"),
    )


def _lists(flat: pl.Series, shape: tuple[int, ...]) -> pl.Series:
    return flat.reshape(shape).arr.to_list()
