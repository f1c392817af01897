"""Log in by a link in an e-mail, without a password."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.logs import audit
from services.community.commands.accounts.log_ins import forgive_account
from services.community.commands.accounts.one_time_codes import spend_code
from services.community.commands.accounts.passwords import check_new_password, replace_password
from services.community.commands.accounts.sessions import Origin, Tokens, TokenTerms, open_session
from services.community.commands.messages.messages import write_message
from services.community.credentials import hash_in_turn, hash_secret, new_secret
from services.community.domain.accounts.one_time_codes import CodeVerdict
from services.community.domain.letters.access import write_access_letter
from services.community.domain.messages.messages import MessageKind
from services.community.domain.problems import LinkRefused
from services.community.store.accounts import accounts as account_store
from services.community.store.accounts import log_in_links as store
from services.community.tables import AccountRow, LogInLinkRow

_log = structlog.get_logger(__name__)
_LIFE = timedelta(minutes=15)
_AT_ONCE = 3
"""An account's links valid at a time: nobody who knows its address can flood the mailbox."""


_A_DAY = 10
"""An account's links in a day, used or not: nobody can have an address written to for ever."""


async def send_log_in_link(
    database: Database, email: str, *, public_url: str, an_hour: int
) -> None:
    """Send one if the address has an account that may log in; the answer is the same either way.

    The answer is sent before this begins, so that its time reveals nothing either. an_hour: limit
    for the links of all accounts together, approximate, as concurrent requests do not wait for one
    another.
    """
    async with database.transaction() as session:
        account = await account_store.lock_address(session, email)
        now = now_in(session)
        if account is None or account.disabled:
            return
        if reason := await _find_too_many(session, account, now=now, an_hour=an_hour):
            _log.warning("too many links to log in", of=reason, account_id=str(account.id))
            return
        secret = new_secret()
        row = LogInLinkRow(
            secret_sha256=hash_secret(secret), account_id=account.id, expires_at=now + _LIFE
        )
        await store.add_link(session, row)
        language = await store.find_language(session, account)
        link = f"{public_url}/log-in#{secret}"
        letter = write_access_letter(MessageKind.LOG_IN_LINK, link, row.expires_at, language)
        kind = MessageKind.LOG_IN_LINK
        await write_message(session, letter, to=email, kind=kind, is_secret=True)


async def _find_too_many(
    session: AsyncSession, account: AccountRow, *, now: datetime, an_hour: int
) -> str | None:
    """Return which limit is reached.

    The account is locked, so that its links are counted in turn.
    """
    if await store.count_links(session, account.id, now=now) >= _AT_ONCE:
        return "an account, at once"
    day_ago, hour_ago = now - timedelta(days=1), now - timedelta(hours=1)
    if await store.count_letters(session, since=day_ago, to=account.email) >= _A_DAY:
        return "an account, in a day"
    if await store.count_letters(session, since=hour_ago) >= an_hour:
        return "all, in an hour"
    return None


async def log_in_by_link(
    database: Database,
    secret: str,
    *,
    code: str | None,
    new_password: str | None,
    origin: Origin,
    terms: TokenTerms,
    keys: SecretKeys | None,
) -> Tokens:
    """Open a session by a link, which works once; the account's other links end with it.

    code: from the account's authenticator app, if it has one; a link stays valid until it fits.
    new_password: set it; the account's other sessions end.
    keys: what the app's secret is sealed with.
    Raises LinkRefused, the same whatever is wrong; then the problem with the code; with a new
    password, PasswordEasy, TooManyLogIns.
    """
    verdict, sha256 = CodeVerdict.FITS, hash_secret(secret)
    password_hash = await _hash_for_holder(database, sha256, new_password)
    async with database.transaction() as session:
        now = now_in(session)
        account = await store.lock_account_of_link(session, sha256, now=now)
        if account is not None:
            verdict = await spend_code(session, account.id, code, keys=keys)
            if verdict is CodeVerdict.FITS and not account.disabled:
                await store.delete_links(session, account.id)
                if password_hash is not None:
                    await _set_password(session, account, password_hash, route=origin.route)
                return await open_session(session, account, origin=origin, terms=terms)
    verdict.check()  # after its transaction, which has counted a wrong code
    _log.warning("link to log in refused", account_id=str(account.id) if account else None)
    raise LinkRefused


async def _hash_for_holder(database: Database, sha256: str, password: str | None) -> str | None:
    """Hash only for the holder of a link, without a connection held: it costs as much as a log-in.

    Raises PasswordEasy, TooManyLogIns.
    """
    if password is None:
        return None
    async with database.transaction() as session:
        account_id = await store.find_account_of_link(session, sha256, now=now_in(session))
        if account_id is None:
            return None
        account = await account_store.get_account_by_id(session, account_id)
        await check_new_password(session, password, account.email, account.member_id)
    return await hash_in_turn(password)


async def _set_password(
    session: AsyncSession, account: AccountRow, password_hash: str, *, route: str
) -> None:
    """Set it, and end a pause: people may have tried a forgotten password until log-ins paused."""
    await audit.name_author(session, subject=str(account.id), roles=account.roles, route=route)
    await forgive_account(session, account.email)
    await replace_password(session, account, password_hash)
