"""The days and steps that a coefficient file covers: its name and its stamps."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Self

import numpy as np

from libs.common.calendar import PARIS
from libs.common.ids import PRM_PATTERN, OperationId, Prm
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.coefficients import POOL

STEPS_MIN = (5, 10, 15, 30, 60)
YEARS = range(2000, 2200)
STAMP = "%d/%m/%Y %H:%M"

_DAY = "%d%m%Y"
_NAME = re.compile(
    r"(?P<operation>ACC\d{8})_(?P<step>\d{1,2})_(?P<first>\d{8})_(?P<last>\d{8})"
    rf"(_(?P<producer>{PRM_PATTERN.strip('^$')}))?\.txt",
    re.ASCII,
)


@dataclass(frozen=True)
class FilePeriod:
    """The local days from ``first_day`` to ``last_day``, both included, in steps."""

    first_day: date
    last_day: date
    step_min: int

    @property
    def days(self) -> list[date]:
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=i) for i in range(count)]

    @cached_property
    def starts_epoch_min(self) -> IntArray:
        """The start of every step, in minutes since 1970 UTC: [step]."""
        return np.concatenate([starts_of_day(day, self.step_min) for day in self.days])

    @cached_property
    def stamps(self) -> list[str]:
        """The local start of every step, in order.

        The hour from 02:00 comes twice in October, once in summer and once in winter time, and
        never in March: only the order tells them apart, as in the operator's own files.
        """
        instants = (datetime.fromtimestamp(start * 60, UTC) for start in self.starts_epoch_min)
        return [instant.astimezone(PARIS).strftime(STAMP) for instant in instants]


@dataclass(frozen=True)
class FileName:
    """``ACC00000001_15_01112024_30112024.txt``; with ``_<prm>`` for one producer's file.

    The operator does not publish how it names the files of several producers: that part is ours.
    """

    operation_id: OperationId
    period: FilePeriod
    producer: Prm = POOL

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """Return None for any other name, and for days or steps that do not exist."""
        match = _NAME.fullmatch(name)
        if match is None:
            return None
        try:
            first_day, last_day = (
                datetime.strptime(match[end], _DAY).replace(tzinfo=PARIS).date()
                for end in ("first", "last")
            )
        except ValueError:
            return None
        step_min = int(match["step"])
        if not _sensible(first_day, last_day) or step_min not in STEPS_MIN:
            return None
        period = FilePeriod(first_day, last_day, step_min)
        return cls(OperationId(match["operation"]), period, Prm(match["producer"] or POOL))

    @property
    def stem(self) -> str:
        period = self.period
        days = f"{period.first_day.strftime(_DAY)}_{period.last_day.strftime(_DAY)}"
        producer_suffix = f"_{self.producer}" if self.producer else ""
        return f"{self.operation_id}_{period.step_min}_{days}{producer_suffix}"

    def __str__(self) -> str:
        return f"{self.stem}.txt"


def _sensible(first_day: date, last_day: date) -> bool:
    return first_day <= last_day and first_day.year in YEARS and last_day.year in YEARS
