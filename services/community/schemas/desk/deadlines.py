"""Body of the route for deadlines."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.community.domain.desk.deadlines import Deadline, DeadlineKind
from services.community.domain.messages.messages import Language


class DeadlineOut(BodyOut):
    id: str = Field(
        description="for the next page; it changes with the day",
        examples=["2026-11-23.ACC00000101.month_to_close.2026-10"],
    )
    kind: DeadlineKind
    operation_id: OperationId
    operation_name: str = Field(examples=["Pousse-Soleil"])
    due: date = Field(description="the last local day to do it", examples=["2026-11-23"])
    is_late: bool = Field(description="that day has passed", examples=[False])
    todo: str = Field(
        description="what to do, in words",
        examples=["Déclarer une entrée au gestionnaire de réseau"],
    )
    link: str = Field(
        description="path of the page about it",
        examples=[
            "/community/operations/ACC00000101/enrolments/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"
        ],
    )
    prm: Prm | None
    month: str | None

    @classmethod
    def of(cls, deadline: Deadline, language: Language, *, today: date) -> Self:
        return cls(
            id=deadline.id,
            kind=deadline.kind,
            operation_id=deadline.operation_id,
            operation_name=deadline.operation_name,
            due=deadline.due,
            is_late=deadline.is_late(today),
            todo=deadline.todo(language),
            link=deadline.link,
            prm=deadline.prm,
            month=deadline.month and str(deadline.month),
        )
