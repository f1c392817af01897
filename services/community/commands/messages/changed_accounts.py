"""Notify people of a changed seller's account: fraud usually relies on nobody hearing of it."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.events.billing import CreditorChanged
from services.community.commands.messages.messages import write_message
from services.community.domain.letters.accounts import write_account_letter
from services.community.domain.messages.messages import MessageKind
from services.community.store.accounts.accounts import list_organisers_of, list_staff
from services.community.store.accounts.log_in_links import find_language
from services.community.store.members import registry
from services.community.store.messages.messages import list_addresses, list_former_addresses
from services.community.tables import MemberRow

_ADDRESS_COUNTS_FOR = timedelta(days=30)
_KINDS = {
    "asked": MessageKind.ACCOUNT_CHANGE_ASKED,
    "in_use": MessageKind.ACCOUNT_CHANGED,
    "refused": MessageKind.ACCOUNT_CHANGE_REFUSED,
}


async def notify_of_changed_account(session: AsyncSession, change: CreditorChanged) -> None:
    """Write to the seller, the organisers of its operations, and staff, once per address."""
    seller, kind = await registry.get_member(session, change.creditor_id), _KINDS[change.state]
    facts = await _facts(session, change, seller)
    letter = write_account_letter(kind, facts, seller.language)
    await write_message(session, letter, to=seller, kind=kind)
    addresses_written = set(await list_addresses(session, seller))
    since = now_in(session) - _ADDRESS_COUNTS_FOR
    for address in await list_former_addresses(session, seller.id, since=since):
        if address not in addresses_written:
            await write_message(session, letter, to=address, kind=kind, about=seller.id)
    accounts = {account.id: account for account in await list_staff(session)}
    for operation_id in change.operations:
        accounts |= {
            account.id: account for account in await list_organisers_of(session, operation_id)
        }
    for account in accounts.values():
        letter = write_account_letter(kind, facts, await find_language(session, account))
        if account.email not in addresses_written:
            await write_message(session, letter, to=account.email, kind=kind)


async def _facts(
    session: AsyncSession, change: CreditorChanged, seller: MemberRow
) -> dict[str, object]:
    """Return the facts with an account's last digits only, because letters are not secret."""
    collector = (
        await registry.get_member(session, change.collected_by) if change.collected_by else None
    )
    return {
        "seller_name": seller.name,
        "account_end": change.account_end,
        "former_account_end": change.former_account_end,
        "collector_name": collector.name if collector else None,
        "good_from": change.good_from,
        "url": change.url,
    }
