"""Routes for the authenticator app of an account."""

from fastapi import APIRouter, Request, Response

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.database import Database
from libs.common.edge.callers import AnyRole, Staff
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.http import problems, route_template
from libs.common.logs import audit
from libs.common.settings import Settings
from services.community.api.accounts.tokens import get_own_account_id
from services.community.api.dependencies import Session
from services.community.commands.accounts import one_time_codes as commands
from services.community.domain.accounts.one_time_codes import (
    CodesInUse,
    CodesOff,
    CodesPaused,
    CodesUnset,
    CodeVerdict,
    CodeWrong,
    base32,
    provisioning_uri,
)
from services.community.domain.problems import AccountUnknown, LoginElsewhere
from services.community.schemas import EmailField
from services.community.schemas.accounts.one_time_codes import AppOut, CodeIn, RecoveryCodesOut
from services.community.store.accounts import accounts as account_store

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/me/authenticator",
    summary="Set up an authenticator app",
    status_code=201,
    responses=problems(AccountUnknown, CodesInUse, CodesOff, LoginElsewhere),
)
@needs_step_up
async def start(request: Request, caller: AnyRole, session: Session) -> AppOut:
    """Get a secret for an app that shows one-time codes (TOTP, RFC 6238); any role.

    Nothing changes until a code confirms that the app has it. Repeating it gives another secret.
    """
    account_id = get_own_account_id(request, caller)
    account = await account_store.lock_account(session, account_id)
    if account is None:
        raise AccountUnknown
    secret = await commands.start(session, account_id, keys=_keys(request))
    return AppOut(secret=base32(secret), uri=provisioning_uri(secret, account.email))


@router.post(
    "/me/authenticator/confirmation",
    summary="Confirm the authenticator app",
    responses=problems(CodesUnset, CodesInUse, CodeWrong, LoginElsewhere),
)
async def confirm(
    request: Request, caller: AnyRole, body: CodeIn, session: Session
) -> RecoveryCodesOut:
    """From now on each log-in of the account, by password or link, needs a code too; any role.

    Keep the recovery codes on paper: each works once, in case the app is lost.
    """
    account_id = get_own_account_id(request, caller)
    codes = await commands.confirm(session, account_id, body.code, keys=_keys(request))
    return RecoveryCodesOut(recovery_codes=codes)


@router.post(
    "/me/authenticator/removal",
    summary="Remove the authenticator app",
    status_code=204,
    responses=problems(CodesUnset, CodeWrong, CodesPaused, LoginElsewhere),
)
async def remove(request: Request, caller: AnyRole, body: CodeIn) -> Response:
    """Needs a code of the app or a recovery code: a session alone is not enough; any role."""
    account_id = get_own_account_id(request, caller)
    database: Database = request.app.state.databases["community"]
    async with database.transaction() as session:
        route = f"{request.method} {route_template(request.scope)}"
        await audit.name_author(session, subject=caller.subject, roles=caller.roles, route=route)
        verdict = await commands.remove(session, account_id, body.code, keys=_keys(request))
    if verdict is CodeVerdict.REFUSED:
        raise CodeWrong
    verdict.check()
    return Response(status_code=204)


@router.delete(
    "/accounts/{email}/authenticator",
    summary="Remove the authenticator app of an account",
    status_code=204,
    responses=problems(AccountUnknown, CodesUnset),
)
@needs_step_up
async def reset(_caller: Staff, email: EmailField, session: Session) -> Response:
    """For a person who lost the app and the recovery codes; staff only. Verify who asks."""
    account = await account_store.get_account(session, email)
    await commands.reset(session, account.id)
    return Response(status_code=204)


def _keys(request: Request) -> SecretKeys | None:
    settings: Settings = request.app.state.settings
    return settings.account_keys
