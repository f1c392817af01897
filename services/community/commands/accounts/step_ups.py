"""Verify the identity behind a session again, for actions that a session alone does not allow."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.logs import audit
from services.community.commands.accounts.known_devices import find_known_device
from services.community.commands.accounts.log_ins import LogInLimits, count_attempt, forgive
from services.community.commands.accounts.one_time_codes import has_app, spend_code
from services.community.commands.accounts.sessions import (
    Origin,
    Tokens,
    TokenTerms,
    renew_stepped_up,
)
from services.community.credentials import check_password
from services.community.domain.accounts.one_time_codes import (
    CodesPaused,
    CodesUnset,
    CodeVerdict,
    CodeWrong,
)
from services.community.domain.problems import AccountUnknown, PasswordWrong, SessionUnknown
from services.community.store.accounts import accounts as account_store
from services.community.tables import AccountRow

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class StepUpVisit:
    """An account, its session and origin. keys: what an app's secret is sealed with."""

    database: Database
    account_id: UUID
    session_id: UUID | None
    origin: Origin
    terms: TokenTerms
    keys: SecretKeys | None


async def step_up_by_password(visit: StepUpVisit, password: str, *, limits: LogInLimits) -> Tokens:
    """Count as a log-in does: a stolen session is no way round its pause.

    Raises AccountUnknown, SessionUnknown, PasswordWrong, TooManyLogIns, LogInPaused.
    """
    origin = visit.origin
    async with visit.database.transaction() as session:
        account = await account_store.get_account_by_id(session, visit.account_id)
        device = find_known_device(
            origin.device_cookie, account.id, now=now_in(session), keys=visit.keys
        )
        attempt = await count_attempt(session, account.email, origin.address, limits, device=device)
    if await check_password(password, account.password_hash):
        async with visit.database.transaction() as session:
            current_account = await _lock(session, visit)
            # The account may have been changed while the password was hashed.
            if current_account.password_hash == account.password_hash:
                await forgive(session, attempt)
                return await _step_up(session, visit, current_account)
    attempt.check()
    _log.warning("step-up refused", account_id=str(visit.account_id))
    raise PasswordWrong


async def step_up_by_code(visit: StepUpVisit, code: str) -> Tokens:
    """Raises AccountUnknown, SessionUnknown, CodesUnset, CodeWrong, CodesPaused."""
    async with visit.database.transaction() as session:
        account = await _lock(session, visit)
        if not await has_app(session, account.id):
            raise CodesUnset
        verdict = await spend_code(session, account.id, code, keys=visit.keys)
        if verdict is CodeVerdict.FITS:
            return await _step_up(session, visit, account)
    if verdict is CodeVerdict.PAUSED:  # after its transaction, which has counted a wrong code
        raise CodesPaused
    raise CodeWrong


async def _lock(session: AsyncSession, visit: StepUpVisit) -> AccountRow:
    account = await account_store.lock_account(session, visit.account_id)
    if account is None or account.disabled:
        raise AccountUnknown
    route = visit.origin.route
    await audit.name_author(session, subject=str(account.id), roles=account.roles, route=route)
    return account


async def _step_up(session: AsyncSession, visit: StepUpVisit, account: AccountRow) -> Tokens:
    if visit.session_id is None:
        raise SessionUnknown
    return await renew_stepped_up(session, account, visit.session_id, terms=visit.terms)
