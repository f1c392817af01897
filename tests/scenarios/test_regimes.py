"""Runs the scenarios of coefficient regimes: choices.json has what an operation chose, months.csv
what holds in each month."""

import csv
import json
from pathlib import Path

import pytest

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes.regimes import (
    CoefficientRegime,
    RegimeChoice,
    WithoutDeposit,
    regime_of,
)

_FOLDER = Path(__file__).parent / "regimes"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    said = json.loads((_FOLDER / name / "when/choices.json").read_text())
    choices = [
        RegimeChoice(
            Month.parse(choice["from_month"]),
            CoefficientRegime(choice["regime"]),
            choice["deposit_days"],
            WithoutDeposit(choice["without_deposit"]),
        )
        for choice in said
    ]
    with (_FOLDER / name / "then/months.csv").open(newline="") as file:
        expected = list(csv.DictReader(file))

    assert [_told(choices, row["month"]) for row in expected] == expected


def _told(choices: list[RegimeChoice], month: str) -> dict[str, str]:
    in_force = regime_of(choices, Month.parse(month))
    return {
        "month": month,
        "regime": in_force.regime.value,
        "is_default": "yes" if in_force.row else "no",
        "is_verified": "yes" if in_force.is_verified else "no",
        "deposit_by": in_force.deposit_by.isoformat() if in_force.deposit_by else "",
    }
