"""E-mails to those who are paid what was collected for them, with the statement of the transfer."""

from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.events.billing import MessageAsked, MessageFactsPart
from libs.common.file_store import FileStore
from libs.common.ids import OperationId
from services.billing.commands.invoices.documents import as_attachment, keep_file
from services.billing.commands.payments.payout_statements import get_statement, print_statement
from services.billing.domain.payments.bank_details import mask_iban
from services.billing.store.copies import find_perimeter, get_language
from services.billing.store.payments.payees import list_operations_of_item, list_operations_paid
from services.billing.store.payments.payouts import get_item_to_mail
from services.billing.tables import PayoutItemRow

_KIND: Literal["payout"] = "payout"


async def payout_message(
    session: AsyncSession,
    message_id: UUID,
    item_id: UUID,
    *,
    files: FileStore,
    public_url: str,
) -> MessageAsked:
    """The message about a transfer; its statement is typeset and kept, as it is attached by hash.

    Raises FilesUnavailable.
    """
    payout, item = await get_item_to_mail(session, item_id)
    account = mask_iban(item.iban)  # read before the item is loaded again without it
    statement = await get_statement(session, payout.creditor_id, payout.id, item_id)
    language = await get_language(session, item.payee_id)
    content = await print_statement(statement, language)
    page = await keep_file(content, files)
    names = await _map_operations(session, payout.creditor_id, item)
    return MessageAsked(
        time=now_in(session),
        message_id=message_id,
        member_id=item.payee_id,
        # Each organiser reads what is of an operation: of several, this is none of theirs alone.
        operation_id=next(iter(names)) if len(names) == 1 else None,
        kind=_KIND,
        language=language.value,
        facts=MessageFactsPart(
            number=statement.number,
            issue_date=statement.executed_on or statement.day,
            total_cents=statement.amount_cents,
            issuer_name=statement.creditor_name,
            creditor_name=statement.creditor_name,
            operation_name=", ".join(names.values()),
            iban=account,
            url=f"{public_url}/billing/payees/{item.payee_id}/payouts",
        ),
        attachments=[as_attachment(page, f"{statement.day}-{statement.number}")],
    )


async def _map_operations(
    session: AsyncSession, creditor_id: UUID, item: PayoutItemRow
) -> dict[OperationId, str]:
    """The names of the operations whose money a transfer pays; of its payee if it tells of none."""
    operations = await list_operations_of_item(session, item.id) or await list_operations_paid(
        session, creditor_id, item.payee_id
    )
    perimeters = {
        operation_id: await find_perimeter(session, operation_id) for operation_id in operations
    }
    return {
        operation_id: perimeter.name if perimeter else operation_id
        for operation_id, perimeter in perimeters.items()
    }
