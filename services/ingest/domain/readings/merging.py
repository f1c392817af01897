"""The changes that a delivery's readings make: the last published value of a step wins.

Three rules come first: a missing value never erases a real one, what ingest estimated stands only
until a real value comes, and of two records of one delivery that contradict each other, the first
stands and the other is refused. The order in which deliveries come changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from services.ingest.domain.readings.blocks import ESTIMATED_BY_US, NATURE_LETTERS, NOTHING
from services.ingest.domain.readings.readings import Nature
from services.ingest.domain.readings.revisions import BLOCK, BLOCKS, STANDING, next_revisions
from services.ingest.domain.refusals import RefusalCode, refused

__all__ = ["BLOCKS", "Merge", "merge", "slots"]

_VALUE = ["power_w", "letter", "doubtful"]
_MOST_SLOTS = 512  # of a day: 25 hours of 5 minutes are 300
_BEST_LAST = Nature.MISSING, Nature.OUTAGE, Nature.ESTIMATED, Nature.MEASURED, Nature.CORRECTED
_BEST_LETTERS_LAST = [ESTIMATED_BY_US, *(NATURE_LETTERS[nature] for nature in _BEST_LAST)]


@dataclass(frozen=True)
class Merge:
    """The outcome of placed readings: every one is accepted, duplicate or refused.

    blocks: schema BLOCKS and accepted u32 — only blocks that change, with their next revision, in
    order of prm, direction, day, step.
    confirmed: schema BLOCKS — blocks whose values stay as they are, but were published again later.
    superseding: how many of the accepted replace another value.
    duplicate: how many readings bring nothing new.
    outdated: how many of the duplicates differ from what is stored, which was published later or is
    of better quality.
    """

    blocks: pl.DataFrame
    confirmed: pl.DataFrame
    accepted: int
    superseding: int
    duplicate: int
    outdated: int
    refused: pl.DataFrame


def merge(placed: pl.DataFrame, stored: pl.DataFrame, *, is_again: bool = False) -> Merge:
    """Lay placed readings over what is stored.

    placed: as in ``placing.Placed``.
    stored: schema BLOCKS — the latest revision of at least the blocks that the readings are of.
    is_again: the file was recorded before; its earlier content was published at the same instant,
    and gives way to its present content.
    """
    begins_run = _begins_run(placed)  # files are ordered, mostly
    runs = placed.filter(begins_run).select(BLOCK)
    blocks = _numbered(runs, stored)
    placed = _with_key(placed, begins_run, runs, blocks)
    first, repeated, contradicting = _without_repetitions(placed)
    numbered = stored.join(blocks.select(*BLOCK, "block"), on=BLOCK)
    stored_slots = slots(numbered, "block").with_columns(key=_key())
    compared = _compared(first, stored_slots, is_again=is_again)
    is_news = compared["wins"] & ~compared["is_same"]
    # Usually everything is new, and need not be copied.
    news = compared if is_news.all() else compared.filter(is_news)
    again = compared.filter(pl.col("is_same") & (pl.col("published_us") > _known("published_us")))
    revised = next_revisions(blocks, stored=stored_slots, again=again, news=news)
    is_changed = pl.col("accepted") > 0
    return Merge(
        blocks=revised.filter(is_changed),
        confirmed=revised.filter(~is_changed).select(BLOCKS.names()),
        accepted=news.height,
        superseding=news.height - news["known"].null_count(),
        duplicate=repeated + compared.height - news.height,
        outdated=compared.filter(~pl.col("is_same") & ~pl.col("wins")).height,
        refused=refused(contradicting),
    )


def _numbered(runs: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Return the blocks that the readings are of, sorted, and numbered.

    Columns: BLOCK, block u32, revision i32 (0 if none).
    """
    return (
        runs.unique()
        .join(stored.select(*BLOCK, "revision"), on=BLOCK, how="left")
        .with_columns(pl.col("revision").fill_null(0))
        .sort(BLOCK)
        .with_row_index("block")
    )


def _with_key(
    placed: pl.DataFrame, begins_run: pl.Series, runs: pl.DataFrame, blocks: pl.DataFrame
) -> pl.DataFrame:
    """Add the number of the block, and a key i64 of block and slot."""
    numbers = runs.join(blocks, on=BLOCK, how="left", maintain_order="left")["block"]
    run = begins_run.cast(pl.UInt32).cum_sum() - 1
    return placed.with_columns(block=numbers.gather(run)).with_columns(key=_key())


def _key() -> pl.Expr:
    return pl.col("block").cast(pl.Int64) * _MOST_SLOTS + pl.col("slot")


def _begins_run(placed: pl.DataFrame) -> pl.Series:
    """Return whether each row is of another block than the one before."""
    is_other = pl.any_horizontal(pl.col(name) != pl.col(name).shift(1) for name in BLOCK)
    return placed.select(is_other.fill_null(value=True)).to_series()


def _compared(first: pl.DataFrame, stored_slots: pl.DataFrame, *, is_again: bool) -> pl.DataFrame:
    """Add the stored value of each step, whether it is the same, and whether the reading wins."""
    if stored_slots.is_empty():
        return first.with_columns(
            known=pl.lit(None, pl.Struct(stored_slots.select(STANDING).schema)),
            is_same=pl.lit(value=False),
            wins=pl.lit(value=True),
        )
    stored_values = stored_slots.select("key", known=pl.struct(STANDING))
    compared = first.join(stored_values, on="key", how="left", maintain_order="left")
    return compared.with_columns(is_same=_is_same(), wins=_wins(is_again=is_again))


def _without_repetitions(placed: pl.DataFrame) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """Return one reading per step, the number of mere repetitions, and the contradicting."""
    key = placed["key"]
    if (key.diff() > 0).all() or key.is_unique().all():
        return placed, 0, placed.clear().with_columns(reason=pl.lit(""), code=pl.lit(""))
    # A real value stands before a missing one, whichever came first.
    ranked = placed.sort(pl.col("power_w").is_null(), "row")
    first = ranked.unique("key", keep="first", maintain_order=True)
    repetitions = placed.join(first, on="row", how="anti").join(
        first.select("key", known=pl.struct(_VALUE), first_position="position"), on="key"
    )
    repeats = _is_same() | (pl.col("power_w").is_null() & _known("power_w").is_not_null())
    contradicting = repetitions.filter(~repeats).with_columns(
        reason=pl.format("contradicts {}, which was taken", "first_position"),
        code=pl.lit(RefusalCode.CONTRADICTION),
    )
    return first.sort("row"), repetitions.height - contradicting.height, contradicting.sort("row")


def _known(name: str) -> pl.Expr:
    return pl.col("known").struct.field(name)


def _is_same() -> pl.Expr:
    return pl.all_horizontal(pl.col(name).eq_missing(_known(name)) for name in _VALUE)


def _wins(*, is_again: bool) -> pl.Expr:
    """Return whether a reading wins over the known value of its step; true where none is known.

    A real value wins over our estimate, and that over a missing one; then the later published wins.
    Of two published at the same instant nothing says which is right: the better nature wins, then
    the greater value, so that the order in which they came changes nothing; or the new one, if the
    file is only being read again.
    """
    better_known = {letter: place for place, letter in enumerate(_BEST_LETTERS_LAST)}
    criteria: list[Callable[[Callable[[str], pl.Expr]], pl.Expr]] = [
        lambda column: column("power_w").is_not_null() & (column("letter") != ESTIMATED_BY_US),
        lambda column: column("power_w").is_not_null(),
        lambda column: column("published_us"),
    ]
    last: list[Callable[[Callable[[str], pl.Expr]], pl.Expr]] = [
        lambda column: column("letter").replace_strict(better_known, return_dtype=pl.Int64),
        lambda column: ~column("doubtful"),
        lambda column: column("power_w"),
    ]
    wins = pl.lit(value=is_again)
    for criterion in reversed(criteria if is_again else criteria + last):
        ours, theirs = criterion(pl.col), criterion(_known)
        wins = (ours > theirs) | ((ours == theirs) & wins)
    return pl.col("known").is_null() | wins.fill_null(value=False)


def slots(stored: pl.DataFrame, *block_columns: str) -> pl.DataFrame:
    """Return one row per step about which something is known: block_columns, slot i64 and STANDING.

    stored: schema BLOCKS. block_columns: the columns to return in place of BLOCK.
    """
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
        .explode("slot", *STANDING)
        .filter(pl.col("letter") != NOTHING)
        .select(*(block_columns or BLOCK), "slot", *STANDING)
    )
