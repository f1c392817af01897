"""Routes for pulls from the DSO: ask for data, and list the answers."""

from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import get_shared_now
from libs.common.edge.callers import Staff
from libs.common.edge.pages import LongLimit
from libs.common.edge.settings import CurrentSettings
from libs.common.http import problems
from services.ingest.api.dependencies import Session
from services.ingest.commands.pulls.planning import Wanted, ask_for
from services.ingest.domain.problems import (
    OperationUnknown,
    PeriodInvalid,
    PullSourceOff,
    PullTooLarge,
)
from services.ingest.domain.pulls import PullSource, PullState
from services.ingest.schemas.pulls import PulledOut, PullIn, PullOut
from services.ingest.store import pulls as store

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/pulls",
    summary="Pull readings or results from the DSO",
    status_code=202,
    responses=problems(OperationUnknown, PeriodInvalid, PullSourceOff, PullTooLarge),
)
async def post_pull(
    body: PullIn, caller: Staff, session: Session, settings: CurrentSettings
) -> PulledOut:
    """Ask now for data outside the schedule, such as months before the platform was set up.

    `data-connect`: load curves of points, 7 days a call · `acc`: an operation's perimeter, load
    curves and energies, by point and month. Only days on which a point takes part are requested.
    Calls wait their turn within the limits of the API; a pending call is not made twice.
    `GET /ingest/pulls` shows their status, and their answers are deliveries.
    """
    client_id, _ = settings.client_of(body.source.setting)
    if not client_id.get_secret_value():
        name = body.source.setting.upper()
        raise PullSourceOff(f"Set {name}_CLIENT_ID and {name}_CLIENT_SECRET, and restart ingest.")
    pull = Wanted(
        source=body.source,
        operation_id=body.operation_id,
        prms=body.points,
        period=(body.from_day, body.to_day),
        provisional=body.provisional,
    )
    now = await get_shared_now(session)
    pull_job = await ask_for(session, pull, asked_by=caller.subject, now=now)
    return PulledOut.model_validate(pull_job)


@router.get(
    "/pulls",
    summary="List pulls from the DSO, newest first",
)
async def list_pulls(
    *,
    _caller: Staff,
    session: Session,
    state: Annotated[PullState | None, Query(description="only these")] = None,
    source: Annotated[PullSource | None, Query(description="only these")] = None,
    limit: LongLimit = 100,
) -> list[PullOut]:
    """`waiting`: to be asked, or again after `last_problem` · `done`: its answer is a delivery.

    `refused`: the DSO does not answer this, `last_problem` says what to do · `failed`: tried too
    often, ask again with `POST` · `withdrawn`: the point no longer takes part on these days.
    """
    jobs = await store.list_jobs(session, state=state, source=source, limit=limit)
    return [PullOut.model_validate(job) for job in jobs]
