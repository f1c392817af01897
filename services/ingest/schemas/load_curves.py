"""Bodies of the routes for load curves."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction
from services.ingest.domain.estimations.estimates import Estimate
from services.ingest.domain.readings.blocks import Block, BlockKey
from services.ingest.domain.readings.organisers import find_published_at
from services.ingest.domain.readings.readings import Nature
from services.ingest.schemas.estimations import EstimateOut
from services.ingest.tables import ReadingFlagRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BlockFlagOut(BodyOut):
    """A finding of a validation rule in a block; the readings count nevertheless."""

    code: str = Field(examples=["frozen"])
    slots: list[int] = Field(description="the steps of the day, from 0, in order")


class BlockOut(BodyOut):
    """One local day of readings at one step; the arrays have a value per step, in order."""

    direction: Direction
    day: date = Field(description="local day, Europe/Paris")
    start: datetime = Field(description="of the first step, UTC; the others follow every step_min")
    step_min: int
    revision: int
    power_w: list[int | None] = Field(
        description="mean power over the step, W; null if missing", examples=[[480, 512, 495]]
    )
    nature: list[Nature | None] = Field(
        description="null if nothing was received", examples=[["measured", "measured", "estimated"]]
    )
    doubtful: list[bool] = Field(
        description="the DSO itself doubts the value", examples=[[False, False, False]]
    )
    estimated_steps: list[int] = Field(
        description="positions, from 0, of the values that ingest estimated, as none has come;"
        " their nature is `estimated`, like that of the DSO's own estimates",
        examples=[[2]],
    )
    estimates: list[EstimateOut] = Field(description="how these were made")
    flags: list[BlockFlagOut] = Field(description="in order of code")

    @classmethod
    def of(
        cls, block: Block, estimates: Iterable[Estimate], flags: Iterable[ReadingFlagRow]
    ) -> Self:
        return cls(
            direction=block.direction,
            day=block.day,
            start=block.start,
            step_min=block.step_min,
            revision=block.revision,
            power_w=list(block.power_w),
            nature=[block.nature_at(slot) for slot in range(len(block.natures))],
            doubtful=list(block.doubtful),
            estimated_steps=block.estimated_steps,
            estimates=[EstimateOut.of(estimate) for estimate in estimates],
            flags=[BlockFlagOut.model_validate(flag) for flag in flags],
        )


class LoadCurveOut(BodyOut):
    """The readings of a point's meter over ``[from_day, to_day)``."""

    prm: str
    from_day: date
    to_day: date
    time_zone: Literal["Europe/Paris"] = "Europe/Paris"
    blocks: list[BlockOut] = Field(description="in order of direction, day, step")

    @classmethod
    def of(
        cls,
        prm: str,
        from_day: date,
        to_day: date,
        blocks: Iterable[Block],
        *,
        estimates: Mapping[BlockKey, Iterable[Estimate]],
        flags: Mapping[BlockKey, Iterable[ReadingFlagRow]],
    ) -> Self:
        keys = [(block, BlockKey.of(block)) for block in blocks]
        parts = [
            BlockOut.of(block, estimates.get(key, ()), flags.get(key, ())) for block, key in keys
        ]
        return cls(prm=prm, from_day=from_day, to_day=to_day, blocks=parts)


class RevisionOut(BodyOut):
    """One revision of a block: when it was recorded, and what made it."""

    direction: Direction
    day: date = Field(description="local day, Europe/Paris")
    step_min: int
    revision: int
    recorded_at: datetime = Field(description="it was current from then on")
    published_at: datetime | None = Field(
        description="when the DSO last published a value of it; null if it has none of the DSO's"
    )
    delivery_id: UUID | None = Field(description="the file that made it")
    estimation_id: UUID | None = Field(description="or the estimation, when made or withdrawn")
    estimated_steps: int = Field(
        description="how many of its values are our estimates", examples=[2]
    )

    @classmethod
    def of(
        cls,
        block: Block,
        recorded_at: datetime,
        delivery_id: UUID | None,
        estimation_id: UUID | None,
    ) -> Self:
        return cls(
            direction=block.direction,
            day=block.day,
            step_min=block.step_min,
            revision=block.revision,
            recorded_at=recorded_at,
            published_at=find_published_at(block.published_us),
            delivery_id=delivery_id,
            estimation_id=estimation_id,
            estimated_steps=len(block.estimated_steps),
        )
