"""Bodies of the routes that import a perimeter from a file."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.members.csv_lines import RefusedLine
from services.community.domain.members.perimeter_file import PerimeterChange, PerimeterPreview
from services.community.schemas.feasibility.feasibility import BreachOut
from services.community.schemas.members.registry import PerimeterOut


class PerimeterChangeOut(BodyOut):
    line: int = Field(description="in the file; the header's is 1", examples=[2])
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None
    former_member_id: UUID | None = Field(description="null for an added one")
    former_valid_to: date | None = Field(examples=[None])

    @classmethod
    def of(cls, change: PerimeterChange) -> Self:
        former = change.before
        return cls(
            line=change.line.number,
            **vars(change.line.participation),
            former_member_id=former and former.member_id,
            former_valid_to=former and former.valid_to,
        )


class RefusedLineOut(BodyOut):
    line: int = Field(examples=[4])
    detail: str = Field(examples=["prm: 14 digits; a spreadsheet may have made a number of it."])

    @classmethod
    def of(cls, line: RefusedLine) -> Self:
        return cls(line=line.number, detail=line.detail)


class ChangedPerimeterOut(PerimeterOut):
    """The perimeter after a request, whatever the policy."""

    breaches: list[BreachOut] = Field(
        description="new breaches of the law, on the first day with any"
    )


class PreviewOut(BodyOut):
    preview: str = Field(description="hash to send with the import", examples=["5e0f" * 16])
    revision: int = Field(description="of the perimeter that the file was compared with")
    added: list[PerimeterChangeOut]
    changed: list[PerimeterChangeOut]
    ended: list[PerimeterChangeOut] = Field(description="only the end changes, to an earlier one")
    unchanged: int = Field(description="lines that change nothing", examples=[12])
    refused: list[RefusedLineOut]
    breaches: list[BreachOut] = Field(
        description="on the first day with any, once no line is refused; the policy of the legal"
        " basis decides whether the import is then refused"
    )

    @classmethod
    def of(cls, preview: PerimeterPreview, breaches: Breaches | None) -> Self:
        """breaches: of the new perimeter."""
        changes = preview.changes
        return cls(
            preview=preview.hash,
            revision=preview.revision,
            added=[PerimeterChangeOut.of(change) for change in changes.added],
            changed=[PerimeterChangeOut.of(change) for change in changes.changed],
            ended=[PerimeterChangeOut.of(change) for change in changes.ended],
            unchanged=changes.unchanged,
            refused=[RefusedLineOut.of(line) for line in changes.refused],
            breaches=BreachOut.list_of(breaches),
        )
