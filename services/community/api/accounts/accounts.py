"""Routes for the accounts that may log in."""

from fastapi import APIRouter

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.community import commands
from services.community.api.dependencies import Session
from services.community.domain.problems import AccountUnknown, MemberUnknown
from services.community.schemas import AccountIn, AccountOut, EmailField
from services.community.store.accounts import accounts as account_store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/accounts/{email}",
    summary="Create or replace an account",
    responses=problems(MemberUnknown),
)
@needs_step_up
async def put_account(
    _caller: Staff, email: EmailField, body: AccountIn, session: Session
) -> AccountOut:
    """Set the rights of an account; staff only.

    An organiser needs `operations`, a member needs an existing `member_id`. All sessions of the
    account end: its tokens are refused within two seconds. The change is mailed to its address; a
    member is notified of an account that reads for them. Nobody chooses another person's password:
    a new account sets its own by a link (`POST /log-in-links`), or by an invitation.
    """
    account = await commands.record_account(
        session, email, body.to_rights(), disabled=body.disabled
    )
    return AccountOut.model_validate(account)


@router.get(
    "/accounts",
    summary="List accounts",
    responses=problems(AccountUnknown),
)
async def list_accounts(
    caller: Staff, session: Session, after: AfterId = None, limit: Limit = 100
) -> list[AccountOut]:
    """All accounts in order of e-mail address, without passwords; staff only."""
    accounts = await account_store.list_accounts(session, after=after, limit=limit)
    await note_access(session, caller, [account.member_id for account in accounts])
    return [AccountOut.model_validate(account) for account in accounts]
