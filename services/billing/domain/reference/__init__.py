"""Rates that law sets, by day: the JSON files beside, each row with its legal reference and source.

A new rate is a new row; a row is closed by its ``end``, never changed. On a day that no row covers,
the rate is unknown and documents that need it wait: nothing is billed at a rate that has ended.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any


class RateTable(StrEnum):
    """A file of rates; its ``unit`` is that of the values."""

    VAT = "vat"
    ACCISE = "accise"
    ACCISE_EXEMPTION = "accise_exemption"
    CTA = "cta"
    LATE_PAYMENT = "late_payment"


@dataclass(frozen=True)
class LegalRate:
    """A value over local days ``[start, end)``, open-ended if ``None``."""

    value: Decimal
    start: date
    end: date | None
    legal_reference: str

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def rate_on(day: date, table: RateTable, code: str) -> LegalRate | None:
    """The rate of this code on a local day, None if unknown."""
    return next((rate for rate in rates_of(table, code) if rate.covers(day)), None)


def rates_of(table: RateTable, code: str) -> Sequence[LegalRate]:
    """All rates of this code, in order."""
    return _rates(table).get(code, ())


@cache
def _rates(table: RateTable) -> Mapping[str, Sequence[LegalRate]]:
    rates: dict[str, list[LegalRate]] = {}
    for row in read_rows(table):
        rates.setdefault(row["code"], []).append(
            LegalRate(
                value=Decimal(row["value"]),
                start=date.fromisoformat(row["start"]),
                end=date.fromisoformat(row["end"]) if row["end"] else None,
                legal_reference=row["legal_reference"],
            )
        )
    return rates


def read_rows(name: str) -> Sequence[Mapping[str, Any]]:
    """The raw rows of a file; each has a code, a start, an end and its sources."""
    rows: list[Mapping[str, Any]] = json.loads(
        (Path(__file__).parent / f"{name}.json").read_text()
    )["rows"]
    return rows
