"""What the books say."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.booked import Balance, BookedLine, OpenItem
from services.billing.domain.ledger import Journal
from services.billing.tables import EntryRow, LineRow, PartyAccountRow


async def list_lines(
    session: AsyncSession, owner_id: UUID, fiscal_year: int
) -> Sequence[BookedLine]:
    """By number of the entry."""
    query = (
        select(EntryRow, LineRow, PartyAccountRow.number)
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .outerjoin(
            PartyAccountRow,
            and_(
                PartyAccountRow.owner_id == EntryRow.owner_id,
                PartyAccountRow.party_id == LineRow.party_id,
            ),
        )
        .where(EntryRow.owner_id == owner_id, EntryRow.fiscal_year == fiscal_year)
        .order_by(EntryRow.number, LineRow.position)
    )
    return [_booked(*row) for row in await session.execute(query)]


def _booked(entry: EntryRow, line: LineRow, party_number: int | None) -> BookedLine:
    return BookedLine(
        entry_id=entry.id,
        journal=Journal(entry.journal),
        number=entry.number,
        day=entry.day,
        piece_ref=entry.piece_ref,
        piece_day=entry.piece_day,
        label=entry.label,
        validated_on=entry.validated_on,
        account=line.account,
        account_label=line.account_label,
        party_id=line.party_id,
        party_name=line.party_name,
        party_number=party_number,
        invoice_id=line.invoice_id,
        debit_cents=line.debit_cents,
        credit_cents=line.credit_cents,
    )


async def list_open_items(session: AsyncSession, owner_id: UUID) -> Sequence[OpenItem]:
    """Of every invoice and account, settled ones too, in the order in which they came up."""
    first = func.min(array([EntryRow.fiscal_year, EntryRow.number]))
    query = (
        select(
            LineRow.invoice_id,
            LineRow.account,
            func.sum(LineRow.debit_cents - LineRow.credit_cents).label("open_cents"),
            func.max(EntryRow.day).label("last_day"),
        )
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(EntryRow.owner_id == owner_id, LineRow.invoice_id.is_not(None))
        .group_by(LineRow.invoice_id, LineRow.account)
        .order_by(first, LineRow.account)
    )
    return [
        OpenItem(row.invoice_id, row.account, int(row.open_cents), row.last_day)
        for row in await session.execute(query)
    ]


async def list_balances(
    session: AsyncSession, owner_id: UUID, fiscal_year: int
) -> Sequence[Balance]:
    """By account, then by party where an account has parties."""
    query = (
        select(
            LineRow.account,
            func.max(LineRow.account_label).label("account_label"),
            LineRow.party_id,
            func.max(LineRow.party_name).label("party_name"),
            func.sum(LineRow.debit_cents).label("debit_cents"),
            func.sum(LineRow.credit_cents).label("credit_cents"),
        )
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(EntryRow.owner_id == owner_id, EntryRow.fiscal_year == fiscal_year)
        .group_by(LineRow.account, LineRow.party_id)
        .order_by(LineRow.account, LineRow.party_id)
    )
    return [
        Balance(
            row.account,
            row.account_label,
            row.party_id,
            row.party_name,
            int(row.debit_cents),
            int(row.credit_cents),
        )
        for row in await session.execute(query)
    ]


async def find_entry_number(session: AsyncSession, owner_id: UUID, source_id: UUID) -> int | None:
    """The number of the entry that was made from this."""
    query = select(EntryRow.number).where(
        EntryRow.owner_id == owner_id, EntryRow.source_id == source_id
    )
    return (await session.scalars(query)).first()
