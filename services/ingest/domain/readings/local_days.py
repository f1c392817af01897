"""Local days of Europe/Paris as expressions on frames; ``libs.common.calendar`` has the values."""

import polars as pl

ZONE = "Europe/Paris"


def day_start(day: pl.Expr) -> pl.Expr:
    """Return the instant (UTC) at which a local day begins; clocks never change at midnight."""
    local = day.cast(pl.Datetime("us")).dt.replace_time_zone(ZONE)
    return local.dt.convert_time_zone("UTC")


def day_minutes(day: pl.Expr) -> pl.Expr:
    """Return the length of a local day: 1380, 1440 or 1500."""
    return (day_start(day.dt.offset_by("1d")) - day_start(day)).dt.total_minutes()


def in_local_days(start: pl.Series) -> pl.DataFrame:
    """Return the local day of each instant (UTC), and the time elapsed since it began.

    Columns: day date, since_us i64. The offset from UTC is looked up once for consecutive rows of
    one
    date: looking it up for each row takes ten times as long.
    """
    utc = start.dt.replace_time_zone(None)
    date = utc.dt.date()
    midnight = date.rle().struct.field("value").cast(pl.Datetime("us"))
    ahead = _ahead(midnight)
    is_changed = ahead != _ahead(midnight.dt.offset_by("1d"))
    local = utc + ahead.set(is_changed, None).gather(date.rle_id())
    day = local.dt.date()
    since_us = (local - day.cast(pl.Datetime("us"))).dt.total_microseconds()
    places = pl.DataFrame({"day": day, "since_us": since_us})
    unread = local.is_null().arg_true()
    if unread.is_empty():
        return places
    exact = (
        pl.DataFrame({"start": start.gather(unread)})
        .with_columns(day=pl.col("start").dt.convert_time_zone(ZONE).dt.date())
        .select(
            "day", since_us=(pl.col("start") - day_start(pl.col("day"))).dt.total_microseconds()
        )
    )
    return places.select(
        pl.Series(column.scatter(unread, exact[column.name])) for column in places.iter_columns()
    )


def _ahead(utc: pl.Series) -> pl.Series:
    """Return the offset of local time from UTC at these instants, which have no time zone."""
    local = utc.dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE)
    return local.dt.replace_time_zone(None) - utc
