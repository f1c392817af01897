"""Make and revoke calendar feeds, and read what is in them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from services.community.access import principal_of
from services.community.commands.desk.deadlines import list_deadline_entries
from services.community.commands.gatherings.gatherings import list_gathering_entries
from services.community.commands.polls.polls import list_poll_entries
from services.community.credentials import hash_secret, new_secret
from services.community.domain.calendars import (
    FEEDS_PER_ACCOUNT,
    AccountElsewhere,
    CalendarEntry,
    CalendarUnknown,
    TooManyCalendarFeeds,
)
from services.community.domain.messages.messages import Language
from services.community.formats.calendars import write_calendar
from services.community.store import calendars as store
from services.community.store.accounts.accounts import lock_account
from services.community.tables import AccountRow, CalendarFeedRow

_SHOWN_FOR = timedelta(days=92)


async def add_feed(
    session: AsyncSession, account_id: UUID, *, label: str
) -> tuple[CalendarFeedRow, str]:
    """Return a new feed and its secret, which cannot be shown again.

    Raises AccountElsewhere, TooManyCalendarFeeds.
    """
    account = await lock_account(session, account_id)
    if account is None:
        raise AccountElsewhere
    if await store.count_feeds(session, account.id) >= FEEDS_PER_ACCOUNT:
        raise TooManyCalendarFeeds(
            f"Revoke one of your {FEEDS_PER_ACCOUNT} feeds first.", limit=FEEDS_PER_ACCOUNT
        )
    secret = new_secret()
    feed = CalendarFeedRow(
        id=uuid4(),
        account_id=account.id,
        label=label,
        secret_sha256=hash_secret(secret),
        created_at=now_in(session),
        last_used_on=None,
    )
    await store.add_feed(session, feed)
    return feed, secret


async def read_calendar(session: AsyncSession, secret: str, *, now: datetime) -> bytes:
    """Return what the feed's account may see now, as a calendar, and record the reading.

    Raises CalendarUnknown, the same for a wrong secret, a revoked feed and a disabled account.
    """
    feed_of_account = await store.find_feed(session, hash_secret(secret))
    if feed_of_account is None:
        raise CalendarUnknown
    feed, account, language = feed_of_account
    await store.note_use(session, feed, on=local_day(now))
    entries = await _list_entries(
        session,
        account,
        language="en" if language == "en" else "fr",
        since=now - _SHOWN_FOR,
    )
    # Staff have thousands of entries, which take seconds to write.
    return await asyncio.to_thread(write_calendar, entries, name="Elocoop")


async def _list_entries(
    session: AsyncSession, account: AccountRow, *, language: Language, since: datetime
) -> Sequence[CalendarEntry]:
    """Return the entries that the account may see, without those over before ``since``.

    Add a line here for each subject that has entries for people's calendars.
    """
    scope = principal_of(account).scope
    return [
        *await list_gathering_entries(session, scope, language=language, since=since),
        *await list_poll_entries(session, scope, language=language, since=since),
        *await list_deadline_entries(session, scope, language=language, since=since),
    ]
