"""Notify an account, at its own address, of a change to it."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.community.commands.messages.messages import write_message
from services.community.domain.letters.access import write_notice
from services.community.domain.messages.messages import MessageKind
from services.community.store.accounts.log_in_links import find_language
from services.community.tables import AccountRow


async def notify_account(session: AsyncSession, account: AccountRow, kind: MessageKind) -> None:
    """Write to it regardless of the author, so that its owner can object to a thief or to staff."""
    letter = write_notice(kind, await find_language(session, account))
    await write_message(session, letter, to=account.email, kind=kind, about=account.member_id)
