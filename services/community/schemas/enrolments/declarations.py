"""Bodies of the routes for declarations to the DSO."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.errors import Problem
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm
from services.community.domain.enrolments.declarations import Movement
from services.community.domain.enrolments.enrolment import Enrolment
from services.community.schemas.feasibility.feasibility import BreachOut


class DeclarationIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"day": "2026-11-02"}]})

    day: DayField = Field(description="of the declaration to the DSO; not a day to come")


class DeclarationLineOut(BodyOut):
    enrolment_id: UUID
    movement: Movement
    day: date = Field(
        description="first day of an entry, or first day without the point after an exit",
        examples=["2027-01-01"],
    )


class LeftOutOut(BodyOut):
    enrolment_id: UUID
    prm: Prm
    why: str = Field(
        description="the slug of the problem that its step would raise",
        examples=["conditions-missing"],
    )
    detail: str = Field(examples=["No sale contract that is signed holds on 2027-01-01."])

    @classmethod
    def of(cls, enrolment: Enrolment, problem: Problem) -> Self:
        return cls(
            enrolment_id=enrolment.id, prm=enrolment.prm, why=problem.slug, detail=problem.detail
        )


class NextDeclarationOut(BodyOut):
    """The content of a declaration made now, and the enrolments that would have to wait."""

    lines: list[DeclarationLineOut]
    left_out: list[LeftOutOut]
    breaches: list[BreachOut] = Field(description="how the resulting perimeter would break the law")


class DownloadOut(BodyOut):
    downloaded_at: datetime
    downloaded_by: str


class DeclarationOut(BodyOut):
    id: UUID
    operation_id: OperationId
    declared_on: date
    sha256: str = Field(description="of the file")
    made_at: datetime
    made_by: str
    lines: list[DeclarationLineOut]
    downloads: list[DownloadOut] = Field(description="the first one first; more than one repeats")


class DeclarationMadeOut(DeclarationOut):
    breaches: list[BreachOut] = Field(
        description="how the resulting perimeter breaks the law; empty when repeated"
    )
