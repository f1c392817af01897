"""The legal limits of a perimeter, by day: the JSON file beside, each row with its reference.

A new rule is a new row; a row is closed by its ``end``, never changed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path


class Basis(StrEnum):
    """The legal basis on which the points of an operation may share."""

    BUILDING = "building"
    EXTENDED = "extended"
    DEROGATION_10_KM = "derogation_10_km"
    DEROGATION_20_KM = "derogation_20_km"
    PUBLIC_BODIES = "public_bodies"


class Zone(StrEnum):
    """Whether the grid is connected to that of the continent."""

    MAINLAND = "mainland"
    NON_INTERCONNECTED = "non_interconnected"


@dataclass(frozen=True)
class LegalRule:
    """Over local days ``[start, end)``; None: no limit, no end.

    The distance may reach its limit, the power has to be below its own.
    """

    basis: Basis
    zone: Zone
    start: date
    end: date | None
    max_distance_m: int | None
    below_kwc: int | None
    legal_reference: str

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def rule_on(day: date, basis: Basis, zone: Zone) -> LegalRule | None:
    """Return the rule of a local day; None where the law has, or had, no such case."""
    return next(
        (rule for rule in rules() if (rule.basis, rule.zone) == (basis, zone) and rule.covers(day)),
        None,
    )


@cache
def rules() -> Sequence[LegalRule]:
    rows = json.loads((Path(__file__).parent / "perimeters.json").read_text())["rows"]
    return [
        LegalRule(
            basis=Basis(row["basis"]),
            zone=Zone(row["zone"]),
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
            max_distance_m=row["max_distance_m"],
            below_kwc=row["below_kwc"],
            legal_reference=row["legal_reference"],
        )
        for row in rows
    ]
