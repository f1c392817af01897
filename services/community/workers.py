"""Background rounds: notify members, send e-mails, delete old data, seal finished polls."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

from libs.common.app import Worker
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.logs.accesses import purge_accesses
from libs.common.logs.audit import purge_audit_log
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest
from libs.common.rounds.seldom import Seldom
from libs.common.settings import Settings
from services.community.commands.accounts.first_password import FirstPassword
from services.community.commands.accounts.signing_keys import forget_ended_keys
from services.community.commands.challenges.rounds import (
    follow_next_perimeter,
    look_after,
)
from services.community.commands.gatherings.notices import Herald, remind_next, write_next
from services.community.commands.members.membership_rounds import tell_of_days
from services.community.commands.messages.desk_letters import (
    remind_of_next_convention,
    remind_of_next_document,
)
from services.community.commands.messages.sending import Post, Then, send_next
from services.community.commands.messages.telling import tell_due
from services.community.commands.polls.sealing import Sealer
from services.community.commands.privacy import purging
from services.community.commands.privacy.erasure import republish_next_erasure
from services.community.mail.making import read_sender
from services.community.mail.outlets import delete_old_files, find_folder, outlet_of
from services.community.store import challenges
from services.community.store.gatherings import notices
from services.community.store.messages import messages

_Batch = Callable[[Database], Awaitable[bool]]
"""A part of work for which nobody waits; returns whether there may be more."""

_Remind = Callable[..., Awaitable[bool]]
"""Reminds once, in a transaction; returns whether there was anything to remind of."""

_SENT_AT_ONCE = 100
_ROUND_S = 60.0
"""Of sending: a loop that reports less often counts as stalled."""
_PAUSE_S = 60.0
"""Before we ask a server that refuses us again, for any message."""
_WRITTEN_AT_ONCE = 100


class Postman:
    """Sends what is due; several processes may, each to other recipients.

    clock: in seconds; replaced in tests only.
    """

    def __init__(self, post: Post, clock: Callable[[], float] = time.monotonic) -> None:
        self._post = post
        self._clock = clock
        self._paused_until_s = -math.inf

    async def send(self, database: Database) -> Rest:
        """Send by one connection, for as long as a round may last."""
        began_s = self._clock()
        if began_s < self._paused_until_s:
            return Rest(self._paused_until_s - began_s)
        try:
            for _ in range(_SENT_AT_ONCE):
                async with database.transaction() as session:
                    then = await send_next(session, self._post)
                now_s = self._clock()
                if then is Then.PAUSE:
                    self._paused_until_s = now_s + _PAUSE_S
                    return Rest(_PAUSE_S)
                if then is Then.WAIT:
                    return await _rest_until_due(database)
                if now_s - began_s >= _ROUND_S:
                    return NO_REST
        finally:
            await self._post.outlet.close()
        return NO_REST


async def _rest_until_due(database: Database) -> Rest:
    async with database.transaction() as session:
        return Rest.until(await messages.find_next_due(session), now=now_in(session))


async def notify_members(database: Database, *, public_url: str) -> Rest:
    return await tell_due(database, public_url=public_url, now=database.clock.now())


async def follow_perimeters(database: Database) -> Rest:
    """Republish a challenge's list of measured points after its operation's perimeter changes."""
    async with database.transaction() as session:
        if await follow_next_perimeter(session):
            return NO_REST
        return SHORT_REST if await challenges.has_outdated(session) else UNTIL_RUNG


async def advance_challenges(database: Database) -> bool:
    """Notify halfway and freeze results, as days come; each in a transaction."""
    async with database.transaction() as session:
        running = [(row.operation_id, row.id) for row in await challenges.list_running(session)]
    for operation_id, challenge_id in running:
        async with database.transaction() as session:
            await look_after(session, operation_id, challenge_id, now=now_in(session))
    return False


async def seal_closed_polls(database: Database, *, sealer: Sealer) -> Rest:
    return await sealer.seal_due(database, now=database.clock.now())


async def notify_of_gatherings(database: Database, *, herald: Herald) -> Rest:
    """Remind those who come, then write notices to members, each in a transaction."""
    for _ in range(_WRITTEN_AT_ONCE):
        async with database.transaction() as session:
            now = now_in(session)
            if not (await remind_next(session, now=now) or await write_next(session, herald)):
                return Rest.until(await notices.find_next_due(session), now=now)
    return NO_REST


async def remind_of_documents(database: Database, *, public_url: str) -> bool:
    """Remind organisers of papers that end, each in a transaction, once."""
    return await _remind(database, remind_of_next_document, public_url=public_url)


async def remind_of_conventions(database: Database, *, public_url: str) -> bool:
    """Remind organisers of conventions that end, each in a transaction, once."""
    return await _remind(database, remind_of_next_convention, public_url=public_url)


async def _remind(database: Database, remind: _Remind, *, public_url: str) -> bool:
    for _ in range(_WRITTEN_AT_ONCE):
        async with database.transaction() as session:
            if not await remind(session, public_url=public_url, now=now_in(session)):
                return False
    return True


async def republish_erasures(database: Database) -> bool:
    """Republish an erasure once, each in a transaction."""
    async with database.transaction() as session:
        return await republish_next_erasure(session)


async def notify_of_memberships(database: Database) -> bool:
    async with database.transaction() as session:
        return await tell_of_days(session, now=now_in(session))


def workers(settings: Settings) -> Mapping[str, Worker]:
    """Raises DoesNotStart for settings with which no e-mail can be sent."""
    sender = read_sender(settings.mail_from)
    postman = Postman(Post(outlet_of(settings), sender, settings))
    return {
        "send mail": postman.send,
        "tell members": partial(notify_members, public_url=settings.public_url),
        "tell of gatherings": partial(
            notify_of_gatherings, herald=Herald(sender, settings.public_url)
        ),
        "seal closed polls": partial(seal_closed_polls, sealer=Sealer()),
        "follow perimeters": follow_perimeters,
        **_serve_workers(settings),
        **_folder_workers(settings),
        **{name: Seldom(work) for name, work in _seldom(settings).items()},
    }


def _serve_workers(settings: Settings) -> Mapping[str, Worker]:
    """Return the work that only ``elocoop serve`` leaves to do."""
    if not settings.first_password_file:
        return {}
    return {"delete the first password": FirstPassword(Path(settings.first_password_file))}


def _folder_workers(settings: Settings) -> Mapping[str, Worker]:
    """Return the work where e-mails are files."""
    folder = find_folder(settings.mail_url)
    if folder is None:
        return {}

    async def delete(_database: Database) -> bool:
        await asyncio.to_thread(delete_old_files, folder)
        return False

    return {"delete old files of mail": Seldom(delete)}


def _seldom(settings: Settings) -> Mapping[str, _Batch]:
    return {
        "remind of documents": partial(remind_of_documents, public_url=settings.public_url),
        "remind of conventions": partial(remind_of_conventions, public_url=settings.public_url),
        "tell of memberships": notify_of_memberships,
        "republish erasures": republish_erasures,
        "look after challenges": advance_challenges,
        "purge log-in links": purging.purge_log_in_links,
        "purge sessions": purging.purge_sessions,
        "purge signing keys": partial(
            forget_ended_keys, life=timedelta(minutes=settings.auth_token_minutes)
        ),
        "purge log-in failures": purging.purge_log_in_failures,
        "purge audit log": partial(purge_audit_log, kept_months=settings.retention_audit_months),
        "purge accesses": partial(purge_accesses, kept_months=settings.retention_access_log_months),
        "purge messages": partial(
            purging.purge_messages, kept_months=settings.retention_messages_months
        ),
        "purge attendance": partial(
            purging.purge_attendance, kept_months=settings.retention_attendance_months
        ),
        "purge requests": partial(
            purging.purge_requests, kept_months=settings.retention_requests_months
        ),
        "purge sign-ups": partial(
            purging.purge_sign_ups, kept_months=settings.retention_requests_months
        ),
        "purge challenges": partial(
            purging.purge_challenges, kept_months=settings.retention_challenges_months
        ),
    }
