"""Bodies of the routes for co-operative shares."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.texts import LineField, ReasonField
from services.community.domain.capital.register import CapitalMovement, MovementKind

_MEMBER_ID = "5b6df807-d41e-5251-a808-b67bac9773b2"


class CapitalMovementIn(BodyIn):
    """Shares that were subscribed, given by a member to another, or repaid."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "subscription",
                    "day": "2026-11-02",
                    "to_member_id": _MEMBER_ID,
                    "capital_shares": 5,
                    "nominal_cents": 2000,
                    "document_reference": "Bulletin 2026-014, classeur 5",
                }
            ]
        }
    )

    kind: MovementKind
    day: DayField = Field(description="local day on which it took effect; not a day to come")
    from_member_id: UUID | None = Field(None, description="the giver, of a repayment or a transfer")
    to_member_id: UUID | None = Field(
        None, description="the receiver, of a subscription or a transfer"
    )
    capital_shares: int = Field(gt=0, le=10_000_000)
    nominal_cents: int = Field(
        gt=0, le=100_000_000, description="of one share; the same in all movements of a register"
    )
    document_reference: LineField = Field(
        description="where the signed paper or the decision is kept"
    )

    def to_movement(self, organiser_id: UUID, movement_id: UUID) -> CapitalMovement:
        """Raises CapitalMovementUnfit."""
        return CapitalMovement(id=movement_id, organiser_id=organiser_id, **dict(self))


class CapitalCancellationIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "entered twice"}]})

    reason: ReasonField


class CapitalMovementOut(BodyOut):
    id: UUID
    organiser_id: UUID
    number: int = Field(description="in the register of this co-operative", examples=[14])
    kind: MovementKind
    day: date
    from_member_id: UUID | None = Field(examples=[None])
    to_member_id: UUID | None
    capital_shares: int = Field(examples=[5])
    nominal_cents: int = Field(examples=[2000])
    document_reference: str = Field(examples=["Bulletin 2026-014, classeur 5"])
    recorded_at: datetime
    cancelled_at: datetime | None = Field(description="from then on it no longer counts")
    cancelled_reason: str | None = Field(examples=[None])

    def as_seen_by(self, member_id: UUID) -> Self:
        """Hide the other member of a transfer."""
        member_ids = {
            name: member_id if getattr(self, name) == member_id else None
            for name in ("from_member_id", "to_member_id")
        }
        return self.model_copy(update=member_ids)


class RegisteredMovementOut(CapitalMovementOut):
    """A movement as the register of the co-operative shows it, with the names of its members."""

    from_name: str | None = Field(
        description="of `from_member_id`; an erased member's says so", examples=[None]
    )
    to_name: str | None = Field(
        description="of `to_member_id`; an erased member's says so", examples=["Lucie Brindille"]
    )

    @classmethod
    def of(cls, row: object, names: Mapping[UUID, str]) -> Self:
        movement = CapitalMovementOut.model_validate(row)
        return cls(
            **dict(movement),
            from_name=movement.from_member_id and names[movement.from_member_id],
            to_name=movement.to_member_id and names[movement.to_member_id],
        )


class CapitalHolderOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    capital_shares: int = Field(examples=[5])
    amount_cents: int = Field(description="at the nominal value", examples=[10_000])


class CapitalOut(BodyOut):
    """The shares of a co-operative at the end of a day, and a page of their holders."""

    organiser_id: UUID
    day: date
    capital_shares: int = Field(description="in all, not on this page", examples=[420])
    amount_cents: int = Field(examples=[840_000])
    holders: list[CapitalHolderOut]


class HoldingOut(BodyOut):
    organiser_id: UUID
    capital_shares: int = Field(examples=[5])
    amount_cents: int = Field(examples=[10_000])


class MemberCapitalOut(BodyOut):
    """A member's holdings at the end of a day, and the movements behind them."""

    member_id: UUID
    day: date
    holdings: list[HoldingOut]
    movements: list[CapitalMovementOut] = Field(
        description="of all days; the giver and the receiver are null, except the member"
    )

    @classmethod
    def of(
        cls, member_id: UUID, day: date, holdings: Iterable[object], movements: Iterable[object]
    ) -> Self:
        return cls(
            member_id=member_id,
            day=day,
            holdings=[HoldingOut.model_validate(holding) for holding in holdings],
            movements=[
                CapitalMovementOut.model_validate(movement).as_seen_by(member_id)
                for movement in movements
            ],
        )
