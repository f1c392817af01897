"""Background rounds: e-mails are sent, old messages and requests deleted, polls sealed."""

import math
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from libs.common.app import Worker
from libs.common.calendar import Month, day_start, local_day
from libs.common.database import Database
from libs.common.settings import Settings
from services.community.commands.messages import Post, Then, send_next
from services.community.commands.sealing import Sealer
from services.community.mail.making import read_sender
from services.community.mail.outlets import open_outlet
from services.community.store import messages as store
from services.community.store import requests
from services.community.tables import RequestPurgeRow

_SENT_AT_ONCE = 100
_ROUND_S = 60.0
"""Of sending: a loop that is heard of less often is told as stalled."""
_PAUSE_S = 60.0
"""Before a server that refuses us is asked again, for any message."""
_DELETED_AT_ONCE = 500


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
    today = local_day(datetime.now(UTC))
    before = day_start(Month.of(today).earlier(kept_months).first_day)
    async with database.transaction() as session:
        deleted = await store.delete_oldest(session, before=before, limit=_DELETED_AT_ONCE)
    return deleted == _DELETED_AT_ONCE


async def purge_requests(database: Database, *, kept_months: int) -> bool:
    """Requests about which nothing was done for so many whole months, with a report.

    And the salts of former days, so that nobody can tell who sent a request.
    """
    now = datetime.now(UTC)
    today = local_day(now)
    before = day_start(Month.of(today).earlier(kept_months).first_day)
    async with database.transaction() as session:
        await requests.forget_senders(session, before=today)
        deleted = await requests.delete_untouched(session, before=before, limit=_DELETED_AT_ONCE)
        if deleted:
            purge = RequestPurgeRow(at=now, touched_before=before, deleted=deleted)
            await requests.add_purge(session, purge)
    return deleted == _DELETED_AT_ONCE


async def seal_closed_polls(database: Database, *, sealer: Sealer) -> bool:
    await sealer.seal_due(database, now=datetime.now(UTC))
    return False


def workers(settings: Settings) -> Mapping[str, Worker]:
    """Raises ValueError for settings with which no e-mail can be sent."""
    password = settings.mail_password.get_secret_value()
    sender = read_sender(settings.mail_from)
    outlet = open_outlet(
        settings.mail_url, user=settings.mail_user, password=password, sender=sender
    )
    postman = Postman(Post(outlet, sender, settings))
    kept_months = settings.retention_messages_months
    return {
        "mail": postman.send,
        "purger": partial(purge_messages, kept_months=kept_months),
        "purge requests": partial(purge_requests, kept_months=settings.retention_requests_months),
        "seal closed polls": partial(seal_closed_polls, sealer=Sealer()),
    }
