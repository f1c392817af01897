"""The accounts from which customers pay: those of mandates, and those of earlier transfers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.books.ledger import SourceKind
from services.billing.domain.payments.matches import MatchedBy
from services.billing.domain.payments.payers import PayerAccounts
from services.billing.domain.payments.refunds import RefundAccount
from services.billing.store.payments.creditors import list_mandates
from services.billing.store.payments.refunds import is_of_refund
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
    mandated = await _map_mandated(session, creditor_id)
    return PayerAccounts(mandated, await _map_last(session, creditor_id, issuers, customers))


async def map_payers(
    session: AsyncSession, creditor_id: UUID, issuers: Collection[UUID]
) -> Mapping[str, Collection[UUID]]:
    """Return, by IBAN, all customers who have paid from it or signed a mandate for it."""
    accounts = await _map_mandated(session, creditor_id)
    for learnt in await session.execute(_learnt(creditor_id, issuers)):
        accounts[learnt.party_iban].add(learnt.customer_id)
    return accounts


async def list_learnt_accounts(
    session: AsyncSession, creditor_id: UUID, issuers: Collection[UUID]
) -> Mapping[UUID, Sequence[RefundAccount]]:
    """The accounts from which each customer has paid, as their bank names the holder.

    The newest first. Transfers without a name have that of the customer.
    """
    row = BankTransactionRow
    name = cast(InvoiceRow.content, JSONB)["customer"]["name"].astext
    query = (
        _learnt(creditor_id, issuers)
        .add_columns(func.coalesce(row.party_name, name).label("holder"))
        .order_by(row.booked_on.desc(), row.id)
    )
    accounts: defaultdict[UUID, dict[RefundAccount, None]] = defaultdict(dict)
    for learnt in await session.execute(query):
        accounts[learnt.customer_id][RefundAccount(learnt.holder, learnt.party_iban)] = None
    return {customer_id: list(ordered) for customer_id, ordered in accounts.items()}


async def _map_mandated(session: AsyncSession, creditor_id: UUID) -> defaultdict[str, set[UUID]]:
    accounts: defaultdict[str, set[UUID]] = defaultdict(set)
    for mandate in await list_mandates(session, creditor_id):
        if mandate.revoked_on is None:
            accounts[mandate.account].add(mandate.debtor_id)
    return accounts


async def _map_last(
    session: AsyncSession,
    creditor_id: UUID,
    issuers: Collection[UUID],
    customers: Collection[UUID],
) -> Mapping[str, Collection[UUID]]:
    """The customers, among these, whose invoices were last paid from each account."""
    row = BankTransactionRow
    newest = func.row_number().over(
        partition_by=InvoiceRow.customer_id, order_by=[row.booked_on.desc(), row.id]
    )
    paid = (
        _learnt(creditor_id, issuers)
        .with_only_columns(row.id, InvoiceRow.customer_id, newest.label("place"))
        .where(among(InvoiceRow.customer_id, customers))
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


def _learnt(creditor_id: UUID, issuers: Collection[UUID]) -> Select[Any, Any]:
    """The account of each matched transfer, and the customers whose invoices it paid."""
    row = BankTransactionRow
    return (
        select(row.party_iban, InvoiceRow.customer_id)
        .join(EntryRow, EntryRow.source_id == row.entered_as)
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .join(InvoiceRow, InvoiceRow.id == LineRow.invoice_id)
        .where(
            row.creditor_id == creditor_id,
            row.amount_cents > 0,
            row.party_iban.is_not(None),
            row.return_reason.is_(None),
            ~is_of_refund(),  # its return comes from the collector's own account
            row.matched_by.in_(_TEACHING),
            among(EntryRow.owner_id, issuers),
            EntryRow.source_kind == SourceKind.BANK_TRANSACTION,
        )
    )
