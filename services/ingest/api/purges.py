"""Routes for purges of data that were too old."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import Staff
from libs.common.edge.days import DayField
from libs.common.edge.pages import Limit
from libs.common.edge.settings import CurrentSettings
from services.ingest.api.dependencies import Session
from services.ingest.commands.privacy import purging
from services.ingest.schemas.privacy import PurgeOut
from services.ingest.store.privacy import purges as store

router = APIRouter(route_class=TokenFirstRoute)


@router.get("/purges", summary="List purges")
async def list_purges(
    _caller: Staff,
    session: Session,
    before: Annotated[DayField | None, Query(description="a day")] = None,
    limit: Limit = 100,
) -> list[PurgeOut]:
    """A report for each day and kind, latest days first; staff only."""
    rows = await store.list_purges(session, before=before, limit=limit)
    return [PurgeOut.of(row) for row in rows]


@router.post(
    "/purges",
    summary="Purge again today, or preview a purge",
    responses={202: {"model": list[PurgeOut], "description": "It is being done; see the reports"}},
)
async def post_purge(
    _caller: Staff,
    session: Session,
    settings: CurrentSettings,
    response: Response,
    dry_run: Annotated[bool, Query(description="change nothing")] = False,  # noqa: FBT002
) -> list[PurgeOut]:
    """Data older than the settings allow, by kind; staff only.

    A purge runs automatically once a local day. Without `dry_run`, today's runs again, for instance
    after a setting was changed; the answer is what it will find.
    """
    today = today_in(session)
    retention = purging.retention_of(settings)
    old = await purging.count_old(session, retention, today=today)
    if not dry_run:
        await purging.purge_again(session, today=today)
        response.status_code = 202
    return [
        PurgeOut.would_be(kind, tally, day=today, kept_from=retention.kept_from(kind, today))
        for kind, tally in old.items()
    ]
