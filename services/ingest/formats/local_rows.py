"""Curves whose rows are stamped in naive local time: R63 and Data Connect."""

import polars as pl

from services.ingest.formats import columns
from services.ingest.formats.file_context import FileContext
from services.ingest.formats.power import read_power
from services.ingest.formats.repeated_hour import second_hour
from services.ingest.formats.stamps import (
    interval_start,
    is_start_stamped,
    read_local,
    utc_from_local,
)
from services.ingest.formats.verdicts import nature_or_missing

_DOUBTFUL = "1"
_OCTOBER = 10
_OTHER_QUANTITIES = {"pri", "prc", "e"}


def of_active_power(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Remove the rows of reactive power and voltage, which are no records, as in R4x.

    Returns the other rows, and the quantities that were passed over.
    """
    is_other = columns.translate(rows["physical"], is_passed_over, pl.Boolean())
    if not is_other.any():
        return rows, []
    return rows.filter(~is_other), rows["physical"].filter(is_other).unique().to_list()


def is_passed_over(physical: str) -> bool:
    return columns.plain(physical) in _OTHER_QUANTITIES


def is_doubtful(likelihood: str) -> bool:
    return likelihood.strip() == _DOUBTFUL


def records(
    rows: pl.DataFrame,
    *,
    is_stamped_at_start: pl.Series | None = None,
    context: FileContext | None = None,
) -> pl.DataFrame:
    """Return the records for ``verdicts.parsed``, without the position.

    rows: in file order — prm, physical, direction, unit, stamp, value, letter, step and likelihood,
    all str, as received.
    is_stamped_at_start: bool, same length, null where only the rows can show it; None if all are.
    context: of the file that these rows, which have file_line i64, are a part of; None if all.
    """
    translate, text, number, flag = columns.translate, pl.String(), pl.Int64(), pl.Boolean()
    letter = translate(rows["letter"], str.strip, text)
    rows = rows.with_columns(
        translate(rows["prm"], columns.prm, text),
        translate(rows["direction"], columns.direction, text),
        rows["value"].str.strip_chars(),
        is_active=translate(rows["physical"], columns.is_active, flag),
        unit_w=translate(rows["unit"], columns.unit_w, number),
        step_min=translate(rows["step"], columns.step_min, pl.Int32()),
        doubtful=translate(rows["likelihood"], is_doubtful, flag),
        nature=translate(letter, columns.nature, text),
        is_linky=translate(letter, lambda sign: sign.upper() == "B", flag),
        local=read_local(rows["stamp"]),
    )
    at_start = is_start_stamped(rows, context.fine_series if context else None)
    if is_stamped_at_start is not None:
        at_start = pl.select(pl.coalesce(is_stamped_at_start, at_start)).to_series()
    stamped_at = utc_from_local(rows, context.second_hour if context else second_hour)
    has_known_letter = pl.col("nature").is_not_null() | (letter == "")
    return rows.with_columns(
        start=interval_start(stamped_at, rows["step_min"], at_start=at_start),
        # A local time that has no instant was skipped in March, or came twice in October.
        is_unambiguous=_is_unambiguous(stamped_at, rows["local"]),
        power_w=read_power(rows["value"], rows["unit_w"]),
        is_stamped=pl.col("local").is_not_null(),
        nature=pl.when(has_known_letter).then(nature_or_missing(pl.col("nature"))),
    )


def _is_unambiguous(stamped_at: pl.Series, local: pl.Series) -> pl.Series:
    """Return false where October's ambiguous hour alone leaves a stamp without an instant."""
    has_instant = stamped_at.is_not_null()
    return has_instant if has_instant.all() else has_instant | (local.dt.month() != _OCTOBER)
