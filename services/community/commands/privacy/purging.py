"""Delete data past their retention, a batch at a time; each returns whether there may be more."""

from datetime import timedelta

from libs.common.calendar import local_day, months_ago
from libs.common.clock import now_in
from libs.common.database import Database
from services.community.commands.accounts.log_ins import forget_old_failures
from services.community.store import challenges, senders
from services.community.store.accounts import issuer_sessions as issuer_session_store
from services.community.store.accounts import log_in_links as link_store
from services.community.store.accounts import sessions as session_store
from services.community.store.gatherings.attendance import forget_oldest
from services.community.store.messages import messages as store
from services.community.store.messages import notifications
from services.community.store.requests import requests, sign_ups
from services.community.tables import RequestPurgeRow

_DELETED_AT_ONCE = 500
_ENDED_SESSIONS_KEPT = timedelta(days=2)
"""Longer than any of their access tokens lives: until then all services need the revocation."""


async def purge_messages(database: Database, *, kept_months: int) -> bool:
    """Delete old messages to members, by whole months; billing keeps their delivery status."""
    async with database.transaction() as session:
        oldest_kept, limit = months_ago(now_in(session), kept_months), _DELETED_AT_ONCE
        deleted_counts = [
            await store.delete_oldest(session, before=oldest_kept, limit=limit),
            await notifications.delete_notifications(session, before=oldest_kept, limit=limit),
            await notifications.delete_digests(session, before=local_day(oldest_kept), limit=limit),
        ]
    return _DELETED_AT_ONCE in deleted_counts


async def purge_attendance(database: Database, *, kept_months: int) -> bool:
    """Delete attendance at old gatherings, by whole months; the head count is kept."""
    async with database.transaction() as session:
        oldest_kept = months_ago(now_in(session), kept_months)
        forgotten_count = await forget_oldest(session, before=oldest_kept, limit=_DELETED_AT_ONCE)
    return forgotten_count == _DELETED_AT_ONCE


async def purge_challenges(database: Database, *, kept_months: int) -> bool:
    """Delete entries of old challenges, by whole months; the group's effort is kept."""
    async with database.transaction() as session:
        oldest_kept_day = local_day(months_ago(now_in(session), kept_months))
        forgotten_count = await challenges.forget_oldest(
            session, before=oldest_kept_day, limit=_DELETED_AT_ONCE
        )
    return forgotten_count == _DELETED_AT_ONCE


async def purge_sessions(database: Database) -> bool:
    async with database.transaction() as session:
        ended_before = now_in(session) - _ENDED_SESSIONS_KEPT
        account_session_count = await session_store.delete_ended_sessions(
            session, before=ended_before, limit=_DELETED_AT_ONCE
        )
        issuer_session_count = await issuer_session_store.delete_expired_sessions(
            session, now=now_in(session), limit=_DELETED_AT_ONCE
        )
    return _DELETED_AT_ONCE in {account_session_count, issuer_session_count}


async def purge_log_in_links(database: Database) -> bool:
    async with database.transaction() as session:
        deleted_count = await link_store.delete_expired_links(
            session, now=now_in(session), limit=_DELETED_AT_ONCE
        )
    return deleted_count == _DELETED_AT_ONCE


async def purge_log_in_failures(database: Database) -> bool:
    async with database.transaction() as session:
        await forget_old_failures(session)
    return False


async def purge_requests(database: Database, *, kept_months: int) -> bool:
    """Delete requests untouched for so many whole months, with a report, and past days' counts."""
    async with database.transaction() as session:
        now = now_in(session)
        oldest_kept = months_ago(now, kept_months)
        await senders.forget_counts(session, before=local_day(now))
        deleted_count = await requests.delete_untouched(
            session, before=oldest_kept, limit=_DELETED_AT_ONCE
        )
        if deleted_count:
            purge = RequestPurgeRow(at=now, touched_before=oldest_kept, deleted=deleted_count)
            await requests.add_purge(session, purge)
    return deleted_count == _DELETED_AT_ONCE


async def purge_sign_ups(database: Database, *, kept_months: int) -> bool:
    """Delete unconfirmed sign-ups, and those untouched for so many whole months."""
    async with database.transaction() as session:
        now = now_in(session)
        oldest_kept = months_ago(now, kept_months)
        deleted_count = await sign_ups.delete_untouched(
            session, before=oldest_kept, now=now, limit=_DELETED_AT_ONCE
        )
    return deleted_count == _DELETED_AT_ONCE
