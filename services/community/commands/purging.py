"""Take away what is too old to be kept, a batch at a time; returns whether there may be more."""

from datetime import timedelta

from libs.common.calendar import local_day, months_ago
from libs.common.clock import now_in
from libs.common.database import Database
from services.community.commands.log_ins import forget_old_failures
from services.community.store import challenges, notifications, requests, sign_ups
from services.community.store import issuer_sessions as issuer_session_store
from services.community.store import log_in_links as link_store
from services.community.store import messages as store
from services.community.store import sessions as session_store
from services.community.store.attendance import forget_oldest
from services.community.tables import RequestPurgeRow

_DELETED_AT_ONCE = 500
_ENDED_SESSIONS_KEPT = timedelta(days=2)
"""Longer than any access token of theirs lives: until then all services have to know."""


async def purge_messages(database: Database, *, kept_months: int) -> bool:
    """What members were told long ago, by whole months; billing keeps what became of it."""
    async with database.transaction() as session:
        before, limit = months_ago(now_in(session), kept_months), _DELETED_AT_ONCE
        deleted = [
            await store.delete_oldest(session, before=before, limit=limit),
            await notifications.delete_notifications(session, before=before, limit=limit),
            await notifications.delete_digests(session, before=local_day(before), limit=limit),
        ]
    return _DELETED_AT_ONCE in deleted


async def purge_attendance(database: Database, *, kept_months: int) -> bool:
    """To gatherings of long ago, by whole months; how many came is kept."""
    async with database.transaction() as session:
        before = months_ago(now_in(session), kept_months)
        forgotten = await forget_oldest(session, before=before, limit=_DELETED_AT_ONCE)
    return forgotten == _DELETED_AT_ONCE


async def purge_challenges(database: Database, *, kept_months: int) -> bool:
    """Who took part in those of long ago, by whole months; what the group did is kept."""
    async with database.transaction() as session:
        before = local_day(months_ago(now_in(session), kept_months))
        forgotten = await challenges.forget_oldest(session, before=before, limit=_DELETED_AT_ONCE)
    return forgotten == _DELETED_AT_ONCE


async def purge_sessions(database: Database) -> bool:
    async with database.transaction() as session:
        before = now_in(session) - _ENDED_SESSIONS_KEPT
        of_accounts = await session_store.delete_ended_sessions(
            session, before=before, limit=_DELETED_AT_ONCE
        )
        at_issuer = await issuer_session_store.delete_expired_sessions(
            session, now=now_in(session), limit=_DELETED_AT_ONCE
        )
    return _DELETED_AT_ONCE in {of_accounts, at_issuer}


async def purge_log_in_links(database: Database) -> bool:
    async with database.transaction() as session:
        deleted = await link_store.delete_expired_links(
            session, now=now_in(session), limit=_DELETED_AT_ONCE
        )
    return deleted == _DELETED_AT_ONCE


async def purge_log_in_failures(database: Database) -> bool:
    async with database.transaction() as session:
        await forget_old_failures(session)
    return False


async def purge_requests(database: Database, *, kept_months: int) -> bool:
    """Requests about which nothing was done for so many whole months, with a report.

    And how many came on former days.
    """
    async with database.transaction() as session:
        now = now_in(session)
        before = months_ago(now, kept_months)
        await requests.forget_counts(session, before=local_day(now))
        deleted = await requests.delete_untouched(session, before=before, limit=_DELETED_AT_ONCE)
        if deleted:
            purge = RequestPurgeRow(at=now, touched_before=before, deleted=deleted)
            await requests.add_purge(session, purge)
    return deleted == _DELETED_AT_ONCE


async def purge_sign_ups(database: Database, *, kept_months: int) -> bool:
    """What was never confirmed, and what nobody did anything about for so many whole months."""
    async with database.transaction() as session:
        now = now_in(session)
        before = months_ago(now, kept_months)
        deleted = await sign_ups.delete_untouched(
            session, before=before, now=now, limit=_DELETED_AT_ONCE
        )
    return deleted == _DELETED_AT_ONCE
