"""What rows of a file say of each other, collected before a large file is read part by part."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.repeated_hour import second_hour
from services.ingest.formats.stamps import FINE_STEPS_MIN, is_repeated

_MOST_NIGHT_ROWS = 2_000_000
"""They are held in memory; a year of 5 minutes of 30,000 points has fewer."""


@dataclass(frozen=True)
class FileContext:
    """Tells of the rows of a part what the functions of ``stamps`` tell of those of a whole file.

    fine_series: prm str, direction str — those that have rows of 5 or 10 minutes.
    second_lines: i64, the lines whose stamps are in the second of October's repeated hours.
    """

    fine_series: pl.DataFrame
    second_lines: pl.Series

    @classmethod
    def of(cls, parts: Iterable[pl.DataFrame]) -> "FileContext":
        """parts: in file order — prm, direction str, local datetime, step_min i32, line i64.

        Raises FileMalformed if more of them are in nights of October than memory has room for.
        """
        fine, nights = [], []
        night_count = 0
        for rows in parts:
            is_fine = pl.col("step_min").is_in(FINE_STEPS_MIN)
            fine.append(_apart(rows.filter(is_fine).select("prm", "direction").unique()))
            nights.append(_apart(rows.filter(_may_be_that_night())))
            night_count += nights[-1].height
            if night_count > _MOST_NIGHT_ROWS:
                raise FileMalformed(
                    f"More than {_MOST_NIGHT_ROWS} rows are of the night on which clocks go back: "
                    "send the file in parts, each with whole days of some points."
                )
        night = pl.concat(nights)
        is_second = second_hour(night, is_repeated(night["local"]))
        return cls(pl.concat(fine).unique(), night["line"].filter(is_second))

    def second_hour(self, rows: pl.DataFrame, repeated: pl.Series) -> pl.Series:
        """As ``repeated_hour.second_hour``; rows: file_line i64, the line in the whole file."""
        return repeated & rows["file_line"].is_in(self.second_lines.implode())


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """A copy: a text in a frame keeps all of the column that it was taken from in memory."""
    return pl.DataFrame(rows.rows(), schema=rows.schema, orient="row")


def _may_be_that_night() -> pl.Expr:
    """The hours that ``repeated_hour`` looks at, of any last Sunday of October."""
    local = pl.col("local").dt
    is_october = local.month() == 10  # noqa: PLR2004 - October
    is_last_sunday = (local.weekday() == 7) & (local.day() > 24)  # noqa: PLR2004 - its last week
    return is_october & is_last_sunday & (local.hour() < 5)  # noqa: PLR2004 - the night
