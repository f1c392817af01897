"""What a request becomes: an operation, its organiser, the first member, and points."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from libs.common.ids import OperationId, Prm
from services.community.domain.registry import (
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
    """A point whose prm is known by now; plant: which one of the request is behind it, from 1."""

    prm: Prm
    label: str
    plant: int | None


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What is not in the request; organiser_id: one that is known, None makes the asker one."""

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
        """Who asked, as the first member."""
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
                prm=one.prm,
                label=one.label,
                installed_power_w=None
                if one.plant is None
                else int(request.plants_kwc[one.plant - 1] * _WATTS_PER_KWC),
            )
            for one in self.points
        ]


def new_organiser_id(request: Request) -> UUID:
    return uuid5(request.id, "organiser")


def asker(request: Request) -> str:
    """The organisation that asks, else the person."""
    return request.organisation or request.name


def address_of(request: Request) -> str:
    """Lines; the commune alone where no more is known."""
    return f"{request.address}\n{request.commune}" if request.address else request.commune
