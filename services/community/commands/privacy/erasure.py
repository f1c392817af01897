"""Ask for the erasure of a member, and carry it out."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.events.billing import MessageAsked
from libs.common.file_store import FileStore, FilesUnavailable
from services.community.commands.gatherings.replies import seat_waiting
from services.community.commands.members.registry import publish_member, republish_member
from services.community.commands.messages.messages import write_message
from services.community.commands.privacy.consents import end_consents_of_erased
from services.community.domain.letters.erasure import write_withdrawal_letter
from services.community.domain.messages.messages import MessageKind
from services.community.domain.privacy.erasure import (
    EMPTY,
    REPUBLISHED_AFTER,
    DebtsNotChecked,
    ErasureExecuted,
    ErasureRefused,
)
from services.community.store.accounts import issuer_sessions
from services.community.store.desk import documents
from services.community.store.members.locks import lock_member_alone
from services.community.store.members.references import empty_references
from services.community.store.privacy import erasure as store
from services.community.tables import ErasureRow, MemberRow

_log = structlog.get_logger(__name__)


async def request_erasure(
    session: AsyncSession, member_id: UUID, *, by: str, is_own: bool
) -> ErasureRow:
    """Record that the member wants to be erased; repeating it changes nothing.

    is_own: whether the member asks, rather than staff.
    Raises MemberUnknown.
    """
    await lock_member_alone(session, member_id)
    request = ErasureRow(
        member_id=member_id,
        requested_at=now_in(session),
        requested_by="member" if is_own else by,
    )
    await store.add_request(session, request)
    return await store.lock_erasure(session, member_id)


async def withdraw_erasure(session: AsyncSession, member_id: UUID, *, is_own: bool) -> None:
    """Withdraw a request not carried out yet; nothing has been erased until then.

    Notifies the member if somebody else withdraws it. is_own: whether the member does.
    Raises MemberUnknown, ErasureUnknown, ErasureExecuted.
    """
    member = await lock_member_alone(session, member_id)
    erasure = await store.lock_erasure(session, member_id)
    if erasure.executed_at is not None:
        raise ErasureExecuted
    await session.delete(erasure)
    await session.flush()
    if not is_own:
        letter = write_withdrawal_letter(member.language)
        await write_message(session, letter, to=member, kind=MessageKind.ERASURE_WITHDRAWN)


async def erase_member(
    session: AsyncSession,
    member_id: UUID,
    *,
    by: str,
    nothing_is_owed: bool,
    files: FileStore,
) -> ErasureRow:
    """Empty the member, delete everything no law keeps, and publish the erasure.

    The rest is tied to an id that names nobody. Repeating it changes nothing.
    files: the store of documents.
    Raises MemberUnknown, ErasureUnknown, ErasureRefused, DebtsNotChecked, FilesUnavailable.
    """
    member = await lock_member_alone(session, member_id)
    erasure = await store.lock_erasure(session, member_id)
    if erasure.executed_at is not None:
        return erasure
    now = now_in(session)
    obstacles = (await store.find_standing(session, member_id, today=local_day(now))).obstacles
    if obstacles:
        raise ErasureRefused(
            f"End what stands in the way first: {', '.join(obstacles)}.", obstacles=obstacles
        )
    if not nothing_is_owed:
        raise DebtsNotChecked
    erased_counts, kept_counts = await store.count_erased_and_kept(session, member)
    await end_consents_of_erased(session, member, by=by)
    await _delete_correspondence(session, member, now)
    await store.empty_accounts(session, member)
    await issuer_sessions.delete_sessions_of_member(session, member_id)
    await _delete_unsigned(session, member_id, files)
    await empty_references(session, member_id)
    await _empty(session, member, now)
    erasure.executed_at, erasure.executed_by = now, by
    erasure.erased, erasure.kept = dict(erased_counts), dict(kept_counts)
    await session.flush()
    _log.info("member erased", member_id=str(member_id), subject=by)
    return erasure


async def republish_next_erasure(session: AsyncSession) -> bool:
    """Republish one erasure more than a week old, once; return whether there may be more.

    Kafka drops a member's earlier records only once something is appended to the same partition, a
    week after the last record. In a quiet partition that might never happen.
    """
    now = now_in(session)
    member_id = await store.find_next_to_republish(session, before=now - REPUBLISHED_AFTER)
    if member_id is None:
        return False
    member = await lock_member_alone(session, member_id)
    erasure = await store.lock_erasure(session, member_id)
    if erasure.republished_at is None:  # else another process was faster
        await republish_member(session, member)
        erasure.republished_at = now
        await session.flush()
    return True


async def _delete_correspondence(session: AsyncSession, member: MemberRow, now: datetime) -> None:
    """Delete all messages to the member and by them."""
    await messaging.forget_parked(session, MessageAsked.topic, [str(member.id)])
    await store.delete_messages(session, member)
    await store.delete_invitations(session, member)
    await store.delete_requests(session, member)
    await store.delete_notices(session, member)
    for gathering in await store.delete_replies(session, member):
        if gathering.starts_at > now:
            await seat_waiting(session, gathering)


async def _delete_unsigned(session: AsyncSession, member_id: UUID, files: FileStore) -> None:
    """Delete unsigned documents, and their files before the transaction ends: none stays."""
    try:
        for sha256 in await documents.delete_unsigned(session, member_id):
            await files.remove(sha256)
    except OSError as error:
        raise FilesUnavailable("The store of files does not answer: try again soon.") from error


async def _empty(session: AsyncSession, member: MemberRow, now: datetime) -> None:
    for name, value in EMPTY[member.language].items():
        setattr(member, name, value)
    member.erased_at = now
    await publish_member(session, member)
    await session.flush()
