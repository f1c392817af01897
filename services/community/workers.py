"""Background rounds: members are told, e-mails sent, old things deleted, finished polls sealed."""

import math
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from libs.common import audit
from libs.common.app import Worker
from libs.common.calendar import Month, day_start, local_day
from libs.common.database import Database
from libs.common.settings import Settings
from libs.common.supervision import Seldom
from services.community.commands.desk_letters import remind_of_next_document
from services.community.commands.gathering_notices import Herald, remind_next, write_next
from services.community.commands.log_ins import forget_old_failures
from services.community.commands.sealing import Sealer
from services.community.commands.sending import Post, Then, send_next
from services.community.commands.telling import tell_due
from services.community.mail.making import read_sender
from services.community.mail.outlets import open_outlet
from services.community.store import log_in_links as link_store
from services.community.store import messages as store
from services.community.store import notifications, requests
from services.community.store import sessions as session_store
from services.community.store.attendance import forget_oldest
from services.community.tables import RequestPurgeRow

_SENT_AT_ONCE = 100
_ROUND_S = 60.0
"""Of sending: a loop that is heard of less often is told as stalled."""
_PAUSE_S = 60.0
"""Before a server that refuses us is asked again, for any message."""
_DELETED_AT_ONCE = 500
_SELDOM_S = 600.0
"""A round each second of all that purges took more of a processor than the members' requests."""
_WRITTEN_AT_ONCE = 100
_ENDED_SESSIONS_KEPT = timedelta(days=2)
"""Longer than any access token of theirs lives: until then all services have to know."""


class Postman:
    """Sends what is due; several processes may, each to other recipients.

    clock: in seconds; it is another one in tests only.
    """

    def __init__(self, post: Post, clock: Callable[[], float] = time.monotonic) -> None:
        self._post = post
        self._clock = clock
        self._paused_until_s = -math.inf

    async def send(self, database: Database) -> bool:
        """By one connection, for as long as a round may last."""
        began_s = self._clock()
        if began_s < self._paused_until_s:
            return False
        try:
            for _ in range(_SENT_AT_ONCE):
                async with database.transaction() as session:
                    then = await send_next(session, self._post)
                now_s = self._clock()
                if then is Then.PAUSE:
                    self._paused_until_s = now_s + _PAUSE_S
                if then is not Then.GO_ON:
                    return False
                if now_s - began_s >= _ROUND_S:
                    return True
        finally:
            await self._post.outlet.close()
        return True


async def purge_messages(database: Database, *, kept_months: int) -> bool:
    """What members were told long ago, by whole months; billing keeps what became of it."""
    before, limit = _months_ago(kept_months), _DELETED_AT_ONCE
    async with database.transaction() as session:
        deleted = [
            await store.delete_oldest(session, before=before, limit=limit),
            await notifications.delete_notifications(session, before=before, limit=limit),
            await notifications.delete_digests(session, before=local_day(before), limit=limit),
        ]
    return _DELETED_AT_ONCE in deleted


async def tell_members(database: Database, *, public_url: str) -> bool:
    return await tell_due(database, public_url=public_url, now=datetime.now(UTC))


async def forget_who_came(database: Database, *, kept_months: int) -> bool:
    """To gatherings of long ago, by whole months; how many came is kept."""
    before = _months_ago(kept_months)
    async with database.transaction() as session:
        forgotten = await forget_oldest(session, before=before, limit=_DELETED_AT_ONCE)
    return forgotten == _DELETED_AT_ONCE


def _months_ago(months: int) -> datetime:
    today = local_day(datetime.now(UTC))
    return day_start(Month.of(today).earlier(months).first_day)


async def purge_sessions(database: Database) -> bool:
    before = datetime.now(UTC) - _ENDED_SESSIONS_KEPT
    async with database.transaction() as session:
        deleted = await session_store.delete_ended_sessions(
            session, before=before, limit=_DELETED_AT_ONCE
        )
    return deleted == _DELETED_AT_ONCE


async def purge_log_in_links(database: Database) -> bool:
    async with database.transaction() as session:
        deleted = await link_store.delete_expired_links(
            session, now=datetime.now(UTC), limit=_DELETED_AT_ONCE
        )
    return deleted == _DELETED_AT_ONCE


async def purge_log_in_failures(database: Database) -> bool:
    async with database.transaction() as session:
        await forget_old_failures(session)
    return False


async def purge_audit_log(database: Database, *, kept_months: int) -> bool:
    async with database.transaction() as session:
        deleted = await audit.purge(
            session, before=_months_ago(kept_months), limit=_DELETED_AT_ONCE
        )
    return deleted == _DELETED_AT_ONCE


async def purge_requests(database: Database, *, kept_months: int) -> bool:
    """Requests about which nothing was done for so many whole months, with a report.

    And how many came on former days.
    """
    now = datetime.now(UTC)
    before = _months_ago(kept_months)
    async with database.transaction() as session:
        await requests.forget_counts(session, before=local_day(now))
        deleted = await requests.delete_untouched(session, before=before, limit=_DELETED_AT_ONCE)
        if deleted:
            purge = RequestPurgeRow(at=now, touched_before=before, deleted=deleted)
            await requests.add_purge(session, purge)
    return deleted == _DELETED_AT_ONCE


async def seal_closed_polls(database: Database, *, sealer: Sealer) -> bool:
    await sealer.seal_due(database, now=datetime.now(UTC))
    return False


async def tell_of_gatherings(database: Database, *, herald: Herald) -> bool:
    """Remind who comes, then write what members are to be told, each in a transaction."""
    for _ in range(_WRITTEN_AT_ONCE):
        async with database.transaction() as session:
            now = datetime.now(UTC)
            if not (await remind_next(session, now=now) or await write_next(session, herald)):
                return False
    return True


async def remind_of_documents(database: Database, *, public_url: str) -> bool:
    """Tell organisers of papers that end, each in a transaction, once."""
    for _ in range(_WRITTEN_AT_ONCE):
        async with database.transaction() as session:
            if not await remind_of_next_document(
                session, public_url=public_url, now=datetime.now(UTC)
            ):
                return False
    return True


def workers(settings: Settings) -> Mapping[str, Worker]:
    """Raises ValueError for settings with which no e-mail can be sent."""
    password = settings.mail_password.get_secret_value()
    sender = read_sender(settings.mail_from)
    outlet = open_outlet(
        settings.mail_url, user=settings.mail_user, password=password, sender=sender
    )
    postman = Postman(Post(outlet, sender, settings))
    return {
        "mail": postman.send,
        "tell": partial(tell_members, public_url=settings.public_url),
        "gatherings": partial(tell_of_gatherings, herald=Herald(sender, settings.public_url)),
        "seal closed polls": partial(seal_closed_polls, sealer=Sealer()),
        **{name: Seldom(work, every_s=_SELDOM_S).round for name, work in _seldom(settings).items()},
    }


def _seldom(settings: Settings) -> Mapping[str, Worker]:
    return {
        "log-in link purger": purge_log_in_links,
        "session purger": purge_sessions,
        "log-in purger": purge_log_in_failures,
        "audit purger": partial(purge_audit_log, kept_months=settings.retention_audit_months),
        "purger": partial(purge_messages, kept_months=settings.retention_messages_months),
        "purger of attendance": partial(
            forget_who_came, kept_months=settings.retention_attendance_months
        ),
        "purge requests": partial(purge_requests, kept_months=settings.retention_requests_months),
        "reminders of documents": partial(remind_of_documents, public_url=settings.public_url),
    }
