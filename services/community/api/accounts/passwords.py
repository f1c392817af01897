"""The route by which people change their own password."""

from fastapi import APIRouter, Request, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyRole
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.api.accounts.tokens import get_own_account_id, origin_of, when_log_ins_wait
from services.community.commands.accounts import passwords as commands
from services.community.commands.accounts.log_ins import LogInLimits
from services.community.domain.accounts.passwords import PasswordEasy
from services.community.domain.problems import (
    AccountUnknown,
    LoginElsewhere,
    LogInPaused,
    PasswordWrong,
    TooManyLogIns,
)
from services.community.schemas.accounts.accounts import PasswordIn

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/me/password",
    summary="Change my password",
    status_code=204,
    responses=problems(
        AccountUnknown, PasswordWrong, PasswordEasy, LoginElsewhere, TooManyLogIns, LogInPaused
    ),
)
async def put_password(request: Request, caller: AnyRole, body: PasswordIn) -> Response:
    """Set a new password by giving the current one; any role.

    It must not be easy to guess (`password-easy`). All other sessions of the account end, and its
    address is notified. Wrong passwords count like those of log-ins: `log-in-paused` says in
    `Retry-After` when to try again, in seconds. A person who forgot theirs sets a new one by a
    link: `POST /community/log-in-links`.
    """
    account_id = get_own_account_id(request, caller)
    settings: Settings = request.app.state.settings

    async def change() -> Response:
        await commands.change_password(
            request.app.state.databases["community"],
            account_id,
            session_id=caller.session_id,
            password=body.password.get_secret_value(),
            new_password=body.new_password.get_secret_value(),
            origin=origin_of(request),
            limits=LogInLimits.of(settings),
            keys=settings.account_keys,
        )
        return Response(status_code=204)

    return await when_log_ins_wait(request, change)
