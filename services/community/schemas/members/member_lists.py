"""Bodies of the routes that import a list of members and points."""

from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.members.member_list import Effect, MemberListPreview
from services.community.schemas.feasibility.feasibility import BreachOut
from services.community.schemas.members.perimeter_files import RefusedLineOut


class LineEffectOut(BodyOut):
    line: int = Field(description="in the file; the header's is 1", examples=[2])
    reference: str = Field(examples=["M-014"])
    member_id: UUID | None = Field(
        description="the same for a reference in this operation; null before it is imported"
    )
    member: Effect = Field(examples=["added"])
    point: Effect | None = Field(description="null: the line names none", examples=["added"])
    participation: Effect | None = Field(
        description="null: the line names none", examples=["added"]
    )


class MemberListOut(BodyOut):
    preview: str = Field(description="hash to send with the import", examples=["5e0f" * 16])
    effects: list[LineEffectOut] = Field(description="the effect of each accepted line")
    refused: list[RefusedLineOut] = Field(description="lines to correct or remove, and why")
    breaches: list[BreachOut] = Field(
        description="new breaches of the law, on the first day with any, once no line is refused;"
        " the policy `refuse` of the legal basis makes refused lines of them"
    )

    @classmethod
    def of(cls, preview: MemberListPreview, breaches: Breaches | None) -> Self:
        return cls(
            preview=preview.hash,
            effects=[LineEffectOut.model_validate(effect) for effect in preview.effects],
            refused=[RefusedLineOut.of(line) for line in preview.refused],
            breaches=BreachOut.list_of(breaches),
        )
