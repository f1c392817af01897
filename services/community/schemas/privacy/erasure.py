"""Bodies of the routes for erasures."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.french import unparted
from libs.common.http import BodyIn, BodyOut
from services.community.domain.messages.messages import Language
from services.community.domain.privacy.erasure import (
    ErasureRequest,
    MemberTies,
    Obstacle,
    due_at,
)
from services.community.domain.privacy.erasure_notes import ELSEWHERE, ERASED, KEPT, Note


class ErasureRequestOut(BodyOut):
    """A member who asked to be erased, and is not yet."""

    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    requested_at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    due_at: datetime = Field(
        description="a month after the request (GDPR, art. 12(3))",
        examples=["2026-12-05T09:00:12Z"],
    )

    @classmethod
    def of(cls, request: ErasureRequest) -> Self:
        return cls(due_at=due_at(request.requested_at), **vars(request))


class ErasurePartOut(BodyOut):
    """Rows of one table, and whether they are erased or kept."""

    table: str = Field(examples=["participation"])
    rows: int = Field(examples=[2])
    note: str = Field(
        description="what is erased; or why it is kept, with the law",
        examples=["ce qui a été partagé et facturé est en comptabilité, pour dix ans"],
    )


class ErasureOut(BodyOut):
    """The data that the erasure of a member erases and keeps; or did, once it is executed."""

    member_id: UUID
    requested_at: datetime | None = Field(examples=["2026-11-05T09:00:12Z"])
    due_at: datetime | None = Field(
        description="a month after the request (GDPR, art. 12(3))",
        examples=["2026-12-05T09:00:12Z"],
    )
    executed_at: datetime | None = Field(examples=[None])
    executed_by: str | None = Field(description="subject of the token", examples=[None])
    obstacles: list[Obstacle] = Field(
        description="`takes-part` in an operation · `holds-shares` of a co-operative · `votes` in a"
        " poll that is open; staff check in billing that nothing is owed",
        examples=[["takes-part"]],
    )
    erased: list[ErasurePartOut]
    kept: list[ErasurePartOut]
    elsewhere: dict[str, str] = Field(
        description="what the other services erase and keep",
        examples=[{name: note["fr"] for name, note in ELSEWHERE.items()}],
    )

    @classmethod
    def of(
        cls,
        member_id: UUID,
        *,
        requested_at: datetime | None,
        executed_at: datetime | None,
        executed_by: str | None,
        standing: MemberTies,
        erased: Mapping[str, int],
        kept: Mapping[str, int],
        language: Language,
    ) -> Self:
        return cls(
            member_id=member_id,
            requested_at=requested_at,
            due_at=requested_at and due_at(requested_at),
            executed_at=executed_at,
            executed_by=executed_by,
            obstacles=standing.obstacles,
            erased=_parts(erased, ERASED, language),
            kept=_parts(kept, KEPT, language),
            elsewhere={name: unparted(note[language]) for name, note in ELSEWHERE.items()},
        )


def _parts(
    rows: Mapping[str, int], notes: Mapping[str, Note], language: Language
) -> list[ErasurePartOut]:
    return [
        ErasurePartOut(table=name, rows=count, note=unparted(notes[name][language]))
        for name, count in rows.items()
    ]


class ErasureIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"nothing_is_owed": False}]})

    nothing_is_owed: bool = Field(
        description="you have seen in billing that all is invoiced, and paid or paid back"
    )
