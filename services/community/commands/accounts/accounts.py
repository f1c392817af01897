"""Change accounts, and log in."""

from typing import NamedTuple
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Rights
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys
from services.community.commands.accounts.invited_members import notify_offered_member
from services.community.commands.accounts.known_devices import find_known_device
from services.community.commands.accounts.log_ins import LogInLimits, count_attempt, forgive
from services.community.commands.accounts.notices import notify_account
from services.community.commands.accounts.one_time_codes import spend_code
from services.community.commands.accounts.sessions import Origin, Tokens, TokenTerms, open_session
from services.community.credentials import (
    check_password,
    hash_password,
    new_secret,
)
from services.community.domain.accounts.one_time_codes import CodeVerdict
from services.community.domain.messages.messages import MessageKind
from services.community.domain.problems import CredentialsRefused
from services.community.store.accounts import accounts as account_store
from services.community.store.accounts import sessions as session_store
from services.community.store.accounts.accounts import lock_address, share_account
from services.community.store.members import registry
from services.community.tables import AccountRow

_log = structlog.get_logger(__name__)


async def ensure_operator(session: AsyncSession, *, email: str, password: str) -> None:
    """Make this operator account if no operator can log in; the processes may race."""
    await account_store.lock_start(session)
    if not await account_store.has_staff(session):
        await record_account(session, email.lower(), Rights.of_staff(), password=password)


async def record_account(
    session: AsyncSession,
    email: str,
    rights: Rights,
    *,
    password: str | None = None,
    disabled: bool = False,
) -> AccountRow:
    """Give this lower-case e-mail address an account with exactly these rights.

    password: None keeps the current one; a new account gets one that nobody knows.
    Ends its sessions, because their tokens carry the former rights. Notifies its address when its
    rights change, and the member when the account may now read for them.
    Raises MemberUnknown.
    """
    member_id = rights.member_id
    if member_id is not None:
        await registry.check_members_exist(session, [member_id])
    password_hash = await hash_password(password or new_secret())
    former = await lock_address(session, email)  # an invitation to it may be accepted meanwhile
    if password is None and former is not None:
        password_hash = former.password_hash
    account = AccountRow(
        id=uuid4(), email=email, password_hash=password_hash, rights=rights, disabled=disabled
    )
    former_terms = _terms_of(former) if former else None
    if member_id is not None and (former is None or former.member_id != member_id):
        await notify_offered_member(session, member_id)
    saved = await account_store.save_account(session, account)
    await session_store.revoke_sessions(session, saved.id)
    if former_terms is not None and former_terms != _terms_of(saved):
        await notify_account(session, saved, MessageKind.RIGHTS_CHANGED)
    return saved


class _Terms(NamedTuple):
    rights: Rights
    disabled: bool


def _terms_of(account: AccountRow) -> _Terms:
    return _Terms(account.rights, account.disabled)


async def log_in(
    database: Database,
    email: str | None,
    password: str,
    *,
    code: str | None,
    origin: Origin,
    terms: TokenTerms,
    limits: LogInLimits,
    keys: SecretKeys | None,
) -> Tokens:
    """Open a session for the account of this e-mail address; None stands for no address at all.

    It takes no session: holding one while a password is hashed would let a flood of log-ins leave
    everyone else without a connection.
    code: from the account's authenticator app, if it has one; keys: what its secret is sealed with.
    Raises CredentialsRefused, the same and as slowly whatever was wrong; TooManyLogIns;
    LogInPaused, whether there is such an account or not; once the password fits, the problem
    with the code.
    """
    verdict = CodeVerdict.FITS
    async with database.transaction_in_turn() as session:
        account = await account_store.find_account(session, email) if email else None
        device = _find_device(session, account, origin, keys)
        attempt = await count_attempt(session, email, origin.address, limits, device=device)
    password_hash = account.password_hash if account else None
    fits = await check_password(password, password_hash)
    if account is not None and fits:
        async with database.transaction() as session:
            now = await share_account(session, account.id)
            # It may have been changed while the password was hashed.
            if now.password_hash == password_hash and not now.disabled:
                await forgive(session, attempt)
                verdict = await spend_code(session, now.id, code, keys=keys)
                if verdict is CodeVerdict.FITS:
                    return await open_session(session, now, origin=origin, terms=terms)
    verdict.check()  # after its transaction, which has counted a wrong code
    attempt.check()
    _log.warning("log-in refused", account_id=str(account.id) if account else None)
    raise CredentialsRefused("No account has this e-mail address and this password.")


def _find_device(
    session: AsyncSession, account: AccountRow | None, origin: Origin, keys: SecretKeys | None
) -> str | None:
    if account is None:
        return None
    return find_known_device(origin.device_cookie, account.id, now=now_in(session), keys=keys)
