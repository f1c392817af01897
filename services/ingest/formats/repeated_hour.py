"""The choice between October's two hours from 02:00 for a naive local stamp, by order.

R6X files write local time without an offset (domain: §0.5), so each of those stamps names two
instants. The consecutive rows of one point and direction inside the hour are a *visit*:

- the clock goes back in the visit: the rows from there on are the second hour (standard time);
  were it to go back again, they would be the first one again, as in a file that repeats itself;
- it never goes back, but several stamps come twice, one behind the other: the file was sorted by
  its stamps, the second of each pair is the second hour;
- it never goes back and one stamp comes twice: part of the first hour is absent; the second
  of the two begins the second hour;
- each stamp comes once: only one of the hours is there. It is the second one if the next row
  continues it and the row before does not, as when a file begins there; else the first.

A file written backwards in time is read from its end. Where the rows of the day are in no order,
nothing shows the hour: half of the rows go back in time, as they do in no file that is sorted or
repeats itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

import polars as pl

_SERIES = ["prm", "direction"]
# The share of rows that go back in time: about half of them, if they are in no order.
_SHUFFLED_BETWEEN = (0.3, 0.7)
_FEWEST_ROWS = 10  # the share of fewer means little


def second_hour(
    rows: pl.DataFrame, repeated: pl.Series, orders: pl.DataFrame | None = None
) -> pl.Series:
    """Return whether each row belongs to the second of the two hours; false for other rows.

    Null where nothing shows it, because the rows of that day are in no order.
    rows: in file order — prm str, direction str, local datetime (naive), step_min i32.
    repeated: bool, same length, true where ``local`` names two instants.
    orders: see ``orders_of``, of all rows of the days, if these are only those of the nights.
    """
    second = pl.Series("second", [False]).new_from_index(0, rows.height)
    second_rows = [
        row
        for visit in _visits(rows, repeated)
        for row, is_second in zip(visit.rows, visit.second_hour(), strict=True)
        if is_second
    ]
    second = second.scatter(second_rows, True) if second_rows else second
    shuffled = _shuffled_rows(rows, repeated, orders)
    return second if shuffled.is_empty() else second.scatter(shuffled, None)


def orders_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Describe how the rows of each point and day follow each other. rows: in file order.

    Returns prm, direction, day, count u32, back u32 (how many go back in time), first and last
    datetime. The concatenated orders of a file's parts describe the file.
    """
    local = pl.col("local")
    return rows.group_by(*_SERIES, day=local.dt.date(), maintain_order=True).agg(
        count=pl.len(),
        back=(local.diff() < pl.duration()).sum(),
        first=local.first(),
        last=local.last(),
    )


def _shuffled_rows(
    rows: pl.DataFrame, repeated: pl.Series, orders: pl.DataFrame | None
) -> pl.Series:
    """Return the repeated rows of days on which the rows of their point are in no order."""
    day = pl.col("local").dt.date()
    if orders is None:
        days = rows["local"].filter(repeated).dt.date().unique()
        orders = orders_of(rows.filter(day.is_in(days.implode())))
    back = pl.col("back").sum() + (pl.col("first") < pl.col("last").shift(1)).sum()
    shuffled = (
        orders.group_by(*_SERIES, "day", maintain_order=True)
        .agg(pl.col("count").sum(), back=back)
        .filter(
            (pl.col("count") >= _FEWEST_ROWS)
            & (pl.col("back") / (pl.col("count") - 1)).is_between(*_SHUFFLED_BETWEEN)
        )
    )
    return (
        rows.select(*_SERIES, day=day, repeated=repeated)
        .with_row_index("row")
        .filter("repeated")
        .join(shuffled, on=[*_SERIES, "day"], how="semi", nulls_equal=True)["row"]
    )


@dataclass(frozen=True)
class _Visit:
    rows: Sequence[int]
    stamps: Sequence[datetime]
    gap_before: timedelta | None  # first stamp of the visit minus the stamp of the row before
    gap_after: timedelta | None  # stamp of the row after minus last stamp of the visit
    step: timedelta

    def second_hour(self) -> list[bool]:
        if not self._is_backwards():
            return _second_hour(self.stamps, begins_there=self._begins(self.gap_before))
        return _second_hour(self.stamps[::-1], begins_there=False)[::-1]

    def _is_backwards(self) -> bool:
        gaps = [gap for gap in (self.gap_before, self.gap_after) if gap is not None]
        return bool(gaps) and all(-timedelta(hours=1) <= gap < timedelta() for gap in gaps)

    def _begins(self, gap_before: timedelta | None) -> bool:
        return self.gap_after == self.step and gap_before != self.step


def _second_hour(stamps: Sequence[datetime], *, begins_there: bool) -> list[bool]:
    went_back = [later < earlier for earlier, later in pairwise(stamps)]
    if any(went_back):
        return [passes % 2 == 1 for passes in accumulate(went_back, initial=0)]
    twice = [stamp for stamp, count in Counter(stamps).items() if count > 1]
    if len(twice) > 1:
        return [stamp in stamps[:index] for index, stamp in enumerate(stamps)]
    if twice:
        return [twice[0] in stamps[:index] for index in range(len(stamps))]
    return [begins_there] * len(stamps)


def _visits(rows: pl.DataFrame, repeated: pl.Series) -> Iterator[_Visit]:
    """Yield the visits of the file; only the night of a clock change is examined."""
    nights = rows["local"].filter(repeated).dt.date().unique()
    local, day = pl.col("local"), pl.col("local").dt.date()
    visits = (
        rows.select(*_SERIES, "local", "step_min", repeated=repeated)
        .with_row_index("row")
        .filter(day.is_in(nights.implode()) & (local.dt.hour() < 5))  # noqa: PLR2004 - the night
        .sort(*_SERIES, "row")
        .with_columns(
            gap_before=local - local.shift(1).over(_SERIES),
            gap_after=local.shift(-1).over(_SERIES) - local,
            visit=pl.struct(*_SERIES, day, "repeated").rle_id(),
        )
        .filter("repeated")
        .group_by("visit", maintain_order=True)
        .agg(
            pl.col("row"),
            local,
            pl.col("gap_before").first(),
            pl.col("gap_after").last(),
            pl.col("step_min").last(),
        )
    )
    for _, indices, stamps, gap_before, gap_after, step_min in visits.iter_rows():
        yield _Visit(indices, stamps, gap_before, gap_after, timedelta(minutes=step_min or 0))
