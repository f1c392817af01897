"""Routes for notifications, in the app and by e-mail."""

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from services.community import access
from services.community.api.dependencies import Session
from services.community.commands.messages import notifications as commands
from services.community.domain.messages.notifications import (
    RULES,
    ChannelNotOffered,
    NotificationReader,
    NotificationUnknown,
)
from services.community.domain.problems import MemberUnknown
from services.community.schemas.messages.notifications import (
    ChannelOut,
    ChannelsIn,
    NotificationOut,
    NotificationsOut,
    SeenIn,
    UnseenOut,
)
from services.community.store.messages import notifications as store

router = APIRouter(prefix="/me", route_class=TokenFirstRoute)
_ALL = SeenIn()


@router.get(
    "/notifications",
    summary="List my notifications, newest first",
    responses=problems(NotificationUnknown),
)
async def list_notifications(
    *,
    caller: AnyPerson,
    session: Session,
    unseen_only: bool = False,
    after: AfterId = None,
    limit: Limit = 100,
) -> NotificationsOut:
    """The caller's own notifications, and how many of all are unseen.

    For members, and for people who run operations: those who are both get both. Reading the list
    marks none as seen.
    """
    reader = access.reader_of_notifications(caller)
    rows = await store.list_notifications(
        session, reader, unseen_only=unseen_only, after=after, limit=limit
    )
    return NotificationsOut(
        unseen_count=await store.count_unseen(session, reader),
        notifications=[NotificationOut.model_validate(row) for row in rows],
    )


@router.post(
    "/notifications/seen",
    summary="Mark notifications as seen",
    responses=problems(NotificationUnknown),
)
async def post_seen(*, caller: AnyPerson, session: Session, body: SeenIn = _ALL) -> UnseenOut:
    """Mark these, or all; repeating it changes nothing. Digests leave out seen notifications."""
    reader = access.reader_of_notifications(caller)
    return UnseenOut(unseen_count=await commands.mark_seen(session, reader, body.ids))


@router.get(
    "/notification-channels",
    summary="List my notification channels",
)
async def list_channels(*, caller: AnyPerson, session: Session) -> list[ChannelOut]:
    """Each kind that the caller may get: the chosen channels, else the default ones."""
    return await _channels(session, access.reader_of_notifications(caller))


@router.put(
    "/notification-channels",
    summary="Choose my notification channels",
    responses=problems(MemberUnknown, ChannelNotOffered),
)
async def put_channels(
    *, caller: AnyPerson, session: Session, body: ChannelsIn
) -> list[ChannelOut]:
    """The new choice replaces the former one.

    Notifications not mailed yet go by the new channel. Invoices, payment reminders and the like are
    messages, not notifications: they are always sent.
    """
    reader = access.reader_of_notifications(caller)
    await commands.choose_channels(session, reader, body.channels)
    return await _channels(session, reader)


async def _channels(session: AsyncSession, reader: NotificationReader) -> list[ChannelOut]:
    chosen = await store.map_channels(session, reader)
    return [
        ChannelOut(
            kind=kind,
            channel=chosen[kind] if chosen.get(kind) in rule.channels else rule.default,
            offered=list(rule.channels),
        )
        for kind, rule in RULES.items()
        if reader.reads(kind)
    ]
