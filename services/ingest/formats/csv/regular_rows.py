"""Rows of a CSV stamped in naive local time, if all of them have the usual form.

Anything else - a row to be rejected, a step next to a finer one, a value with decimals - is left to
``local_rows``, which gives the reason. Where both read, they read the same.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from libs.common.calendar import day_start
from services.ingest.domain.readings.readings import MAX_POWER_W, READINGS, Nature
from services.ingest.formats import columns, local_rows
from services.ingest.formats.csv.grid import CsvGrid, Irregular
from services.ingest.formats.csv.table import Lines
from services.ingest.formats.file_context import FileContext
from services.ingest.formats.repeated_hour import second_hour
from services.ingest.formats.stamps import FINE_STEPS_MIN, on_changing_days

_FIRST_LINE = 2
_OCTOBER = 10
_FEW = 8  # one row in eight is read in Python faster than all of them by polars
_MINUTE_US = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_US = timedelta(microseconds=1)

_Ints = npt.NDArray[np.int64]


class _Head(NamedTuple):
    """The fields that the rows of a run share."""

    prm: str
    direction: str
    step_min: int
    unit_w: int
    nature: str | None
    doubtful: bool


def readings(
    lines: Lines, wanted_columns: Mapping[str, str], *, context: FileContext | None
) -> pl.DataFrame:
    """Return schema READINGS. Raises Irregular if a row is anything but an ordinary reading.

    wanted_columns: the columns of ``local_rows.records``, of which likelihood may be absent.
    """
    grid = CsvGrid(lines, wanted_columns)
    texts, run = grid.runs("stamp", "value")
    heads = [_head(**text) for text in texts]
    at_start = _is_start_stamped(heads, context)
    value, is_missing = grid.whole_numbers("value")
    power_w = value * np.array([head.unit_w for head in heads])[run]
    step_us = np.array([head.step_min for head in heads])[run] * _MINUTE_US
    line = np.arange(_FIRST_LINE, _FIRST_LINE + grid.height) + lines.line_offset
    series = pl.DataFrame(heads, schema=_HEADS, orient="row")
    start_us = _instants_us(grid, lambda rows: series[run[rows]], line, context)
    start_us -= 0 if at_start else step_us
    is_natureless = np.array([head.nature is None for head in heads])[run] & ~is_missing
    if is_natureless.any() or (start_us % step_us).any() or power_w.max() > MAX_POWER_W:
        raise Irregular
    is_missing_value = pl.col("is_missing")
    return (
        series[run]
        .with_columns(start=start_us, power_w=power_w, is_missing=is_missing, line=line)
        .select(
            "prm",
            "direction",
            pl.col("start").cast(READINGS["start"]),
            "step_min",
            power_w=pl.when(~is_missing_value).then("power_w"),
            nature=pl.when(is_missing_value).then(pl.lit(Nature.MISSING.value)).otherwise("nature"),
            doubtful="doubtful",
            position=pl.format("line {}", "line"),
        )
    )


_HEADS = pl.Schema(
    {name: READINGS[name] for name in ("prm", "direction", "step_min")}
    | {"unit_w": pl.Int64(), "nature": pl.String(), "doubtful": pl.Boolean()}
)


def read_relevant_rows(lines: Lines, wanted_columns: Mapping[str, str]) -> pl.DataFrame:
    """Return ``file_context.may_matter`` of ``read_columns``.

    Raises Irregular if there are many rows.
    """
    grid = CsvGrid(lines, wanted_columns)
    steps, step_run = grid.runs_of("step")
    dates, date_run = grid.dates("stamp")
    is_fine = np.array([columns.step_min(step) in FINE_STEPS_MIN for step in steps])
    is_that_day = np.array([day.month == _OCTOBER and _ahead_us(day) is None for day in dates])
    rows = np.flatnonzero(is_fine[step_run] | is_that_day[date_run])
    if len(rows) * _FEW > grid.height:
        raise Irregular
    texts = {name: grid.texts(name, rows) for name in wanted_columns}
    matching_rows = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String()))
    return matching_rows.with_columns(line=pl.Series(rows + _FIRST_LINE, dtype=pl.Int64))


def _head(
    *,
    prm: str,
    physical: str,
    direction: str,
    unit: str,
    letter: str,
    step: str,
    likelihood: str = "",
) -> _Head:
    """Read the head of a run. Raises Irregular if any of it is faulty, or no record."""
    head = _Head(
        columns.prm(prm) or "",
        columns.direction(direction) or "",
        columns.step_min(step) or 0,
        columns.unit_w(unit) or 0,
        columns.nature(letter),
        local_rows.is_doubtful(likelihood),
    )
    is_usual = all(head[:4]) and columns.is_active(physical)
    if not is_usual or (head.nature is None and letter.strip()):
        raise Irregular
    return head


def _is_start_stamped(heads: Sequence[_Head], context: FileContext | None) -> bool:
    """Return ``stamps.is_start_stamped`` of all rows.

    Raises Irregular if it differs between them.
    """
    fine = {head.step_min in FINE_STEPS_MIN for head in heads}
    if fine == {True}:
        return True
    if len(fine) > 1 or (context and not context.fine_series.is_empty()):
        raise Irregular
    return False


def _instants_us(
    grid: CsvGrid,
    series_of: Callable[[_Ints], pl.DataFrame],
    line: _Ints,
    context: FileContext | None,
) -> _Ints:
    """Return the stamps' microseconds since 1970.

    Raises Irregular if a stamp is no instant, or an ambiguous one.
    """
    dates, run = grid.dates("stamp")
    midnights = np.array([day.toordinal() - _EPOCH.toordinal() for day in dates]) * (_DAY // _US)
    ahead = [_ahead_us(day) for day in dates]
    local_us = midnights[run] + grid.times_us("stamp")
    instants_us: _Ints = local_us - np.array([ahead_us or 0 for ahead_us in ahead])[run]
    rows = np.flatnonzero(np.array([ahead_us is None for ahead_us in ahead])[run])
    if len(rows):
        local = pl.Series(local_us[rows]).cast(pl.Datetime("us"))
        changing = series_of(rows).with_columns(local=local, file_line=line[rows])
        utc = on_changing_days(changing, context.second_hour if context else second_hour)
        if utc.null_count():
            raise Irregular
        instants_us[rows] = utc.to_physical().to_numpy()
    return instants_us


@lru_cache(maxsize=10_000)
def _ahead_us(day: date) -> int | None:
    """Return the offset of local time from UTC on a day; None if clocks change."""
    begin, end = day_start(day), day_start(day + _DAY)
    if end - begin != _DAY:
        return None
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (midnight - begin) // _US
