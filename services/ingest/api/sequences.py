"""Routes for the DSO's numbered series of files."""

from fastapi import APIRouter

from libs.common.auth import TokenFirstRoute
from libs.common.http import problems
from services.ingest import access
from services.ingest.api.dependencies import ACCESS, Sender, Session
from services.ingest.domain.sequences import list_lacking
from services.ingest.schemas.sequences import SeriesOut
from services.ingest.store import sequences as store

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/sequences",
    summary="Files of the DSO that never came, by their numbers",
    responses=problems(*ACCESS),
)
async def list_sequences(caller: Sender, session: Session) -> list[SeriesOut]:
    """Series in which a number or a part is missing, by name; the names of files tell them.

    A file that comes late completes its series by itself; one that is refused or failed counts as
    missing. Operators see all, others the series of which they sent a file.
    """
    seen = await store.list_seen(session, sender=access.visible_sender(caller))
    return [SeriesOut.of(one) for one in list_lacking(seen)]
