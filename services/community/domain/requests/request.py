"""A request for help to set up an operation: its content, and its stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

from services.community.domain.feasibility.places import Coordinates
from services.community.domain.requests.problems import ReasonMissing, StageNotNext

PointKind: TypeAlias = Literal["household", "shop", "office", "school"]
"""The kind of a point, named like the consumer profiles of simulations."""


class Stage(StrEnum):
    RECEIVED = "received"
    QUALIFIED = "qualified"
    STUDY = "study"
    AGREED = "agreed"
    OPERATION = "operation"
    DECLINED = "declined"


_NEXT: Mapping[Stage, Sequence[Stage]] = {
    Stage.RECEIVED: [Stage.QUALIFIED, Stage.DECLINED],
    Stage.QUALIFIED: [Stage.STUDY, Stage.DECLINED],
    Stage.STUDY: [Stage.AGREED, Stage.DECLINED],
    Stage.AGREED: [Stage.OPERATION, Stage.DECLINED],
    Stage.OPERATION: [],
    Stage.DECLINED: [Stage.RECEIVED],
}
"""The migration has the same pairs, as a constraint of each step."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """The content of the public form.

    points: how many of each kind. plants_kwc: the peak power of each planned plant.
    """

    id: UUID
    name: str
    email: str
    phone: str | None
    organisation: str | None
    siren: str | None
    commune: str
    address: str | None
    place: Coordinates | None
    points: Mapping[PointKind, int]
    plants_kwc: Sequence[Decimal]
    reason: str
    may_be_contacted: bool


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """The assigned member of staff, the day of the next action, and the study made for it."""

    assigned_to: UUID | None
    next_action_on: date | None
    study_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class StageFigures:
    """The requests that are at a stage; oldest: when the first of them was received."""

    stage: Stage
    count: int = 0
    oldest: datetime | None = None
    kwc: Decimal = Decimal(0)
    point_count: int = 0


def check_step(stage: Stage, to_stage: Stage, reason: str | None) -> None:
    """Raises StageNotNext, or ReasonMissing for a refusal without a reason."""
    following = _NEXT[stage]
    if to_stage not in following:
        names = " or ".join(following) or "no other stage"
        raise StageNotNext(f"A request that is {stage} goes on to {names}.", stage=stage)
    if to_stage is Stage.DECLINED and reason is None:
        raise ReasonMissing
