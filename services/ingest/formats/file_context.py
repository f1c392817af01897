"""The relations between a file's rows, collected before a large file is read part by part."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from services.ingest.formats import columns
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.repeated_hour import orders_of, second_hour
from services.ingest.formats.stamps import FINE_STEPS_MIN, is_repeated, read_local

_MOST_NIGHT_ROWS = 2_000_000
"""These rows are held in memory; a year of 5 minutes of 30,000 points has fewer."""


@dataclass(frozen=True)
class FileContext:
    """Answers for the rows of a part what ``stamps`` answers for those of a whole file.

    fine_series: prm str, direction str — the series with rows of 5 or 10 minutes.
    second_lines: i64, the lines whose stamps are in the second of October's repeated hours.
    ambiguous_lines: i64, the lines in a repeated hour that nothing shows to be first or second.
    """

    fine_series: pl.DataFrame
    second_lines: pl.Series
    ambiguous_lines: pl.Series

    @classmethod
    def of(cls, parts: Iterable[pl.DataFrame]) -> "FileContext":
        """parts: in file order, the results of ``of_some_rows``.

        Raises FileMalformed if more of them are in nights of October than memory has room for.
        """
        fine, nights, orders = [], [], []
        night_count = 0
        for rows in parts:
            is_fine = pl.col("step_min").is_in(FINE_STEPS_MIN)
            fine.append(_apart(rows.filter(is_fine).select("prm", "direction").unique()))
            orders.append(_apart(orders_of(rows.filter(_may_be_that_day()))))
            nights.append(_apart(rows.filter(_may_be_that_day() & _is_night())))
            night_count += nights[-1].height
            if night_count > _MOST_NIGHT_ROWS:
                raise FileMalformed(
                    f"More than {_MOST_NIGHT_ROWS} rows are of the night on which clocks go back: "
                    "send the file in parts, each with whole days of some points."
                )
        night = pl.concat(nights)
        is_second = second_hour(night, is_repeated(night["local"]), pl.concat(orders))
        line = night["line"]
        return cls(
            pl.concat(fine).unique(), line.filter(is_second), line.filter(is_second.is_null())
        )

    def second_hour(self, rows: pl.DataFrame, repeated: pl.Series) -> pl.Series:
        """Return as ``repeated_hour.second_hour`` does.

        rows: file_line i64, the line in the whole file.
        """
        at = repeated.arg_true()
        line = rows["file_line"].gather(at)
        is_second = line.is_in(self.second_lines.implode())
        is_second = is_second.set(line.is_in(self.ambiguous_lines.implode()), None)
        nowhere = pl.Series([False]).new_from_index(0, repeated.len())
        return nowhere.scatter(at, is_second)


def may_matter(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that may matter to others: fine ones, and those of the end of October.

    rows: stamp and step, str, as received, and any other columns.
    """
    step_min = columns.translate(rows["step"], columns.step_min, pl.Int32())
    in_october = rows["stamp"].str.contains("-10-", literal=True)
    if in_october.any():
        in_october &= rows["stamp"].str.contains("-10-[23]")
    return rows.filter(in_october | step_min.is_in(FINE_STEPS_MIN).fill_null(value=False))


def of_some_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Return what the context needs of rows that may matter.

    rows: prm, direction, stamp and step, all str, as received; line i64.
    Returns prm, direction str, step_min i32, line, local datetime.
    """
    step_min = columns.translate(rows["step"], columns.step_min, pl.Int32())
    return rows.with_columns(step_min=step_min).select(
        columns.translate(rows["prm"], columns.prm, pl.String()),
        columns.translate(rows["direction"], columns.direction, pl.String()),
        "step_min",
        "line",
        local=read_local(rows["stamp"]),
    )


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a copy: a text in a frame keeps all of its original column in memory."""
    return pl.DataFrame(rows.rows(), schema=rows.schema, orient="row")


def _may_be_that_day() -> pl.Expr:
    """Return whether the row is of a last Sunday of October."""
    local = pl.col("local").dt
    is_october = local.month() == 10  # noqa: PLR2004 - October
    return is_october & (local.weekday() == 7) & (local.day() > 24)  # noqa: PLR2004 - its last week


def _is_night() -> pl.Expr:
    """Return whether the row is in the hours that ``repeated_hour`` looks at."""
    return pl.col("local").dt.hour() < 5  # noqa: PLR2004 - the night
