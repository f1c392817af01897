"""Whom an answer is about, where that is not one member: noted for them to see."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.accesses import note_access
from libs.common.ids import Prm
from libs.common.principals import Principal
from services.community import store


async def note_point(session: AsyncSession, caller: Principal, prm: Prm) -> None:
    """Whoever has or had the point; who is one of them sees what is their own."""
    holders = await store.list_holders(session, prm)
    if caller.member_id not in holders:
        await note_access(session, caller, holders)
