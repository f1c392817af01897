"""Queries of notifications, of the channels members chose, of digests and reminders."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    case,
    delete,
    exists,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from services.community.domain.messages import Language, Letter
from services.community.domain.notifications import (
    RULES,
    Channel,
    Digest,
    Notification,
    NotificationKind,
    NotificationUnknown,
)
from services.community.domain.polls.poll import State
from services.community.tables import (
    DigestRow,
    MemberRow,
    NotificationChannelRow,
    NotificationRow,
    PollReminderRow,
    PollRow,
    PollVoterRow,
)


async def add_notifications(
    session: AsyncSession,
    notification: Notification,
    words: Mapping[Language, Letter],
    member_ids: Collection[UUID],
    *,
    at: datetime,
) -> None:
    """For these members, each in their language, but for who has it, wants none or was erased."""
    rule, chosen = RULES[notification.kind], NotificationChannelRow
    channel = func.coalesce(chosen.channel, literal(rule.default, Text))
    told = {
        "member_id": MemberRow.id,
        "kind": literal(notification.kind, Text),
        "about_id": literal(notification.about_id, Uuid),
        "operation_id": literal(notification.operation_id, Text),
        "title": _in_language({one: letter.subject for one, letter in words.items()}),
        "text": _in_language({one: letter.body for one, letter in words.items()}),
        "link": literal(notification.link, Text),
        "channel": channel,
        "created_at": literal(at, NotificationRow.created_at.type),
    }
    # What was chosen before a kind had this rule counts no more.
    is_choice = (
        (chosen.member_id == MemberRow.id)
        & (chosen.kind == notification.kind)
        & chosen.channel.in_(rule.channels)
    )
    members = (
        select(*told.values())
        .select_from(MemberRow)
        .outerjoin(chosen, is_choice)
        .where(MemberRow.id == any_(literal(list(member_ids), ARRAY(Uuid))))
        .where(channel != Channel.NONE, MemberRow.erased_at.is_(None))
        .order_by(MemberRow.id)
    )
    added = insert(NotificationRow).from_select(list(told), members)
    await session.execute(added.on_conflict_do_nothing())


def _in_language(texts: Mapping[Language, str]) -> ColumnElement[str]:
    return case(
        {language: literal(one, Text) for language, one in texts.items()}, value=MemberRow.language
    )


async def list_notifications(
    session: AsyncSession,
    member_id: UUID,
    *,
    unseen_only: bool,
    after: UUID | None,
    limit: int,
) -> Sequence[NotificationRow]:
    """The newest first; after: the last one of the page before. Raises NotificationUnknown."""
    query = select(NotificationRow).where(NotificationRow.member_id == member_id)
    if unseen_only:
        query = query.where(NotificationRow.seen_at.is_(None))
    place = tuple_(NotificationRow.created_at, NotificationRow.id)
    if after is not None:
        last = await session.get(NotificationRow, after)
        if last is None or last.member_id != member_id:
            raise NotificationUnknown(f"You have no notification {after}.")
        query = query.where(place < (last.created_at, last.id))
    newest = query.order_by(NotificationRow.created_at.desc(), NotificationRow.id.desc())
    return (await session.scalars(newest.limit(limit))).all()


async def count_unseen(session: AsyncSession, member_id: UUID) -> int:
    query = select(func.count()).where(
        NotificationRow.member_id == member_id, NotificationRow.seen_at.is_(None)
    )
    return await session.scalar(query) or 0


async def mark_seen(
    session: AsyncSession, member_id: UUID, only: Collection[UUID] | None, *, at: datetime
) -> None:
    """only: these; None is all. What was seen before stays as it is. Raises NotificationUnknown."""
    own = NotificationRow.member_id == member_id
    if only is not None:
        ids = NotificationRow.id == any_(literal(list(only), ARRAY(Uuid)))
        known = set(await session.scalars(select(NotificationRow.id).where(own, ids)))
        if unknown := sorted(map(str, set(only) - known)):
            raise NotificationUnknown(f"You have no notification {', '.join(unknown[:5])}.")
        own &= ids
    seen = update(NotificationRow).where(own, NotificationRow.seen_at.is_(None))
    await session.execute(seen.values(seen_at=at))


async def map_channels(
    session: AsyncSession, member_id: UUID
) -> Mapping[NotificationKind, Channel]:
    """What the member chose."""
    query = select(NotificationChannelRow).where(NotificationChannelRow.member_id == member_id)
    return {row.kind: row.channel for row in await session.scalars(query)}


async def set_channels(
    session: AsyncSession, member_id: UUID, channels: Mapping[NotificationKind, Channel]
) -> None:
    """In place of what the member chose before; two at once take turns."""
    await lock_names(session, "notification channels", [member_id])
    chosen = NotificationChannelRow
    await session.execute(delete(chosen).where(chosen.member_id == member_id))
    session.add_all(
        chosen(member_id=member_id, kind=kind, channel=channel)
        for kind, channel in channels.items()
    )
    await session.flush()


async def move_unmailed(
    session: AsyncSession, member_id: UUID, kind: NotificationKind, channel: Channel
) -> None:
    """What no e-mail has told yet goes by this channel."""
    waiting = update(NotificationRow).where(
        NotificationRow.member_id == member_id,
        NotificationRow.kind == kind,
        NotificationRow.channel != Channel.IN_APP,
        NotificationRow.mailed_at.is_(None),
    )
    await session.execute(
        waiting.values(channel=Channel.IN_APP if channel == Channel.NONE else channel)
    )


async def lock_urgent(session: AsyncSession, *, limit: int) -> Sequence[NotificationRow]:
    """What is to be told by an e-mail of its own, the oldest first; ours until the end."""
    query = _due(Channel.EMAIL).order_by(NotificationRow.created_at).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def list_members_for_digest(
    session: AsyncSession, digest: Digest, day: date, *, before: datetime, limit: int
) -> Sequence[UUID]:
    """Who has something to be told, and has no digest of that day."""
    made = exists().where(
        DigestRow.member_id == NotificationRow.member_id,
        DigestRow.digest == digest,
        DigestRow.day == day,
    )
    due = _due(digest).where(
        NotificationRow.created_at < before, NotificationRow.seen_at.is_(None), ~made
    )
    ids = due.with_only_columns(NotificationRow.member_id).distinct()
    return (await session.scalars(ids.limit(limit))).all()


async def add_digest(session: AsyncSession, member_id: UUID, digest: Digest, day: date) -> bool:
    """Whether it is new; waits for whoever makes it at the moment."""
    added = insert(DigestRow).values(member_id=member_id, digest=digest, day=day)
    made = await session.scalar(added.on_conflict_do_nothing().returning(DigestRow.member_id))
    return made is not None


async def lock_for_digest(
    session: AsyncSession, member_id: UUID, digest: Digest, *, before: datetime
) -> Sequence[NotificationRow]:
    """What the member has not seen, the oldest first."""
    query = _due(digest).where(
        NotificationRow.member_id == member_id,
        NotificationRow.created_at < before,
        NotificationRow.seen_at.is_(None),
    )
    ordered = query.order_by(NotificationRow.created_at, NotificationRow.id)
    return (await session.scalars(ordered.with_for_update())).all()


def _due(channel: Channel) -> Select[NotificationRow]:
    """In the words of the index ``notification_due``."""
    return select(NotificationRow).where(
        NotificationRow.channel == channel,
        NotificationRow.mailed_at.is_(None),
        NotificationRow.channel != Channel.IN_APP,
    )


async def list_polls_closing(
    session: AsyncSession, *, now: datetime, within: timedelta
) -> Sequence[PollRow]:
    """Over within so long, known for longer than that, and without a reminder."""
    reminded = exists().where(PollReminderRow.poll_id == PollRow.id)
    query = select(PollRow).where(
        PollRow.state == State.OPEN,
        PollRow.closes_at > now,
        PollRow.closes_at <= now + within,
        PollRow.closes_at - func.greatest(PollRow.opens_at, PollRow.opened_at) > within,
        ~reminded,
    )
    return (await session.scalars(query.order_by(PollRow.closes_at))).all()


async def add_reminder(session: AsyncSession, poll_id: UUID) -> bool:
    """Whether it is the first; waits for whoever reminds at the moment."""
    added = insert(PollReminderRow).values(poll_id=poll_id).on_conflict_do_nothing()
    return await session.scalar(added.returning(PollReminderRow.poll_id)) is not None


async def list_missing_voters(session: AsyncSession, poll_id: UUID) -> Sequence[UUID]:
    """Whoever can still vote for themselves or for who gave them a proxy."""
    votes = func.coalesce(PollVoterRow.holder_id, PollVoterRow.member_id)
    query = select(votes).where(PollVoterRow.poll_id == poll_id, ~PollVoterRow.has_voted)
    return (await session.scalars(query.distinct())).all()


async def delete_about(session: AsyncSession, kind: NotificationKind, about_id: UUID) -> None:
    """What tells of a thing that is there no more."""
    about = (NotificationRow.kind == kind) & (NotificationRow.about_id == about_id)
    await session.execute(delete(NotificationRow).where(about))


async def delete_notifications(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete so many of the older ones; returns how many."""
    old = select(NotificationRow.id).where(NotificationRow.created_at < before).limit(limit)
    deleted = delete(NotificationRow).where(NotificationRow.id.in_(old))
    return len((await session.scalars(deleted.returning(NotificationRow.id))).all())


async def delete_digests(session: AsyncSession, *, before: date, limit: int) -> int:
    """Delete so many of the older ones; returns how many."""
    whole = tuple_(DigestRow.member_id, DigestRow.digest, DigestRow.day)
    old = select(DigestRow.member_id, DigestRow.digest, DigestRow.day)
    some = old.where(DigestRow.day < before).limit(limit)
    deleted = delete(DigestRow).where(whole.in_(some)).returning(DigestRow.member_id)
    return len((await session.scalars(deleted)).all())
