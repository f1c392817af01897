"""The series of numbers of each issuer, kind of document and year."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.database.arrays import among
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.tables import SeriesRow

SeriesOfYear = Mapping[tuple[UUID, DocumentKind], SeriesRow]


async def lock_series(
    session: AsyncSession, keys: AbstractSet[tuple[UUID, DocumentKind]], year: int
) -> tuple[SeriesOfYear, Mapping[UUID, date]]:
    """Lock all series of these issuers; those that are missing in the year begin at 0.

    Returns the series of the year, and each issuer's last issue date over all series and years;
    issuers without one are left out.
    """
    issuers = {issuer_id for issuer_id, _ in keys}
    # Row locks would not suffice: dates are compared over all years, and a transaction that waits
    # for one row does not see the series of another year begun meanwhile.
    await lock_names(session, "series", issuers)
    query = select(SeriesRow).where(among(SeriesRow.issuer_id, issuers))
    rows = (await session.scalars(query.execution_options(populate_existing=True))).all()
    series = {(row.issuer_id, DocumentKind(row.kind)): row for row in rows if row.year == year}
    for issuer_id, kind in sorted(keys - series.keys()):
        begun = SeriesRow(issuer_id=issuer_id, kind=kind, year=year, last_number=0)
        series[issuer_id, kind] = begun
        session.add(begun)
    return series, _last_issue_dates(rows)


def _last_issue_dates(rows: Iterable[SeriesRow]) -> dict[UUID, date]:
    dates: dict[UUID, date] = {}
    for row in rows:
        if row.last_issue_date is not None:
            dates[row.issuer_id] = max(row.last_issue_date, dates.get(row.issuer_id, date.min))
    return dates
