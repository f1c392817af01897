"""Months, days and pages at the ends of what can be written: an answer or a refusal, no bug."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from libs.common.auth.principals import Role
from tests.access.conftest import Coops
from tests.access.requests import ask
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes

_MONTHS = ["0000-01", "0001-01", "2000-01", "2199-12", "9999-12"]
_DAYS = ["0000-01-01", "0001-01-01", "2000-01-01", "2199-12-31", "9999-12-31"]
_YEARS = ["0", "1", "2000", "2199", "9999", "9" * 5000]
_EXTREMES: Mapping[str, Sequence[str]] = {
    "month": _MONTHS,
    "period": [f"{month}{suffix}" for month in _MONTHS for suffix in ("", "-3", "-two")],
    "year": _YEARS,
}
_OF_FORMATS: Mapping[object, Sequence[str]] = {
    "date": _DAYS,
    "date-time": ["0001-01-01T00:00:00+14:00", "2000-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"],
}
_NUMBERS = ["0", str(2**31), str(2**63 - 1), str(2**63), "9" * 5000]
_PLACES = {"after", "before", "limit", "offset"}
_SPANS = [("0001-01-01", "0001-01-02"), ("2199-12-30", "2199-12-31"), ("9999-12-30", "9999-12-31")]
_FIRST_BUG = 500


@pytest.mark.parametrize("reads", [True, False], ids=["reads", "changes"])
async def test_extreme_months_days_and_pages_meet_no_bug(
    platform: Platform, coops: Coops, *, reads: bool
) -> None:
    requests = [
        (route, extreme)
        for route in all_routes()
        if (route.method == "GET") == reads
        for extreme in _extremes(route)
    ]

    async with coops.spent.client(platform, Role.OPERATOR) as client:
        statuses = [
            (
                route.name,
                extreme,
                (await ask(client, route, coops.spent.known | extreme)).status_code,
            )
            for route, extreme in requests
        ]

    assert {status for *_, status in statuses} >= {200, 422}
    assert [bug for bug in statuses if bug[-1] >= _FIRST_BUG] == []


def _extremes(route: Route) -> Iterator[dict[str, str]]:
    """One parameter at a time; the two days of a span also together."""
    parameters = dict([*route.parameters("path"), *route.parameters("query")])
    for name, schema in parameters.items():
        yield from ({name: value} for value in _extreme_values(name, schema))
    if {"from_day", "to_day"} <= parameters.keys():
        yield from ({"from_day": first, "to_day": end} for first, end in _SPANS)


def _extreme_values(name: str, schema: Mapping[str, Any]) -> Sequence[str]:
    """Those of a month, a year, a day, an instant, or a place in a list."""
    if name in _EXTREMES:
        return _EXTREMES[name]
    kinds = [schema, *schema.get("anyOf", ())]
    for kind in kinds:
        if kind.get("format") in _OF_FORMATS:
            return _OF_FORMATS[kind["format"]]
    return _NUMBERS if name in _PLACES else []
