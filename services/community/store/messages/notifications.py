"""Queries of notifications, of the chosen channels, and of digests."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
    any_,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Rights
from libs.common.database import lock_names
from libs.common.database.arrays import among
from services.community.domain.messages.messages import Language, Letter
from services.community.domain.messages.notifications import (
    DESK_KINDS,
    RULES,
    Channel,
    Notification,
    NotificationKind,
    NotificationReader,
    NotificationUnknown,
)
from services.community.tables import (
    AccountRow,
    DigestRow,
    MemberRow,
    NotificationChannelRow,
    NotificationRow,
)


async def add_notifications(
    session: AsyncSession,
    notification: Notification,
    words: Mapping[Language, Letter],
    member_ids: Collection[UUID],
    *,
    at: datetime,
) -> None:
    """Add it for those members who want it and have it not yet, each in their language."""
    rule, chosen = RULES[notification.kind], NotificationChannelRow
    channel = func.coalesce(chosen.channel, literal(rule.default, Text))
    columns = {
        "member_id": MemberRow.id,
        "kind": literal(notification.kind, Text),
        "about_id": literal(notification.about_id, Uuid),
        "operation_id": literal(notification.operation_id, Text),
        "title": _in_language({language: letter.subject for language, letter in words.items()}),
        "text": _in_language({language: letter.body for language, letter in words.items()}),
        "language": MemberRow.language,
        "link": literal(notification.link, Text),
        "channel": channel,
        "created_at": literal(at, NotificationRow.created_at.type),
    }
    # A choice made before the kind had this rule does not count.
    is_choice = (
        (chosen.member_id == MemberRow.id)
        & (chosen.kind == notification.kind)
        & chosen.channel.in_(rule.channels)
    )
    members = (
        select(*columns.values())
        .select_from(MemberRow)
        .outerjoin(chosen, is_choice)
        .where(among(MemberRow.id, list(member_ids)))
        .where(channel != Channel.NONE, MemberRow.erased_at.is_(None))
        .order_by(MemberRow.id)
    )
    added = insert(NotificationRow).from_select(list(columns), members)
    await session.execute(added.on_conflict_do_nothing())


def _in_language(texts: Mapping[Language, str]) -> ColumnElement[str]:
    return case(
        {language: literal(text, Text) for language, text in texts.items()},
        value=MemberRow.language,
    )


async def find_channel(
    session: AsyncSession, reader: NotificationReader, kind: NotificationKind
) -> Channel:
    """Return the channel by which this reader is notified of the kind."""
    rule = RULES[kind]
    chosen = (await map_channels(session, reader)).get(kind, rule.default)
    return chosen if chosen in rule.channels else rule.default


async def add_notification(
    session: AsyncSession,
    notification: Notification,
    words: Letter,
    reader: NotificationReader,
    channel: Channel,
    *,
    language: Language,
    at: datetime,
    mailed_at: datetime | None,
) -> bool:
    """Add it for one reader; return whether it is new.

    mailed_at: None leaves the mail to the rounds.
    """
    values = {
        "member_id": reader.member_id,
        "account_id": reader.account_id,
        "kind": notification.kind,
        "about_id": notification.about_id,
        "operation_id": notification.operation_id,
        "title": words.subject,
        "text": words.body,
        "language": language,
        "link": notification.link,
        "channel": channel,
        "created_at": at,
        "mailed_at": mailed_at,
    }
    added = insert(NotificationRow).values(values).on_conflict_do_nothing()
    return await session.scalar(added.returning(NotificationRow.id)) is not None


def is_of_reader(
    row: type[NotificationRow | NotificationChannelRow | DigestRow], reader: NotificationReader
) -> ColumnElement[bool]:
    is_member = [] if reader.member_id is None else [row.member_id == reader.member_id]
    is_desk = [] if reader.account_id is None else [row.account_id == reader.account_id]
    return or_(false(), *is_member, *is_desk)


def _is_shown(reader: NotificationReader) -> ColumnElement[bool]:
    return is_of_reader(NotificationRow, reader) & is_readable()


def is_readable() -> ColumnElement[bool]:
    """An account may read about the operations that it runs now, not about former ones."""
    row, account = NotificationRow, AccountRow
    runs = exists().where(
        account.id == row.account_id,
        or_(
            account.includes(Rights.of_staff()),
            account.includes(Rights.of_organiser([]))
            & (row.operation_id == any_(account.operations)),
        ),
    )
    return or_(row.account_id.is_(None), runs)


async def list_notifications(
    session: AsyncSession,
    reader: NotificationReader,
    *,
    unseen_only: bool,
    after: UUID | None,
    limit: int,
) -> Sequence[NotificationRow]:
    """List the newest first; after: the last one of the previous page.

    Raises NotificationUnknown.
    """
    own_notifications = select(NotificationRow).where(_is_shown(reader))
    query = (
        own_notifications.where(NotificationRow.seen_at.is_(None))
        if unseen_only
        else own_notifications
    )
    place = tuple_(NotificationRow.created_at, NotificationRow.id)
    if after is not None:
        last = await session.scalar(own_notifications.where(NotificationRow.id == after))
        if last is None:
            raise NotificationUnknown(f"You have no notification {after}.")
        query = query.where(place < (last.created_at, last.id))
    newest = query.order_by(NotificationRow.created_at.desc(), NotificationRow.id.desc())
    return (await session.scalars(newest.limit(limit))).all()


async def count_unseen(session: AsyncSession, reader: NotificationReader) -> int:
    query = select(func.count()).where(_is_shown(reader), NotificationRow.seen_at.is_(None))
    return await session.scalar(query) or 0


async def mark_seen(
    session: AsyncSession,
    reader: NotificationReader,
    only: Collection[UUID] | None,
    *,
    at: datetime,
) -> None:
    """only: these; None for all. Those seen before stay as they are. Raises NotificationUnknown."""
    is_markable = _is_shown(reader)
    if only is not None:
        is_among = among(NotificationRow.id, list(only))
        shown_ids = set(
            await session.scalars(select(NotificationRow.id).where(is_markable, is_among))
        )
        if unknown := sorted(map(str, set(only) - shown_ids)):
            raise NotificationUnknown(f"You have no notification {', '.join(unknown[:5])}.")
        is_markable &= is_among
    marking = update(NotificationRow).where(is_markable, NotificationRow.seen_at.is_(None))
    await session.execute(marking.values(seen_at=at))


async def map_channels(
    session: AsyncSession, reader: NotificationReader
) -> Mapping[NotificationKind, Channel]:
    """Return the reader's choices."""
    query = select(NotificationChannelRow).where(is_of_reader(NotificationChannelRow, reader))
    return {row.kind: row.channel for row in await session.scalars(query)}


async def set_channels(
    session: AsyncSession, reader: NotificationReader, channels: Mapping[NotificationKind, Channel]
) -> None:
    """Replace the reader's choices; concurrent calls take turns."""
    ids = [
        reader_id for reader_id in (reader.member_id, reader.account_id) if reader_id is not None
    ]
    await lock_names(session, "notification channels", ids)
    await session.execute(
        delete(NotificationChannelRow).where(is_of_reader(NotificationChannelRow, reader))
    )
    session.add_all(
        NotificationChannelRow(
            member_id=None if kind in DESK_KINDS else reader.member_id,
            account_id=reader.account_id if kind in DESK_KINDS else None,
            kind=kind,
            channel=channel,
        )
        for kind, channel in channels.items()
    )
    await session.flush()


async def move_unmailed(
    session: AsyncSession, reader: NotificationReader, kind: NotificationKind, channel: Channel
) -> None:
    """Move notifications not mailed yet to this channel."""
    waiting = update(NotificationRow).where(
        is_of_reader(NotificationRow, reader),
        NotificationRow.kind == kind,
        NotificationRow.channel != Channel.IN_APP,
        NotificationRow.mailed_at.is_(None),
    )
    await session.execute(
        waiting.values(channel=Channel.IN_APP if channel == Channel.NONE else channel)
    )


async def find_notified(
    session: AsyncSession, kind: NotificationKind, about_ids: Collection[UUID]
) -> AbstractSet[UUID]:
    """Return those of these things that somebody was notified of."""
    about = NotificationRow.about_id
    query = select(about).where(NotificationRow.kind == kind, among(about, about_ids))
    return set((await session.scalars(query.distinct())).all())


async def delete_about(session: AsyncSession, kind: NotificationKind, about_id: UUID) -> None:
    """Delete notifications about a thing that is gone, or no longer waits."""
    about = (NotificationRow.kind == kind) & (NotificationRow.about_id == about_id)
    await session.execute(delete(NotificationRow).where(about))


async def delete_notifications(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete so many of the older ones; return how many."""
    old_ids = select(NotificationRow.id).where(NotificationRow.created_at < before).limit(limit)
    deleted = delete(NotificationRow).where(NotificationRow.id.in_(old_ids))
    return len((await session.scalars(deleted.returning(NotificationRow.id))).all())


async def delete_digests(session: AsyncSession, *, before: date, limit: int) -> int:
    """Delete so many of the older ones; return how many."""
    old_ids = select(DigestRow.id).where(DigestRow.day < before).limit(limit)
    deleted = delete(DigestRow).where(DigestRow.id.in_(old_ids)).returning(DigestRow.id)
    return len((await session.scalars(deleted)).all())
