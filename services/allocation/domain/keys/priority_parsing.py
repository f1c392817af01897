"""The definition of a priority key, parsed: ranks, weights, schedules."""

import re
from collections.abc import Mapping
from reprlib import repr as shortened

from libs.common.day_kinds import DayKind
from services.allocation.domain.keys.fields import parse_prm, refuse_unknown_fields
from services.allocation.domain.keys.fractions import parse_fraction
from services.allocation.domain.keys.priority import Priority
from services.allocation.domain.keys.problems import KeyInvalid, KeyMalformed
from services.allocation.domain.keys.ranks import Rank, Ranks, WeightedRank
from services.allocation.domain.keys.schedules import CalendarCondition, ClockWindow, RankSchedule

MAX_SCHEDULES = 50
MAX_WINDOWS = 24

_MONTHS = range(1, 13)
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"


def parse_priority(definition: Mapping[object, object]) -> Priority:
    schedules = definition.get("schedules", [])
    if not isinstance(schedules, list):
        raise KeyMalformed("The schedules of a priority key are a list of objects with ranks.")
    if len(schedules) > MAX_SCHEDULES:
        raise KeyInvalid(f"There are {len(schedules)} schedules; {MAX_SCHEDULES} are the most.")
    return Priority(
        ranks=_parse_ranks(definition.get("ranks"), "ranks"),
        schedules=tuple(
            _parse_schedule(schedule, f"schedules[{place}]")
            for place, schedule in enumerate(schedules)
        ),
    )


def _parse_ranks(ranks: object, where: str) -> Ranks:
    if not isinstance(ranks, list) or not ranks:
        raise KeyMalformed(f"The field {where} is a list of ranks, at least one.")
    return tuple(_parse_rank(rank, f"{where}[{place}]") for place, rank in enumerate(ranks))


def _parse_rank(rank: object, where: str) -> Rank:
    if isinstance(rank, Mapping):
        return _parse_weights(rank, where)
    if not isinstance(rank, list) or not rank:
        raise KeyMalformed(
            f"The rank {where} is a list of prms, at least one, or an object with weights."
        )
    return tuple(parse_prm(prm, where) for prm in rank)


def _parse_weights(rank: Mapping[object, object], where: str) -> WeightedRank:
    refuse_unknown_fields(rank, ["weights"], f"the rank {where}")
    weights = rank.get("weights")
    if not isinstance(weights, Mapping) or not weights:
        raise KeyMalformed(f"{where}.weights is an object: prm to decimal text, at least one.")
    texts = {parse_prm(prm, f"{where}.weights"): weight for prm, weight in weights.items()}
    try:
        return WeightedRank(
            {prm: parse_fraction(text, f"weight of {prm}") for prm, text in texts.items()}
        )
    except KeyInvalid as problem:
        # A point may have a weight in several schedules, so its prm alone does not say which.
        raise type(problem)(f"In {where}: {problem.detail}", **problem.facts) from problem


def _parse_schedule(schedule: object, where: str) -> RankSchedule:
    condition, ranks = parse_scheduled(schedule, "ranks", where)
    return RankSchedule(
        _parse_ranks(ranks, f"{where}.ranks"), condition.months, condition.days, condition.hours
    )


def parse_scheduled(schedule: object, what: str, where: str) -> tuple[CalendarCondition, object]:
    """Return when a schedule holds, and the value of its field ``what``, not parsed.

    Raises KeyMalformed, KeyInvalid.
    """
    if not isinstance(schedule, Mapping):
        raise KeyMalformed(f"{where} is an object with {what} and months, days or hours.")
    conditions = ("months", "days", "hours")
    refuse_unknown_fields(schedule, [what, *conditions], where)
    if not any(condition in schedule for condition in conditions):
        raise KeyInvalid(
            f"{where} has no months, days or hours, so it would always hold: "
            f"give it some, or write its {what} as those of the key."
        )
    values_by_condition = {name: _parse_list(schedule, name, where) for name in conditions}
    condition = CalendarCondition(
        months=frozenset(_parse_month(month, where) for month in values_by_condition["months"]),
        days=frozenset(_parse_day(day, where) for day in values_by_condition["days"]),
        hours=_parse_hours(values_by_condition["hours"], f"{where}.hours"),
    )
    return condition, schedule.get(what)


def _parse_list(schedule: Mapping[object, object], name: str, where: str) -> list[object]:
    """Return the values of a condition; empty when the schedule does not have it."""
    if name not in schedule:
        return []
    values = schedule[name]
    if not isinstance(values, list) or not values:
        raise KeyMalformed(f"{where}.{name} is a list, at least of one; leave it out for any.")
    return values


def _parse_month(month: object, where: str) -> int:
    # JSON's true is one of Python's integers.
    if not isinstance(month, int) or isinstance(month, bool) or month not in _MONTHS:
        raise KeyMalformed(
            f"{where}.months: {shortened(month)} is not a month, a whole number from 1 to 12."
        )
    return month


def _parse_day(day: object, where: str) -> DayKind:
    if not isinstance(day, str) or day not in list(DayKind):
        raise KeyMalformed(
            f"{where}.days: {shortened(day)} is not a day, one of {', '.join(DayKind)}."
        )
    return DayKind(day)


def _parse_hours(windows: list[object], where: str) -> tuple[ClockWindow, ...]:
    if len(windows) > MAX_WINDOWS:
        raise KeyInvalid(f"{where} has {len(windows)} windows; {MAX_WINDOWS} are the most.")
    return tuple(_parse_window(window, f"{where}[{place}]") for place, window in enumerate(windows))


def _parse_window(window: object, where: str) -> ClockWindow:
    match window:
        case [str() as start, str() as end]:
            start_match = re.fullmatch(_CLOCK, start, re.ASCII)
            end_match = re.fullmatch(rf"{_CLOCK}|(24):(00)", end, re.ASCII)
            if start_match and end_match:
                if start == end:
                    raise KeyInvalid(
                        f"{where} ends when it starts, at {start}: a whole day is 00:00 to 24:00."
                    )
                return ClockWindow(_minutes(start_match), _minutes(end_match))
    raise KeyMalformed(
        f"{where} is {shortened(window)}: write two times from 00:00 to 23:59, "
        'such as ["08:00", "18:00"]; the second may be 24:00.'
    )


def _minutes(time: re.Match[str]) -> int:
    hours, minutes = (int(digits) for digits in time.groups() if digits is not None)
    return hours * 60 + minutes
