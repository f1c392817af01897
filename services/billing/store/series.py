"""The series of numbers of each issuer and year."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.tables import SeriesRow


async def lock_series(
    session: AsyncSession, issuers: Collection[UUID], year: int
) -> dict[UUID, SeriesRow]:
    """Lock all series of these issuers; return those of the year, which begin at 0."""
    ordered = sorted(issuers)
    # Row locks would not do: dates are compared over all years, and a transaction that waits for
    # one row does not see the series of another year that has begun meanwhile.
    lock = text("""
        SELECT pg_advisory_xact_lock(hashtext('series'), hashtext(issuer_id))
        FROM unnest(CAST(:issuers AS text[])) AS issuer_id
    """)
    await session.execute(lock, {"issuers": [str(one) for one in ordered]})
    begun = [{"issuer_id": one, "year": year, "last_number": 0} for one in ordered]
    await session.execute(insert(SeriesRow).values(begun).on_conflict_do_nothing())
    rows = await session.scalars(
        select(SeriesRow)
        .where(SeriesRow.issuer_id.in_(ordered), SeriesRow.year == year)
        .execution_options(populate_existing=True)
    )
    return {row.issuer_id: row for row in rows}


async def list_last_issue_dates(
    session: AsyncSession, issuers: Collection[UUID]
) -> dict[UUID, date]:
    """Over all years; issuers who have issued nothing are left out."""
    last = func.max(SeriesRow.last_issue_date)
    query = select(SeriesRow.issuer_id, last.label("day")).where(SeriesRow.issuer_id.in_(issuers))
    rows = await session.execute(query.group_by(SeriesRow.issuer_id).having(last.is_not(None)))
    return {row.issuer_id: row.day for row in rows}
