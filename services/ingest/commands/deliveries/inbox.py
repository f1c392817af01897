"""Take files from the inbox: each becomes a delivery and is archived, or is rejected."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

import structlog

from libs.common.calendar import local_day
from libs.common.database import Database
from libs.common.encryption.decryption_keys import DecryptionKey
from libs.common.errors import Problem
from libs.common.file_store import FileStore, FilesUnavailable
from libs.common.rounds.attempts import attempt
from libs.common.rounds.rest import NO_REST, SHORT_REST, Rest
from services.ingest.commands.deliveries.receiving import receive_delivery
from services.ingest.domain.deliveries.deliveries import Channel
from services.ingest.domain.problems import InboxFileNotTaken
from services.ingest.domain.texts import storable
from services.ingest.store.deliveries.deliveries import try_lock_inbox
from services.ingest.store.deliveries.inbox import Claim, Inbox

SENDER = "inbox"
_AT_ONCE = 20  # files taken while one transaction holds the lock

T = TypeVar("T")
P = ParamSpec("P")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class InboxLimits:
    """The limits that apply to every file of the inbox."""

    max_bytes: int
    keys: tuple[DecryptionKey, ...] = ()


class FileStuck(Exception):  # noqa: N818 - the file system's refusal, without the file's name
    """A file could not be read or moved."""


async def take_files(
    database: Database, *, files: FileStore, inbox: Inbox, limits: InboxLimits
) -> Rest:
    """Take the files that were claimed before and those that have settled.

    Nothing announces a new file: the inbox is looked at each second, without the database as long
    as it is empty.

    Only one process does this at a time. A process that dies leaves its file in place or claimed,
    and the file is taken again later: the same bytes are one delivery. A file that cannot be moved
    does not stop the others: FileStuck is raised after them, and shows in /health.
    """
    if await asyncio.to_thread(inbox.is_empty):
        return SHORT_REST
    async with database.transaction() as session:
        if not await try_lock_inbox(session):
            return SHORT_REST
        claims = await asyncio.to_thread(inbox.list_claims)
        files_to_take: list[Claim | str] = [*claims, *await asyncio.to_thread(inbox.list_settled)]
        taken_count, stuck = 0, None
        for file_to_take in files_to_take:
            try:
                taken_count += await _take(database, files, inbox, file_to_take, limits)
            except FileStuck as error:
                stuck = error
            if taken_count == _AT_ONCE:
                return NO_REST
    if stuck is not None:
        raise stuck
    return SHORT_REST


async def _take(
    database: Database,
    files: FileStore,
    inbox: Inbox,
    file_to_take: Claim | str,
    limits: InboxLimits,
) -> bool:
    """Return whether the file was dealt with; one that is still being written is not."""
    claim = (
        await _on_disk(inbox.claim, file_to_take) if isinstance(file_to_take, str) else file_to_take
    )
    if claim is None:
        return False
    try:
        if not await _receive(database, files, inbox, claim, limits):
            return False
    except FilesUnavailable as error:
        # The store's fault, not the file's: it is tried again later.
        raise FileStuck(error.slug) from error
    except Problem as problem:
        # Not by its name, which may hold PRMs and more: the claim identifies the file.
        _log.warning("inbox file rejected", claim=claim.id, problem=problem.slug)
        await _on_disk(inbox.reject, claim, _body(claim, problem, database.clock.now()))
    else:
        await _on_disk(inbox.archive, claim, local_day(database.clock.now()))
    return True


async def _on_disk(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function that touches the disk. Raises FileStuck if it fails."""
    try:
        return await asyncio.to_thread(call, *args, **kwargs)
    except OSError as error:
        raise FileStuck(type(error).__name__) from None


async def _receive(
    database: Database, files: FileStore, inbox: Inbox, claim: Claim, limits: InboxLimits
) -> bool:
    """Make the file a delivery; return False if it is still being written.

    Raises Problem, FileStuck. A file on which our code fails does not stop the others.
    """
    async with attempt() as taking:
        with files.draft() as draft:
            if not await _on_disk(inbox.copy, claim, draft.write, max_bytes=limits.max_bytes):
                return False
            async with database.transaction() as session:
                await receive_delivery(
                    session,
                    files,
                    draft,
                    file_name=claim.name,
                    sender=SENDER,
                    channel=Channel.INBOX,
                    keys=limits.keys,
                )
    match taking.error:
        case None:
            return True
        case Problem() | FileStuck() as refusal:
            raise refusal
    _log.error("inbox file not taken", claim=claim.id, exc_info=taking.error)
    raise InboxFileNotTaken("Our mistake; it has been logged. Move it back later.") from (
        taking.error
    )


def _body(claim: Claim, problem: Problem, now: datetime) -> Mapping[str, object]:
    """Return the body of RFC 9457 that is kept beside the rejected file."""
    return {
        "status": problem.status,
        **problem.members,
        "file_name": storable(claim.name),
        "claim": claim.id,
        "rejected_at": now.isoformat(timespec="seconds"),
    }
