"""Approve the draft keys that members adopted in polls."""

from collections.abc import Collection, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.events.community import PollClosed
from libs.common.ids import OperationId
from services.allocation.commands.keys import approve_key
from services.allocation.domain.keys import KeyInvalid
from services.allocation.domain.keys.adoptions import (
    BY_POLL,
    Adoption,
    AdoptionState,
    judge_adoption,
)
from services.allocation.store import adoptions, stale
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.keys import keys

_log = structlog.get_logger(__name__)


async def record_polls(session: AsyncSession, events: Sequence[PollClosed]) -> None:
    """Approve the adopted keys; a key that cannot be approved is recorded with the reason."""
    poll_adoptions = [
        Adoption(
            poll_id=event.poll_id,
            operation_id=event.operation_id,
            key_id=event.key_id,
            opened_at=event.opened_at,
            closed_at=event.closed_at,
            seal_hash=event.seal_hash,
        )
        for event in events
        if event.adopted and event.key_id is not None
    ]
    await stale.lock_operations(session, {adoption.operation_id for adoption in poll_adoptions})
    for adoption in poll_adoptions:
        await _adopt(session, adoption)


async def adopt_waiting(session: AsyncSession, operations: Collection[OperationId]) -> None:
    """Try again the adoptions that wait for the perimeters of these operations.

    Polls and perimeters are published on topics of their own, so either may come first.
    """
    for adoption in await adoptions.list_waiting(session, operations):
        await _adopt(session, adoption)


async def _adopt(session: AsyncSession, adoption: Adoption) -> None:
    """Approve or record one adoption. The caller holds the operation's lock."""
    version = await keys.find_key(session, adoption.operation_id, adoption.key_id)
    state = judge_adoption(adoption, version)
    if state == AdoptionState.APPROVED:
        try:
            await approve_key(
                session,
                adoption.operation_id,
                adoption.key_id,
                poll_id=adoption.poll_id,
                by=BY_POLL,
            )
        except (KeyInvalid, OperationUnknown):
            state = AdoptionState.WAITING
    await adoptions.save_adoption(session, adoption, state, at=now_in(session))
    _log.info("poll about a key", poll_id=str(adoption.poll_id), state=state)
