"""What a delivery's readings change in what is stored: the value of a step published last wins.

Three rules go before it: a missing value never erases a real one, what ingest estimated stands
only until a real one comes, and of two records of one delivery that contradict each other, the
first stands and the other is refused. The order in which deliveries come changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from services.ingest.domain.blocks import ESTIMATED_BY_US, NATURE_LETTERS, NOTHING
from services.ingest.domain.local_days import ZONE, day_minutes, day_start
from services.ingest.domain.readings import Nature
from services.ingest.domain.refusals import RefusalCode, refused

OFF_GRID = "the interval does not start on a whole step of its local day"

_BLOCK = ["prm", "direction", "day", "step_min"]
_SLOT = [*_BLOCK, "slot"]
_VALUE = ["power_w", "letter", "doubtful"]
_STANDING = [*_VALUE, "published_us"]
_BEST_LAST = Nature.MISSING, Nature.OUTAGE, Nature.ESTIMATED, Nature.MEASURED, Nature.CORRECTED
_BEST_LETTERS_LAST = [ESTIMATED_BY_US, *(NATURE_LETTERS[nature] for nature in _BEST_LAST)]

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


@dataclass(frozen=True)
class Placed:
    """Readings with their place in a block.

    readings: one row per record — the columns of READINGS, published_us i64, and day date, slot
    i64 ≥ 0 (the number of steps since the day began), letter str (NATURE_LETTERS), row u32 (order
    of the file).
    refused: schema ``refusals.REFUSED``.
    """

    readings: pl.DataFrame
    refused: pl.DataFrame


@dataclass(frozen=True)
class Merge:
    """What becomes of placed readings: every one is accepted, duplicate or refused.

    blocks: schema BLOCKS and accepted u32 — only blocks that change, with their next revision,
    in order of prm, direction, day, step.
    confirmed: schema BLOCKS — blocks whose values stay as they are, but were published again later.
    superseding: how many of the accepted take the place of another value.
    duplicate: how many readings bring nothing that was not known.
    outdated: how many of the duplicate differ from what is stored, which was published later or is
    better known.
    """

    blocks: pl.DataFrame
    confirmed: pl.DataFrame
    accepted: int
    superseding: int
    duplicate: int
    outdated: int
    refused: pl.DataFrame


def place(readings: pl.DataFrame) -> Placed:
    """Find the local day of each reading and its step in that day.

    readings: schema READINGS and published_us i64, in the order of the file.
    """
    day = pl.col("start").dt.convert_time_zone(ZONE).dt.date()
    step_us = pl.col("step_min").cast(pl.Int64) * 60_000_000
    placed = (
        readings.with_columns(day=day, letter=_letter(readings["nature"]))
        .with_columns(since_us=(pl.col("start") - day_start(pl.col("day"))).dt.total_microseconds())
        .with_columns(slot=pl.col("since_us") // step_us)
        .with_row_index("row")
    )
    is_off_grid = pl.col("since_us") % step_us != 0
    off_grid = placed.filter(is_off_grid).with_columns(
        reason=pl.lit(OFF_GRID), code=pl.lit(RefusalCode.STAMP_OFF_STEP)
    )
    return Placed(placed.filter(~is_off_grid).drop("since_us"), refused(off_grid))


def merge(placed: pl.DataFrame, stored: pl.DataFrame) -> Merge:
    """Lay placed readings over what is stored.

    placed: as in ``Placed``.
    stored: schema BLOCKS — the latest revision of at least the blocks that the readings are of.
    """
    first, repeated, contradicting = _without_repetitions(placed)
    known = slots(stored)
    compared = first.join(known.select(*_SLOT, known=pl.struct(_STANDING)), on=_SLOT, how="left")
    compared = compared.with_columns(
        is_first=pl.col("known").is_null(),
        is_same=_is_same(),
        wins=_wins(),
    )
    news = compared.filter(~pl.col("is_same") & pl.col("wins"))
    again = compared.filter(pl.col("is_same") & (pl.col("published_us") > _known("published_us")))
    blocks = _next_revisions(news, again, known, stored)
    is_changed = pl.col("accepted") > 0
    return Merge(
        blocks=blocks.filter(is_changed),
        confirmed=blocks.filter(~is_changed).select(BLOCKS.names()),
        accepted=news.height,
        superseding=news.filter(~pl.col("is_first")).height,
        duplicate=repeated + compared.height - news.height,
        outdated=compared.filter(~pl.col("is_same") & ~pl.col("wins")).height,
        refused=refused(contradicting),
    )


def _without_repetitions(placed: pl.DataFrame) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """One reading per step, the number of those that only repeat it, and those that contradict."""
    if placed.select(_SLOT).is_unique().all():
        return placed, 0, placed.clear().with_columns(reason=pl.lit(""), code=pl.lit(""))
    # A real value stands before a missing one, whichever came first.
    ranked = placed.sort(pl.col("power_w").is_null(), "row")
    first = ranked.unique(_SLOT, keep="first", maintain_order=True)
    others = placed.join(first, on="row", how="anti").join(
        first.select(*_SLOT, known=pl.struct(_VALUE), first_position="position"), on=_SLOT
    )
    repeats = _is_same() | (pl.col("power_w").is_null() & _known("power_w").is_not_null())
    contradicting = others.filter(~repeats).with_columns(
        reason=pl.format("contradicts {}, which was taken", "first_position"),
        code=pl.lit(RefusalCode.CONTRADICTION),
    )
    return first.sort("row"), others.height - contradicting.height, contradicting.sort("row")


def _known(name: str) -> pl.Expr:
    return pl.col("known").struct.field(name)


def _is_same() -> pl.Expr:
    return pl.all_horizontal(pl.col(name).eq_missing(_known(name)) for name in _VALUE)


def _wins() -> pl.Expr:
    """Whether a reading stands before what is known of its step; true where nothing is.

    A real value before our estimate, that before a missing one, then the later published. Where two
    were published at the same instant nothing tells which is right: the better known stands, then
    the greater, so that the order in which they came changes nothing.
    """
    better_known = {letter: place for place, letter in enumerate(_BEST_LETTERS_LAST)}
    criteria: tuple[Callable[[Callable[[str], pl.Expr]], pl.Expr], ...] = (
        lambda column: column("power_w").is_not_null() & (column("letter") != ESTIMATED_BY_US),
        lambda column: column("power_w").is_not_null(),
        lambda column: column("published_us"),
        lambda column: column("letter").replace_strict(better_known, return_dtype=pl.Int64),
        lambda column: ~column("doubtful"),
        lambda column: column("power_w"),
    )
    wins = pl.lit(value=False)
    for criterion in reversed(criteria):
        ours, theirs = criterion(pl.col), criterion(_known)
        wins = (ours > theirs) | ((ours == theirs) & wins)
    return pl.col("known").is_null() | wins.fill_null(value=False)


def slots(stored: pl.DataFrame) -> pl.DataFrame:
    """One row per step about which something is known: ``_SLOT`` and ``_STANDING``."""
    steps = pl.col("power_w").list.len()
    published_us = pl.col("published_us")
    return (
        stored.with_columns(
            slot=pl.int_ranges(steps.cast(pl.Int64)),
            letter=pl.col("natures").str.split(""),
            published_us=pl.when(published_us.list.len() == 1)
            .then(published_us.list.first().repeat_by(steps))
            .otherwise(published_us),
        )
        .explode("slot", *_STANDING)
        .filter(pl.col("letter") != NOTHING)
        .select(*_SLOT, *_STANDING)
    )


def _next_revisions(
    news: pl.DataFrame, again: pl.DataFrame, known: pl.DataFrame, stored: pl.DataFrame
) -> pl.DataFrame:
    """The whole content of every block that has news, or values that were published again.

    Returns schema BLOCKS and accepted u32; a block without news keeps its revision.
    """
    changed = (
        pl.concat([news.select(*_BLOCK, is_news=True), again.select(*_BLOCK, is_news=False)])
        .group_by(_BLOCK)
        .agg(accepted=pl.col("is_news").sum().cast(pl.UInt32))
        .join(stored.select(*_BLOCK, "revision"), on=_BLOCK, how="left")
        .with_columns(pl.col("revision").fill_null(0) + (pl.col("accepted") > 0).cast(pl.Int32))
        .sort(_BLOCK)
        .with_row_index("block")
    )
    number = changed.select(*_BLOCK, "block")
    layers = [
        _empty_slots(changed),
        *(
            layer.join(number, on=_BLOCK).select("block", "slot", *_STANDING)
            for layer in (known, again, news)
        ),
    ]
    contents = _contents(
        pl.concat(layers)
        .unique(["block", "slot"], keep="last", maintain_order=True)
        .sort("block", "slot")
    )
    return changed.join(contents, on="block", maintain_order="left").select(
        *BLOCKS.names(), "accepted"
    )


def _contents(slots: pl.DataFrame) -> pl.DataFrame:
    """One row per block; a time of publication that all its values share is written once."""
    told_us = pl.col("published_us").filter(pl.col("letter") != NOTHING)
    return (
        slots.group_by("block", maintain_order=True)
        .agg(
            "power_w",
            "doubtful",
            "published_us",
            natures=pl.col("letter").str.join(""),
            first_us=told_us.min(),
            last_us=told_us.max(),
        )
        .with_columns(
            published_us=pl.when(pl.col("first_us") == pl.col("last_us"))
            .then(pl.concat_list("last_us"))
            .otherwise("published_us")
        )
    )


def _empty_slots(changed: pl.DataFrame) -> pl.DataFrame:
    """One row per step of each block's local day, which has 23, 24 or 25 hours."""
    steps = day_minutes(pl.col("day")) // pl.col("step_min")
    return (
        changed.select("block", slot=pl.int_ranges(steps))
        .explode("slot")
        .with_columns(
            power_w=pl.lit(None, pl.Int64),
            letter=pl.lit(NOTHING),
            doubtful=pl.lit(value=False),
            published_us=pl.lit(0, pl.Int64),
        )
    )


def _letter(nature: pl.Series) -> pl.Series:
    letters = {nature.value: letter for nature, letter in NATURE_LETTERS.items()}
    return nature.replace_strict(letters, return_dtype=pl.String())
