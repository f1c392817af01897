"""Decisions on quarantined records: each is made once, and its author is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import polars as pl

from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.readings import READINGS, Nature
from services.ingest.domain.refusals import RefusalCode, RefusedRecord

_PUBLISHED = READINGS | {"published_us": pl.Int64()}


class QuarantineState(StrEnum):
    OPEN = "open"  # waits for a decision
    CORRECTED = "corrected"  # another reading was taken in its place
    RELEASED = "released"  # it was taken as it is
    DISCARDED = "discarded"  # it is of no use


@dataclass(frozen=True)
class QuarantineDecision:
    """The author of a decision, and the reason; because is None where none was asked for."""

    state: QuarantineState
    by: str
    because: str | None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The reading that the meter recorded; the interval is [start, start + step_min)."""

    prm: Prm
    direction: Direction
    start: datetime
    step_min: int
    power_w: int

    @property
    def text(self) -> str:
        """The reading as ``elocoop readings`` prints it."""
        return (
            f"{self.prm},{self.direction},{self.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ},"
            f"{self.step_min},{self.power_w},{Nature.CORRECTED},0"
        )

    def reading(self, *, published_at: datetime) -> pl.DataFrame:
        """Return one row, as ``placing.place`` takes it."""
        row = (
            self.prm,
            self.direction.value,
            self.start,
            self.step_min,
            self.power_w,
            Nature.CORRECTED.value,
            False,
            "correction",
            round(published_at.timestamp() * 1_000_000),
        )
        return pl.DataFrame([row], schema=_PUBLISHED, orient="row")


def releasable(records: Iterable[RefusedRecord]) -> pl.DataFrame:
    """Return the readings of records, as ``placing.place`` takes them; every record holds one.

    They count as published when their file was, so that a release never undoes what the DSO has
    published since. One that contradicts another of its file takes precedence over it: it counts as
    published a microsecond later.
    """
    rows = [
        (
            record.prm,
            record.direction,
            record.start,
            record.step_min,
            record.power_w,
            record.nature,
            record.doubtful,
            record.position,
            (record.published_us or 0) + (record.code == RefusalCode.CONTRADICTION),
        )
        for record in records
    ]
    return pl.DataFrame(rows, schema=_PUBLISHED, orient="row")
