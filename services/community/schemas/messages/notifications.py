"""Bodies of the routes for notifications."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId
from services.community.domain.messages.messages import Language
from services.community.domain.messages.notifications import Channel, NotificationKind

_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"


class NotificationOut(BodyOut):
    """A notification to the member, in their language at the time."""

    id: UUID
    kind: NotificationKind
    operation_id: OperationId | None = Field(
        description="null: it is about none in particular", examples=["ACC00000101"]
    )
    title: str = Field(examples=["Vote : L’école d’abord, à midi ?"])
    text: str = Field(
        description="plain text, of a few lines",
        examples=["Les membres de Pousse-Soleil sont appelés à voter : …\n"],
    )
    language: Language = Field(description="of `title` and `text`", examples=["fr"])
    link: str = Field(
        description="path of the page about it, below the platform's address",
        examples=[f"/community/operations/ACC00000101/polls/{_ID}"],
    )
    created_at: datetime = Field(examples=["2026-11-20T18:00:00Z"])
    seen_at: datetime | None = Field(description="null: not seen yet", examples=[None])


class UnseenOut(BodyOut):
    unseen_count: int = Field(description="of all the member's notifications", examples=[3])


class NotificationsOut(UnseenOut):
    notifications: list[NotificationOut]


class SeenIn(BodyIn):
    """The notifications that were seen."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ids": [_ID]}, {}]})

    ids: Annotated[list[UUID], Field(max_length=1000)] | None = Field(
        None, description="null: all", examples=[[_ID]]
    )


class ChannelOut(BodyOut):
    """The channel of a kind, and the channels it may have."""

    kind: NotificationKind
    channel: Channel = Field(
        description="`email`: at once · `daily`, `weekly`: in a digest, unless seen before ·"
        " `in_app`: only there · `none`: not at all"
    )
    offered: list[Channel] = Field(
        description="the first one is the default; a single one: members have to be notified",
        examples=[["daily", "email", "weekly", "in_app", "none"]],
    )


class ChannelsIn(BodyIn):
    """The kinds whose channel is another than the default; those left out get the first offered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"channels": {"poll_closing": "in_app", "poll_closed": "weekly"}}]
        }
    )

    channels: dict[NotificationKind, Channel]
