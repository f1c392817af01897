"""Emissions per kWh, by day: the JSON file beside, each row with its source and verifier.

A newer value is a new row; a row is closed by its ``end``, never changed, so that a month always
shows the same figure. Where no row covers a day, nothing is known.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

GRID = "grid"


@dataclass(frozen=True)
class Factor:
    """Grams of CO₂ equivalent per kWh over local days ``[start, end)``, open-ended if ``None``.

    code: the grid, or the energy that a plant uses. origin: where its parts were made, None if it
    does not matter. verified_by: None while nobody has checked the value against its source.
    """

    code: str
    origin: str | None
    g_per_kwh: Decimal
    start: date
    end: date | None
    source: str
    verified_by: str | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@cache
def factors() -> Sequence[Factor]:
    """Return the factors of all days."""
    rows = json.loads((Path(__file__).parent / "carbon.json").read_text(encoding="utf-8"))["rows"]
    return [
        Factor(
            code=row["code"],
            origin=row["origin"],
            g_per_kwh=Decimal(row["value"]),
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
            source=row["source"],
            verified_by=row["verified_by"],
        )
        for row in rows
    ]
