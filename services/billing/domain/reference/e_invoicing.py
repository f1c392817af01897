"""The facts of the reform of e-invoicing, by day; each row states whether it is certain."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Fact:
    """A fact of the reform over local days ``[start, end)``; verify it first if not certain."""

    code: str
    value: str
    start: date
    end: date | None
    is_certain: bool
    legal_reference: str

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def fact_on(day: date, code: str) -> Fact | None:
    """The fact in force on a local day, None if unknown."""
    return next((fact for fact in _facts() if fact.code == code and fact.covers(day)), None)


def first_fact(code: str) -> Fact | None:
    """The first fact of this code, for use on days before the reform too."""
    return min(
        (fact for fact in _facts() if fact.code == code), key=lambda fact: fact.start, default=None
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
