"""Routes for series of gatherings."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.http import problems
from services.community.access import gatherings as access
from services.community.api.dependencies import Session
from services.community.api.gatherings.gatherings import gatherings_out
from services.community.commands.gatherings import series as commands
from services.community.domain.gatherings.problems import (
    GatheringElsewhere,
    GatheringUnfit,
    SeriesMade,
    SeriesUnfit,
    SeriesUnknown,
)
from services.community.domain.problems import MemberUnknown, OperationUnknown
from services.community.schemas.gatherings.gatherings import GatheringOut
from services.community.schemas.gatherings.series import SeriesIn

router = APIRouter(prefix="/gathering-series/{series_id}", route_class=TokenFirstRoute)


@router.put(
    "",
    summary="Draft a series of gatherings",
    responses=problems(
        OperationUnknown, MemberUnknown, GatheringUnfit, GatheringElsewhere, SeriesUnfit, SeriesMade
    ),
)
async def put_series(
    caller: StaffOrOrganiser, series_id: UUID, body: SeriesIn, session: Session
) -> list[GatheringOut]:
    """Draft the gatherings of the rule, from `first` on: at most 104.

    All are at its local hours, before and after clocks change. From then on each is a gathering of
    its own, which is changed, announced or cancelled separately. The same body again changes
    nothing. For staff and the operation's organiser.
    """
    first = body.first.to_gathering(series_id)
    rule = body.rule.to_rule()
    await access.check_may_make_series(session, caller, series_id, first)
    rows = await commands.make_series(
        session,
        series_id,
        first,
        rule,
        asked_for=body.model_dump(mode="json"),
        by=caller.subject,
    )
    return await gatherings_out(session, caller, rows)


@router.post(
    "/announcement",
    summary="Announce a series of gatherings",
    responses=problems(SeriesUnknown),
)
async def announce_series(
    caller: StaffOrOrganiser, series_id: UUID, session: Session
) -> list[GatheringOut]:
    """Announce its future drafts; the audience gets one message for all of them.

    For staff and the operation's organiser. Repeating it changes nothing.
    """
    series = await access.get_series_to_run(session, caller, series_id)
    rows = await commands.announce_series(session, series.id, by=caller.subject)
    return await gatherings_out(session, caller, rows)
