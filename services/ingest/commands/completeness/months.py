"""Keep count of the days of points that have come."""

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.commands.completeness.completeness import count
from services.ingest.domain.completeness.completeness import DAYS
from services.ingest.domain.completeness.months import mark_days
from services.ingest.store.completeness.point_months import save_marks

_STEP_MIN = 5
"""Makes no difference to whether a day is whole; in the smallest step, counting is quickest."""


async def note_days(session: AsyncSession, blocks: pl.DataFrame) -> None:
    """Note how whole these days are now; the caller is alone in changing their readings.

    blocks: prm, direction and day of each block that was changed, and any other columns.
    """
    if blocks.is_empty():
        return
    others = {"member_id": pl.lit(""), "step_min": pl.lit(_STEP_MIN)}
    days = blocks.select("prm", "direction", "day").unique().with_columns(**others)
    counts = await count(session, days.select(pl.col(n).cast(kind) for n, kind in DAYS.items()))
    await save_marks(session, mark_days(counts))
