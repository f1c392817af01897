"""When coefficients are set by law, by day: the JSON file beside, each row with its source.

A new rule is a new row; a row is closed by its ``end``. One without a start is announced only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class RegimeRow:
    """A regime over local days ``[start, end)``; without a start it is in force nowhere.

    verified_by, verified_on: None while nobody has checked it against the text of the law.
    """

    regime: str
    start: date | None
    end: date | None
    source: str
    verified_by: str | None
    verified_on: date | None


@cache
def regime_rows() -> Sequence[RegimeRow]:
    """Return the rows in order, those that are announced last."""
    path = Path(__file__).parent / "regimes.json"
    return [
        RegimeRow(
            regime=row["regime"],
            start=_day(row["start"]),
            end=_day(row["end"]),
            source=row["source"],
            verified_by=row["verified_by"],
            verified_on=_day(row["verified_on"]),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))["rows"]
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
