"""The operation made from a request, with its organiser, first member, and points."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from libs.common.ids import OperationId, Prm
from services.community.domain.members.registry import (
    Member,
    MemberKind,
    Operation,
    Point,
    StepMin,
)
from services.community.domain.requests.request import Request

_WATTS_PER_KWC = 1000


@dataclass(frozen=True)
class NewPoint:
    """A point whose prm is now known; plant: the number of its plant in the request, from 1."""

    prm: Prm
    label: str
    plant: int | None


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """Facts missing in the request; organiser_id: a recorded one, None for the applicant."""

    operation_id: OperationId
    valid_from: date
    step_min: StepMin
    name: str | None = None
    organiser_id: UUID | None = None
    member_kind: MemberKind | None = None
    points: Sequence[NewPoint] = field(default_factory=tuple)

    def operation(self, request: Request) -> Operation:
        return Operation(
            id=self.operation_id,
            name=self.name or f"{request.commune}, {asker(request)}"[:200],
            organiser_id=self.organiser_id or new_organiser_id(request),
            step_min=self.step_min,
            valid_from=self.valid_from,
        )

    def member(self, request: Request) -> Member:
        """The applicant, as the first member."""
        return Member(
            id=uuid5(request.id, "member"),
            kind=self.member_kind or ("company" if request.siren else "household"),
            name=asker(request),
            address=address_of(request),
            email=request.email,
            siren=request.siren,
            vat_number=None,
        )

    def new_points(self, request: Request) -> list[Point]:
        return [
            Point(
                prm=point.prm,
                label=point.label,
                installed_power_w=None
                if point.plant is None
                else int(request.plants_kwc[point.plant - 1] * _WATTS_PER_KWC),
            )
            for point in self.points
        ]


def new_organiser_id(request: Request) -> UUID:
    return uuid5(request.id, "organiser")


def asker(request: Request) -> str:
    """Return the organisation that asks, or else the person."""
    return request.organisation or request.name


def address_of(request: Request) -> str:
    """Return its lines; the commune alone where there are no others."""
    return f"{request.address}\n{request.commune}" if request.address else request.commune
