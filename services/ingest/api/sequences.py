"""Routes for the DSO's numbered series of files."""

from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrFeed
from libs.common.edge.pages import Limit
from services.ingest import access
from services.ingest.api.dependencies import NO_NUL, Session
from services.ingest.commands.deliveries.sequences import list_lacking_series
from services.ingest.schemas.sequences import SeriesOut

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/sequences",
    summary="List the files of the DSO that never arrived, by number",
)
async def list_sequences(
    caller: StaffOrFeed,
    session: Session,
    after: Annotated[
        str | None,
        Query(
            pattern=NO_NUL,
            max_length=200,
            description="last series of the page before",
            examples=["ENEDIS_R63B_Q_CdC_M0DEMOA1"],
        ),
    ] = None,
    limit: Limit = 100,
) -> list[SeriesOut]:
    """Series in which a number or a part is missing, by name; file names contain these.

    The next page is `after` the last `series`, even if that is complete by then. A late file
    completes its series automatically; one that was refused or failed counts as missing.
    Staff see all, others the series of which they sent a file.
    """
    lacking_series = await list_lacking_series(
        session, sender=access.get_delivery_scope(caller).sender, after=after, limit=limit
    )
    return [SeriesOut.of(series) for series in lacking_series]
