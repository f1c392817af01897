"""A balance that is off by one watt-minute, anywhere, is seen."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from services.demo.cooperative import read_cooperative
from services.demo.load import ClosedMonth
from services.demo.report import balances_are_exact

# A plant made 100: 70 went to consumers, of which 60 were sold and 10 were the owner's own use.
EXACT = ClosedMonth(
    operation=read_cooperative().operations[0],
    metered_wmin={"production": 100, "consumption": 90},
    summary={
        "producers": [{"production_wmin": 100, "shared_wmin": 70, "surplus_wmin": 30}],
        "consumers": [
            {"consumption_wmin": 50, "shared_wmin": 40, "complement_wmin": 10},
            {"consumption_wmin": 40, "shared_wmin": 30, "complement_wmin": 10},
        ],
    },
    invoices=[
        {"lines": [{"energy_wmin": 35}, {"energy_wmin": 5}]},
        {"lines": [{"energy_wmin": 20}]},
    ],
    self_supplied=[{"energy_wmin": 10}],
)


def test_a_month_in_which_nothing_is_created_or_lost_is_exact() -> None:
    assert balances_are_exact([EXACT, EXACT])


@pytest.mark.parametrize(
    "path",
    [
        ("metered_wmin", "production"),
        ("metered_wmin", "consumption"),
        ("summary", "producers", 0, "production_wmin"),
        ("summary", "producers", 0, "shared_wmin"),
        ("summary", "producers", 0, "surplus_wmin"),
        ("summary", "consumers", 1, "consumption_wmin"),
        ("summary", "consumers", 1, "shared_wmin"),
        ("summary", "consumers", 1, "complement_wmin"),
        ("invoices", 0, "lines", 1, "energy_wmin"),
        ("self_supplied", 0, "energy_wmin"),
    ],
    ids=lambda path: "/".join(map(str, path)),
)
@pytest.mark.parametrize("excess_wmin", [1, -1])
def test_a_watt_minute_too_many_or_too_few_is_seen(path: tuple[str, ...], excess_wmin: int) -> None:
    assert not balances_are_exact([EXACT, _changed(path, excess_wmin)])


def _changed(path: tuple[Any, ...], excess_wmin: int) -> ClosedMonth:
    name, *inner, last = path
    value: Any = deepcopy(getattr(EXACT, name))
    place = value
    for step in inner:
        place = place[step]
    place[last] += excess_wmin
    return replace(EXACT, **{name: value})
