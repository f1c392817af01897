"""How much somebody changes, compared with themselves in the weeks before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from services.community.domain.challenges.challenge import Challenge, ChallengeKind


@dataclass(frozen=True)
class Measured:
    """In the hours of the challenge on one local day; shared_wmin: None where nobody asks."""

    consumption_wmin: int
    shared_wmin: int | None = None


class Outcome(StrEnum):
    MEASURED = "measured"
    NOT_YET = "not_yet"  # no day of the challenge is known so far
    NO_BASELINE = "no_baseline"  # too few days before it are known, or nothing was used on them


@dataclass(frozen=True)
class Effort:
    """What was done, against what would have been: watt-minutes, so that efforts add up.

    whole_wmin: what the difference is a part of. sign: -1 where less is better.
    """

    actual_wmin: Fraction
    expected_wmin: Fraction
    whole_wmin: Fraction
    sign: int

    @property
    def permille(self) -> int:
        """Positive where the challenge was met, half-up."""
        return self._of_a_whole(1000)

    @property
    def percent(self) -> int:
        """As permille; of the exact effort too, as what is rounded is not rounded again."""
        return self._of_a_whole(100)

    def _of_a_whole(self, parts: int) -> int:
        change = self.sign * (self.actual_wmin - self.expected_wmin) / self.whole_wmin
        return floor(change * parts + Fraction(1, 2))


@dataclass(frozen=True)
class Judgement:
    """days: of the challenge, those that count for the effort."""

    outcome: Outcome
    effort: Effort | None = None
    days: int = 0

    @property
    def effort_permille(self) -> int | None:
        return None if self.effort is None else self.effort.permille


def judge(challenge: Challenge, days: Mapping[date, Measured]) -> Judgement:
    """From the days that are known: those of the weeks before, and those of the challenge.

    A weekday counts once half of the weeks before have it known; its expectation is their mean.
    """
    before = _by_weekday(
        (day, one)
        for day, one in days.items()
        if challenge.baseline_first_day <= day < challenge.first_day
    )
    least = ceil(challenge.baseline_weeks / 2)
    baseline = {weekday: found for weekday, found in before.items() if len(found) >= least}
    counted = {day: days[day] for day in challenge.counted_days if day in days}
    compared = {day: one for day, one in counted.items() if day.isoweekday() in baseline}
    if not compared:
        return Judgement(Outcome.NO_BASELINE if counted else Outcome.NOT_YET)
    if challenge.kind == ChallengeKind.LOCAL_SHARE:
        effort = _local_share(compared, baseline)
    else:
        effort = _use(
            compared, baseline, sign=1 if challenge.kind == ChallengeKind.USE_MORE else -1
        )
    if effort is None:
        return Judgement(Outcome.NO_BASELINE, days=len(compared))
    return Judgement(Outcome.MEASURED, effort, len(compared))


_Baseline = Mapping[int, list[Measured]]
"""What is known of the weeks before, by weekday."""


def _by_weekday(days: Iterable[tuple[date, Measured]]) -> _Baseline:
    found = defaultdict[int, list[Measured]](list)
    for day, one in days:
        found[day.isoweekday()].append(one)
    return found


def _use(compared: Mapping[date, Measured], baseline: _Baseline, *, sign: int) -> Effort | None:
    expected = sum(
        (_mean(baseline[day.isoweekday()]) for day in compared),
        Fraction(0),
    )
    actual = Fraction(sum(one.consumption_wmin for one in compared.values()))
    return Effort(actual, expected, expected, sign) if expected else None


def _mean(days: list[Measured]) -> Fraction:
    return Fraction(sum(one.consumption_wmin for one in days), len(days))


def _local_share(compared: Mapping[date, Measured], baseline: _Baseline) -> Effort | None:
    """Expected is the share of before, of what is used now."""
    before = [one for weekday in baseline for one in baseline[weekday]]
    used_before = sum(one.consumption_wmin for one in before)
    used = Fraction(sum(one.consumption_wmin for one in compared.values()))
    if not used_before or not used:
        return None
    share = Fraction(sum(one.shared_wmin or 0 for one in before), used_before)
    actual = Fraction(sum(one.shared_wmin or 0 for one in compared.values()))
    return Effort(actual, share * used, used, 1)


def together(efforts: Iterable[Effort]) -> Effort | None:
    """Of all, as if they were one; None without any."""
    known = list(efforts)
    if not known:
        return None
    return Effort(
        actual_wmin=sum((one.actual_wmin for one in known), Fraction(0)),
        expected_wmin=sum((one.expected_wmin for one in known), Fraction(0)),
        whole_wmin=sum((one.whole_wmin for one in known), Fraction(0)),
        sign=known[0].sign,
    )
