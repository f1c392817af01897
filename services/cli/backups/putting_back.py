"""Put a platform back as a backup has it, and nothing that came after."""

import asyncio
import gzip
import json
from base64 import b64decode
from collections.abc import Iterable, Iterator

from libs.common.database import open_server
from libs.common.database.migrations import find_unknown
from libs.common.database.roles import bring_roles_up_to_date
from libs.common.database.snapshots import look_for_others
from libs.common.eventlog import Record
from libs.common.eventlog.open import events_in, open_event_log
from libs.common.file_store import file_store
from libs.common.settings import Settings
from services.cli.backups.archive import DATABASE, EVENTS, BackupReader, Manifest
from services.cli.backups.copying import Say
from services.cli.backups.dump import load_dump
from services.cli.loading import load_services
from services.cli.migrate import bring_up_to_date
from services.cli.processes import NAMES

_APPENDED_AT_ONCE = 400
_APPENDED_AT_ONCE_BYTES = 32 * 1024 * 1024


class NotPutBack(Exception):  # noqa: N818 - read by people as a sentence
    """The reason why the backup does not fit here."""


async def put_back(
    settings: Settings, backup: BackupReader, *, documents_url: str, replace: bool, say: Say
) -> None:
    """Make the platform that of the backup; safe to repeat, with ``replace``, if it was cut off.

    documents_url: the store of files of billing and community; empty: the settings' own. replace:
    also where there is a platform already. Raises NotPutBack, DatabaseRefused, GroupInUse.
    """
    _check_fits(settings, backup.manifest)
    async with open_server(settings.database_url) as url:
        await _check_may_be_replaced(url, replace=replace)
        if not await bring_roles_up_to_date(url):
            message = "DATABASE_URL must name a superuser."
            raise NotPutBack(message)
        say("Putting the database back …")
        with backup.member(DATABASE) as dump:
            await asyncio.to_thread(load_dump, url, dump)
        await _clear_event_log(settings, url)
        await bring_roles_up_to_date(url)  # the dump has the audit log's functions of then
        await bring_up_to_date(settings, url)
        say("Putting the files back …")
        await _keep_files(settings, backup, documents_url)
        say("Putting the events back that were on their way …")
        await _append_events(settings, url, backup)


def _check_fits(settings: Settings, manifest: Manifest) -> None:
    """Raises NotPutBack."""
    if manifest.events_in != events_in(settings):
        message = (
            f"the backup is of a platform whose events are in {manifest.events_in}: set"
            " EVENT_LOG_URL to such a log."
        )
        raise NotPutBack(message)
    for service in load_services():
        if find_unknown(service.histories, manifest.revisions.get(service.name, [])):
            message = (
                f"the backup is of Elocoop {manifest.elocoop_version}, newer than this one: install"
                " that version, or a later one."
            )
            raise NotPutBack(message)
    keys = settings.account_keys
    if not set(manifest.key_names) <= set(keys.names if keys else ()):
        message = (
            "SECRET_KEYS (data/secret-keys) are not those of the backup, so bank accounts and"
            " authenticator apps would be lost. Give this command the keys of then."
        )
        raise NotPutBack(message)


async def _check_may_be_replaced(url: str, *, replace: bool) -> None:
    """Raises NotPutBack."""
    use = await look_for_others(url, NAMES)
    if use.is_used:
        message = "the database is in use. Stop the platform first."
        raise NotPutBack(message)
    if use.is_filled and not replace:
        message = (
            "there is a platform in this database already. --replace puts the backup in its place,"
            " and what came after the backup is lost."
        )
        raise NotPutBack(message)


async def _clear_event_log(settings: Settings, url: str) -> None:
    """Let nobody hear what was told after the backup. Raises GroupInUse."""
    async with open_event_log(settings, database_url=url) as event_log:
        await event_log.clear([service.rights for service in load_services()])


async def _keep_files(settings: Settings, backup: BackupReader, documents_url: str) -> None:
    documents = settings.model_copy(
        update={"file_store_url": documents_url or settings.file_store_url}
    )
    for room, sha256, content in backup.kept_files():
        files = file_store(documents if room else settings, room)
        if await files.has(sha256):
            continue
        with files.draft() as draft:
            while chunk := content.read(1024 * 1024):
                draft.write(chunk)
            await files.keep(draft)


async def _append_events(settings: Settings, url: str, backup: BackupReader) -> None:
    """Append what the groups had not consumed; whom it has reached already drops it."""
    async with open_event_log(settings, database_url=url) as event_log:
        with backup.member(EVENTS) as content, gzip.open(content, "rt", encoding="utf-8") as lines:
            records = _read(lines)
            for batch in _batches(records):
                await event_log.append(batch)


def _read(lines: Iterator[str]) -> Iterator[Record]:
    for line in lines:
        event = json.loads(line)
        yield Record(
            topic=event["topic"],
            key=event["key"],
            headers=event["headers"],
            value=b64decode(event["value"]),
        )


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Group records, in order, into what is held in memory at once."""
    batch: list[Record] = []
    byte_count = 0
    for record in records:
        batch.append(record)
        byte_count += len(record.value)
        if len(batch) == _APPENDED_AT_ONCE or byte_count >= _APPENDED_AT_ONCE_BYTES:
            yield batch
            batch, byte_count = [], 0
    if batch:
        yield batch
