"""Bodies of the routes for load curves."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction
from services.ingest.domain.blocks import Block
from services.ingest.domain.readings import Nature


class BlockOut(BodyOut):
    """One local day of readings at one step; the arrays have a value per step, in order."""

    direction: Direction
    day: date = Field(description="local day, Europe/Paris")
    start: datetime = Field(description="of the first step, UTC; the others follow every step_min")
    step_min: int
    revision: int
    power_w: list[int | None] = Field(description="mean power over the step, W; null if missing")
    nature: list[Nature | None] = Field(description="null if nothing was received")
    doubtful: list[bool] = Field(description="the DSO itself doubts the value")

    @classmethod
    def of(cls, block: Block) -> Self:
        return cls(
            direction=block.direction,
            day=block.day,
            start=block.start,
            step_min=block.step_min,
            revision=block.revision,
            power_w=list(block.power_w),
            nature=[block.nature_at(slot) for slot in range(len(block.natures))],
            doubtful=list(block.doubtful),
        )


class LoadCurveOut(BodyOut):
    """What a point's meter recorded over ``[from_day, to_day)``."""

    prm: str
    from_day: date
    to_day: date
    time_zone: Literal["Europe/Paris"] = "Europe/Paris"
    blocks: list[BlockOut] = Field(description="in order of direction, day, step")

    @classmethod
    def of(cls, prm: str, from_day: date, to_day: date, blocks: Iterable[Block]) -> Self:
        parts = [BlockOut.of(block) for block in blocks]
        return cls(prm=prm, from_day=from_day, to_day=to_day, blocks=parts)
