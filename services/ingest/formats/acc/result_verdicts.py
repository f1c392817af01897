"""The last step of the parsers of the DSO's results: which records are kept, and which not."""

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from services.ingest.domain.results.results import MAX_MONTH_WMIN, MAX_STEP_WMIN, QUANTITIES
from services.ingest.formats.energy import EMPTY, faults
from services.ingest.formats.parsed import RECORD_CHARS, Rejected
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.verdicts import MOST_REJECTED

RecordTexts = Callable[[pl.DataFrame], list[str]]
"""Returns the records of some rows as received."""

_POSITION = pl.col("position")
_PRM = "the PRM is not 14 digits: send it as text, with its leading zeros"
_OF_SIDE = pl.any_horizontal(
    (pl.col("direction") == direction.value) & pl.col("quantity").is_in(list(quantities))
    for direction, quantities in QUANTITIES.items()
)
_POINT = {
    _PRM: pl.col("prm").is_null() & ~pl.col("named_elsewhere"),
    "the operation is not ACC and 8 digits": (
        pl.col("operation_id").is_null() & ~pl.col("of_operation_elsewhere")
    ),
    "whether it is definitive is not stated in a documented word": pl.col("definitive").is_null(),
    "the quantity is none of the documented words": pl.col("quantity").is_null(),
    "nothing shows whether the point's share is of a consumption or of a production": (
        pl.col("direction").is_null()
    ),
    "the point has no such quantity in its direction": ~_OF_SIDE,
}
VALUE_CHECKS: Mapping[str, pl.Expr] = {
    **_POINT,
    "the stamp is not a date and time of the documented form": ~pl.col("is_stamped"),
    "the step is not 5, 10, 15, 30 or 60 minutes": pl.col("step_min").is_null(),
    "the stamp is a local time that was skipped when clocks went forward": (
        pl.col("start").is_null()
    ),
    "the stamp is not a whole number of steps from the hour": (
        pl.col("start").dt.epoch("us") % (pl.col("step_min").cast(pl.Int64) * 60_000_000) != 0
    ),
    "the next stamp comes before its step is over: check the step of the layout": (
        pl.col("is_too_near")
    ),
    **faults(MAX_STEP_WMIN),
}
"""In the order in which a sender would want to know of them."""

_ONE_ENERGY = {
    **_POINT,
    "the period is not a whole month of local days": pl.col("month").is_null(),
    "the class is not 1 to 32 letters, digits, - or _": pl.col("tariff_class").is_null(),
    "the unit is a power: an energy of a month is in Wh or kWh": pl.col("unit").is_in(["W", "kW"]),
    **faults(MAX_MONTH_WMIN),
    "the value is missing": EMPTY,
}
_IS_FAULTY = pl.any_horizontal(check.fill_null(value=False) for check in _ONE_ENERGY.values())
ENERGY_CHECKS: Mapping[str, pl.Expr] = {
    **_ONE_ENERGY,
    # The classes of a quantity are kept together: without one, their sum would be wrong.
    "another class of the same quantity cannot be read": (
        _IS_FAULTY.any().over("prm", "direction", "quantity", "month")
    ),
}
POINT_CHECKS: Mapping[str, pl.Expr] = {
    _PRM: pl.col("prm").is_null(),
    "the participant is named neither by cons_id nor by prod_id": pl.col("direction").is_null(),
    "a date is not written YYYY-MM-DD": ~pl.col("is_dated"),
    "the participation ends before it begins": pl.col("valid_to") <= pl.col("valid_from"),
}


def separate(
    records: pl.DataFrame,
    checks: Mapping[str, pl.Expr],
    schema: pl.Schema,
    texts: RecordTexts,
    place: pl.Expr = _POSITION,
) -> tuple[pl.DataFrame, tuple[Rejected, ...]]:
    """Return the records that pass every check, in the schema and in order, and the rejected ones.

    records: the columns of the schema, and those that the checks look at.
    place: where a rejected record is found.
    Raises FileMalformed if more are rejected than can be kept.
    """
    reason = pl.coalesce(
        pl.when(check.fill_null(value=False)).then(pl.lit(words)) for words, check in checks.items()
    )
    reasons = records.select(reason=reason).to_series()
    is_kept = reasons.is_null()
    refused = records.filter(~is_kept).with_columns(place=place, reason=reasons.drop_nulls())
    check_count(refused["place"], refused["reason"], refused.height)
    rejected = tuple(
        Rejected(" ".join(position.split())[:RECORD_CHARS], words, text[:RECORD_CHARS])
        for position, words, text in zip(
            refused["place"], refused["reason"], texts(refused), strict=True
        )
    )
    return records.filter(is_kept).select(schema.names()).cast(schema), rejected


def check_count(places: Iterable[str], reasons: Iterable[str], count: int) -> None:
    """Raise FileMalformed if so many records are rejected that they cannot be kept."""
    if count > MOST_REJECTED:
        raise FileMalformed(
            f"More than {MOST_REJECTED} records cannot be read; the first, {next(iter(places))}:"
            f" {next(iter(reasons))}."
        )
