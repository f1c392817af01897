"""The common part of our own JSON and CSV for other operators (docs/use/generic-push.md)."""

import polars as pl

from services.ingest.domain.readings.readings import Nature
from services.ingest.formats import columns
from services.ingest.formats.power import read_power
from services.ingest.formats.stamps import read_offset
from services.ingest.formats.verdicts import nature_or_missing

UNITS = ("W", "kW", "Wh", "kWh")
_NATURES = {nature.value for nature in Nature}
_NOT_DOUBTFUL = {"", "0", "false"}
_HOUR_MIN = 60


def records(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the records for ``verdicts.parsed``, without the position.

    rows: in file order — prm, direction, stamp, step, unit, value, letter (the nature, here a word)
    and likelihood (whether doubtful), all str. An energy over a step is the mean power that gives
    it: every step divides the hour, so the factor between the two is whole, and nothing is rounded.
    A power that is not in whole watts is rejected.
    """
    translate, text, number = columns.translate, pl.String(), pl.Int64()
    start = read_offset(rows["stamp"])
    step_min = translate(rows["step"], columns.step_min, pl.Int32())
    energy_wh = translate(rows["unit"], columns.unit_wh, number)
    power_w = translate(rows["unit"], columns.unit_w, number)
    steps_per_hour = _HOUR_MIN // step_min.cast(number).fill_null(_HOUR_MIN)
    rows = rows.with_columns(
        translate(rows["prm"], columns.prm, text),
        translate(rows["direction"], columns.direction, text),
        rows["value"].str.strip_chars(),
        nature=translate(rows["letter"], _nature, text),
        doubtful=translate(rows["likelihood"], _is_doubtful, pl.Boolean()),
        start=start,
        is_stamped=start.is_not_null(),
        is_active=pl.lit(value=True),
        step_min=step_min,
        unit_w=pl.coalesce(power_w, energy_wh * steps_per_hour),
    )
    return rows.with_columns(
        power_w=read_power(rows["value"], rows["unit_w"]),
        nature=pl.when(_has_meaning()).then(nature_or_missing(pl.col("nature"))),
    )


def _has_meaning() -> pl.Expr:
    """Return whether the nature is known; a missing value must be empty."""
    is_missing = pl.col("nature") == Nature.MISSING.value
    return pl.col("nature").is_not_null() & ((pl.col("value") == "") | ~is_missing)


def _nature(word: str) -> str | None:
    """Return the nature of a word; without a word, measured."""
    stripped = word.strip().lower() or Nature.MEASURED.value
    return stripped if stripped in _NATURES else None


def _is_doubtful(flag: str) -> bool:
    return flag.strip().lower() not in _NOT_DOUBTFUL
