"""Bodies of the routes that import a perimeter from a file."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.perimeter_file import Change, Preview
from services.community.schemas.feasibility import BreachOut
from services.community.schemas.registry import PerimeterOut


class PerimeterChangeOut(BodyOut):
    line: int = Field(description="in the file; the header's is 1", examples=[2])
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None
    former_member_id: UUID | None = Field(description="null of one that is added")
    former_valid_to: date | None = Field(examples=[None])

    @classmethod
    def of(cls, change: Change) -> Self:
        before = change.before
        return cls(
            line=change.line.number,
            **vars(change.line.participation),
            former_member_id=before and before.member_id,
            former_valid_to=before and before.valid_to,
        )


class RefusedLineOut(BodyOut):
    line: int = Field(examples=[4])
    detail: str = Field(examples=["prm: 14 digits; a spreadsheet may have made a number of it."])


class ChangedPerimeterOut(PerimeterOut):
    """The perimeter that a request has made, under whatever policy."""

    breaches: list[BreachOut] = Field(
        description="what the law does not allow and was not there before, of the first day that"
        " has any"
    )


class PreviewOut(BodyOut):
    preview: str = Field(description="hash to send with the import", examples=["5e0f" * 16])
    revision: int = Field(description="of the perimeter that the file was compared with")
    added: list[PerimeterChangeOut]
    changed: list[PerimeterChangeOut]
    ended: list[PerimeterChangeOut] = Field(description="only the end is another, and earlier")
    unchanged: int = Field(description="lines that say what is so already", examples=[12])
    refused: list[RefusedLineOut]
    breaches: list[BreachOut] = Field(
        description="of the first day that has any, once no line is refused; whether the import is"
        " then refused is the policy of the legal basis"
    )

    @classmethod
    def of(cls, preview: Preview, breaches: Breaches | None) -> Self:
        """breaches: of the new perimeter."""
        changes = preview.changes
        return cls(
            preview=preview.hash,
            revision=preview.revision,
            added=[PerimeterChangeOut.of(one) for one in changes.added],
            changed=[PerimeterChangeOut.of(one) for one in changes.changed],
            ended=[PerimeterChangeOut.of(one) for one in changes.ended],
            unchanged=changes.unchanged,
            refused=[RefusedLineOut(line=one.number, detail=one.detail) for one in changes.refused],
            breaches=BreachOut.list_of(breaches),
        )
