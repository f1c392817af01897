"""A member's request to leave: recorded by themselves, answered by a step of the organiser."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.community.domain.enrolments.enrolment import Enrolment, EnrolmentPhase, EnrolmentState
from services.community.domain.members.perimeter import Participation
from services.community.domain.problems import ParticipationUnknown


class LeaveRequestUnknown(Problem):
    status, slug, title = 404, "leave-request-unknown", "You have not asked to leave with the point"
    example_detail = "You have not asked to leave ACC00000101 with the point."


class LeavingAlready(Problem):
    status, slug, title = 409, "leaving-already", "The point is on its way out already"
    example_detail = "The organiser has recorded that it leaves on 2027-01-31."
    example_facts: ClassVar = {"leaves_on": "2027-01-31"}


@dataclass(frozen=True, kw_only=True)
class LeaveRequest:
    """possible_on: the first day without the point that the notice allowed at the request."""

    enrolment_id: UUID
    operation_id: OperationId
    prm: Prm
    member_id: UUID
    wanted_on: date
    possible_on: date
    reason: str | None
    asked_at: datetime

    @property
    def leaves_on(self) -> date:
        """The first day without the point, if the organiser follows the request."""
        return max(self.wanted_on, self.possible_on)


def without_end(participations: Collection[Participation], today: date) -> list[Participation]:
    """Return those of a member's participations with a point that can be left, on one side or both.

    Raises ParticipationUnknown, LeavingAlready.
    """
    ends = [
        participation.valid_to
        for participation in participations
        if participation.valid_to is None or participation.valid_to > today
    ]
    if not ends:
        raise ParticipationUnknown("You do not take part with this point.")
    if None not in ends:
        leaves_on = max(end for end in ends if end is not None)
        raise _leaving_already(leaves_on)
    return [participation for participation in participations if participation.valid_to is None]


def list_staying(enrolments: Collection[Enrolment]) -> list[Enrolment]:
    """Return those whose exit is not recorded. Raises LeavingAlready."""
    staying = [enrolment for enrolment in enrolments if enrolment.state == EnrolmentState.DECLARED]
    if not staying:
        raise _leaving_already(
            max(enrolment.valid_to for enrolment in enrolments if enrolment.valid_to is not None)
        )
    return staying


def is_over(enrolment: Enrolment, today: date) -> bool:
    """Return whether the stay has ended, or would have begun had it not been withdrawn."""
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return enrolment.valid_from <= today
    return enrolment.phase(today) == EnrolmentPhase.LEFT


def _leaving_already(leaves_on: date) -> LeavingAlready:
    return LeavingAlready(
        f"The organiser has recorded that it leaves on {leaves_on}.",
        leaves_on=leaves_on.isoformat(),
    )
