"""Bodies of the routes by which members ask to leave."""

from datetime import date, datetime

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.texts import ReasonField
from services.community.domain.enrolments.enrolment import EnrolmentPhase


class LeaveRequestIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"wanted_on": "2027-03-01", "reason": "We move away."}]}
    )

    wanted_on: DayField = Field(description="the first day on which it is no longer to take part")
    reason: ReasonField | None = Field(description="for the organiser; optional")


class AskedToLeaveOut(BodyOut):
    """A member's request to leave."""

    wanted_on: date = Field(examples=["2027-03-01"])
    reason: str | None = Field(examples=["We move away."])
    asked_at: datetime
    possible_on: date = Field(
        description="the first day without the point, by the notice of exits at the request",
        examples=["2026-11-16"],
    )
    leaves_on: date = Field(description="the later of the two", examples=["2027-03-01"])


class LeaveRequestOut(AskedToLeaveOut):
    phase: EnrolmentPhase = Field(
        description="of the enrolment: `leaving` once the organiser has answered"
    )
    valid_to: date | None = Field(
        description="the first day without the point, as the organiser recorded it", examples=[None]
    )
