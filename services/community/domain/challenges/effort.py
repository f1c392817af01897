"""The change that an entrant makes, compared with their own weeks before."""

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
    """Energy in the hours of the challenge on one local day; shared_wmin: None if not needed."""

    consumption_wmin: int
    shared_wmin: int | None = None


class Outcome(StrEnum):
    MEASURED = "measured"
    NOT_YET = "not_yet"  # no day of the challenge is measured so far
    NO_BASELINE = "no_baseline"  # too few days before it are measured, or no energy was used


@dataclass(frozen=True)
class Effort:
    """Actual against expected energy: in watt-minutes, so that efforts add up.

    whole_wmin: the energy of which the difference is a part. sign: -1 where less is better.
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
        """Rounded like permille, from the exact effort: a rounded value is never rounded again."""
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
    """Judge by the measured days of the weeks before and of the challenge.

    A weekday counts once half of the weeks before have it; its expected value is their mean.
    """
    days_by_weekday = _by_weekday(
        (day, measured)
        for day, measured in days.items()
        if challenge.baseline_first_day <= day < challenge.first_day
    )
    least = ceil(challenge.baseline_weeks / 2)
    baseline = {
        weekday: weekday_days
        for weekday, weekday_days in days_by_weekday.items()
        if len(weekday_days) >= least
    }
    counted = {day: days[day] for day in challenge.counted_days if day in days}
    compared = {
        day: measured_day for day, measured_day in counted.items() if day.isoweekday() in baseline
    }
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
"""The measured days of the weeks before, by weekday."""


def _by_weekday(days: Iterable[tuple[date, Measured]]) -> _Baseline:
    days_by_weekday = defaultdict[int, list[Measured]](list)
    for day, measured in days:
        days_by_weekday[day.isoweekday()].append(measured)
    return days_by_weekday


def _use(compared: Mapping[date, Measured], baseline: _Baseline, *, sign: int) -> Effort | None:
    expected = sum(
        (_mean(baseline[day.isoweekday()]) for day in compared),
        Fraction(0),
    )
    actual = Fraction(sum(measured.consumption_wmin for measured in compared.values()))
    return Effort(actual, expected, expected, sign) if expected else None


def _mean(days: list[Measured]) -> Fraction:
    return Fraction(sum(measured.consumption_wmin for measured in days), len(days))


def _local_share(compared: Mapping[date, Measured], baseline: _Baseline) -> Effort | None:
    """The expected value is the baseline's local share applied to the energy used now."""
    baseline_days = [measured for weekday in baseline for measured in baseline[weekday]]
    baseline_wmin = sum(measured.consumption_wmin for measured in baseline_days)
    used_wmin = Fraction(sum(measured.consumption_wmin for measured in compared.values()))
    if not baseline_wmin or not used_wmin:
        return None
    share = Fraction(sum(measured.shared_wmin or 0 for measured in baseline_days), baseline_wmin)
    actual = Fraction(sum(measured.shared_wmin or 0 for measured in compared.values()))
    return Effort(actual, share * used_wmin, used_wmin, 1)


def together(efforts: Iterable[Effort]) -> Effort | None:
    """Add up all efforts as if they were one; None without any."""
    effort_list = list(efforts)
    if not effort_list:
        return None
    return Effort(
        actual_wmin=sum((effort.actual_wmin for effort in effort_list), Fraction(0)),
        expected_wmin=sum((effort.expected_wmin for effort in effort_list), Fraction(0)),
        whole_wmin=sum((effort.whole_wmin for effort in effort_list), Fraction(0)),
        sign=effort_list[0].sign,
    )
