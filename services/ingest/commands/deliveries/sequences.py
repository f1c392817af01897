"""List the DSO's files that never came."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.domain.deliveries.sequences import FileSeries, list_lacking
from services.ingest.store.deliveries import sequences as store

_SERIES_AT_ONCE = 200


async def list_lacking_series(
    session: AsyncSession, *, sender: str | None, after: str | None, limit: int
) -> list[FileSeries]:
    """Return the series in which a file is missing, by name; at most ``limit`` after that name.

    Most series are complete, so they are read in batches until enough are found. sender: only those
    in which this sender has a file.
    """
    lacking_series: list[FileSeries] = []
    while len(lacking_series) < limit:
        names = await store.list_series(session, sender=sender, after=after, limit=_SERIES_AT_ONCE)
        if not names:
            break
        lacking_series += list_lacking(await store.list_seen(session, names))
        after = names[-1]
    return lacking_series[:limit]
