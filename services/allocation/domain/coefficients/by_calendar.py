"""Coefficients that are known before their month: shares by season, kind of day and hour."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.coefficients.rounding import MAX_DECIMALS
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.fields import check_count, parse_prm, refuse_unknown_fields
from services.allocation.domain.keys.fractions import billionths, check_total, parse_fraction
from services.allocation.domain.keys.priority_parsing import MAX_SCHEDULES, parse_scheduled
from services.allocation.domain.keys.problems import KeyInvalid, KeyMalformed
from services.allocation.domain.keys.schedules import CalendarCondition, LocalTimes

_Shares = Mapping[Prm, int]
"""Billionths of the pool."""


@dataclass(frozen=True)
class ScheduledShares:
    condition: CalendarCondition
    shares: _Shares


@dataclass(frozen=True)
class CalendarShares:
    """The first schedule that covers a step's start gives its shares, otherwise ``shares`` does."""

    shares: _Shares
    schedules: Sequence[ScheduledShares]

    @property
    def consumers(self) -> set[Prm]:
        """All that are named."""
        return set(self.shares).union(*(schedule.shares for schedule in self.schedules))

    def coefficients(self, period: FilePeriod, decimals: int) -> Coefficients:
        """Return those of each step, rounded down to so many decimals of a percentage."""
        choices = [*(schedule.shares for schedule in self.schedules), self.shares]
        consumers = sorted(self.consumers)
        table = np.array(
            [[shares.get(prm, 0) for shares in choices] for prm in consumers], dtype=np.int64
        )
        last_digit = 10 ** (MAX_DECIMALS - decimals)
        times = LocalTimes.of(period.starts_epoch_min)
        covered = [schedule.condition.covers(times) for schedule in self.schedules]
        otherwise = len(covered)
        chosen = (
            np.select(covered, list(range(otherwise)), default=otherwise)
            if covered
            else np.zeros(len(times.minute), dtype=np.int64)
        )
        shares = (table // last_digit * last_digit)[None, :, chosen]
        return Coefficients(period.starts_epoch_min, (POOL,), tuple(consumers), shares)


def parse_calendar_shares(rules: object) -> CalendarShares:
    """Read ``{"shares": {"<prm>": "0.25"}, "schedules": [{"days": ["sat"], "shares": …}]}``.

    Raises KeyMalformed, KeyInvalid.
    """
    if not isinstance(rules, Mapping):
        raise KeyMalformed("Rules by calendar are an object with shares.")
    refuse_unknown_fields(rules, ("shares", "schedules"), "rules by calendar")
    schedules = rules.get("schedules", [])
    if not isinstance(schedules, list):
        raise KeyMalformed("The schedules are a list of objects with shares.")
    if len(schedules) > MAX_SCHEDULES:
        raise KeyInvalid(f"There are {len(schedules)} schedules; {MAX_SCHEDULES} are the most.")
    return CalendarShares(
        _parse_shares(rules.get("shares"), "shares"),
        [_parse_schedule(schedule, f"schedules[{at}]") for at, schedule in enumerate(schedules)],
    )


def _parse_schedule(schedule: object, where: str) -> ScheduledShares:
    condition, shares = parse_scheduled(schedule, "shares", where)
    return ScheduledShares(condition, _parse_shares(shares, f"{where}.shares"))


def _parse_shares(shares: object, where: str) -> _Shares:
    if not isinstance(shares, Mapping) or not shares:
        raise KeyMalformed(f"The field {where} is an object: prm to decimal text, at least one.")
    check_count(shares, where)
    fractions: dict[Prm, Decimal] = {
        parse_prm(prm, where): parse_fraction(share, f"share of {prm}")
        for prm, share in shares.items()
    }
    parsed = {prm: billionths(share, f"share of {prm}") for prm, share in fractions.items()}
    check_total(parsed, f"In {where}, shares")
    return parsed


def while_taking_part(
    coefficients: Coefficients, period: FilePeriod, consumers: Mapping[date, Collection[Prm]]
) -> Coefficients:
    """Return the columns of all consumers, by day; each is 0 on days on which it takes no part."""
    columns = sorted({prm for of_day in consumers.values() for prm in of_day})
    shares = np.zeros((1, len(columns), len(period.starts_epoch_min)), dtype=np.int64)
    row_by_consumer = {prm: row for row, prm in enumerate(coefficients.consumers)}
    first = 0
    for day in period.days:
        steps = slice(first, first + steps_in_day(day, period.step_min))
        for column, prm in enumerate(columns):
            if prm in row_by_consumer and prm in consumers.get(day, ()):
                row = row_by_consumer[prm]
                shares[0, column, steps] = coefficients.share_billionths[0, row, steps]
        first = steps.stop
    return replace(coefficients, consumers=tuple(columns), share_billionths=shares)
