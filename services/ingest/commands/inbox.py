"""Take files from the inbox: each becomes a delivery and is archived, or is rejected with why."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

import structlog

from libs.common.calendar import local_day
from libs.common.database import Database
from libs.common.decryption_keys import DecryptionKey
from libs.common.errors import Problem
from libs.common.faults import is_fault
from libs.common.file_store import FileStore, FilesUnavailable
from libs.common.rest import NO_REST, SHORT_REST, Rest
from services.ingest.commands.deliveries import receive_delivery
from services.ingest.domain.deliveries import Channel
from services.ingest.domain.problems import InboxFileNotTaken
from services.ingest.domain.texts import storable
from services.ingest.store.deliveries import try_lock_inbox
from services.ingest.store.inbox import Claim, Inbox

SENDER = "inbox"
_AT_ONCE = 20  # files for which one transaction holds the lock

T = TypeVar("T")
P = ParamSpec("P")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Limits:
    """What holds for every file of the inbox."""

    max_bytes: int
    keys: tuple[DecryptionKey, ...] = ()


class FileStuck(Exception):  # noqa: N818 - the file system's refusal, without the file's name
    """A file could not be read or moved."""


async def take_files(database: Database, *, files: FileStore, inbox: Inbox, limits: Limits) -> Rest:
    """Take what was claimed before and what has settled.

    Nobody tells that a file appears: we look each second, and do without the database until there
    is one.

    One process at a time does this. Whatever kills us leaves a file where it was or claimed, and
    it is taken again later: the same bytes are one delivery. A file that cannot be moved stops no
    other: FileStuck is raised after them, and shows in /health.
    """
    if await asyncio.to_thread(inbox.is_empty):
        return SHORT_REST
    async with database.transaction() as session:
        if not await try_lock_inbox(session):
            return SHORT_REST
        claims = await asyncio.to_thread(inbox.list_claims)
        found: list[Claim | str] = [*claims, *await asyncio.to_thread(inbox.list_settled)]
        taken, stuck = 0, None
        for one in found:
            try:
                taken += await _take(database, files, inbox, one, limits)
            except FileStuck as error:
                stuck = error
            if taken == _AT_ONCE:
                return NO_REST
    if stuck is not None:
        raise stuck
    return SHORT_REST


async def _take(
    database: Database, files: FileStore, inbox: Inbox, found: Claim | str, limits: Limits
) -> bool:
    """Whether the file came to an end; one that is still written to does not."""
    claim = await _on_disk(inbox.claim, found) if isinstance(found, str) else found
    if claim is None:
        return False
    try:
        if not await _receive(database, files, inbox, claim, limits):
            return False
    except FilesUnavailable as error:
        raise FileStuck(error.slug) from error  # the store's fault, not the file's: try again later
    except Problem as problem:
        # Names may hold PRMs and more: the claim finds the file.
        _log.warning("inbox file rejected", claim=claim.id, problem=problem.slug)
        await _on_disk(inbox.reject, claim, _body(claim, problem, database.clock.now()))
    else:
        await _on_disk(inbox.archive, claim, local_day(database.clock.now()))
    return True


async def _on_disk(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Raises FileStuck."""
    try:
        return await asyncio.to_thread(call, *args, **kwargs)
    except OSError as error:
        raise FileStuck(type(error).__name__) from None


async def _receive(
    database: Database, files: FileStore, inbox: Inbox, claim: Claim, limits: Limits
) -> bool:
    """Make it a delivery; False if it is still written to.

    Raises Problem, FileStuck; a file on which our code stumbles stops no other.
    """
    try:
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
    except (Problem, FileStuck):
        raise
    except Exception as error:
        if is_fault(error):
            raise
        _log.exception("inbox file not taken", claim=claim.id)
        raise InboxFileNotTaken("Our mistake; it has been logged. Move it back later.") from error
    return True


def _body(claim: Claim, problem: Problem, now: datetime) -> Mapping[str, object]:
    """As RFC 9457 has it."""
    return {
        "status": problem.status,
        **problem.members,
        "file_name": storable(claim.name),
        "claim": claim.id,
        "rejected_at": now.isoformat(timespec="seconds"),
    }
