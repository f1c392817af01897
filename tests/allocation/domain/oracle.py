"""Sharing in exact fractions, step by step and as slowly as it takes: what integers must match."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from libs.common.calendar import PARIS, public_holidays
from libs.common.day_kinds import DayKind
from libs.common.ids import Prm
from services.allocation.domain.keys import Priority
from services.allocation.domain.keys.ranks import Ranks, WeightedRank
from services.allocation.domain.keys.schedules import RankSchedule

_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def water_level(pool: int, wants: Sequence[int], weights: Sequence[int | Fraction]) -> Fraction:
    """Energy per unit of weight when all is shared, filling the smallest appetite first."""
    rest, total, level = Fraction(pool), Fraction(sum(weights)), Fraction(0)
    appetites = [(Fraction(w) / k, k) for w, k in zip(wants, weights, strict=True) if k]
    for full_at, k in sorted(appetites):
        if (full_at - level) * total >= rest:
            return level + rest / total
        rest -= (full_at - level) * total
        level, total = full_at, total - k
    return level


def priority_shares(
    key: Priority, start_epoch_min: int, pool: int, wants: Mapping[Prm, int]
) -> dict[Prm, Fraction]:
    """What each consumer of the ranks in force gets in one step, exactly."""
    ranks = ranks_in_force(key, start_epoch_min)
    shares = dict.fromkeys(wants, Fraction(0))
    rest = pool
    for rank in ranks:
        present = sorted(prm for prm in _named(rank) if prm in wants)
        rank_wants = [wants[prm] for prm in present]
        shared = min(rest, sum(rank_wants))
        if isinstance(rank, WeightedRank):
            weights = [Fraction(rank.weights[prm]) for prm in present]
            level = water_level(shared, rank_wants, weights)
            exact = [min(k * level, Fraction(w)) for k, w in zip(weights, rank_wants, strict=True)]
        else:
            exact = [Fraction(want * shared, sum(rank_wants) or 1) for want in rank_wants]
        shares.update(zip(present, exact, strict=True))
        rest -= shared
    return shares


def ranks_in_force(key: Priority, start_epoch_min: int) -> Ranks:
    covering = [schedule.ranks for schedule in key.schedules if _covers(schedule, start_epoch_min)]
    return covering[0] if covering else key.ranks


def _named(rank: Sequence[Prm] | WeightedRank) -> Sequence[Prm]:
    return list(rank.weights) if isinstance(rank, WeightedRank) else rank


def _covers(schedule: RankSchedule, start_epoch_min: int) -> bool:
    local = datetime.fromtimestamp(start_epoch_min * 60, PARIS)
    holiday = local.date() in public_holidays(local.year)
    kinds = {DayKind(_NAMES[local.weekday()])}
    if holiday:
        kinds.add(DayKind.HOLIDAY)
    elif local.weekday() < 5:
        kinds.add(DayKind.WORKING_DAY)
    clock = local.hour * 60 + local.minute
    in_a_window = any(
        window.start_min <= clock < window.end_min
        or (window.end_min < window.start_min and not window.end_min <= clock < window.start_min)
        for window in schedule.hours
    )
    return (
        (not schedule.months or local.month in schedule.months)
        and (not schedule.days or bool(kinds & schedule.days))
        and (not schedule.hours or in_a_window)
    )
