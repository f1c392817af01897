"""Protect a member for whom an organiser, or staff, offers a log-in."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.commands.messages.messages import write_message
from services.community.domain.letters.access import write_notice
from services.community.domain.messages.messages import MessageKind
from services.community.store.members import registry
from services.community.store.messages.messages import list_former_addresses

_ADDRESS_COUNTS_FOR = timedelta(days=30)


async def notify_offered_member(session: AsyncSession, member_id: UUID) -> None:
    """Write to the member whenever a log-in is offered, because its holder reads all they read.

    The notice goes to each of their addresses of the last 30 days, as whoever offers the log-in may
    have changed the address first. Without an address it waits for the member on the platform, and
    staff see it.
    """
    member, kind = await registry.get_member(session, member_id), MessageKind.LOG_IN_OFFERED
    notice = write_notice(kind, member.language)
    await write_message(session, notice, to=member, kind=kind)
    since = now_in(session) - _ADDRESS_COUNTS_FOR
    for address in await list_former_addresses(session, member_id, since=since):
        if address != member.email:
            await write_message(session, notice, to=address, kind=kind, about=member_id)
