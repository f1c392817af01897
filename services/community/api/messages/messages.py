"""Routes for messages to members, and their delivery status."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrFeed
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.community.access import messages as access
from services.community.api.dependencies import Session
from services.community.commands.messages import sending as commands
from services.community.domain.messages.messages import Status
from services.community.domain.problems import MessageUnknown
from services.community.mail.bounces import BounceUnreadable, read_bounce
from services.community.schemas.messages.messages import BounceOut, MessageOut
from services.community.store.messages import messages as store

router = APIRouter(prefix="/messages", route_class=TokenFirstRoute)

_REPORT = {
    "description": "The report as it came, headers and all",
    "required": True,
    "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
}


@router.get(
    "",
    summary="List messages to members, newest first",
    responses=problems(MessageUnknown),
)
async def list_messages(
    *,
    caller: AnyPerson,
    session: Session,
    member_id: UUID | None = None,
    operation_id: OperationIdField | None = None,
    status: Annotated[
        list[Status], Query(description="only those with a recipient in one of these")
    ] = [],  # noqa: B006
    after: AfterId = None,
    limit: Limit = 100,
) -> list[MessageOut]:
    """Messages with their recipients, their text and the delivery status of each address.

    Staff see all; organisers those to members about their operations, without addresses; members
    their own, with the questions that they asked, but not to which addresses those went. Nobody
    sees the text of one with a link that logs in or confirms.
    """
    messages = await store.list_messages(
        session,
        caller.scope,
        member_id=member_id,
        operation_id=operation_id,
        statuses=status,
        after=after,
        limit=limit,
    )
    await note_access(session, caller, [message.member_id for message in messages])
    return [
        MessageOut.model_validate(
            message if access.may_see_addresses(caller, message) else message.without_addresses
        )
        for message in messages
    ]


@router.post(
    "/bounces",
    summary="Report a bounced message",
    responses=problems(BounceUnreadable, MessageUnknown),
    openapi_extra={"requestBody": _REPORT},
)
async def post_bounce(request: Request, _caller: StaffOrFeed, session: Session) -> BounceOut:
    """An e-mail with a `message/delivery-status` (RFC 3464), as it came to the sender's mailbox.

    For staff, and for feeds that read that mailbox. A recipient reported as `failed` is `bounced`
    from then on, and billing is informed; other reports change nothing, nor does the same one
    again. Only the code of the report is kept.
    """
    bounce = await asyncio.to_thread(read_bounce, await request.body())
    recipient = await commands.note_bounce(session, bounce)
    return BounceOut.model_validate(recipient)
