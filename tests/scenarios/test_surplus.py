"""Runs the scenarios of surplus: from what a plant made and shared to what it should bring."""

import json
from pathlib import Path
from typing import Any

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.prices.sales import SettledPair, SettledPoint
from services.billing.domain.surplus.plants import expected_revenues
from services.billing.domain.surplus.surplus_contracts import in_order
from services.billing.schemas.surplus.surplus import ExpectedRevenueOut, SurplusContractsIn
from tests.support.forms import filled

_SURPLUS = Path(__file__).parent / "surplus"
_SCENARIOS = sorted(path.parents[1].name for path in _SURPLUS.glob("*/when/plant.json"))
_MONTH = Month(2026, 10)
_KWH_WMIN = 60_000
_ROOF = Prm("99000000000001")


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_surplus(scenario: str) -> None:
    month = _read(_SURPLUS / scenario / "when" / "plant.json")
    produced = [kwh * _KWH_WMIN for kwh in _by_day(month["produced_kwh_per_day"])]
    pairs = [
        SettledPair(_ROOF, Prm(f"9900000000001{i}"), [kwh * _KWH_WMIN] * 31)
        for i, kwh in enumerate(month["shared_kwh_per_day"])
    ]
    shared = sum(sum(pair.energy_wmin) for pair in pairs)
    plant = SettledPoint(_ROOF, Direction.PRODUCTION, sum(produced), shared, produced)
    body = SurplusContractsIn.model_validate(
        filled("/billing/points/99220000000010/surplus-contract", {"contracts": month["contracts"]})
    )
    contracts = in_order([contract.to_contract() for contract in body.contracts])

    revenues = expected_revenues(plant, _MONTH, contracts, pairs)

    expected = _read(_SURPLUS / scenario / "then" / "expected.json")
    rows = [ExpectedRevenueOut.of(revenue).model_dump(mode="json") for revenue in revenues]
    assert [
        {name: row[name] for name in expected_row}
        for row, expected_row in zip(rows, expected, strict=True)
    ] == expected


def _by_day(spans: list[dict[str, int]]) -> list[int]:
    return [
        next(span["kwh"] for span in spans if span["first_day"] <= day <= span["last_day"])
        for day in range(1, 32)
    ]


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8"))
