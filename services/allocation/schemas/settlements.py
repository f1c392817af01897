"""Bodies of the routes for settlements."""

import json
from datetime import date
from typing import Self

from pydantic import AwareDatetime, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.settlements import SettlementStatus
from services.allocation.tables import SettlementRow


class SettlementIn(BodyIn):
    month: str = Field(max_length=7, examples=["2026-10"])


class SettlementHeadOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    number: int = Field(description="counts the settlements of the month; a higher one supersedes")
    status: SettlementStatus
    closed_at: AwareDatetime
    content_hash: str = Field(
        description="SHA-256 of operation_id, month, status, pairs and points as JSON with sorted"
        " keys, no spaces, in UTF-8"
    )
    revisions: dict[date, int] = Field(description="the revision of each day that it is made of")


class SettledPairOut(BodyOut):
    producer: Prm
    consumer: Prm
    energy_wmin: list[int] = Field(description="one per day of the month, in order")


class SettledPointOut(BodyOut):
    prm: Prm
    direction: Direction
    metered_wmin: int
    shared_wmin: int


class SettlementOut(SettlementHeadOut):
    pairs: list[SettledPairOut]
    points: list[SettledPointOut]

    @classmethod
    def of(cls, row: SettlementRow) -> Self:
        head = SettlementHeadOut.model_validate(row)
        return cls.model_validate(json.loads(row.content) | dict(head))
