"""Records which members an answer is about, for them to see."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.ids import Prm
from libs.common.logs.accesses import note_access
from services.community.store.members import registry


async def note_point(session: AsyncSession, caller: Principal, prm: Prm) -> None:
    """Record the access for past and present holders, unless the caller is one of them."""
    holders = await registry.list_holders(session, prm)
    if caller.own_member_id not in holders:
        await note_access(session, caller, holders)
