"""Routes for the sessions that log-ins open."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import AnyRole, Staff
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.community import access
from services.community.api.dependencies import Session
from services.community.commands.accounts.log_ins import end_pause, list_paused
from services.community.commands.accounts.sessions import revoke_own_session
from services.community.domain.problems import AccountUnknown, NoLogInPause, SessionUnknown
from services.community.schemas import EmailField
from services.community.schemas.accounts.tokens import PausedOut, RevokedOut, SessionOut
from services.community.store.accounts import accounts as account_store
from services.community.store.accounts import sessions as session_store
from services.community.tables import SessionRow

router = APIRouter(route_class=TokenFirstRoute)


@router.get("/me/sessions", summary="List my sessions")
async def list_own_sessions(caller: AnyRole, session: Session) -> list[SessionOut]:
    """The caller's open sessions, newest first; any role.

    A session keeps the day on which it was last used, and no address.
    """
    account_id = access.find_own_account_id(caller)
    if account_id is None:
        return []
    rows = await session_store.list_open_sessions(session, account_id, now=now_in(session))
    return [_session_out(row, caller) for row in rows]


@router.delete(
    "/me/sessions/{session_id}",
    summary="Log out of a session, this one or another",
    status_code=204,
    responses=problems(SessionUnknown),
)
async def delete_own_session(caller: AnyRole, session_id: UUID, session: Session) -> Response:
    """End one of the caller's sessions; any role.

    Its refresh token stops working at once, its access tokens within two seconds.
    """
    account_id = access.find_own_account_id(caller)
    if account_id is None:
        raise SessionUnknown
    await revoke_own_session(session, account_id, session_id)
    return Response(status_code=204)


@router.get(
    "/accounts/{email}/sessions",
    summary="List the sessions of an account",
    responses=problems(AccountUnknown),
)
async def list_account_sessions(
    caller: Staff, email: EmailField, session: Session
) -> list[SessionOut]:
    """Its open sessions, the newest first; staff only."""
    account = await account_store.get_account(session, email)
    rows = await session_store.list_open_sessions(session, account.id, now=now_in(session))
    await note_access(session, caller, [account.member_id])
    return [_session_out(row, caller) for row in rows]


@router.delete(
    "/accounts/{email}/sessions",
    summary="Log an account out everywhere",
    responses=problems(AccountUnknown),
)
async def delete_account_sessions(
    _caller: Staff, email: EmailField, session: Session
) -> RevokedOut:
    """End all sessions of an account; staff only. The password still works."""
    account = await account_store.get_account(session, email)
    return RevokedOut(revoked=await session_store.revoke_sessions(session, account.id))


@router.get(
    "/log-in-pauses",
    summary="List the accounts that cannot log in at the moment",
)
async def list_log_in_pauses(_caller: Staff, session: Session) -> list[PausedOut]:
    """Accounts with too many failed log-ins, by e-mail address; staff only."""
    return [PausedOut.model_validate(pause) for pause in await list_paused(session)]


@router.delete(
    "/log-in-pauses/{email}",
    summary="Let an account try to log in again",
    status_code=204,
    responses=problems(NoLogInPause),
)
async def delete_log_in_pause(_caller: Staff, email: EmailField, session: Session) -> Response:
    """Forget the failed log-ins of this account; staff only."""
    await end_pause(session, email)
    return Response(status_code=204)


def _session_out(row: SessionRow, caller: Principal) -> SessionOut:
    return SessionOut(
        id=row.id,
        device=row.device,
        began_at=row.began_at,
        last_used_on=row.last_used_on,
        expires_at=row.expires_at,
        current=row.id == caller.session_id,
    )
