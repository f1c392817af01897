"""Bodies of the routes for enrolments and their steps."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, Prm, PrmField
from libs.common.texts import ReasonField
from services.community.domain.enrolments.enrolment import Enrolment, EnrolmentPhase, Step, StepKind
from services.community.domain.enrolments.leaving import LeaveRequest
from services.community.schemas.enrolments.leave_requests import AskedToLeaveOut
from services.community.schemas.feasibility.feasibility import BreachOut


class EnrolmentIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "prm": "99110000000101",
                    "direction": "consumption",
                    "member_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
                    "valid_from": "2027-01-01",
                }
            ]
        }
    )

    prm: PrmField
    direction: Direction
    member_id: UUID
    valid_from: DayField = Field(description="the first day on which it is to take part")

    def to_enrolment(self, operation_id: OperationId, enrolment_id: UUID) -> Enrolment:
        return Enrolment(id=enrolment_id, operation_id=operation_id, **dict(self))


class _StepIn(BodyIn):
    day: DayField = Field(description="on which it was done; not a day to come")
    after_step: int = Field(
        ge=1, le=2_147_483_647, description="number of the last step that you have seen"
    )


class PlainStepIn(_StepIn):
    """Signed, or declared to the DSO."""

    step: Literal["sign", "declare", "declare_exit"]

    def to_step(self) -> Step:
        return Step(kind=StepKind(self.step), day=self.day)


class LeaveIn(_StepIn):
    """The member asks to leave; repeating it changes the day."""

    step: Literal["leave"]
    valid_to: DayField = Field(description="the first day on which it no longer takes part")

    def to_step(self) -> Step:
        return Step(kind=StepKind.LEAVE, day=self.day, valid_to=self.valid_to)


class WithdrawIn(_StepIn):
    """It is given up before its first day."""

    step: Literal["withdraw"]
    reason: ReasonField

    def to_step(self) -> Step:
        return Step(kind=StepKind.WITHDRAW, day=self.day, reason=self.reason)


StepIn = Annotated[PlainStepIn | LeaveIn | WithdrawIn, Field(discriminator="step")]
STEP_EXAMPLE = {"step": "sign", "day": "2026-11-02", "after_step": 1}


class EnrolmentStepOut(BodyOut):
    number: int = Field(examples=[2])
    kind: StepKind = Field(description="`lose`: the DSO ended the contract, or handed it over")
    day: date = Field(description="local day on which it was done", examples=["2026-11-02"])
    valid_from: date = Field(description="of the enrolment, after the step")
    valid_to: date | None = Field(description="of the enrolment, after the step", examples=[None])
    reason: str | None = Field(examples=[None])
    recorded_at: datetime
    recorded_by: str | None = Field(description="the account; null for members")


class EnrolmentOut(BodyOut):
    id: UUID
    operation_id: OperationId
    prm: Prm
    point_label: str | None = Field(
        description="null of a point that takes part elsewhere or is planned there, or takes part"
        " with a later member",
        examples=["Maison"],
    )
    direction: Direction
    member_id: UUID
    member_name: str | None = Field(
        description="null in the phase `withdrawn`, if nothing else keeps them in the operation",
        examples=["Lucie Brindille"],
    )
    valid_from: date
    valid_to: date | None = Field(examples=[None])
    phase: EnrolmentPhase = Field(description="by today's calendar")
    allowed: list[StepKind] = Field(description="the steps that can follow", examples=[["leave"]])
    steps: list[EnrolmentStepOut]
    leave_request: AskedToLeaveOut | None = Field(
        description="of its member; answered by the step `leave`"
    )

    @classmethod
    def of(
        cls,
        enrolment: Enrolment,
        steps: Sequence[EnrolmentStepOut],
        leave_request: LeaveRequest | None,
        *,
        member_name: str | None,
        point_label: str | None,
        today: date,
    ) -> Self:
        return cls(
            **{name: value for name, value in vars(enrolment).items() if name != "state"},
            member_name=member_name,
            point_label=point_label,
            phase=enrolment.phase(today),
            allowed=list(enrolment.allowed(today)),
            steps=list(steps),
            leave_request=leave_request and AskedToLeaveOut.model_validate(leave_request),
        )


class StepTakenOut(EnrolmentOut):
    breaches: list[BreachOut] = Field(
        description="how the perimeter declared to the DSO breaks the law, where it did not before"
    )
