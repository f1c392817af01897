"""Let members change their own address, language and e-mail address."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.commands.members.registry import publish_member
from services.community.commands.messages.messages import write_message
from services.community.credentials import hash_secret, new_secret
from services.community.domain.letters.access import write_access_letter, write_notice
from services.community.domain.members.profiles import (
    CONFIRMED_WITHIN,
    WAITING_AT_MOST,
    ConfirmationRefused,
    TooManyEmailChanges,
)
from services.community.domain.messages.messages import Language, MessageKind
from services.community.store.members import profiles as store
from services.community.store.members.locks import find_member_to_change, lock_member
from services.community.tables import EmailChangeRow, MemberRow


async def change_contact(
    session: AsyncSession,
    member_id: UUID,
    *,
    address: str,
    delivery_address: str | None,
    language: Language,
) -> MemberRow:
    """Change and publish it; repeating it changes nothing. Raises MemberUnknown."""
    member = await lock_member(session, member_id)
    contact = (address, delivery_address, language)
    if (member.address, member.delivery_address, member.language) != contact:
        member.address, member.delivery_address, member.language = contact
        await publish_member(session, member)
    return member


async def ask_for_email_change(
    session: AsyncSession, member_id: UUID, *, email: str, public_url: str
) -> None:
    """Send a link to the new address; until it is used, the old one stays.

    Raises MemberUnknown, TooManyEmailChanges.
    """
    member = await lock_member(session, member_id)
    now = now_in(session)
    await store.delete_expired_email_changes(session, now=now)
    if await store.count_email_changes(session, member_id, now=now) >= WAITING_AT_MOST:
        raise TooManyEmailChanges
    secret, expires_at = new_secret(), now + CONFIRMED_WITHIN
    row = EmailChangeRow(
        secret_sha256=hash_secret(secret), member_id=member_id, email=email, expires_at=expires_at
    )
    await store.add_email_change(session, row)
    link, kind = f"{public_url}/email-confirmation#{secret}", MessageKind.EMAIL_CHANGE
    letter = write_access_letter(kind, link, expires_at, member.language)
    await write_message(session, letter, to=email, kind=kind, about=member_id, is_secret=True)


async def cancel_email_changes(session: AsyncSession, member_id: UUID) -> None:
    """Invalidate all links sent; repeating it changes nothing. Raises MemberUnknown."""
    await lock_member(session, member_id)
    await store.cancel_email_changes(session, member_id, now=now_in(session))


async def confirm_email_change(session: AsyncSession, secret: str) -> str:
    """Make the new address the member's and return it; a link works once.

    The old address is notified, so that the thief of a session cannot divert letters unseen.
    Raises ConfirmationRefused.
    """
    sha256, now = hash_secret(secret), now_in(session)
    change = await store.find_email_change(session, sha256, now=now)
    member = await find_member_to_change(session, change.member_id) if change else None
    # Again, now that the member is locked: of many concurrent uses, one is the first.
    change = await store.find_email_change(session, sha256, now=now)
    if member is None or change is None:
        raise ConfirmationRefused
    email, kind = change.email, MessageKind.EMAIL_CHANGED
    await write_message(session, write_notice(kind, member.language), to=member, kind=kind)
    member.email = email
    await store.cancel_email_changes(session, member.id, now=now)
    await publish_member(session, member)
    return email
