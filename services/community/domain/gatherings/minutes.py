"""The report and the decisions of a gathering."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Decision:
    """number: its place in the minutes, from 1. poll_id: the vote that took it, if any."""

    number: int
    text: str
    poll_id: UUID | None


@dataclass(frozen=True)
class Minutes:
    content: str
    decisions: Sequence[Decision]
