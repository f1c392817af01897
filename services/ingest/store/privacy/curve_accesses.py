"""The record of who read which curve."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.ids import Prm
from services.ingest.domain.readings.coverage import Participation
from services.ingest.tables import CurveAccessRow


async def add_access(
    session: AsyncSession,
    *,
    subject: str,
    role: str,
    prm: Prm,
    from_day: date,
    to_day: date,
    as_of: datetime | None,
    route: str,
) -> None:
    values = {"subject": subject, "role": role, "prm": prm, "from_day": from_day, "to_day": to_day}
    noted = insert(CurveAccessRow).values(read_at=now_in(session), **values)
    await session.execute(noted.values(as_of=as_of, route=route))


async def add_accesses(
    session: AsyncSession,
    periods: Mapping[Prm, tuple[date, date]],
    *,
    subject: str,
    role: str,
    route: str,
) -> None:
    """Add the accesses to several points at once.

    periods: the first day, and the one after the last.
    """
    same = {"read_at": now_in(session), "subject": subject, "role": role, "route": route}
    rows = [
        {**same, "prm": prm, "from_day": first, "to_day": end}
        for prm, (first, end) in periods.items()
    ]
    if rows:
        await session.execute(insert(CurveAccessRow), rows)


async def list_accesses(
    session: AsyncSession,
    prm: Prm,
    *,
    participations: Collection[Participation] | None,
    before: int | None,
    limit: int,
) -> Sequence[CurveAccessRow]:
    """Return the newest first, of lower numbers than ``before``.

    participations: of this point, at least one; only readings of their days are returned. None is
    all.
    """
    newest = select(CurveAccessRow).where(CurveAccessRow.prm == prm)
    if participations is not None:
        newest = newest.where(
            or_(
                *(
                    (CurveAccessRow.to_day > participation.valid_from)
                    & (CurveAccessRow.from_day < (participation.valid_to or date.max))
                    for participation in participations
                )
            )
        )
    if before is not None:
        newest = newest.where(CurveAccessRow.number < before)
    ordered = newest.order_by(CurveAccessRow.number.desc()).limit(limit)
    return (await session.execute(ordered)).scalars().all()
