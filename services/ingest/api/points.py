"""Routes for the load curves of points, as they are and as they were."""

import re
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BeforeValidator

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.curve_consents import ConsentMissing, Granularity
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import InstantField
from libs.common.http import file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import Direction, PrmField
from libs.common.scopes import PointScope
from services.ingest import access
from services.ingest.api.dependencies import PeriodInQuery, QueryPeriod, Session
from services.ingest.domain.estimations.estimates import Estimate, standing
from services.ingest.domain.problems import PeriodInvalid, PointUnknown
from services.ingest.domain.readings.blocks import Block, BlockKey
from services.ingest.domain.readings.coverage import Participation
from services.ingest.domain.readings.curve_csv import HEADER, curve_csv
from services.ingest.schemas.load_curves import LoadCurveOut, RevisionOut
from services.ingest.store.estimations import estimations as estimation_store
from services.ingest.store.readings import blocks as store
from services.ingest.store.rules import flags as flag_store

router = APIRouter(route_class=TokenFirstRoute)


def _with_plus(text: object) -> object:
    """An offset's plus sign, which means a space where it is not written ``%2B`` in a query."""
    return re.sub(r" (\d\d:?\d\d)$", r"+\1", text) if isinstance(text, str) else text


AsOf = Annotated[
    InstantField | None,
    BeforeValidator(_with_plus),
    Query(
        description="what was known then: an instant with its offset, such as"
        " 2026-11-05T08:00:00Z; default: now"
    ),
]
_CSV = (
    f"{HEADER}99110000000101,consumption,2026-09-30T22:00:00Z,30,480,measured,0\n"
    "99110000000101,consumption,2026-09-30T22:30:00Z,30,,missing,0\n"
)
REFUSALS = problems(ConsentMissing, PointUnknown, PeriodInvalid)


@router.get(
    "/points/{prm}/load-curve", summary="Show the load curve of a point", responses=REFUSALS
)
async def get_load_curve(
    *,
    prm: PrmField,
    period: PeriodInQuery,
    direction: Direction | None = None,
    as_of: AsOf = None,
    caller: AnyPerson,
    session: Session,
) -> LoadCurveOut:
    """Mean power in watts, by local day `[from_day, to_day)`, at most 400 of them.

    Staff see everything, organisers the days on which the point takes part in their operations
    if its member shares them (else `consent-missing`), members the days of their own
    participations. Each access is recorded, see `/accesses`. A day whose meter changed its step has
    one block per step. With `as_of`, each block is the last revision recorded by then: a question
    about the past always has the same answer. `flags` name the steps that look wrong to a
    validation rule, and why; they describe the current values, so `as_of` has none.
    """
    blocks = await _visible_blocks(session, caller, prm, period, direction=direction, as_of=as_of)
    estimates = await _standing_estimates(session, blocks)
    flags = (
        await flag_store.map_of_point(session, prm, from_day=period.from_day, to_day=period.to_day)
        if as_of is None
        else {}
    )
    return LoadCurveOut.of(
        prm, period.from_day, period.to_day, blocks, estimates=estimates, flags=flags
    )


@router.get(
    "/points/{prm}/load-curve.csv",
    summary="Download the load curve of a point as CSV",
    responses=REFUSALS | file_response("One row per reading", {"text/csv": _CSV}),
    response_class=StreamingResponse,
)
@costs(1)
async def get_load_curve_csv(
    *,
    prm: PrmField,
    period: PeriodInQuery,
    direction: Direction | None = None,
    as_of: AsOf = None,
    caller: AnyPerson,
    session: Session,
) -> StreamingResponse:
    """The same readings for the same people, one row each, as `elocoop readings` prints them.

    Columns: `prm,direction,start,step_min,power_w,nature,doubtful`; `start` is UTC, `power_w` in
    watts, empty if missing. Steps never received have no row; steps estimated by ingest are
    `estimated` like the DSO's own; only the JSON distinguishes them.
    """
    blocks = await _visible_blocks(session, caller, prm, period, direction=direction, as_of=as_of)
    return StreamingResponse(curve_csv(blocks), media_type="text/csv")


@router.get(
    "/points/{prm}/revisions",
    summary="List the corrections of a point's readings",
    responses=REFUSALS,
)
async def list_revisions(
    *, prm: PrmField, period: PeriodInQuery, caller: AnyPerson, session: Session
) -> list[RevisionOut]:
    """Every revision of each block of the days `[from_day, to_day)` that the caller may see.

    In order of direction, day, step, revision. A delivery, an estimation or its withdrawal makes a
    revision. To read one, ask for the load curve with `as_of` its `recorded_at`.
    """
    scope = await _get_shared_scope(session, caller, prm, period)
    revisions = await store.list_revisions(
        session, prm, from_day=period.from_day, to_day=period.to_day
    )
    return [
        RevisionOut.of(*revision)
        for revision in revisions
        if access.visible_blocks([revision.block], scope)
    ]


async def _visible_blocks(
    session: Session,
    caller: AnyPerson,
    prm: PrmField,
    period: QueryPeriod,
    *,
    direction: Direction | None,
    as_of: datetime | None,
) -> list[Block]:
    scope = await _get_shared_scope(session, caller, prm, period, as_of=as_of)
    blocks = await store.list_latest(
        session,
        prm,
        direction=direction,
        from_day=period.from_day,
        to_day=period.to_day,
        as_of=as_of,
    )
    return access.visible_blocks(blocks, scope)


async def _get_shared_scope(
    session: Session,
    caller: AnyPerson,
    prm: PrmField,
    period: QueryPeriod,
    *,
    as_of: datetime | None = None,
) -> PointScope[Participation]:
    """Do what ``access.get_shared_scope`` does, and record the access."""
    scope = await access.get_shared_scope(session, caller, prm, Granularity.LOAD_CURVE)
    await access.note_reading(
        session,
        caller,
        scope,
        prm=prm,
        from_day=period.from_day,
        to_day=period.to_day,
        as_of=as_of,
    )
    return scope


async def _standing_estimates(
    session: Session, blocks: list[Block]
) -> dict[BlockKey, list[Estimate]]:
    estimated = {BlockKey.of(block): block for block in blocks if block.estimated_steps}
    made = await estimation_store.list_estimates_in(session, estimated)
    return {key: standing(block, made[key]) for key, block in estimated.items()}
