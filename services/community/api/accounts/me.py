"""The route that shows the caller: all that a page needs at its start."""

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyRole
from libs.common.scopes import Scope
from libs.common.settings import Settings
from services.community import access
from services.community.api.dependencies import Session
from services.community.api.members.profiles import profile_out
from services.community.schemas.accounts.me import MeOut, OperationNameOut
from services.community.schemas.members.profiles import ProfileOut
from services.community.store.accounts import me
from services.community.store.accounts.me import LogIn
from services.community.store.members import registry
from services.community.store.members.registry import find_member
from services.community.store.messages import notifications

router = APIRouter(route_class=TokenFirstRoute)
_MOST_OPERATIONS = 1000


@router.get("/me", summary="Show who I am")
async def show_me(request: Request, caller: AnyRole, session: Session) -> MeOut:
    """The caller, as the token says, and what a page shows of them at its start; any role."""
    account_id = access.find_own_account_id(caller)
    log_in = await me.find_log_in(session, account_id) if account_id else None
    profile = await _find_profile(session, caller)
    return MeOut(
        subject=caller.subject,
        roles=sorted(caller.roles),
        operations=sorted(caller.operations),
        member_id=caller.member_id,
        email=log_in.email if log_in else None,
        has_authenticator=log_in is not None and log_in.has_authenticator,
        needs_authenticator=log_in is not None and _needs_app(request, log_in),
        language=profile.member.language if profile else None,
        organised=await _list_organised(session, caller),
        joining=await _list_joining(session, caller),
        profile=profile,
        unseen_count=await _count_unseen(session, caller),
    )


def _needs_app(request: Request, log_in: LogIn) -> bool:
    settings: Settings = request.app.state.settings
    return not log_in.has_authenticator and bool(settings.second_factor_roles & {*log_in.roles})


async def _find_profile(session: AsyncSession, caller: Principal) -> ProfileOut | None:
    """Return None if the caller is no member, or a member unknown here (another issuer)."""
    member_id = caller.own_member_id
    member = await find_member(session, member_id) if member_id else None
    return await profile_out(session, member) if member else None


async def _list_organised(session: AsyncSession, caller: Principal) -> list[OperationNameOut]:
    if not caller.own_operations:
        return []
    scope = Scope(operations=caller.own_operations)
    rows = await registry.list_operations(session, scope, after=None, limit=_MOST_OPERATIONS)
    return [OperationNameOut.model_validate(row) for row in rows]


async def _list_joining(session: AsyncSession, caller: Principal) -> list[OperationNameOut]:
    member_id = caller.own_member_id
    rows = await me.list_joining(session, member_id) if member_id else []
    return [OperationNameOut.model_validate(row) for row in rows]


async def _count_unseen(session: AsyncSession, caller: Principal) -> int:
    reader = access.find_reader(caller)
    return await notifications.count_unseen(session, reader) if reader else 0
