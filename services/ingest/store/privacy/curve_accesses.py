"""The record of each look at a curve, with its reader."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Prm
from libs.common.logs import accesses
from libs.common.scopes import PointScope
from services.ingest.domain.readings.coverage import Participation
from services.ingest.tables import CurveAccessRow


async def list_accesses(
    session: AsyncSession,
    prm: Prm,
    scope: PointScope[Participation],
    *,
    before: int | None,
    limit: int,
) -> Sequence[CurveAccessRow]:
    """Return the newest first, of lower numbers than ``before``; of readings in the scope.

    scope: of this point, with a participation at least.
    """
    row = CurveAccessRow
    conditions: list[ColumnElement[bool]] = [row.prm == prm]
    if scope.participations is not None:
        within_stays = (
            (row.to_day > participation.valid_from)
            & (row.from_day < (participation.valid_to or date.max))
            for participation in scope.participations
        )
        conditions.append(or_(*within_stays))
    return await accesses.list_accesses(session, row, *conditions, before=before, limit=limit)
