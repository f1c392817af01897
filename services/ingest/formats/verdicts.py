"""The last step of every parser: which records are readings, and why the others are not."""

from collections.abc import Callable, Iterator

import polars as pl

from services.ingest.domain.readings.readings import READINGS, Nature
from services.ingest.domain.refusals import RefusalCode
from services.ingest.formats.columns import PRM_FAULT
from services.ingest.formats.parsed import Parsed, Rejected
from services.ingest.formats.power import power_fault
from services.ingest.formats.problems import FileMalformed

MOST_REJECTED = 200_000
"""The most of one file: each is kept with its reason, and a file must not fill the memory."""

NOT_ACTIVE_FAULT = "not active power: only PA or EA, in W or kW, is a reading"
DIRECTION_FAULT = "the direction is neither consumption nor production"
STEP_FAULT = "the step is not 5, 10, 15, 30 or 60 minutes"

_CHECKS = (
    (RefusalCode.PRM_MALFORMED, PRM_FAULT, pl.col("prm").is_null()),
    (
        RefusalCode.NOT_ACTIVE_POWER,
        NOT_ACTIVE_FAULT,
        ~pl.col("is_active") | pl.col("unit_w").is_null(),
    ),
    (
        RefusalCode.DIRECTION_UNKNOWN,
        DIRECTION_FAULT,
        pl.col("direction").is_null(),
    ),
    (
        RefusalCode.STAMP_MALFORMED,
        "the stamp is not a date and time of the documented form",
        ~pl.col("is_stamped"),
    ),
    (
        RefusalCode.STEP_UNSUPPORTED,
        STEP_FAULT,
        pl.col("step_min").is_null(),
    ),
    (
        RefusalCode.STAMP_AMBIGUOUS,
        "the local time came twice that night, and rows in no order do not show which is meant",
        ~pl.col("is_unambiguous"),
    ),
    (
        RefusalCode.STAMP_IMPOSSIBLE,
        "the stamp is a local time that was skipped when clocks went forward",
        pl.col("start").is_null(),
    ),
    (
        RefusalCode.STAMP_OFF_STEP,
        "the stamp is not a whole number of steps from the hour",
        pl.col("start").dt.epoch("us") % (pl.col("step_min").cast(pl.Int64) * 60_000_000) != 0,
    ),
    (
        RefusalCode.NATURE_UNKNOWN,
        "the nature is none of the documented letters",
        pl.col("nature").is_null(),
    ),
)
"""In the order in which a sender would want to know of them; the value comes last."""


def parsed(
    format_name: str, records: pl.DataFrame, texts: Callable[[pl.DataFrame], list[str]]
) -> Parsed:
    """Separate readings from rejected records.

    records: one row per record, in file order — the columns of ``READINGS``, null where unreadable,
    and is_active bool, unit_w i64, is_stamped bool, value str (the power as received);
    is_unambiguous bool if stamps are local times, false where nothing shows which of two is meant.
    texts: returns the records of some of these rows as received.
    """
    if "is_unambiguous" not in records.columns:
        records = records.with_columns(is_unambiguous=pl.lit(value=True))
    is_faulty = [check for _, _, check in _CHECKS]
    is_rejected = pl.any_horizontal(*is_faulty, _has_faulty_value()).fill_null(value=True)
    rejected = records.select(is_rejected).to_series()
    if not rejected.any():
        return _parsed(format_name, records, ())
    count = int(rejected.sum())
    if count > MOST_REJECTED:
        first = records[rejected.arg_true().head(1)]
        raise FileMalformed(
            f"{count} of {records.height} records cannot be read; the first, "
            f"{first['position'][0]}: {next(_reasons(first))[1]}."
        )
    refused = records.filter(rejected)
    reasons = _reasons(refused)
    entries = tuple(
        Rejected(" ".join(position.split()), reason, text, code)
        for position, (code, reason), text in zip(
            refused["position"], reasons, texts(refused), strict=True
        )
    )
    return _parsed(format_name, records.filter(~rejected), entries)


def nature_or_missing(nature: pl.Expr) -> pl.Expr:
    """Return missing for a record without a value, unless its nature is unreadable too."""
    return pl.when(pl.col("value") == "").then(pl.lit(Nature.MISSING.value)).otherwise(nature)


def _has_faulty_value() -> pl.Expr:
    return pl.col("power_w").is_null() & (pl.col("value") != "")


def _reasons(refused: pl.DataFrame) -> Iterator[tuple[RefusalCode, str]]:
    checked = refused.select(
        "value",
        "unit_w",
        check=pl.coalesce(
            pl.when(check).then(pl.lit(place)) for place, (_, _, check) in enumerate(_CHECKS)
        ),
    )
    for value, unit_w, check in checked.iter_rows():
        if check is not None:
            yield _CHECKS[check][:2]
        else:
            fault = power_fault(value, unit_w)
            assert fault is not None
            yield fault.code, str(fault)


def _parsed(format_name: str, readings: pl.DataFrame, rejected: tuple[Rejected, ...]) -> Parsed:
    return Parsed(
        format=format_name,
        readings=readings.select(READINGS.names()).cast(READINGS),
        rejected=rejected,
        record_count=readings.height + len(rejected),
    )
