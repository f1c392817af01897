"""The changes that a delivery makes to the DSO's curves of an operation, step by step.

A definitive value wins over a provisional one, even if it is missing; then a value over a missing
one; then the last published. This is one total order, so that what is stored does not depend on the
order in which deliveries come. Only within one document the first of two values for a step wins,
and a contradicting one is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

CURVE_KEY = ["operation_id", "day", "prm", "direction", "quantity", "step_min"]
_SLOT = [*CURVE_KEY, "slot"]
_VALUE = ["energy_wmin", "definitive", "precision_wmin"]
_STANDING = [*_VALUE, "published_us"]
_PACKED = ["definitive", "precision_wmin", "published_us"]
_ZONE = "Europe/Paris"
_MINUTE_US = 60_000_000
_BATCH_VALUES = 200_000

RESULT_CURVES = pl.Schema(
    {
        "operation_id": pl.String(),
        "day": pl.Date(),
        "prm": pl.String(),
        "direction": pl.String(),
        "quantity": pl.String(),
        "step_min": pl.Int32(),
        "revision": pl.Int32(),
        "energy_wmin": pl.List(pl.Int64()),
        "definitive": pl.List(pl.Boolean()),
        "precision_wmin": pl.List(pl.Int64()),
        "published_us": pl.List(pl.Int64()),
    }
)
"""One row per quantity of a point and day; energies have an element per step of the local day.

The other lists have as many elements, or a single one for all steps. Of a step about which nothing
was said, published_us (microseconds since 1970) is 0, definitive true and precision 1, so that they
change nothing for the day.
"""


@dataclass(frozen=True)
class ResultMerge:
    """The outcome of values: every one is accepted, duplicate or refused.

    curves: schema RESULT_CURVES and accepted u32 — those that change, with their next revision.
    confirmed: schema RESULT_CURVES — those of which only the time of publication changes.
    superseding, outdated: as in ``merging.Merge``.
    """

    curves: pl.DataFrame
    confirmed: pl.DataFrame
    accepted: int
    superseding: int
    duplicate: int
    outdated: int
    refused: pl.DataFrame


def place_values(values: pl.DataFrame) -> pl.DataFrame:
    """Add day date, slot i64 and row u32; steps are whole from the hour, so each has its place.

    values: schema RESULT_VALUES, and published_us and document i64.
    """
    day = pl.col("start").dt.convert_time_zone(_ZONE).dt.date()
    since_us = (pl.col("start") - _day_start(pl.col("day"))).dt.total_microseconds()
    step_us = pl.col("step_min").cast(pl.Int64) * _MINUTE_US
    return values.with_columns(day=day).with_columns(slot=since_us // step_us).with_row_index("row")


def in_batches(placed: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Cut values between days, so that the curves of some days are laid over at a time."""
    days = placed["day"].value_counts(sort=False).sort("day")
    batches = days.select("day", batch=pl.col("count").cum_sum() // _BATCH_VALUES)
    numbered = placed.join(batches, on="day", maintain_order="left")
    yield from numbered.partition_by("batch", include_key=False, maintain_order=True)


def merge_values(placed: pl.DataFrame, stored: pl.DataFrame) -> ResultMerge:
    """Lay placed values over what is stored.

    stored: schema RESULT_CURVES — the latest revision of at least the curves the values are of.
    """
    accepted_values, contradicting = _without_contradictions(placed)
    best = accepted_values.sort(
        _order(pl.col), descending=True, nulls_last=True, maintain_order=True
    ).unique(_SLOT, keep="first", maintain_order=True)
    stored_slots = _slots(stored)
    compared = best.join(
        stored_slots.select(*_SLOT, known=pl.struct(_STANDING)), on=_SLOT, how="left"
    ).with_columns(is_same=_is_same(), wins=_wins())
    news = compared.filter(~pl.col("is_same") & pl.col("wins"))
    again = compared.filter(pl.col("is_same") & pl.col("wins"))
    curves = _next_revisions(news, again, stored_slots, stored)
    is_changed = pl.col("accepted") > 0
    return ResultMerge(
        curves=curves.filter(is_changed),
        confirmed=curves.filter(~is_changed).select(RESULT_CURVES.names()),
        accepted=news.height,
        superseding=news.filter(pl.col("known").is_not_null()).height,
        duplicate=accepted_values.height - news.height,
        outdated=_count_outdated(accepted_values, compared, news),
        refused=_refused(contradicting),
    )


def _without_contradictions(placed: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Separate the values that contradict an earlier value of the same document."""
    key = [*_SLOT, "document", "definitive"]
    if placed.select(key).is_unique().all():
        return placed, placed.clear().with_columns(first_position=pl.lit(""))
    ranked = placed.sort(pl.col("energy_wmin").is_null(), "row")
    firsts = ranked.unique(key, keep="first", maintain_order=True).select(
        *key, first_wmin="energy_wmin", first_position="position"
    )
    beside = placed.join(firsts, on=key, maintain_order="left")
    # A missing value contradicts none.
    contradicts = (pl.col("energy_wmin") != pl.col("first_wmin")).fill_null(value=False)
    return beside.filter(~contradicts).select(placed.columns), beside.filter(contradicts)


def _order(column: Callable[[str], pl.Expr]) -> list[pl.Expr]:
    """Return the order of precedence: the greatest wins, and finer precision before coarser."""
    return [
        column("definitive"),
        column("energy_wmin").is_not_null(),
        column("published_us"),
        column("energy_wmin"),
        -column("precision_wmin"),
    ]


def _known(name: str) -> pl.Expr:
    return pl.col("known").struct.field(name)


def _is_same() -> pl.Expr:
    same = (pl.col(name).eq_missing(_known(name)) for name in _VALUE)
    return pl.col("known").is_not_null() & pl.all_horizontal(same)


def _wins() -> pl.Expr:
    wins = pl.lit(value=False)
    for ours, theirs in zip(reversed(_order(pl.col)), reversed(_order(_known)), strict=True):
        # Two missing energies are equal.
        wins = (ours > theirs) | (ours.eq_missing(theirs) & wins)
    return pl.col("known").is_null() | wins.fill_null(value=False)


def _count_outdated(
    accepted_values: pl.DataFrame, compared: pl.DataFrame, news: pl.DataFrame
) -> int:
    """Return how many of the duplicates differ from the values that are stored in the end."""
    final = compared.select(
        *_SLOT,
        **{
            f"final_{name}": pl.when(pl.col("wins")).then(pl.col(name)).otherwise(_known(name))
            for name in _VALUE
        },
    )
    differs = ~pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"final_{name}")) for name in _VALUE
    )
    duplicates = accepted_values.join(news, on="row", how="anti")
    return duplicates.join(final, on=_SLOT).filter(differs).height


def _slots(stored: pl.DataFrame) -> pl.DataFrame:
    """Return one row per step about which something was said: ``_SLOT`` and ``_STANDING``."""
    steps = pl.col("energy_wmin").list.len()
    unpacked = {
        name: pl.when(pl.col(name).list.len() == 1)
        .then(pl.col(name).list.first().repeat_by(steps))
        .otherwise(name)
        for name in _PACKED
    }
    return (
        stored.with_columns(slot=pl.int_ranges(steps.cast(pl.Int64)), **unpacked)
        .explode("slot", *_STANDING)
        .filter(pl.col("published_us") > 0)
        .select(*_SLOT, *_STANDING)
    )


def _next_revisions(
    news: pl.DataFrame, again: pl.DataFrame, stored_slots: pl.DataFrame, stored: pl.DataFrame
) -> pl.DataFrame:
    """Return the whole content of each changed curve; schema RESULT_CURVES and accepted u32."""
    changed = (
        pl.concat([news.select(*CURVE_KEY, is_news=True), again.select(*CURVE_KEY, is_news=False)])
        .group_by(CURVE_KEY)
        .agg(accepted=pl.col("is_news").sum().cast(pl.UInt32))
        .join(stored.select(*CURVE_KEY, "revision"), on=CURVE_KEY, how="left")
        .with_columns(pl.col("revision").fill_null(0) + (pl.col("accepted") > 0).cast(pl.Int32))
        .sort(CURVE_KEY)
        .with_row_index("curve")
    )
    number = changed.select(*CURVE_KEY, "curve")
    layers = [
        _empty_slots(changed),
        *(
            layer.join(number, on=CURVE_KEY).select("curve", "slot", *_STANDING)
            for layer in (stored_slots, again, news)
        ),
    ]
    contents = (
        pl.concat(layers)
        .unique(["curve", "slot"], keep="last", maintain_order=True)
        .sort("curve", "slot")
        .group_by("curve", maintain_order=True)
        .agg("energy_wmin", *(_packed(name) for name in _PACKED))
    )
    return changed.join(contents, on="curve", maintain_order="left").select(
        *RESULT_CURVES.names(), "accepted"
    )


def _packed(name: str) -> pl.Expr:
    """Return a list of one element where all are the same, else of all."""
    column = pl.col(name)
    return (
        pl.when(column.n_unique() == 1).then(column.first().implode()).otherwise(column.implode())
    )


def _empty_slots(changed: pl.DataFrame) -> pl.DataFrame:
    """Return one row per step of each curve's local day, which has 23, 24 or 25 hours."""
    day = pl.col("day")
    minutes = (_day_start(day.dt.offset_by("1d")) - _day_start(day)).dt.total_minutes()
    return (
        changed.select("curve", slot=pl.int_ranges(minutes // pl.col("step_min")))
        .explode("slot")
        .with_columns(
            energy_wmin=pl.lit(None, pl.Int64),
            definitive=pl.lit(value=True),
            precision_wmin=pl.lit(1, pl.Int64),
            published_us=pl.lit(0, pl.Int64),
        )
    )


def _day_start(day: pl.Expr) -> pl.Expr:
    local = day.cast(pl.Datetime("us")).dt.replace_time_zone(_ZONE)
    return local.dt.convert_time_zone("UTC")


def _refused(contradicting: pl.DataFrame) -> pl.DataFrame:
    """Return position, reason and record of each value."""
    return contradicting.select(
        "position",
        reason=pl.format("contradicts {}, which was taken", "first_position"),
        record=described(),
    )


def described() -> pl.Expr:
    """Describe a value in one line."""
    return pl.concat_str(
        pl.col("operation_id").fill_null(""),
        pl.col("prm").fill_null(""),
        "direction",
        "quantity",
        pl.col("start").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "step_min",
        pl.col("energy_wmin").cast(pl.String).fill_null(""),
        separator=",",
    )
