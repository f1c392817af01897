"""The content that a settlement freezes, and the bytes that its hash vouches for."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Self

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import PointTotal, ShareBlock

CONTENT_VERSION = 3
"""Written into the canonical content. A field that comes to mean something else takes the next
number; a new field does not.

Numbers 1 and 2 were never released.
"""


class SettlementStatus(StrEnum):
    PROVISIONAL = "provisional"  # computed here
    DEFINITIVE = "definitive"  # the network operator's own split


@dataclass(frozen=True)
class SettledPair:
    """Energy from a producer to a consumer: one value per day of the month."""

    producer: Prm
    consumer: Prm
    energy_wmin: list[int]


@dataclass(frozen=True)
class TariffClasses:
    """A consumer's shared energy of the month by tariff class of the DSO, in order, without zeros.

    It sums to what the point shared in the settlement.
    """

    prm: Prm
    shared_wmin: Mapping[str, int]


@dataclass(frozen=True)
class Settlement:
    """The frozen content; pairs and points in prm order.

    The revisions of the days are kept beside it, not in it: they tell how often we computed, and
    the same energies are the same settlement however they were arrived at.

    step_hashes: ``hash_shares`` of each day of the month, None where nothing is shared or the steps
    are not known. tariff_classes: where the DSO gave all energies of the month, in prm order.
    """

    operation_id: OperationId
    month: Month
    status: SettlementStatus
    pairs: Sequence[SettledPair]
    points: Sequence[PointTotal]
    step_hashes: Sequence[str | None]
    tariff_classes: Sequence[TariffClasses] = ()

    @cached_property
    def canonical(self) -> str:
        """JSON, sorted keys, no spaces, ASCII."""
        content = {
            "version": CONTENT_VERSION,
            "operation_id": self.operation_id,
            "month": str(self.month),
            "status": self.status,
            "pairs": [asdict(pair) for pair in self.pairs],
            "points": [asdict(point) for point in self.points],
            "step_hashes": self.step_hashes,
        }
        if self.tariff_classes:
            content["tariff_classes"] = [asdict(classes) for classes in self.tariff_classes]
        return canonical_json(content)

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
            step_hashes=content["step_hashes"],
            tariff_classes=[
                TariffClasses(**classes) for classes in content.get("tariff_classes", ())
            ],
        )


def hash_shares(shares: Iterable[ShareBlock], step_min: int) -> str | None:
    """Return the hash that vouches for the shares of a day by step; None without shares.

    SHA-256 of one line per couple, in producer, consumer order, without a last line break:
    producer, consumer, minutes of a step, and the watt-minutes of all steps with commas between.
    The database computes the same hash.
    """
    lines = [
        f"{share.producer} {share.consumer} {step_min} "
        f"{','.join(map(str, share.energy_wmin.tolist()))}"
        for share in sorted(shares, key=lambda share: (share.producer, share.consumer))
    ]
    return hash_content("\n".join(lines)) if lines else None


def canonical_json(content: object) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def hash_content(canonical: str) -> str:
    return hashlib.sha256(canonical.encode()).hexdigest()
