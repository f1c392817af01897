"""Reasons to keep a record out of the readings: stable codes, and the quarantined record."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import polars as pl


class RefusalCode(StrEnum):
    """Codes of records that are no readings or contradict another; rules have their own codes."""

    UNREADABLE = "unreadable"
    PRM_MALFORMED = "prm-malformed"
    NOT_ACTIVE_POWER = "not-active-power"
    DIRECTION_UNKNOWN = "direction-unknown"
    STAMP_MALFORMED = "stamp-malformed"
    STAMP_AMBIGUOUS = "stamp-ambiguous"
    STAMP_IMPOSSIBLE = "stamp-impossible"
    STAMP_OFF_STEP = "stamp-off-step"
    STEP_UNSUPPORTED = "step-unsupported"
    NATURE_UNKNOWN = "nature-unknown"
    VALUE_NOT_A_NUMBER = "value-not-a-number"
    VALUE_NEGATIVE = "value-negative"
    VALUE_NOT_WHOLE = "value-not-whole"
    VALUE_TOO_LARGE = "value-too-large"
    DOCUMENT_NOT_UNDERSTOOD = "document-not-understood"
    CONTRADICTION = "contradiction"
    NOT_YOUR_POINT = "not-your-point"
    NOT_FOR_ORGANISERS = "not-for-organisers"
    OTHER_STEP_STANDS = "other-step-stands"


REFUSALS = {
    RefusalCode.UNREADABLE: "what was sent cannot be read; the reason says why",
    RefusalCode.PRM_MALFORMED: "the PRM is not 14 digits",
    RefusalCode.NOT_ACTIVE_POWER: "another quantity than active power, or an unknown unit",
    RefusalCode.DIRECTION_UNKNOWN: "neither consumption nor production",
    RefusalCode.STAMP_MALFORMED: "no date and time, or not of the years 2000 to 2099",
    RefusalCode.STAMP_AMBIGUOUS: "a local time of October's repeated hour, in rows of no order",
    RefusalCode.STAMP_IMPOSSIBLE: "a local time that was skipped when clocks went forward",
    RefusalCode.STAMP_OFF_STEP: "not a whole number of steps from the hour, or from midnight",
    RefusalCode.STEP_UNSUPPORTED: "not 5, 10, 15, 30 or 60 minutes",
    RefusalCode.NATURE_UNKNOWN: "none of the documented letters",
    RefusalCode.VALUE_NOT_A_NUMBER: "the value is not a number",
    RefusalCode.VALUE_NEGATIVE: "the value is negative",
    RefusalCode.VALUE_NOT_WHOLE: "the value is not in whole watts",
    RefusalCode.VALUE_TOO_LARGE: "the value is above a gigawatt",
    RefusalCode.DOCUMENT_NOT_UNDERSTOOD: (
        "a member of an archive that is of no known format, or whose name leads out of it"
    ),
    RefusalCode.NOT_YOUR_POINT: (
        "an organiser's file: on that day the point takes part in no operation of theirs, or"
        " the day is not over"
    ),
    RefusalCode.NOT_FOR_ORGANISERS: "an organiser's file: the record is no reading",
    RefusalCode.OTHER_STEP_STANDS: (
        "an organiser's file: the DSO has given the day in another step, which stands"
    ),
    RefusalCode.CONTRADICTION: "another value for a step of which the same file said one before",
}
"""The meaning of each code, for docs/use/validation-rules.md."""

OF_ORGANISERS_FILES = (
    RefusalCode.NOT_YOUR_POINT,
    RefusalCode.NOT_FOR_ORGANISERS,
    RefusalCode.OTHER_STEP_STANDS,
)
"""Codes of records that nobody can release."""


class RefusedRecord(NamedTuple):
    """A record that is kept out.

    position, reason and record are for its sender. A record that can be read as a reading has all
    the other fields (power_w is None if missing), so that it can be released; any other has none.
    """

    position: str
    reason: str
    record: str
    code: str = RefusalCode.UNREADABLE
    prm: str | None = None
    direction: str | None = None
    day: date | None = None
    start: datetime | None = None
    step_min: int | None = None
    power_w: int | None = None
    nature: str | None = None
    doubtful: bool | None = None
    published_us: int | None = None


REFUSED = pl.Schema(
    {
        "position": pl.String(),
        "reason": pl.String(),
        "record": pl.String(),
        "code": pl.String(),
        "prm": pl.String(),
        "direction": pl.String(),
        "day": pl.Date(),
        "start": pl.Datetime("us", "UTC"),
        "step_min": pl.Int32(),
        "power_w": pl.Int64(),
        "nature": pl.String(),
        "doubtful": pl.Boolean(),
        "published_us": pl.Int64(),
    }
)
"""One row per record that is not taken, with the fields of ``RefusedRecord``.

``record`` is written as ``elocoop readings`` writes readings.
"""


def refused(records: pl.DataFrame) -> pl.DataFrame:
    """Describe readings that are not taken; schema REFUSED.

    records: placed readings, see ``placing.Placed``, and reason str, code str.
    """
    return records.with_columns(
        record=pl.concat_str(
            "prm",
            "direction",
            pl.col("start").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "step_min",
            pl.col("power_w").cast(pl.String).fill_null(""),
            "nature",
            pl.col("doubtful").cast(pl.Int8),
            separator=",",
        ),
    ).select(REFUSED.names())
