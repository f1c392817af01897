"""The DSO's time stamps, read as instants and brought to the start of their interval."""

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl

from services.ingest.formats.repeated_hour import second_hour

_EARLIEST, _LATEST = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - compared to local
_ZONE = "Europe/Paris"
_MINUTE_US, _HOUR_US = 60_000_000, 3_600_000_000
FINE_STEPS_MIN = (5, 10)
"""Only meters of the segments C1–C4 record so often, see ``is_start_stamped``."""


def read_local(stamps: pl.Series, stamp_format: str = "%Y-%m-%d %H:%M:%S") -> pl.Series:
    """Naive local datetimes of ``2026-10-25 00:30:00``; null if impossible or not in 2000–2099."""
    local = stamps.str.to_datetime(stamp_format, time_unit="us", strict=False)
    return _within_reason(local, _EARLIEST, _LATEST)


def is_repeated(local: pl.Series) -> pl.Series:
    """Whether each naive local stamp names two instants; false where it is null."""
    once = local.dt.replace_time_zone(_ZONE, ambiguous="null", non_existent="null")
    first = local.dt.replace_time_zone(_ZONE, ambiguous="earliest", non_existent="null")
    return once.is_null() & first.is_not_null()


def utc_from_local(
    rows: pl.DataFrame,
    in_second_hour: Callable[[pl.DataFrame, pl.Series], pl.Series] = second_hour,
) -> pl.Series:
    """The instant (UTC) of each naive local stamp; null if the clock never showed it.

    Null too if it showed it twice, and the rows are in no order that tells which time is meant.
    rows: in file order — prm str, direction str, local datetime (naive), step_min i32.
    in_second_hour: tells October's two 02:00–03:00 hours apart, by order: ``repeated_hour``.
    """
    local = rows["local"]
    utc = local.dt.replace_time_zone(_ZONE, ambiguous="null", non_existent="null")
    unsettled = utc.is_null() & local.is_not_null()
    if not unsettled.any():
        return utc.dt.convert_time_zone("UTC")
    first = local.filter(unsettled).dt.replace_time_zone(
        _ZONE, ambiguous="earliest", non_existent="null"
    )
    utc = utc.scatter(unsettled.arg_true(), first).dt.convert_time_zone("UTC")
    second = in_second_hour(rows, unsettled & utc.is_not_null())
    return utc + (second.cast(pl.Int64) * _HOUR_US).cast(pl.Duration("us"))


def read_offset(stamps: pl.Series) -> pl.Series:
    """Instants (UTC) of ``2026-10-25T00:30:00+02:00``; null if impossible or without an offset."""
    utc = stamps.str.to_datetime(
        "%Y-%m-%dT%H:%M:%S%:z", time_unit="us", time_zone="UTC", strict=False
    )
    unread = utc.is_null().arg_true()
    if not unread.is_empty():
        utc = utc.scatter(unread, _utc_of(stamps.gather(unread)))
    return _within_reason(utc, _EARLIEST.replace(tzinfo=UTC), _LATEST.replace(tzinfo=UTC))


def _utc_of(stamps: pl.Series) -> pl.Series:
    """Instants (UTC) of stamps that end in Z, or of any other spelling of ISO 8601."""
    zulu = stamps.str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", strict=False)
    utc = zulu.dt.replace_time_zone("UTC")
    unread = utc.is_null().arg_true()
    others = [iso_instant(stamp) for stamp in stamps.gather(unread)]
    return utc.scatter(unread, pl.Series(others, dtype=pl.Datetime("us", "UTC")))


def is_start_stamped(rows: pl.DataFrame, fine_series: pl.DataFrame | None = None) -> pl.Series:
    """Whether a stamp is the start of its interval; if not, it is the end.

    rows: prm str, direction str, step_min i32, is_linky bool (its nature is B, Linky's raw value).
    fine_series: prm, direction of those with finer rows in the file; None if rows are all of it.
    Enedis stamps the start for the segments C1–C4 and the end for C5 and P4 (domain: §0.5), but
    neither R63 nor HDM names the segment. The steps do: only C1–C4 meters record every 5 or
    10 minutes. So

    - a row of 5 or 10 minutes is stamped at its start;
    - a longer one is stamped at its end, unless its point and direction have finer rows in the
      same file, as when a C4 meter is reprogrammed; a Linky value remains stamped at its end.
    """
    fine = rows["step_min"].is_in(FINE_STEPS_MIN).fill_null(value=False)
    series = ["prm", "direction"]
    if fine_series is None:
        fine_series = rows.filter(fine).select(series).unique()
    if fine_series.is_empty() or fine.all():
        return fine
    has_finer = rows.select(series).join(
        fine_series.with_columns(has_finer=True), on=series, how="left", maintain_order="left"
    )["has_finer"]
    return fine | (has_finer.fill_null(value=False) & ~rows["is_linky"])


def interval_start(stamped_at: pl.Series, step_min: pl.Series, *, at_start: pl.Series) -> pl.Series:
    """Instants (UTC) of the starts of intervals; null where the stamp or the step is."""
    if at_start.all():
        return stamped_at
    length_us = (step_min.cast(pl.Int64) * _MINUTE_US).set(at_start, 0)
    return stamped_at - length_us.cast(pl.Duration("us"))


def iso_instant(stamp: str) -> datetime | None:
    """The instant (UTC) of an ISO 8601 text with an offset; else None."""
    try:
        instant = datetime.fromisoformat(stamp.strip())
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _within_reason(stamps: pl.Series, earliest: datetime, latest: datetime) -> pl.Series:
    """Null the years that no metering file is about; far enough ones have no Python datetime."""
    within = stamps.is_between(earliest, latest, closed="left")
    return stamps if within.all() else stamps.set(~within, None)
