"""The participants of an operation, day by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from libs.common.ids import Direction, OperationId, Prm


class Participant(NamedTuple):
    """A point on one side of the operation."""

    prm: Prm
    direction: Direction


@dataclass(frozen=True)
class Participation:
    """A point in the operation over the local days ``[valid_from, valid_to)``.

    power_limit_w: the most it can draw or produce, None if unknown. production_kind: the energy its
    plant uses, None where it consumes or nobody has said.
    """

    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None = None
    power_limit_w: int | None = None
    production_kind: str | None = None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def meets(self, first_day: date, last_day: date) -> bool:
        """Return whether it covers any day from the first to the last."""
        return self.valid_from <= last_day and (self.valid_to is None or first_day < self.valid_to)

    def is_there_with(self, other: "Participation") -> bool:
        """Return whether both take part on any one day."""
        ends_before = self.valid_to is not None and self.valid_to <= other.valid_from
        begins_after = other.valid_to is not None and other.valid_to <= self.valid_from
        return not (ends_before or begins_after)

    @property
    def participant(self) -> Participant:
        return Participant(self.prm, self.direction)


@dataclass(frozen=True)
class StepChange:
    """A change of the settlement step from a local day on."""

    valid_from: date
    step_min: int


@dataclass(frozen=True)
class Perimeter:
    """An operation, its settlement step, and all past, present and future participations.

    step_changes: later settlement steps, in valid_from order.
    """

    operation_id: OperationId
    revision: int
    name: str
    organiser_id: UUID
    step_min: int
    participations: Sequence[Participation]
    step_changes: Sequence[StepChange] = ()

    def step_on(self, day: date) -> int:
        """The settlement step of a local day, in minutes."""
        past = [change.step_min for change in self.step_changes if change.valid_from <= day]
        return past[-1] if past else self.step_min

    def participants_on(self, day: date) -> list[Participant]:
        """In prm order."""
        return sorted(
            participation.participant
            for participation in self.participations
            if participation.covers(day)
        )

    def consumers_on(self, day: date) -> Mapping[Prm, UUID]:
        """The consuming points, each with its member."""
        return {
            stay.prm: stay.member_id
            for stay in self.participations
            if stay.direction == Direction.CONSUMPTION and stay.covers(day)
        }


def changed_days(before: Perimeter | None, after: Perimeter, days: Iterable[date]) -> list[date]:
    """Return those of the days whose allocation the change affects."""
    if before is None:
        return list(days)
    spans_before, spans_after = _spans(before), _spans(after)
    # Most participations are in both and cancel out; what is left is short.
    spans_gone, spans_added = spans_before - spans_after, spans_after - spans_before
    return [
        day
        for day in days
        if _active(spans_gone, day) != _active(spans_added, day)
        or before.step_on(day) != after.step_on(day)
    ]


_Span = tuple[Participant, date, date | None]


def _spans(perimeter: Perimeter) -> set[_Span]:
    # Without the member: the owner of a point changes no share.
    return {
        (participation.participant, participation.valid_from, participation.valid_to)
        for participation in perimeter.participations
    }


def _active(spans: set[_Span], day: date) -> set[Participant]:
    return {
        participant
        for participant, start, end in spans
        if start <= day and (end is None or day < end)
    }
