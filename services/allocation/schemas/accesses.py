"""Body of the route for who looked at an operation's shares and sums."""

from datetime import datetime
from typing import Self

from pydantic import Field

from libs.common.auth import Role
from libs.common.http import BodyOut
from services.allocation.tables import ShareAccessRow


class ShareAccessOut(BodyOut):
    """Somebody who sees everything looked."""

    number: int = Field(description="grows with each look; `before` takes it", examples=[12])
    read_at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    role: Role = Field(description="by which they could")
    route: str = Field(examples=["/allocation/operations/{operation_id}/summary"])
    is_you: bool = Field(examples=[False])
    subject: str | None = Field(
        description="of the token; null but for operators and yourself", examples=[None]
    )

    @classmethod
    def of(cls, row: ShareAccessRow, *, subject: str, names_everybody: bool) -> Self:
        is_you = row.subject == subject
        return cls(
            number=row.number,
            read_at=row.read_at,
            role=Role(row.role),
            route=row.route,
            is_you=is_you,
            subject=row.subject if names_everybody or is_you else None,
        )
