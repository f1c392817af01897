"""The accounts from which customers pay: those of mandates, and those of earlier transfers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.books.ledger import SourceKind
from services.billing.domain.payments.matches import MatchedBy
from services.billing.store.payments.creditors import list_mandates
from services.billing.tables import BankTransactionRow, EntryRow, InvoiceRow, LineRow

# What a payer wrote, or a person looked at. A name and an amount alone teach nothing.
_TEACHING = (MatchedBy.REFERENCE, MatchedBy.INVOICE_NUMBER, MatchedBy.HAND)


async def map_payers(
    session: AsyncSession, creditor_id: UUID, issuers: Collection[UUID]
) -> Mapping[str, Collection[UUID]]:
    """The customers who pay from each IBAN, which several may share.

    issuers: those for whom the creditor collects, and itself.
    """
    accounts: defaultdict[str, set[UUID]] = defaultdict(set)
    for mandate in await list_mandates(session, creditor_id):
        if mandate.revoked_on is None:
            accounts[mandate.account].add(mandate.debtor_id)
    for iban, customer_id in await _list_learnt(session, creditor_id, issuers):
        accounts[iban].add(customer_id)
    return accounts


async def _list_learnt(
    session: AsyncSession, creditor_id: UUID, issuers: Collection[UUID]
) -> list[tuple[str, UUID]]:
    """The account of each matched transfer, and the customers whose invoices it paid."""
    row = BankTransactionRow
    query = (
        select(row.party_iban, InvoiceRow.customer_id)
        .join(EntryRow, EntryRow.source_id == row.entered_as)
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .join(InvoiceRow, InvoiceRow.id == LineRow.invoice_id)
        .where(
            row.creditor_id == creditor_id,
            row.amount_cents > 0,
            row.party_iban.is_not(None),
            row.matched_by.in_(_TEACHING),
            among(EntryRow.owner_id, issuers),
            EntryRow.source_kind == SourceKind.BANK_TRANSACTION,
        )
    )
    rows = await session.execute(query)
    return [(iban, customer_id) for iban, customer_id in rows if iban is not None]
