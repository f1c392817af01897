"""Invite people to open an account, let them in, and take an operation away from an organiser."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Forbidden, Rights
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.ids import OperationId
from libs.common.logs import audit
from services.community import access, claims
from services.community.claims import Claimant
from services.community.commands.accounts.invited_members import notify_offered_member
from services.community.commands.accounts.log_ins import (
    LogInAttempt,
    LogInLimits,
    count_attempt,
    forgive,
)
from services.community.commands.accounts.notices import notify_account
from services.community.commands.accounts.passwords import check_new_password
from services.community.commands.messages.messages import write_message
from services.community.credentials import check_password, hash_password, hash_secret, new_secret
from services.community.domain.accounts.invitations import (
    LIFE,
    InvitationRefused,
    InvitationSettled,
    InvitationState,
    check_same_member,
    state_of,
)
from services.community.domain.letters.access import write_access_letter
from services.community.domain.messages.messages import Language, MessageKind
from services.community.domain.problems import CredentialsRefused
from services.community.store.accounts import accounts
from services.community.store.accounts import invitations as store
from services.community.store.accounts import sessions as session_store
from services.community.store.members import registry
from services.community.store.members.locks import lock_member
from services.community.tables import AccountRow, InvitationRow

_log = structlog.get_logger(__name__)


async def invite(
    session: AsyncSession,
    claimant: Claimant,
    offered: Rights,
    *,
    email: str,
    language: Language,
    public_url: str,
) -> InvitationRow:
    """Offer these rights to an address; the link is sent there, and nowhere else.

    To log in as a member is a claim (``claims``), asked again when the invitation is accepted.
    Raises Forbidden, MemberUnknown, OperationUnknown.
    """
    await claims.check_may_invite(session, claimant, offered, email=email)
    await _check_is_known(session, offered)
    now, secret = now_in(session), new_secret()
    row = InvitationRow(
        id=uuid4(),
        email=email,
        rights=offered,
        secret_sha256=hash_secret(secret),
        invited_at=now,
        invited_by=claimant.subject,
        expires_at=now + LIFE,
        accepted_at=None,
        account_id=None,
        withdrawn_at=None,
    )
    await store.add_invitation(session, row)
    # The text after # stays in the browser: no server on the way logs it.
    link = f"{public_url}/invitation#{secret}"
    kind = MessageKind.INVITATION
    letter = write_access_letter(kind, link, row.expires_at, language)
    await write_message(session, letter, to=email, kind=kind, about=row.member_id, is_secret=True)
    if offered.member_id is not None:
        await notify_offered_member(session, offered.member_id)
    return row


async def _check_is_known(session: AsyncSession, offered: Rights) -> None:
    if offered.member_id is not None:
        await registry.check_members_exist(session, [offered.member_id])
    for operation_id in offered.operations:
        await registry.get_operation(session, operation_id)


async def withdraw_invitation(session: AsyncSession, row: InvitationRow) -> None:
    """Make its link invalid; repeating it changes nothing. row: locked.

    Raises InvitationSettled.
    """
    if row.accepted_at is not None:
        raise InvitationSettled
    row.withdrawn_at = row.withdrawn_at or now_in(session)
    await session.flush()


@dataclass(frozen=True)
class InvitationPreview:
    """An invitation's offer, in words for people."""

    email: str
    roles: Sequence[str]
    operation_names: Sequence[str]
    member_name: str | None
    invited_by: str
    has_account: bool
    expires_at: datetime


async def preview_invitation(session: AsyncSession, secret: str) -> InvitationPreview:
    """Raises InvitationRefused."""
    invitation = _check_open(
        await store.find_by_secret(session, hash_secret(secret)), now_in(session)
    )
    sender = await _check_still_offered(session, invitation)
    names = await store.find_names(session, invitation)
    return InvitationPreview(
        email=invitation.email,
        roles=invitation.roles,
        operation_names=names.operations,
        member_name=names.member,
        invited_by=sender.email,
        has_account=await accounts.find_account(session, invitation.email) is not None,
        expires_at=invitation.expires_at,
    )


async def accept_invitation(
    database: Database, secret: str, password: str, *, client_host: str, limits: LogInLimits
) -> AccountRow:
    """Make the account, or add the offered rights to the account that the address has.

    password: of the new account, or the existing account's. It takes no session, as in ``log_in``:
    none may be held while a password is hashed.
    Refuses an offer that its sender may no longer make. Wrong passwords count as failed log-ins: a
    link is no way round the pause.
    Raises InvitationRefused, PasswordEasy, CredentialsRefused, AccountOfAnotherMember,
    MemberUnknown, TooManyLogIns, LogInPaused.
    """
    sha256 = hash_secret(secret)
    async with database.transaction() as session:
        invitation = _check_open(await store.find_by_secret(session, sha256), now_in(session))
        account = await accounts.find_account(session, invitation.email)
        attempt = None
        if account is not None:
            attempt = await count_attempt(session, account.email, client_host, limits)
        else:
            await check_new_password(session, password, invitation.email, invitation.member_id)
    password_hash = await _hash_of(account, password, attempt)
    async with database.transaction() as session:
        route = "POST /community/invitations/acceptance"
        subject = str(account.id) if account else ""
        await audit.name_author(session, subject=subject, roles=(), route=route)
        # The member first, as an erasure does; the invitation after the account, as a removal does.
        if invitation.member_id is not None:
            await lock_member(session, invitation.member_id)
        holder = await accounts.lock_address(session, invitation.email)
        invitation = _check_open(
            await store.find_by_secret(session, sha256, lock=True), now_in(session)
        )
        # The account may have been made, changed or disabled while the password was hashed.
        if holder and (account is None or holder.password_hash != password_hash or holder.disabled):
            raise InvitationRefused("The account has changed: try again, or ask for another.")
        await _check_still_offered(session, invitation)
        if attempt is not None:
            await forgive(session, attempt)
        return await _let_in(session, invitation, holder, password_hash=password_hash)


async def _hash_of(account: AccountRow | None, password: str, attempt: LogInAttempt | None) -> str:
    """Return the hash of a new account's password, or the existing one's, which must fit."""
    if account is None:
        return await hash_password(password)
    if not await check_password(password, account.password_hash):
        if attempt is not None:
            attempt.check()
        raise CredentialsRefused("This address has an account: give its password.")
    return account.password_hash


async def remove_organiser(
    session: AsyncSession, account: AccountRow, operation_id: OperationId
) -> None:
    """End the account's right to run the operation, from its next request on.

    Withdraws the invitations that it sent, or could come back by. account: locked.
    """
    account.rights = account.rights.without_operation(operation_id)
    await store.withdraw_ways_back(session, account, operation_id, now=now_in(session))
    await session_store.revoke_sessions(session, account.id)
    await notify_account(session, account, MessageKind.RIGHTS_CHANGED)
    _log.info("organiser removed", operation_id=operation_id, account_id=str(account.id))


async def _check_still_offered(session: AsyncSession, row: InvitationRow) -> AccountRow:
    """Require that the sender may still offer this; return them. Raises InvitationRefused."""
    sender = await accounts.find_account_by_id(session, UUID(row.invited_by))
    if sender is None or sender.disabled:
        raise InvitationRefused
    try:
        claimant = Claimant.of(access.principal_of(sender))
        await claims.check_may_offer(session, claimant, row.rights)
    except Forbidden as error:
        raise InvitationRefused from error
    return sender


def _check_open(row: InvitationRow | None, now: datetime) -> InvitationRow:
    """Raises InvitationRefused, the same whatever is wrong."""
    state = row and state_of(
        accepted_at=row.accepted_at,
        withdrawn_at=row.withdrawn_at,
        expires_at=row.expires_at,
        now=now,
    )
    if row is None or state is not InvitationState.OPEN:
        raise InvitationRefused
    return row


async def _let_in(
    session: AsyncSession,
    row: InvitationRow,
    holder: AccountRow | None,
    *,
    password_hash: str,
) -> AccountRow:
    if holder is None:
        account = AccountRow(
            id=uuid4(),
            email=row.email,
            password_hash=password_hash,
            rights=row.rights,
            disabled=False,
        )
    else:
        account = holder
        check_same_member(holder.member_id, row.member_id)
        account.rights = holder.rights.extended_by(row.rights)
    session.add(account)
    await session.flush()
    if holder is not None:
        await notify_account(session, account, MessageKind.RIGHTS_CHANGED)
    row.accepted_at, row.account_id = now_in(session), account.id
    await session.flush()
    return account
