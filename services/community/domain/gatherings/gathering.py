"""A gathering: its content, time and place, audience, and seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from libs.common.calendar import PARIS, local_day
from libs.common.ids import OperationId
from services.community.domain.gatherings.problems import GatheringUnfit

_LONGEST = timedelta(days=31)
_MORNING = time(9)


class GatheringKind(StrEnum):
    ASSEMBLY = "assembly"
    WORKSHOP = "workshop"
    VISIT = "visit"
    VIDEO_CALL = "video_call"


class GatheringAudience(StrEnum):
    """Its audience, from the operation or from the whole co-op."""

    EVERYBODY = "everybody"
    PRODUCERS = "producers"
    CONSUMERS = "consumers"


class GatheringState(StrEnum):
    """The stored state; a phase also depends on the clock."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class GatheringPhase(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class AgendaItem:
    title: str
    minutes: int | None
    speaker: str | None


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """It lasts over ``[starts_at, ends_at)``. Raises GatheringUnfit.

    operation_id: None for the whole co-op. capacity: seats, None if there are enough for all.
    reply_by: None for until it begins. remind_days: how many local days before it begins those
    who come are reminded; None for not at all.
    """

    id: UUID
    operation_id: OperationId | None
    kind: GatheringKind
    title: str
    description: str
    agenda: Sequence[AgendaItem]
    place: str
    url: str | None
    starts_at: datetime
    ends_at: datetime
    audience: GatheringAudience
    capacity: int | None
    max_guests: int
    reply_by: datetime | None
    facilitator_ids: Sequence[UUID]
    remind_days: int | None

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise GatheringUnfit("ends_at must be after starts_at.")
        if self.ends_at - self.starts_at > _LONGEST:
            raise GatheringUnfit(f"A gathering lasts {_LONGEST.days} days at most.")
        if self.reply_by is not None and self.reply_by > self.starts_at:
            raise GatheringUnfit("reply_by must not be after starts_at.")
        if self.capacity is not None and self.max_guests >= self.capacity:
            raise GatheringUnfit("With so many guests, one member could not be seated.")
        if len(set(self.facilitator_ids)) < len(self.facilitator_ids):
            raise GatheringUnfit("The pair that facilitates is two members.")
        self._check_place()

    def _check_place(self) -> None:
        if self.kind == GatheringKind.VIDEO_CALL and self.url is None:
            raise GatheringUnfit("A video call needs its url.")
        if not self.place and self.url is None:
            raise GatheringUnfit("Say where it is: a place, a url, or both.")

    @property
    def day(self) -> date:
        """The local day on which it begins: those who take part on it are invited."""
        return local_day(self.starts_at)

    @property
    def replies_until(self) -> datetime:
        return self.reply_by or self.starts_at

    @property
    def remind_at(self) -> datetime | None:
        """The morning of a day before, local time; None for no reminder."""
        if self.remind_days is None:
            return None
        day = self.day - timedelta(days=self.remind_days)
        return datetime.combine(day, _MORNING, tzinfo=PARIS).astimezone(UTC)

    def phase(self, state: GatheringState, now: datetime) -> GatheringPhase:
        if state == GatheringState.ANNOUNCED and now >= self.ends_at:
            return GatheringPhase.HELD
        return GatheringPhase(state)
