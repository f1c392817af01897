"""What a settlement freezes, and the bytes that its hash vouches for."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Self

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import PointTotal

CONTENT_VERSION = 2
"""Of the canonical content; version 1 did not name itself."""


class SettlementStatus(StrEnum):
    PROVISIONAL = "provisional"  # computed here
    DEFINITIVE = "definitive"  # the network operator's own split


@dataclass(frozen=True)
class SettledPair:
    """What a producer gave a consumer: one energy per day of the month."""

    producer: Prm
    consumer: Prm
    energy_wmin: list[int]


@dataclass(frozen=True)
class Settlement:
    """The frozen content; pairs and points in prm order.

    The revisions of the days are kept beside it, not in it: they tell how often we computed, and
    the same energies are the same settlement however they were arrived at.
    """

    operation_id: OperationId
    month: Month
    status: SettlementStatus
    pairs: Sequence[SettledPair]
    points: Sequence[PointTotal]

    @cached_property
    def canonical(self) -> str:
        return self.canonical_of(CONTENT_VERSION)

    def canonical_of(self, version: int) -> str:
        """As settlements of that version are written: JSON, sorted keys, no spaces, ASCII."""
        assert version in {1, CONTENT_VERSION}, f"content of version {version}"
        content = {
            "operation_id": self.operation_id,
            "month": str(self.month),
            "status": self.status,
            "pairs": [asdict(pair) for pair in self.pairs],
            "points": [asdict(point) for point in self.points],
        }
        named = content if version == 1 else content | {"version": version}
        return canonical_json(named)

    @classmethod
    def parse(cls, canonical: str) -> Self:
        content = json.loads(canonical)
        return cls(
            operation_id=OperationId(content["operation_id"]),
            month=Month.parse(content["month"]),
            status=SettlementStatus(content["status"]),
            pairs=[SettledPair(**pair) for pair in content["pairs"]],
            points=[
                PointTotal(**point | {"direction": Direction(point["direction"])})
                for point in content["points"]
            ],
        )

    def is_written(self, canonical: str) -> bool:
        """Whether this is what a settlement says, in the version of its writing."""
        return self.canonical_of(content_version(canonical)) == canonical


def content_version(canonical: str) -> int:
    version: int = json.loads(canonical).get("version", 1)
    return version


def canonical_json(content: object) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def hash_content(canonical: str) -> str:
    return hashlib.sha256(canonical.encode()).hexdigest()
