"""Queries of the books."""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database.arrays import among
from services.billing.domain.books.booked import Balance, BookedLine
from services.billing.domain.books.ledger import (
    Account,
    EntryLine,
    Journal,
    PartyAccount,
    SourceKind,
)
from services.billing.domain.payments.netting import GivenCredit
from services.billing.tables import EntryRow, InvoiceRow, LineRow, PartyAccountRow

_OPENING_FIRST = (EntryRow.journal != Journal.OPENING, EntryRow.number)


async def list_lines(
    session: AsyncSession, owner_id: UUID, fiscal_year: int
) -> Sequence[BookedLine]:
    """The lines of a year by entry number, which counts from the opening of the year.

    The opening comes first (LPF A47 A-1, VII), even if it was made after other entries.
    """
    query = (
        select(
            EntryRow.id,
            EntryRow.journal,
            func.dense_rank().over(order_by=_OPENING_FIRST),
            EntryRow.day,
            EntryRow.piece_ref,
            EntryRow.piece_day,
            EntryRow.label,
            EntryRow.validated_on,
            LineRow.account,
            LineRow.account_label,
            LineRow.party_id,
            LineRow.party_name,
            PartyAccountRow.number,
            LineRow.invoice_id,
            LineRow.debit_cents,
            LineRow.credit_cents,
        )
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .outerjoin(
            PartyAccountRow,
            and_(
                PartyAccountRow.owner_id == EntryRow.owner_id,
                PartyAccountRow.party_id == LineRow.party_id,
            ),
        )
        .where(EntryRow.owner_id == owner_id, EntryRow.fiscal_year == fiscal_year)
        .order_by(*_OPENING_FIRST, LineRow.position)
    )
    # A year has hundreds of thousands of lines: read rows in field order, not entities.
    rows = (await session.execute(query)).all()
    return [BookedLine(entry_id, Journal(journal), *rest) for entry_id, journal, *rest in rows]


async def list_items(session: AsyncSession, owner_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Every invoice and account, settled ones too, in order of first appearance."""
    first = func.min(array([EntryRow.fiscal_year, EntryRow.number]))
    query = (
        select(LineRow.invoice_id, LineRow.account)
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(
            EntryRow.owner_id == owner_id,
            EntryRow.journal != Journal.OPENING,  # it carries earlier entries forward
            LineRow.invoice_id.is_not(None),
        )
        .group_by(LineRow.invoice_id, LineRow.account)
        .order_by(first, LineRow.account)
    )
    return [(row.invoice_id, row.account) for row in await session.execute(query)]


async def list_balances(
    session: AsyncSession, owner_id: UUID, fiscal_year: int
) -> Sequence[Balance]:
    """The balances of a year by account, and by party if the account has parties."""
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


async def list_carried(
    session: AsyncSession, owner_id: UUID, fiscal_year: int
) -> Sequence[EntryLine]:
    """The balance of each account at the end of a year, by party and invoice."""
    grouping = (LineRow.account, LineRow.party_id, LineRow.invoice_id)
    balance = func.sum(LineRow.debit_cents - LineRow.credit_cents)
    query = (
        select(
            *grouping,
            func.max(LineRow.account_label).label("label"),
            func.max(LineRow.party_name).label("party_name"),
            balance.label("cents"),
        )
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(EntryRow.owner_id == owner_id, EntryRow.fiscal_year == fiscal_year)
        .group_by(*grouping)
        .having(balance != 0)
        .order_by(*grouping)
    )
    return [
        EntryLine(
            Account(row.account, row.label),
            int(row.cents),
            PartyAccount(row.party_id, row.party_name) if row.party_id else None,
            row.invoice_id,
        )
        for row in await session.execute(query)
    ]


async def list_given(
    session: AsyncSession, issuers: Collection[UUID], customers: Collection[UUID]
) -> Sequence[GivenCredit]:
    """Return the net sums of these customers' set-offs, the newest first."""
    giver, taker = aliased(LineRow), aliased(LineRow)
    theirs = select(InvoiceRow.id).where(
        InvoiceRow.issuer_id.in_(issuers), among(InvoiceRow.customer_id, customers)
    )
    query = (
        select(giver.invoice_id, taker.invoice_id, taker.credit_cents)
        .join(EntryRow, EntryRow.id == giver.entry_id)
        .join(taker, taker.entry_id == giver.entry_id)
        .where(
            EntryRow.source_kind == SourceKind.SET_OFF,
            giver.invoice_id.in_(theirs),
            giver.debit_cents > 0,
            taker.credit_cents > 0,
        )
        .order_by(EntryRow.day.desc(), EntryRow.number.desc())
    )
    cents: Counter[tuple[UUID, UUID]] = Counter()
    for giver_id, taker_id, credit_cents in await session.execute(query):
        assert giver_id is not None
        assert taker_id is not None
        cents[giver_id, taker_id] += credit_cents
        cents[taker_id, giver_id] -= credit_cents
    return [GivenCredit(*pair, given) for pair, given in cents.items() if given > 0]
