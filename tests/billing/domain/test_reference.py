"""Rates that law sets."""

import json
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from services.billing.domain import reference
from services.billing.domain.reference import RateTable, rate_on


@pytest.mark.parametrize(
    ("day", "category", "eur_per_mwh"),
    [
        ("2025-07-31", "household", "33.70"),
        ("2025-08-01", "household", "29.98"),
        ("2026-07-31", "sme", "26.58"),
        ("2026-08-01", "sme", "26.35"),
        ("2026-10-01", "household", "30.62"),
    ],
)
def test_the_rate_is_that_of_the_day(day: str, category: str, eur_per_mwh: str) -> None:
    rate = rate_on(date.fromisoformat(day), RateTable.ACCISE, category)
    assert rate is not None
    assert rate.value == Decimal(eur_per_mwh)


def test_no_rate_is_known_before_the_first_row_nor_after_the_last() -> None:
    assert rate_on(date(2025, 1, 31), RateTable.ACCISE, "household") is None
    assert rate_on(date(2027, 2, 1), RateTable.ACCISE, "household") is None
    assert rate_on(date(2026, 10, 1), RateTable.ACCISE, "nobody") is None


@pytest.mark.parametrize("table", list(RateTable))
def test_the_rows_of_a_code_follow_each_other_and_say_where_they_come_from(
    table: RateTable,
) -> None:
    path = Path(reference.__file__).parent / f"{table}.json"
    rows = sorted(json.loads(path.read_text())["rows"], key=lambda row: (row["code"], row["start"]))
    for row in rows:
        assert row["legal_reference"]
        assert row["source"]
        assert row["end"] is None or row["start"] < row["end"]
    for _, of_code in groupby(rows, key=lambda row: row["code"]):
        for earlier, later in pairwise(of_code):
            assert earlier["end"] == later["start"]
