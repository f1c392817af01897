"""Bodies of the audit log's route."""

from datetime import datetime
from typing import Any

from pydantic import Field

from libs.common.audit import Action
from libs.common.http import BodyOut


class ChangeOut(BodyOut):
    """One row that was inserted, updated or deleted, and by whom."""

    position: int = Field(description="grows; give it as `before` for the next page", examples=[7])
    at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    subject: str | None = Field(
        description="of the caller's token: an account's id; null: the service itself, after an"
        " event or by a background round",
        examples=["7d1f0c3a-94b2-4a6e-8c55-1e2f3a4b5c6d"],
    )
    roles: list[str] = Field(examples=[["operator"]])
    route: str | None = Field(examples=["PUT /community/members/{member_id}"])
    request_id: str | None = Field(
        description="`X-Request-ID` of the answer, and in the logs",
        examples=["0f8e1c5a-7b3d-4e6f-9a2b-1c0d3e5f7a9b"],
    )
    action: Action = Field(examples=["update"])
    entity: str = Field(description="the table", examples=["member"])
    entity_id: str = Field(
        description="its primary key, with slashes between several columns",
        examples=["5b6df807-d41e-5251-a808-b67bac9773b2"],
    )
    before: dict[str, Any] | None = Field(
        description="null: it was not there. Of an update, what changed. Secrets are `(secret)`",
        examples=[{"name": "Lucie Brindille", "revision": 1}],
    )
    after: dict[str, Any] | None = Field(
        description="null: it is gone", examples=[{"name": "Lucie Ramille", "revision": 2}]
    )
