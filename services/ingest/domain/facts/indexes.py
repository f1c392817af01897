"""Meters' indexes and invoiced quantities: neither is allocated, both are checks on curves."""

import polars as pl

INDEXES = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),  # libs.common.ids.Direction
        "register": pl.String(),  # as the DSO names it: IDX_EAS_T, IDX_EAS_D1, IDX_EAS_D_HPH, …
        "read_at": pl.Datetime("us", "UTC"),
        "index_wh": pl.Int64(),
        "doubtful": pl.Boolean(),
        "position": pl.String(),
    }
)
"""One row per counter and time at which it was read, in the order of the file."""

INDEX_KEY = ["prm", "direction", "register", "read_at"]
INDEX_VALUE = ["index_wh", "doubtful"]

INVOICED = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "grid": pl.String(),  # D: the distributor's tariff classes, F: the supplier's
        "tariff_class": pl.String(),  # BASE, HP, HPH, …
        "from_day": pl.Date(),
        "to_day": pl.Date(),  # the first local day that no longer counts
        "quantity_wh": pl.Int64(),
        "nature": pl.String(),  # measured, estimated or regularised
        "is_cancelled": pl.Boolean(),
        "published_at": pl.Datetime("us", "UTC"),  # when the quantity was made
        "position": pl.String(),
    }
)
"""One row per quantity that the DSO invoiced, in the order of the file."""

INVOICED_KEY = ["prm", "direction", "grid", "tariff_class", "from_day", "to_day"]
INVOICED_VALUE = ["quantity_wh", "nature", "is_cancelled"]

_TOTAL = r"_T$"
_NUMBERED = r"_D\d+$"  # the distributor's classes, as R151 and R64 name them
_NAMED = r"_D_[A-Z0-9]+$"  # as R171 does


def totals(indexes: pl.DataFrame) -> pl.DataFrame:
    """Return the index of all energy of a point, at each time at which its counters were read.

    indexes: one row per (prm, direction, register, read_at) — register str, index_wh i64.
    Returns one row per (prm, direction, read_at), in that order — index_wh i64: that of the
    totalising counter or, without one, the sum of the distributor's classes, by one way to name
    them: by another, as by the supplier's classes, the same energy is counted once more.
    """
    moment = ["prm", "direction", "read_at"]
    is_total, is_numbered, is_named = (
        pl.col("register").str.contains(pattern) for pattern in (_TOTAL, _NUMBERED, _NAMED)
    )
    index_wh = pl.col("index_wh")
    total_wh = pl.coalesce(
        index_wh.filter(is_total).max(),
        pl.when(is_numbered.any()).then(index_wh.filter(is_numbered).sum()),
        index_wh.filter(is_named).sum(),
    )
    return (
        indexes.filter(is_total | is_numbered | is_named)
        .group_by(moment)
        .agg(index_wh=total_wh)
        .sort(moment)
    )
