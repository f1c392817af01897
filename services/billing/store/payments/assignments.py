"""The payments of bank transactions, from the entries that are in force."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.books.ledger import (
    Account,
    EntryLine,
    EntrySource,
    Journal,
    JournalEntry,
    PartyAccount,
    SourceKind,
)
from services.billing.domain.payments.assignments import PaidPart
from services.billing.tables import BankTransactionRow, EntryRow, InvoiceRow, LineRow

_ENTERED = (EntryRow.source_id == BankTransactionRow.entered_as) & (
    EntryRow.source_kind == SourceKind.BANK_TRANSACTION
)


async def map_paid_parts(
    session: AsyncSession, transactions: Collection[UUID]
) -> Mapping[UUID, Sequence[PaidPart]]:
    """The parts of each transaction, by number; those that paid no invoice are left out."""
    row = InvoiceRow
    content = cast(InvoiceRow.content, JSONB)
    names = [content[party]["name"].astext for party in ("issuer", "customer")]
    query = (
        select(
            BankTransactionRow.id,
            row.id,
            row.number,
            *names,
            func.sum(LineRow.credit_cents - LineRow.debit_cents),
        )
        .join(EntryRow, _ENTERED)
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .join(row, row.id == LineRow.invoice_id)
        .where(among(BankTransactionRow.id, transactions))
        .group_by(BankTransactionRow.id, row.id, row.number, *names)
        .order_by(row.number, row.id)
    )
    parts: defaultdict[UUID, list[PaidPart]] = defaultdict(list)
    for transaction_id, *document, cents in await session.execute(query):
        invoice_id, number, issuer_name, customer_name = document
        parts[transaction_id].append(
            PaidPart(transaction_id, invoice_id, number, issuer_name, customer_name, int(cents))
        )
    return parts


async def list_transactions_of(
    session: AsyncSession, invoice_id: UUID
) -> Sequence[tuple[BankTransactionRow, int]]:
    """The transactions that paid an invoice, or paid it back, and how much; the oldest first."""
    row = BankTransactionRow
    query = (
        select(row, func.sum(LineRow.credit_cents - LineRow.debit_cents))
        .join(EntryRow, _ENTERED)
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .where(LineRow.invoice_id == invoice_id)
        .group_by(row.id)
        .order_by(row.booked_on, row.id)
    )
    return [(transaction, int(cents)) for transaction, cents in await session.execute(query)]


async def list_entries(session: AsyncSession, source_id: UUID) -> Sequence[JournalEntry]:
    """The entries of a bank transaction, in the books of all that it concerns."""
    query = (
        select(EntryRow, LineRow)
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .where(
            EntryRow.source_id == source_id,
            EntryRow.source_kind == SourceKind.BANK_TRANSACTION,
        )
        .order_by(EntryRow.owner_id, LineRow.position)
    )
    lines: defaultdict[EntryRow, list[EntryLine]] = defaultdict(list)
    for entry, line in await session.execute(query):
        lines[entry].append(_line(line))
    return [_entry(entry, entry_lines) for entry, entry_lines in lines.items()]


def _entry(row: EntryRow, lines: Sequence[EntryLine]) -> JournalEntry:
    return JournalEntry(
        owner_id=row.owner_id,
        journal=Journal(row.journal),
        day=row.day,
        piece_ref=row.piece_ref,
        piece_day=row.piece_day,
        label=row.label,
        source=EntrySource(SourceKind(row.source_kind), row.source_id),
        lines=lines,
    )


def _line(row: LineRow) -> EntryLine:
    party = None
    if row.party_id is not None and row.party_name is not None:
        party = PartyAccount(row.party_id, row.party_name)
    return EntryLine(
        Account(row.account, row.account_label),
        row.debit_cents - row.credit_cents,
        party,
        row.invoice_id,
    )
