"""Re-requests to the DSO: which days of which points, by which flow, in which calls."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import polars as pl

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm


class Flow(StrEnum):
    """The flow that may bring missing readings; sources: domain §2.2, §2.5, §2.9."""

    R50 = "R50"  # daily, C5: late files come by themselves for 20 days
    R4Q = "R4Q"  # daily, C1 to C4 and P1 to P3: late files likewise
    R63 = "R63"  # on demand, any point: 1,500 points a demand, 24 months back
    DATA_CONNECT = "Data Connect"  # API, with the member's consent: 7 days a call, 24 months
    NONE = "none"  # too old for any


class ReRequestStatus(StrEnum):
    WAITING = "waiting"  # to be asked for, or asked for and not there yet
    RESOLVED = "resolved"  # the readings have come
    WITHDRAWN = "withdrawn"  # nobody wants them any more
    GIVEN_UP = "given_up"  # asked for too often


ENDED_IN_VAIN = (ReRequestStatus.WITHDRAWN, ReRequestStatus.GIVEN_UP)
"""Only a person asks for the same days again."""


_LATE_DAYS = 20
_DEPTH_DAYS = 730  # 24 months
_DAILY = {"R50": Flow.R50, "R4": Flow.R4Q}
_PRMS_PER_DEMAND = 1500
_DAYS_PER_CALL = 7

_PAUSES = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=4),
    *[timedelta(days=7)] * 3,
)
"""The pauses between attempts; after the last, some five weeks on, the DSO has no more readings."""


@dataclass(frozen=True)
class MissingDays:
    """Consecutive days ``[from_day, to_day)`` of a point, each of which lacks some steps.

    missing_since: the first day on which the first of them counted as missing.
    """

    prm: Prm
    direction: Direction
    from_day: date
    to_day: date
    missing_steps: int
    missing_since: date
    flow: Flow


@dataclass(frozen=True)
class Call:
    """One question to the DSO: these points over ``[from_day, to_day)``."""

    flow: Flow
    direction: Direction
    prms: Sequence[Prm]
    from_day: date
    to_day: date


def list_lacks(
    counts: pl.DataFrame,
    formats: Mapping[tuple[Prm, Direction], str],
    *,
    today: date,
    grace_days: int,
) -> list[MissingDays]:
    """Return what is missing and late, in order of prm, direction, day.

    What ingest estimated is missing all the same.
    counts: schema COMPLETENESS. formats: of the last delivery with readings of the point.
    grace_days: whole days between a day and the one on which it counts as missing.
    """
    missing = (
        counts.with_columns(steps=pl.col("missing") + pl.col("estimated_by_us"))
        .filter(pl.col("steps") > 0, pl.col("day") < today - timedelta(days=grace_days))
        .sort("prm", "direction", "day")
    )
    follows = pl.col("day").diff().over("prm", "direction") == timedelta(days=1)
    ranges = (
        missing.with_columns(run=(~follows.fill_null(value=False)).cum_sum())
        .group_by("run", "prm", "direction", maintain_order=True)
        .agg(first=pl.col("day").min(), last=pl.col("day").max(), steps=pl.col("steps").sum())
    )
    lacks = []
    for _, prm, direction, first, last, steps in ranges.iter_rows():
        point = Prm(prm), Direction(direction)
        flow = choose_flow(formats.get(point, ""), first, today=today)
        since = first + timedelta(days=grace_days + 1)
        lacks.append(MissingDays(*point, first, last + timedelta(days=1), steps, since, flow))
    return lacks


def late_months(today: date, *, grace_days: int) -> tuple[Month, Month]:
    """Return the month of the last day that counts as missing, after the month before it."""
    last_late = today - timedelta(days=grace_days + 1)
    month = Month.of(last_late)
    return month.earlier(1), month


def choose_flow(last_format: str, first: date, *, today: date) -> Flow:
    """Choose by the format of the point's last readings; '' if none ever came.

    A daily flow brings late files for 20 days by itself; after that only a demand does.
    """
    age_days = (today - first).days
    if age_days > _DEPTH_DAYS:
        return Flow.NONE
    if last_format.startswith(Flow.DATA_CONNECT):
        return Flow.DATA_CONNECT
    if age_days <= _LATE_DAYS:
        for start, flow in _DAILY.items():
            if last_format.startswith(start):
                return flow
    return Flow.R63


def split_into_calls(lacks: Iterable[MissingDays]) -> list[Call]:
    """Split into as few calls as the limits of each flow allow; none for what is too old.

    Points that lack the same days are asked for together where a flow takes several.
    """
    together: dict[tuple[Flow, Direction, date, date], list[Prm]] = {}
    for lack in lacks:
        if lack.flow != Flow.NONE:
            key = (lack.flow, lack.direction, lack.from_day, lack.to_day)
            together.setdefault(key, []).append(lack.prm)
    return [
        call
        for (flow, direction, from_day, to_day), prms in sorted(together.items())
        for call in _calls(flow, direction, prms, from_day, to_day)
    ]


def _calls(
    flow: Flow, direction: Direction, prms: Sequence[Prm], from_day: date, to_day: date
) -> list[Call]:
    if flow != Flow.DATA_CONNECT:
        return [
            Call(flow, direction, prms[first : first + _PRMS_PER_DEMAND], from_day, to_day)
            for first in range(0, len(prms), _PRMS_PER_DEMAND)
        ]
    days = (to_day - from_day).days
    starts = [from_day + timedelta(days=offset) for offset in range(0, days, _DAYS_PER_CALL)]
    return [
        Call(flow, direction, [prm], start, min(start + timedelta(days=_DAYS_PER_CALL), to_day))
        for prm in prms
        for start in starts
    ]


def next_attempt(attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after so many attempts, the last of them just now; None is never."""
    return at + _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None
