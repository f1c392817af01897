"""The accounts from which customers pay: those of mandates, and those of earlier transfers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.books.ledger import SourceKind
from services.billing.domain.payments.matches import MatchedBy
from services.billing.domain.payments.payers import PayerAccounts
from services.billing.store.payments.creditors import list_mandates
from services.billing.tables import BankTransactionRow, EntryRow, InvoiceRow, LineRow

# What a payer wrote, or a person looked at. A name and an amount alone teach nothing.
_TEACHING = (MatchedBy.REFERENCE, MatchedBy.INVOICE_NUMBER, MatchedBy.HAND)
# Accounts are encrypted, and read one by one: years of transfers must not slow each import down.
_TRANSFERS_OF_CUSTOMER = 5


async def get_payer_accounts(
    session: AsyncSession,
    creditor_id: UUID,
    issuers: Collection[UUID],
    customers: Collection[UUID],
) -> PayerAccounts:
    """The accounts in all mandates, and those from which these customers have paid last.

    issuers: those for whom the creditor collects, and itself.
    """
    mandated: defaultdict[str, set[UUID]] = defaultdict(set)
    for mandate in await list_mandates(session, creditor_id):
        if mandate.revoked_on is None:
            mandated[mandate.account].add(mandate.debtor_id)
    return PayerAccounts(mandated, await _map_learnt(session, creditor_id, issuers, customers))


async def _map_learnt(
    session: AsyncSession,
    creditor_id: UUID,
    issuers: Collection[UUID],
    customers: Collection[UUID],
) -> Mapping[str, Collection[UUID]]:
    """The customers whose invoices were paid from each account by a matched transfer."""
    row = BankTransactionRow
    newest = func.row_number().over(
        partition_by=InvoiceRow.customer_id, order_by=[row.booked_on.desc(), row.id]
    )
    paid = (
        select(row.id, InvoiceRow.customer_id, newest.label("place"))
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
            among(InvoiceRow.customer_id, customers),
        )
        .subquery()
    )
    query = (
        select(row.party_iban, paid.c.customer_id)
        .join(paid, paid.c.id == row.id)
        .where(paid.c.place <= _TRANSFERS_OF_CUSTOMER)
    )
    accounts: defaultdict[str, set[UUID]] = defaultdict(set)
    for iban, customer_id in await session.execute(query):
        assert iban is not None
        accounts[iban].add(customer_id)
    return accounts
