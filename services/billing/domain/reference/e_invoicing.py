"""What is known of the reform of e-invoicing, by day; each row says how sure it is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Fact:
    """A code of the reform over local days ``[start, end)``; not certain: check it first."""

    code: str
    value: str
    start: date
    end: date | None
    is_certain: bool
    legal_reference: str

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def fact_on(day: date, code: str) -> Fact | None:
    """What holds on a local day, or None where nothing is known."""
    return next((one for one in _facts() if one.code == code and one.covers(day)), None)


def first_fact(code: str) -> Fact | None:
    """What holds first, whenever that is: also for days before the reform."""
    return min(
        (one for one in _facts() if one.code == code), key=lambda one: one.start, default=None
    )


@cache
def _facts() -> Sequence[Fact]:
    rows = json.loads((Path(__file__).parent / "e_invoicing.json").read_text())["rows"]
    return [
        Fact(
            code=row["code"],
            value=row["value"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
            is_certain=row["certain"],
            legal_reference=row["legal_reference"],
        )
        for row in rows
    ]
