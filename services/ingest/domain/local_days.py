"""Local days of Europe/Paris in expressions on frames; ``libs.common.calendar`` has the values."""

import polars as pl

ZONE = "Europe/Paris"


def day_start(day: pl.Expr) -> pl.Expr:
    """The instant (UTC) at which a local day begins; no clock is ever changed at midnight."""
    local = day.cast(pl.Datetime("us")).dt.replace_time_zone(ZONE)
    return local.dt.convert_time_zone("UTC")


def day_minutes(day: pl.Expr) -> pl.Expr:
    """1380, 1440 or 1500."""
    return (day_start(day.dt.offset_by("1d")) - day_start(day)).dt.total_minutes()


def local_day() -> pl.Expr:
    """The day of the interval that begins at ``start``."""
    return pl.col("start").dt.convert_time_zone(ZONE).dt.date()
