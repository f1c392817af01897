"""The months that a document bills, and how allocation settled them."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class KeyOfDays:
    """The kind of sharing key in force on the days ``[valid_from, valid_to)`` of a month."""

    kind: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class SettlementBlock:
    """The frozen shares that the invoice bills, and by which keys they were made."""

    number: int
    status: str
    content_hash: str
    keys: list[KeyOfDays] = field(default_factory=list)


@dataclass(frozen=True)
class SettledMonth:
    month: str
    settlement: SettlementBlock
