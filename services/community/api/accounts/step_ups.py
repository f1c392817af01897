"""The route by which people prove again who they are."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyRole
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.api.accounts.tokens import get_own_account_id, origin_of, when_log_ins_wait
from services.community.commands.accounts import step_ups as commands
from services.community.commands.accounts.log_ins import LogInLimits
from services.community.commands.accounts.sessions import Tokens, TokenTerms
from services.community.domain.accounts.one_time_codes import CodesPaused, CodesUnset, CodeWrong
from services.community.domain.problems import (
    AccountUnknown,
    LoginElsewhere,
    LogInPaused,
    PasswordWrong,
    SessionUnknown,
    TooManyLogIns,
)
from services.community.schemas.accounts.tokens import BrowserSessionOut, StepUpIn

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/me/step-up",
    summary="Prove again who I am",
    response_model=BrowserSessionOut,
    responses=problems(
        AccountUnknown,
        SessionUnknown,
        PasswordWrong,
        CodesUnset,
        CodeWrong,
        CodesPaused,
        LoginElsewhere,
        TooManyLogIns,
        LogInPaused,
    ),
)
async def post_step_up(
    request: Request, caller: AnyRole, body: StepUpIn
) -> BrowserSessionOut | Response:
    """Return an access token that may do more than a session alone, for five minutes; any role.

    Give the account's password, or a code of its authenticator app. Routes that need it refuse
    other tokens with `step-up-needed`; a token of a log-in in the last five minutes is accepted
    too. Wrong passwords and codes count like those of log-ins.
    """
    account_id = get_own_account_id(request, caller)

    async def show() -> BrowserSessionOut:
        tokens = await _step_up(request, caller, account_id, body)
        life_s = int(tokens.life.total_seconds())
        return BrowserSessionOut(access_token=tokens.access_token, expires_in=life_s)

    return await when_log_ins_wait(request, show)


async def _step_up(request: Request, caller: Principal, account_id: UUID, body: StepUpIn) -> Tokens:
    settings: Settings = request.app.state.settings
    visit = commands.StepUpVisit(
        request.app.state.databases["community"],
        account_id,
        caller.session_id,
        origin_of(request),
        TokenTerms.of(settings),
        settings.account_keys,
    )
    if body.code is not None:
        return await commands.step_up_by_code(visit, body.code)
    assert body.password is not None
    password = body.password.get_secret_value()
    return await commands.step_up_by_password(visit, password, limits=LogInLimits.of(settings))
