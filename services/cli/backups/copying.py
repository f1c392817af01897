"""Make a backup of a running platform, of one moment.

The moment is a snapshot of PostgreSQL, taken while nothing is on its way from an outbox to the
event log: each event is either still in an outbox of the snapshot, or in the log. What the groups
had committed before is in the snapshot; what they had not is copied from the log, if that is not
in the database itself. An event that is copied though its effects are in the snapshot does no
harm: the inbox drops it.
"""

import asyncio
import gzip
import json
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from libs.common.clock import Clock
from libs.common.database import open_server
from libs.common.database.snapshots import exported_snapshot
from libs.common.eventlog import EventLog, OffsetRange
from libs.common.eventlog.open import events_in, open_event_log
from libs.common.events.topics import STATES
from libs.common.file_store import FileLost, file_store
from libs.common.messaging.outbox import relay_at_rest
from libs.common.settings import Settings
from services.cli.backups.archive import DATABASE, EVENTS, BackupWriter, Manifest
from services.cli.backups.dump import write_dump
from services.cli.databases import open_database
from services.cli.loading import load_services

if TYPE_CHECKING:
    from libs.common.app import Service

Say = Callable[[str], None]


@dataclass(frozen=True)
class _Moment:
    """The source of a backup: a snapshot of PostgreSQL, and the records of the log it lacks."""

    snapshot_id: str
    revisions: dict[str, list[str]]
    unconsumed: Sequence[OffsetRange]


async def copy_platform(
    settings: Settings, stream: BinaryIO, *, documents_url: str, say: Say
) -> Manifest:
    """Write a backup to the stream, and return its manifest. Raises DatabaseRefused, OSError.

    documents_url: the store of files of billing and community; empty: the settings' own.
    """
    writer = BackupWriter(stream)
    made_at = Clock().now()
    with tempfile.TemporaryDirectory(prefix="elocoop-backup-") as folder:
        async with (
            open_server(settings.database_url) as url,
            open_event_log(settings, database_url=url) as event_log,
        ):
            say("Copying the database …")
            moment = await _dump(url, event_log, Path(folder, DATABASE))
            _add(writer, Path(folder, DATABASE))
            say("Copying the files …")
            for store_url in {settings.file_store_url, documents_url or settings.file_store_url}:
                await _add_files(writer, settings.model_copy(update={"file_store_url": store_url}))
            say("Copying the events that are on their way …")
            event_count = await _write_events(event_log, moment.unconsumed, Path(folder, EVENTS))
            _add(writer, Path(folder, EVENTS))
    manifest = Manifest(
        elocoop_version=version("elocoop"),
        made_at=made_at,
        events_in=events_in(settings),
        revisions=moment.revisions,
        key_names=list(settings.account_keys.names) if settings.account_keys else [],
        hashes=writer.hashes,
        file_count=writer.file_count,
        damaged_files=writer.damaged_files,
        event_count=event_count,
    )
    writer.finish(manifest)
    return manifest


def _add(writer: BackupWriter, path: Path) -> None:
    """Add a file under its name, and delete it."""
    with path.open("rb") as content:
        writer.add(path.name, content)
    path.unlink()


async def _dump(url: str, event_log: EventLog, path: Path) -> _Moment:
    """Dump the database of a moment, and return that. Raises DatabaseRefused."""
    async with _moment(url, event_log, load_services()) as moment:
        await asyncio.to_thread(write_dump, url, snapshot_id=moment.snapshot_id, path=path)
    return moment


@asynccontextmanager
async def _moment(
    url: str, event_log: EventLog, services: "Sequence[Service]"
) -> AsyncIterator[_Moment]:
    """Yield the moment; its snapshot is good as long as the context lasts."""
    async with AsyncExitStack() as lasting:
        async with AsyncExitStack() as relays:
            for service in services:
                database = await relays.enter_async_context(open_database(url, service.name))
                await relays.enter_async_context(relay_at_rest(database))
            unconsumed = await event_log.find_unconsumed(
                [service.rights for service in services], states=STATES
            )
            snapshot = await lasting.enter_async_context(exported_snapshot(url))
        revisions = {
            service.name: await snapshot.list_revisions(service.name) for service in services
        }
        yield _Moment(snapshot.id, revisions, unconsumed)


async def _add_files(writer: BackupWriter, settings: Settings) -> None:
    """Add all kept files; one that a purge deletes meanwhile would soon be deleted anyway."""
    async for kept_file in file_store(settings).list_kept():
        try:
            async with file_store(settings, kept_file.room).reading(kept_file.sha256) as content:
                writer.add_kept_file(kept_file.room, kept_file.sha256, content)
        except FileLost:
            continue


async def _write_events(event_log: EventLog, ranges: Sequence[OffsetRange], path: Path) -> int:
    """Write the records of these ranges, one in a line, and return how many there are."""
    event_count = 0
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        async for received in event_log.read(ranges):
            for record in received:
                event = {
                    "topic": record.topic,
                    "key": record.key,
                    "headers": dict(record.headers),
                    "value": b64encode(record.value).decode(),
                }
                lines.write(json.dumps(event) + "\n")
            event_count += len(received)
    return event_count
