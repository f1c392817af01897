"""What a delivery's readings change in what is stored: the newest value of a step wins.

Two rules go before it: a missing value never erases a real one, and of two records of one delivery
that contradict each other, the first stands and the other is refused.
"""

from dataclasses import dataclass

import polars as pl

from services.ingest.domain.blocks import NATURE_LETTERS, NOTHING

OFF_GRID = "the interval does not start on a whole step of its local day"

_BLOCK = ["prm", "direction", "day", "step_min"]
_SLOT = [*_BLOCK, "slot"]
_VALUE = ["power_w", "letter", "doubtful"]
_ZONE = "Europe/Paris"

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
    }
)
"""One row per block, as in ``blocks.Block``."""

REFUSED = pl.Schema({"position": pl.String(), "reason": pl.String(), "record": pl.String()})
"""One row per record that is not taken, and why; record is written as ``elocoop readings`` does."""


@dataclass(frozen=True)
class Placed:
    """Readings with their place in a block.

    readings: one row per record — the columns of READINGS, and day date, slot i64 ≥ 0 (the number
    of steps since the day began), letter str (NATURE_LETTERS), row u32 (order of the file).
    refused: schema REFUSED.
    """

    readings: pl.DataFrame
    refused: pl.DataFrame


@dataclass(frozen=True)
class Merge:
    """What becomes of placed readings: every one is accepted, duplicate or refused.

    blocks: schema BLOCKS and accepted u32 — only blocks that change, with their next revision,
    in order of prm, direction, day, step.
    duplicate: how many readings bring nothing that was not known.
    """

    blocks: pl.DataFrame
    accepted: int
    duplicate: int
    refused: pl.DataFrame


def place(readings: pl.DataFrame) -> Placed:
    """Find the local day of each reading and its step in that day.

    readings: schema READINGS, in the order of the file.
    """
    day = pl.col("start").dt.convert_time_zone(_ZONE).dt.date()
    step_us = pl.col("step_min").cast(pl.Int64) * 60_000_000
    placed = (
        readings.with_columns(day=day, letter=_letter(readings["nature"]))
        .with_columns(
            since_us=(pl.col("start") - _day_start(pl.col("day"))).dt.total_microseconds()
        )
        .with_columns(slot=pl.col("since_us") // step_us)
        .with_row_index("row")
    )
    is_off_grid = pl.col("since_us") % step_us != 0
    refused = placed.filter(is_off_grid).with_columns(reason=pl.lit(OFF_GRID))
    return Placed(placed.filter(~is_off_grid).drop("since_us"), _refused(refused))


def merge(placed: pl.DataFrame, stored: pl.DataFrame) -> Merge:
    """Lay placed readings over what is stored.

    placed: as in ``Placed``.
    stored: schema BLOCKS — the latest revision of at least the blocks that the readings are of.
    """
    first, repeated, contradicting = _without_repetitions(placed)
    known = _slots(stored)
    compared = first.join(known.select(*_SLOT, _known()), on=_SLOT, how="left")
    news = compared.filter(~_brings_nothing())
    return Merge(
        blocks=_next_revisions(news, known, stored),
        accepted=news.height,
        duplicate=repeated + compared.height - news.height,
        refused=_refused(contradicting),
    )


def _without_repetitions(placed: pl.DataFrame) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """One reading per step, the number of those that only repeat it, and those that contradict."""
    if placed.select(_SLOT).is_unique().all():
        return placed, 0, placed.clear().with_columns(reason=pl.lit(""))
    # A real value stands before a missing one, whichever came first.
    ranked = placed.sort(pl.col("power_w").is_null(), "row")
    first = ranked.unique(_SLOT, keep="first", maintain_order=True)
    others = placed.join(first, on="row", how="anti").join(
        first.select(*_SLOT, _known(), first_position="position"), on=_SLOT
    )
    contradicting = others.filter(~_brings_nothing()).with_columns(
        reason=pl.format("contradicts {}, which was taken", "first_position")
    )
    return first.sort("row"), others.height - contradicting.height, contradicting.sort("row")


def _known() -> pl.Expr:
    return pl.struct(_VALUE).alias("known")


def _brings_nothing() -> pl.Expr:
    """Whether a reading is the same as what is known, or missing where a real value is known."""
    known_w = pl.col("known").struct.field("power_w")
    is_same = pl.struct(_VALUE).eq_missing(pl.col("known"))
    return is_same | (pl.col("power_w").is_null() & known_w.is_not_null())


def _slots(stored: pl.DataFrame) -> pl.DataFrame:
    """One row per step about which something is known: ``_SLOT`` and ``_VALUE``."""
    return (
        stored.with_columns(
            slot=pl.int_ranges(pl.col("power_w").list.len().cast(pl.Int64)),
            letter=pl.col("natures").str.split(""),
        )
        .explode("slot", *_VALUE)
        .filter(pl.col("letter") != NOTHING)
        .select(*_SLOT, *_VALUE)
    )


def _next_revisions(news: pl.DataFrame, known: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """The whole content of every block that has news."""
    changed = (
        news.group_by(_BLOCK)
        .agg(accepted=pl.len())
        .join(stored.select(*_BLOCK, "revision"), on=_BLOCK, how="left")
        .with_columns(pl.col("revision").fill_null(0) + 1)
        .sort(_BLOCK)
        .with_row_index("block")
    )
    number = changed.select(*_BLOCK, "block")
    layers = [
        _empty_slots(changed),
        *(
            layer.join(number, on=_BLOCK).select("block", "slot", *_VALUE)
            for layer in (known, news)
        ),
    ]
    contents = (
        pl.concat(layers)
        .unique(["block", "slot"], keep="last", maintain_order=True)
        .sort("block", "slot")
        .group_by("block", maintain_order=True)
        .agg("power_w", pl.col("letter").str.join("").alias("natures"), "doubtful")
    )
    return changed.join(contents, on="block", maintain_order="left").select(
        *BLOCKS.names(), "accepted"
    )


def _empty_slots(changed: pl.DataFrame) -> pl.DataFrame:
    """One row per step of each block's local day, which has 23, 24 or 25 hours."""
    day = pl.col("day")
    minutes = (_day_start(day.dt.offset_by("1d")) - _day_start(day)).dt.total_minutes()
    return (
        changed.select("block", slot=pl.int_ranges(minutes // pl.col("step_min")))
        .explode("slot")
        .with_columns(
            power_w=pl.lit(None, pl.Int64), letter=pl.lit(NOTHING), doubtful=pl.lit(value=False)
        )
    )


def _day_start(day: pl.Expr) -> pl.Expr:
    """The instant (UTC) at which a local day begins; no clock is ever changed at midnight."""
    local = day.cast(pl.Datetime("us")).dt.replace_time_zone(_ZONE)
    return local.dt.convert_time_zone("UTC")


def _letter(nature: pl.Series) -> pl.Series:
    letters = {nature.value: letter for nature, letter in NATURE_LETTERS.items()}
    return nature.replace_strict(letters, return_dtype=pl.String())


def _refused(records: pl.DataFrame) -> pl.DataFrame:
    """records: the columns of READINGS, and reason."""
    return records.select(
        "position",
        "reason",
        record=pl.concat_str(
            "prm",
            "direction",
            pl.col("start").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "step_min",
            pl.col("power_w").cast(pl.String).fill_null(""),
            "nature",
            pl.col("doubtful").cast(pl.Int8),
            separator=",",
        ),
    )
