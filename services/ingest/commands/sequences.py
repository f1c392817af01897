"""Look for files of the DSO that never came."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.domain.sequences import Series, list_lacking
from services.ingest.store import sequences as store

_SERIES_AT_ONCE = 200


async def list_lacking_series(
    session: AsyncSession, *, sender: str | None, after: str | None, limit: int
) -> list[Series]:
    """Series in which something is missing, by name, at most so many after this name.

    Most lack nothing, so that some are looked at until there are enough. sender: only those in
    which it has a file.
    """
    found: list[Series] = []
    while len(found) < limit:
        names = await store.list_series(session, sender=sender, after=after, limit=_SERIES_AT_ONCE)
        if not names:
            break
        found += list_lacking(await store.list_seen(session, names))
        after = names[-1]
    return found[:limit]
