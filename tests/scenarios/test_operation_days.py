"""Runs the scenarios of operations over days through the pure domain, as the service does.

Every step and every point of the days in ``then/days.csv`` is compared with what was worked out
by hand; the format is told in operations/README.md.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from libs.common.calendar import PARIS, step_starts
from libs.common.ids import Direction, Prm
from services.allocation.domain.days import DayResult, DayStatus, Gap, decide_day
from tests.scenarios.operation_files import Operation, Row, prms, rows, window

_HERE = Path(__file__).parent / "operations"
_SCENARIOS = sorted(path.name for path in _HERE.iterdir() if path.is_dir())

_NOTHING_TO_TELL = {"estimated": "", "reconstructed": "", "key_missing_steps": ""}
"""What days.csv leaves out where it is the same on all its days."""

_Shares = dict[tuple[str, Prm, Prm], int]
"""Watt-minutes by start (local), producer and consumer; positive ones only."""


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_operation(scenario: str) -> None:
    operation = Operation.read(_HERE / scenario / "when")
    expected_days = rows(_HERE / scenario / "then" / "days.csv")
    expected_shares = rows(_HERE / scenario / "then" / "shares.csv")
    assert {row["day"] for row in expected_shares} <= {row["day"] for row in expected_days}

    for expected in expected_days:
        facts = operation.facts(date.fromisoformat(expected["day"]))

        result = decide_day(facts, known_hash=None)

        assert result is not None
        assert _told(result) == {**_NOTHING_TO_TELL, **expected}
        shares = _expand(expected_shares, result.day, facts.step_min)
        assert _shares(result) == shares
        assert _shared_by_point(result) == _sums(shares)
        if result.status == DayStatus.ALLOCATED:
            assert decide_day(facts, known_hash=result.inputs_hash) is None


def _told(result: DayResult) -> Row:
    allocated = result.status == DayStatus.ALLOCATED
    production = result.metered_wmin(Direction.PRODUCTION)
    consumption = result.metered_wmin(Direction.CONSUMPTION)
    return {
        "day": result.day.isoformat(),
        "status": result.status,
        "missing": _gaps(result.missing),
        "estimated": _gaps(result.estimated),
        "reconstructed": _gaps(result.reconstructed),
        "key_missing_steps": str(result.key_missing_steps or ""),
        "production_wmin": str(production) if allocated else "",
        "consumption_wmin": str(consumption) if allocated else "",
        "shared_wmin": str(result.allocated_wmin) if allocated else "",
    }


def _gaps(gaps: Sequence[Gap]) -> str:
    return " + ".join(f"{gap.prm} {gap.direction} {gap.steps}" for gap in gaps)


def _shares(result: DayResult) -> _Shares:
    if result.step_min is None:
        return {}
    starts = _local_starts(result.day, result.step_min)
    return {
        (start, share.producer, share.consumer): energy_wmin
        for share in result.shares
        for start, energy_wmin in zip(starts, share.energy_wmin.tolist(), strict=True)
        if energy_wmin
    }


def _expand(expected: list[Row], day: date, step_min: int) -> _Shares:
    """Rows of windows and of many points, one by one; later rows win."""
    starts = _local_starts(day, step_min)
    return {
        (starts[step], producer, consumer): int(row["energy_wmin"])
        for row in expected
        if row["day"] == day.isoformat()
        for step in window(row, day, step_min)
        for producer in prms(row["producer"])
        for consumer in prms(row["consumer"])
    }


def _local_starts(day: date, step_min: int) -> list[str]:
    return [start.astimezone(PARIS).isoformat() for start in step_starts(day, step_min)]


def _shared_by_point(result: DayResult) -> Counter[tuple[Prm, Direction]]:
    return +Counter({(point.prm, point.direction): point.shared_wmin for point in result.points})


def _sums(shares: _Shares) -> Counter[tuple[Prm, Direction]]:
    sums = Counter[tuple[Prm, Direction]]()
    for (_, producer, consumer), energy_wmin in shares.items():
        sums[producer, Direction.PRODUCTION] += energy_wmin
        sums[consumer, Direction.CONSUMPTION] += energy_wmin
    return sums
