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


def in_local_days(start: pl.Series) -> pl.DataFrame:
    """The local day of each instant (UTC), and how long it had lasted by then.

    Returns day date, since_us i64. How far the clock is ahead is looked up once for rows of one
    date that follow each other: to ask the time zone for each of them takes ten times as long.
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
    """What local time is ahead of UTC at these instants, which are without a time zone."""
    local = utc.dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE)
    return local.dt.replace_time_zone(None) - utc
