"""The series of numbers of each issuer, kind of document and year."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.tables import SeriesRow


async def lock_series(
    session: AsyncSession, keys: Collection[tuple[UUID, DocumentKind]], year: int
) -> dict[tuple[UUID, DocumentKind], SeriesRow]:
    """Lock all series of these issuers; return those of the year, which begin at 0."""
    issuers = {issuer_id for issuer_id, _ in keys}
    # Row locks would not suffice: dates are compared over all years, and a transaction that waits
    # for one row does not see the series of another year begun meanwhile.
    await lock_names(session, "series", issuers)
    begun = [
        {"issuer_id": issuer_id, "kind": kind, "year": year, "last_number": 0}
        for issuer_id, kind in sorted(set(keys))
    ]
    await session.execute(insert(SeriesRow).values(begun).on_conflict_do_nothing())
    rows = await session.scalars(
        select(SeriesRow)
        .where(SeriesRow.issuer_id.in_(issuers), SeriesRow.year == year)
        .execution_options(populate_existing=True)
    )
    return {(row.issuer_id, DocumentKind(row.kind)): row for row in rows}


async def list_last_issue_dates(
    session: AsyncSession, issuers: Collection[UUID]
) -> dict[UUID, date]:
    """The last issue date of each issuer, over all series and years; others are left out."""
    last = func.max(SeriesRow.last_issue_date)
    query = select(SeriesRow.issuer_id, last.label("day")).where(SeriesRow.issuer_id.in_(issuers))
    rows = await session.execute(query.group_by(SeriesRow.issuer_id).having(last.is_not(None)))
    return {row.issuer_id: row.day for row in rows}
