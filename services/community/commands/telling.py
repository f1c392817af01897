"""Rounds that tell: e-mails at once, digests, and reminders of polls that end soon."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import day_start
from libs.common.database import Database
from services.community import store as registry
from services.community.commands.messages import write_message
from services.community.commands.notifications import tell_of_poll
from services.community.domain.letters.notifications import (
    Told,
    write_digest,
    write_notification_letter,
)
from services.community.domain.messages import MessageKind
from services.community.domain.notifications import DIGESTS, Digest, NotificationKind, digest_day
from services.community.store import messages, polls
from services.community.store import notifications as store
from services.community.tables import NotificationRow

_AT_ONCE = 100
_REMINDED_BEFORE = timedelta(hours=24)


async def tell_due(database: Database, *, public_url: str, now: datetime) -> bool:
    """One round; any number of processes may, and each thing is told once.

    Returns whether there may be more to do at once.
    """
    await remind_voters(database, now=now)
    async with database.transaction() as session:
        count = await mail_urgent(session, public_url=public_url)
    more = [await make_digests(database, one, public_url=public_url, now=now) for one in DIGESTS]
    return count == _AT_ONCE or any(more)


async def remind_voters(database: Database, *, now: datetime) -> None:
    """Of polls that end within a day: who can still vote, once for each poll."""
    async with database.transaction() as session:
        closing = await store.list_polls_closing(session, now=now, within=_REMINDED_BEFORE)
    for poll in closing:
        async with database.transaction() as session:
            if await store.add_reminder(session, poll.id):
                row = await polls.get_poll(session, poll.operation_id, poll.id)
                missing = await store.list_missing_voters(session, poll.id)
                await tell_of_poll(session, row, NotificationKind.POLL_CLOSING, missing)


async def mail_urgent(session: AsyncSession, *, public_url: str) -> int:
    """An e-mail for each of those that wait longest; returns how many."""
    rows = await store.lock_urgent(session, limit=_AT_ONCE)
    for row in rows:
        member = await registry.get_member(session, row.member_id)
        letter = write_notification_letter(
            _told(row), member.language, member_name=member.name, public_url=public_url
        )
        await write_message(
            session,
            letter,
            to=member,
            kind=MessageKind.NOTIFICATION,
            operation_id=row.operation_id,
        )
        row.mailed_at = datetime.now(UTC)
    return len(rows)


async def make_digests(
    database: Database, digest: Digest, *, public_url: str, now: datetime
) -> bool:
    """One for each member who has something to be told, each in a transaction of its own."""
    day = digest_day(digest, now)
    async with database.transaction() as session:
        members = await store.list_members_for_digest(
            session, digest, day, before=day_start(day), limit=_AT_ONCE
        )
    for member_id in members:
        async with database.transaction() as session:
            # The row is what makes it one for each member and day, whatever crashes or races.
            if await store.add_digest(session, member_id, digest, day):
                before = day_start(day)
                rows = await store.lock_for_digest(session, member_id, digest, before=before)
                await _mail_digest(session, member_id, rows, public_url=public_url)
    return len(members) == _AT_ONCE


async def _mail_digest(
    session: AsyncSession,
    member_id: UUID,
    rows: Sequence[NotificationRow],
    *,
    public_url: str,
) -> None:
    member = await registry.get_member(session, member_id)
    # To whom has no address it stays in the app: a failed message each day would help nobody.
    if rows and await messages.list_addresses(session, member):
        letter = write_digest(
            [_told(row) for row in rows],
            member.language,
            member_name=member.name,
            public_url=public_url,
        )
        await write_message(session, letter, to=member, kind=MessageKind.DIGEST)
    for row in rows:
        row.mailed_at = datetime.now(UTC)


def _told(row: NotificationRow) -> Told:
    return Told(row.title, row.text, row.link)
