"""Background rounds: e-mails are sent, old messages deleted, polls that are over sealed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from libs.common.app import Worker
from libs.common.calendar import Month, day_start, local_day
from libs.common.database import Database
from libs.common.settings import Settings
from services.community.commands.messages import Post, send_next
from services.community.commands.sealing import Sealer
from services.community.mail.making import read_sender
from services.community.mail.outlets import open_outlet
from services.community.store import messages as store

_SENT_AT_ONCE = 100
_DELETED_AT_ONCE = 500


async def send_mail(database: Database, *, post: Post) -> bool:
    """What is due, by one connection; several processes may send, each to other recipients."""
    try:
        for _ in range(_SENT_AT_ONCE):
            async with database.transaction() as session:
                if not await send_next(session, post):
                    return False
    finally:
        await post.outlet.close()
    return True


async def purge_messages(database: Database, *, kept_months: int) -> bool:
    """What members were told long ago, by whole months; billing keeps what became of it."""
    today = local_day(datetime.now(UTC))
    before = day_start(Month.of(today).earlier(kept_months).first_day)
    async with database.transaction() as session:
        deleted = await store.delete_oldest(session, before=before, limit=_DELETED_AT_ONCE)
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
    post = Post(outlet, sender, settings)
    kept_months = settings.retention_messages_months
    return {
        "mail": partial(send_mail, post=post),
        "purger": partial(purge_messages, kept_months=kept_months),
        "seal closed polls": partial(seal_closed_polls, sealer=Sealer()),
    }
