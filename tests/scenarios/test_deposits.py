"""Runs the scenarios of coefficients that are set before the month, as the service does.

As operations/README.md tells, with what the operation chose (choices.json) and what was deposited
by calendar (deposit.json); then/rows.csv has some rows of the file for the DSO.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.allocation.domain.coefficient_regimes.regimes import (
    CoefficientRegime,
    RegimeChoice,
    WithoutDeposit,
)
from services.allocation.domain.coefficients.blocks import CoefficientBlock, blocks_of
from services.allocation.domain.coefficients.by_calendar import (
    parse_calendar_shares,
    while_taking_part,
)
from services.allocation.domain.coefficients.carrying import deposited_on, model_day
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.reading import read_file
from services.allocation.domain.coefficients.writing import write_file
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.days import DayFacts, DayResult, decide_day
from services.allocation.domain.keys import parse_key
from services.allocation.domain.keys.policy import DEFAULT_POLICY
from services.allocation.domain.keys.ruling import OperationKeys
from tests.scenarios.operation_files import Operation, Row, prms, rows, window

_FOLDER = Path(__file__).parent / "deposits"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    when, then = _FOLDER / name / "when", _FOLDER / name / "then"
    operation = Operation.read(when)
    deposit = json.loads((when / "deposit.json").read_text())
    month = Month.parse(deposit["month"])
    content = _file(operation, month, deposit["rules"])
    assert _are_in_order((then / "rows.csv").read_text().splitlines(), content.splitlines())
    keys = OperationKeys(operation.timeline, _choices(when), {month: 1})
    period, coefficients = read_file(content)
    blocks = list(blocks_of(period, coefficients))
    expected_shares = rows(then / "shares.csv")

    for expected in rows(then / "days.csv"):
        facts = _facts(operation, keys, blocks, date.fromisoformat(expected["day"]))
        result = decide_day(facts, known_hash=None)
        assert result is not None
        assert _told(facts, result) == expected
        assert _shares(result) == _expand(expected_shares, facts)


def _file(operation: Operation, month: Month, rules: object) -> bytes:
    period = FilePeriod(month.days[0], month.days[-1], operation.perimeter.step_min)
    consumers = {
        day: {
            participant.prm
            for participant in operation.perimeter.participants_on(day)
            if participant.direction == Direction.CONSUMPTION
        }
        for day in month.days
    }
    decimals = DEFAULT_POLICY.coefficient_decimals
    coefficients = while_taking_part(
        parse_calendar_shares(rules).coefficients(period, decimals), period, consumers
    )
    name = FileName(operation.perimeter.operation_id, period)
    return write_file(name, coefficients.consumers, [coefficients], decimals=decimals).content


def _are_in_order(expected: list[str], lines: list[bytes]) -> bool:
    left = iter(lines)
    return all(row.encode() in left for row in expected)


def _choices(when: Path) -> list[RegimeChoice]:
    return [
        RegimeChoice(
            Month.parse(choice["from_month"]),
            CoefficientRegime(choice["regime"]),
            choice["deposit_days"],
            WithoutDeposit(choice["without_deposit"]),
        )
        for choice in json.loads((when / "choices.json").read_text())
    ]


def _facts(
    operation: Operation, keys: OperationKeys, blocks: list[CoefficientBlock], day: date
) -> DayFacts:
    facts = operation.facts(day)
    period = keys.on(day)
    assert period is not None
    if period.basis is None:
        return facts
    if period.basis.month is None:
        return replace(facts, key=parse_key(period.definition), basis=period.basis)
    deposit_month = Month.parse(period.basis.month)
    model = day if Month.of(day) == deposit_month else model_day(day, deposit_month)
    coefficients = deposited_on(
        [block for block in blocks if block.day == model], day, facts.step_min
    )
    key = parse_key(period.definition, coefficients=coefficients)
    return replace(facts, key=key, basis=period.basis)


def _told(facts: DayFacts, result: DayResult) -> Row:
    basis = facts.basis
    return {
        "day": facts.day.isoformat(),
        "basis": basis.basis.value if basis else "",
        "deposit": f"{basis.month}/{basis.number}" if basis and basis.month else "",
        "production_wmin": str(result.metered_wmin(Direction.PRODUCTION)),
        "consumption_wmin": str(result.metered_wmin(Direction.CONSUMPTION)),
        "shared_wmin": str(result.allocated_wmin),
    }


def _shares(result: DayResult) -> dict[tuple[Prm, Prm], list[int]]:
    return {(share.producer, share.consumer): share.energy_wmin.tolist() for share in result.shares}


def _expand(expected: list[Row], facts: DayFacts) -> dict[tuple[Prm, Prm], list[int]]:
    """The energy of each step; later rows win."""
    shares: dict[tuple[Prm, Prm], list[int]] = {}
    for row in expected:
        if row["day"] != facts.day.isoformat():
            continue
        (producer,), (consumer,) = prms(row["producer"]), prms(row["consumer"])
        steps = len(starts_of_day(facts.day, facts.step_min))
        energies = shares.setdefault((producer, consumer), [0] * steps)
        for step in window(row, facts.day, facts.step_min):
            energies[step] = int(row["energy_wmin"])
    return shares
