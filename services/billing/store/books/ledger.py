"""The books: settings, closings and new entries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import copy_rows, lock_names
from libs.common.database.arrays import among
from services.billing.domain.books.closing import Closing
from services.billing.domain.books.ledger import Accounts, Books, JournalEntry
from services.billing.tables import (
    BooksRow,
    ClosingRow,
    EntryRow,
    EntrySeriesRow,
    PartyAccountRow,
)


async def lock_books(session: AsyncSession, owners: Collection[UUID]) -> dict[UUID, Books]:
    """Keep others from entering anything in these owners' books until the transaction ends.

    Take this lock last in any transaction: after those of settlements, of series and of notices.
    """
    await lock_names(session, "books", owners)
    query = select(BooksRow).where(among(BooksRow.owner_id, owners))
    rows = await session.scalars(query.execution_options(populate_existing=True))
    books = {row.owner_id: _books(row) for row in rows}
    closed = await _map_closed(session, owners)
    return {
        owner_id: replace(books.get(owner_id, Books()), closed_year=closed.get(owner_id))
        for owner_id in owners
    }


async def get_books(session: AsyncSession, owner_id: UUID) -> Books:
    """The settings of the books, or the defaults."""
    row = await session.get(BooksRow, owner_id, populate_existing=True)
    closed = await _map_closed(session, [owner_id])
    return replace(_books(row) if row else Books(), closed_year=closed.get(owner_id))


async def _map_closed(session: AsyncSession, owners: Collection[UUID]) -> dict[UUID, int]:
    """The last closed fiscal year of each owner; owners without one are left out."""
    query = (
        select(ClosingRow.owner_id, func.max(ClosingRow.fiscal_year).label("fiscal_year"))
        .where(among(ClosingRow.owner_id, owners))
        .group_by(ClosingRow.owner_id)
    )
    return {row.owner_id: row.fiscal_year for row in await session.execute(query)}


async def find_closing(session: AsyncSession, owner_id: UUID, fiscal_year: int) -> Closing | None:
    row = await session.get(ClosingRow, (owner_id, fiscal_year))
    return Closing(row.fiscal_year, row.closed_on, row.result_cents) if row else None


async def add_closing(session: AsyncSession, owner_id: UUID, closing: Closing) -> None:
    session.add(ClosingRow(owner_id=owner_id, **vars(closing)))
    await session.flush()


async def list_years(session: AsyncSession, owner_id: UUID) -> Sequence[int]:
    """Fiscal years with entries."""
    query = select(EntrySeriesRow.fiscal_year).where(EntrySeriesRow.owner_id == owner_id)
    return (await session.scalars(query.order_by(EntrySeriesRow.fiscal_year))).all()


def _books(row: BooksRow) -> Books:
    return Books(Accounts(**row.accounts), row.fiscal_year_end_month)


async def save_books(session: AsyncSession, owner_id: UUID, books: Books) -> None:
    values = {
        "accounts": asdict(books.accounts),
        "fiscal_year_end_month": books.fiscal_year_end_month,
    }
    statement = insert(BooksRow).values(owner_id=owner_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["owner_id"], set_=values))


async def has_entries(session: AsyncSession, owner_id: UUID) -> bool:
    query = select(EntryRow.id).where(EntryRow.owner_id == owner_id).limit(1)
    return await session.scalar(query) is not None


async def add_entries(
    session: AsyncSession,
    entries: Sequence[JournalEntry],
    books: Mapping[UUID, Books],
    *,
    today: date,
) -> None:
    """Number the entries in this order, without a gap. The caller has locked the books.

    Raises FiscalYearClosed.
    """
    if not entries:
        return
    for entry in entries:
        books[entry.owner_id].check_open(entry.day)
    await _number_parties(session, entries)
    years = [(entry.owner_id, books[entry.owner_id].fiscal_year(entry.day)) for entry in entries]
    numbers = await _take_numbers(session, Counter(years))
    entry_rows: list[dict[str, object]] = []
    line_rows: list[dict[str, object]] = []
    for entry, (owner_id, fiscal_year) in zip(entries, years, strict=True):
        numbers[owner_id, fiscal_year] += 1
        entry_id, number = uuid4(), numbers[owner_id, fiscal_year]
        entry_rows.append(_entry_values(entry, entry_id, fiscal_year, number, today))
        line_rows += _line_values(entry, entry_id)
    for table, rows in (("journal_entry", entry_rows), ("journal_line", line_rows)):
        columns = list(rows[0])
        await copy_rows(session, table, columns=columns, rows=[[*row.values()] for row in rows])


async def _number_parties(session: AsyncSession, entries: Iterable[JournalEntry]) -> None:
    """Give each new party the next number of an auxiliary account."""
    parties: defaultdict[UUID, dict[UUID, None]] = defaultdict(dict)
    for entry in entries:
        for line in entry.lines:
            if line.party is not None:
                parties[entry.owner_id][line.party.party_id] = None
    for owner_id, party_ids in parties.items():
        numbered = await _list_numbered(session, owner_id, party_ids)
        new = [party_id for party_id in party_ids if party_id not in numbered]
        if not new:
            continue
        last = func.max(PartyAccountRow.number)
        query = select(last).where(PartyAccountRow.owner_id == owner_id)
        last_number = await session.scalar(query) or 0
        await copy_rows(
            session,
            "party_account",
            columns=("owner_id", "party_id", "number"),
            rows=[
                (owner_id, party_id, number)
                for number, party_id in enumerate(new, start=last_number + 1)
            ],
        )


async def _list_numbered(
    session: AsyncSession, owner_id: UUID, parties: Collection[UUID]
) -> AbstractSet[UUID]:
    """The parties, among these, that have a number; a seller may have thousands of others."""
    query = select(PartyAccountRow.party_id).where(
        PartyAccountRow.owner_id == owner_id, among(PartyAccountRow.party_id, parties)
    )
    return set(await session.scalars(query))


async def _take_numbers(
    session: AsyncSession, counts: Mapping[tuple[UUID, int], int]
) -> dict[tuple[UUID, int], int]:
    """Take so many numbers of each owner and fiscal year; return the last ones used before."""
    row = EntrySeriesRow
    taken = insert(row).values(
        [
            {"owner_id": owner_id, "fiscal_year": fiscal_year, "last_number": count}
            for (owner_id, fiscal_year), count in counts.items()
        ]
    )
    last_numbers = await session.execute(
        taken.on_conflict_do_update(
            index_elements=["owner_id", "fiscal_year"],
            set_={"last_number": row.last_number + taken.excluded.last_number},
        ).returning(row.owner_id, row.fiscal_year, row.last_number)
    )
    return {
        (owner_id, fiscal_year): last_number - counts[owner_id, fiscal_year]
        for owner_id, fiscal_year, last_number in last_numbers
    }


def _entry_values(
    entry: JournalEntry, entry_id: UUID, fiscal_year: int, number: int, today: date
) -> dict[str, object]:
    return {
        "id": entry_id,
        "owner_id": entry.owner_id,
        "fiscal_year": fiscal_year,
        "number": number,
        "journal": entry.journal,
        "day": entry.day,
        "piece_ref": entry.piece_ref,
        "piece_day": entry.piece_day,
        "label": entry.label,
        "source_kind": entry.source.kind,
        "source_id": entry.source.id,
        "line_count": len(entry.lines),
        "total_cents": entry.total_cents,
        "validated_on": today,
    }


def _line_values(entry: JournalEntry, entry_id: UUID) -> Iterable[dict[str, object]]:
    for position, line in enumerate(entry.lines, start=1):
        yield {
            "entry_id": entry_id,
            "position": position,
            "account": line.account.number,
            "account_label": line.account.label,
            "party_id": line.party.party_id if line.party else None,
            "party_name": line.party.name if line.party else None,
            "invoice_id": line.invoice_id,
            "debit_cents": max(line.amount_cents, 0),
            "credit_cents": max(-line.amount_cents, 0),
        }
