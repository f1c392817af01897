"""Run the rounds that notify: e-mails at once, digests, and reminders of polls that end soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import day_start
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest
from services.community.commands.messages.messages import write_message
from services.community.commands.messages.notifications import tell_of_poll
from services.community.domain.letters.notifications import (
    Told,
    write_digest,
    write_notification_letter,
)
from services.community.domain.messages.messages import Language, MessageKind
from services.community.domain.messages.notifications import (
    DIGESTS,
    Digest,
    NotificationKind,
    NotificationReader,
    digest_day,
    next_digests_at,
)
from services.community.store.accounts import accounts
from services.community.store.members import registry
from services.community.store.messages import messages, poll_reminders
from services.community.store.messages import notification_mails as store
from services.community.store.polls import polls
from services.community.tables import MemberRow, NotificationRow

_AT_ONCE = 100
_REMINDED_BEFORE = timedelta(hours=24)


async def tell_due(database: Database, *, public_url: str, now: datetime) -> Rest:
    """Run one round; any number of processes may, and each notification is sent once."""
    await remind_voters(database, now=now)
    async with database.transaction() as session:
        count = await mail_urgent(session, public_url=public_url)
    more = [
        await make_digests(database, digest, public_url=public_url, now=now) for digest in DIGESTS
    ]
    if count == _AT_ONCE or any(more):
        return NO_REST
    async with database.transaction() as session:
        closing_at = await poll_reminders.find_next_closing(
            session, now=now, within=_REMINDED_BEFORE
        )
        urgent = SHORT_REST if await store.has_urgent(session) else UNTIL_RUNG
    return min(urgent, *(Rest.until(at, now=now) for at in (closing_at, next_digests_at(now))))


async def remind_voters(database: Database, *, now: datetime) -> None:
    """Remind those who can still vote in polls that end within a day, once for each poll."""
    async with database.transaction() as session:
        closing = await poll_reminders.list_polls_closing(session, now=now, within=_REMINDED_BEFORE)
    for poll in closing:
        async with database.transaction() as session:
            if await poll_reminders.add_reminder(session, poll.id):
                row = await polls.get_poll(session, poll.operation_id, poll.id)
                missing = await poll_reminders.list_missing_voters(session, poll.id)
                await tell_of_poll(session, row, NotificationKind.POLL_CLOSING, missing)


async def mail_urgent(session: AsyncSession, *, public_url: str) -> int:
    """Write an e-mail for each of those that wait longest; return how many."""
    rows = await store.lock_urgent(session, limit=_AT_ONCE)
    current_ids = await store.list_readable(session, [row.id for row in rows])
    for row in rows:
        addressee = await _find_addressee(
            session, NotificationReader(row.member_id, row.account_id)
        )
        if addressee is not None and row.id in current_ids:
            letter = write_notification_letter(
                _summary(row), addressee.language, member_name=addressee.name, public_url=public_url
            )
            await write_message(
                session,
                letter,
                to=addressee.to,
                kind=MessageKind.NOTIFICATION,
                operation_id=row.operation_id,
            )
        row.mailed_at = now_in(session)
    return len(rows)


@dataclass(frozen=True)
class _Addressee:
    """The receiver of an e-mail; name: None for an account, which has none."""

    to: MemberRow | str
    name: str | None
    language: Language


async def _find_addressee(session: AsyncSession, reader: NotificationReader) -> _Addressee | None:
    """Return None for a disabled account."""
    if reader.member_id is not None:
        member = await registry.get_member(session, reader.member_id)
        return _Addressee(member, member.name, member.language)
    assert reader.account_id is not None, "a reader is a member or an account"
    address_and_language = await accounts.find_address(session, reader.account_id)
    return (
        None
        if address_and_language is None
        else _Addressee(address_and_language[0], None, address_and_language[1])
    )


async def make_digests(
    database: Database, digest: Digest, *, public_url: str, now: datetime
) -> bool:
    """Write one for each reader with notifications, each in a transaction of its own."""
    day = digest_day(digest, now)
    async with database.transaction() as session:
        readers = await store.list_readers_for_digest(
            session, digest, day, before=day_start(day), limit=_AT_ONCE
        )
    for reader in readers:
        async with database.transaction() as session:
            # The row ensures one for each reader and day, whatever crashes or races.
            if await store.add_digest(session, reader, digest, day):
                day_begins = day_start(day)
                rows = await store.lock_for_digest(session, reader, digest, before=day_begins)
                await _mail_digest(session, reader, rows, public_url=public_url)
    return len(readers) == _AT_ONCE


async def _mail_digest(
    session: AsyncSession,
    reader: NotificationReader,
    rows: Sequence[NotificationRow],
    *,
    public_url: str,
) -> None:
    addressee = await _find_addressee(session, reader)
    current_ids = await store.list_readable(session, [row.id for row in rows])
    if current_ids and addressee is not None and await _can_be_reached(session, addressee):
        letter = write_digest(
            [_summary(row) for row in rows if row.id in current_ids],
            addressee.language,
            member_name=addressee.name,
            public_url=public_url,
        )
        await write_message(session, letter, to=addressee.to, kind=MessageKind.DIGEST)
    for row in rows:
        row.mailed_at = now_in(session)


async def _can_be_reached(session: AsyncSession, addressee: _Addressee) -> bool:
    """Readers without an address have it in the app: daily failed messages would not help."""
    if isinstance(addressee.to, str):
        return True
    return bool(await messages.list_addresses(session, addressee.to))


def _summary(row: NotificationRow) -> Told:
    return Told(row.title, row.text, row.link)
