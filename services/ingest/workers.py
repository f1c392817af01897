"""Background rounds: pull, re-request, empty the inbox, record, and purge what is too old."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import structlog

from libs.common.app import Worker
from libs.common.calendar import next_day_start
from libs.common.clock import now_in, today_in
from libs.common.database import Database
from libs.common.file_store import FileStore, file_store
from libs.common.logs.audit import purge_audit_log
from libs.common.rounds.rest import SHORT_REST, Rest, rest_unless
from libs.common.rounds.seldom import NotAtEachRing, Seldom
from libs.common.settings import Settings
from services.ingest.commands.deliveries.inbox import InboxLimits, take_files
from services.ingest.commands.deliveries.recorder import Recorder
from services.ingest.commands.privacy.purging import purge_next_batch, retention_of
from services.ingest.commands.pulls.pulling import Puller, pull
from services.ingest.commands.re_requests import ask_again_in_next
from services.ingest.domain.privacy.retention import RetentionTerms
from services.ingest.domain.pulls import PullSource
from services.ingest.domain.pulls.rate import CallRate
from services.ingest.sources.gateway import Gateway
from services.ingest.store.deliveries import deliveries as store
from services.ingest.store.deliveries.inbox import Inbox

_log = structlog.get_logger(__name__)


async def purge_once_a_day(
    database: Database, *, files: FileStore, retention: RetentionTerms
) -> Rest:
    """Purge a batch of what is too old on this local day, until nothing is left of it.

    One process at a time does this for the whole service.
    """
    async with database.transaction() as session:
        if not await store.try_lock_purging(session):
            return SHORT_REST
        rest = await purge_next_batch(session, files, retention, today=today_in(session))
        return min(rest, Rest.until(next_day_start(now_in(session)), now=now_in(session)))


async def ask_again_once_a_day(database: Database, *, grace_days: int) -> Rest:
    """Re-request what is late in one operation, until that is done in all of them today.

    One process at a time does this for the whole service.
    """
    async with database.transaction() as session:
        if not await store.try_lock_asking_again(session):
            return SHORT_REST
        now = now_in(session)
        more = await ask_again_in_next(session, now=now, grace_days=grace_days)
        return min(rest_unless(more), Rest.until(next_day_start(now), now=now))


def workers(settings: Settings) -> Mapping[str, Worker]:
    """Return the workers: recorder, purger, re-requester, inbox, and a puller for each API."""
    keys, files = settings.file_keys, file_store(settings)
    retention = retention_of(settings)
    rounds: dict[str, Worker] = {
        "record": Recorder(files, keys),
        "purge": NotAtEachRing(partial(purge_once_a_day, files=files, retention=retention)),
        "purge audit log": Seldom(
            partial(purge_audit_log, kept_months=settings.retention_audit_months)
        ),
    }
    if settings.re_requests_daily:
        grace_days = settings.readings_grace_days
        asking = partial(ask_again_once_a_day, grace_days=grace_days)
        rounds["ask again"] = NotAtEachRing(asking)
    if settings.inbox_folder:
        inbox = Inbox(Path(settings.inbox_folder), settle_s=settings.inbox_settle_s)
        limits = InboxLimits(settings.delivery_max_bytes, keys)
        rounds["empty inbox"] = partial(take_files, files=files, inbox=inbox, limits=limits)
    pullers = [_puller(source, files, settings) for source in PullSource]
    return rounds | {
        puller.source.sender: partial(pull, puller=puller) for puller in pullers if puller
    }


def _puller(source: PullSource, files: FileStore, settings: Settings) -> Puller | None:
    client_id, client_secret = settings.client_of(source.setting)
    if not client_id.get_secret_value():
        return None
    gateway = Gateway(
        base_url=settings.enedis_url,
        token_url=settings.token_url,
        client_id=client_id,
        client_secret=client_secret,
        max_bytes=settings.delivery_max_bytes,
    )
    rate = CallRate(settings.pull_calls_per_second, settings.pull_calls_per_hour)
    return Puller(source, files, gateway, rate, settings.acc_pull_day)
