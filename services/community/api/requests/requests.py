"""Routes by which staff handle requests for help, from the first call to an operation."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import local_day
from libs.common.clock import today_in
from libs.common.edge.callers import Staff
from libs.common.edge.days import InstantField
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationId
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.requests import requests as commands
from services.community.commands.requests.set_up import set_up_request
from services.community.domain.problems import AccountUnknown, OrganiserUnknown, PointBusy
from services.community.domain.requests.problems import (
    AccountNotStaff,
    NotAgreed,
    NoteChanged,
    OperationTaken,
    ReasonMissing,
    RequestedPlantUnknown,
    RequestSetUp,
    RequestUnknown,
    StageNotNext,
    StudyImpossible,
)
from services.community.domain.requests.request import Stage, StageFigures
from services.community.domain.requests.study import study_of
from services.community.schemas.requests.requests import (
    FollowUpIn,
    NoteIn,
    NoteOut,
    RequestHeadOut,
    RequestOut,
    RequestPurgeOut,
    SetUpIn,
    StageFiguresOut,
    StageIn,
)
from services.community.schemas.requests.studies import StudyOut
from services.community.store.requests import requests as store
from services.community.tables import RequestRow

router = APIRouter(route_class=TokenFirstRoute)

_NO_OPERATION_YET = OperationId("ACC00000000")


@router.get(
    "/requests",
    summary="List requests",
    responses=problems(RequestUnknown),
)
async def list_requests(
    *,
    _caller: Staff,
    session: Session,
    stage: Stage | None = None,
    assigned_to: Annotated[UUID | None, Query(description="an account of staff")] = None,
    overdue: Annotated[
        bool, Query(description="only those whose next action was due before today")
    ] = False,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[RequestHeadOut]:
    """The latest first; staff only."""
    rows = await store.list_requests(
        session,
        stage=stage,
        assigned_to=assigned_to,
        due_before=today_in(session) if overdue else None,
        after=after,
        limit=limit,
    )
    return [RequestHeadOut.model_validate(row) for row in rows]


@router.get("/request-figures", summary="Count the requests at each stage")
async def show_figures(_caller: Staff, session: Session) -> list[StageFiguresOut]:
    """All stages, in order, with the numbers of points and plants requested; staff only."""
    counts = await store.count_stages(session)
    figures = [counts.get(stage, StageFigures(stage=stage)) for stage in Stage]
    return [StageFiguresOut.model_validate(stage_figures) for stage_figures in figures]


@router.get(
    "/request-purges",
    summary="List what was deleted from old requests",
)
async def list_purges(
    _caller: Staff,
    session: Session,
    before: Annotated[InstantField | None, Query(description="`at` of the last one seen")] = None,
    limit: Limit = 100,
) -> list[RequestPurgeOut]:
    """The latest first; staff only."""
    rows = await store.list_purges(session, before=before, limit=limit)
    return [RequestPurgeOut.model_validate(row) for row in rows]


@router.get("/requests/{request_id}", summary="Show a request", responses=problems(RequestUnknown))
async def show_request(_caller: Staff, request_id: UUID, session: Session) -> RequestOut:
    """The request with its steps and notes; staff only."""
    return await _request_out(session, await store.get_request(session, request_id))


@router.put(
    "/requests/{request_id}/stage",
    summary="Move a request to a stage, or decline it",
    responses=problems(RequestUnknown, StageNotNext, ReasonMissing),
)
async def put_stage(caller: Staff, request_id: UUID, body: StageIn, session: Session) -> RequestOut:
    """From `received` to `qualified`, `study` and `agreed`; staff only.

    `declined` is possible from each, with a `reason`, and leads back to `received`. Only
    `PUT …/operation` moves a request to `operation`. Moving it to its current stage changes
    nothing.
    """
    row = await commands.move_request(
        session, request_id, to_stage=body.stage, reason=body.reason, by=caller.subject
    )
    return await _request_out(session, row)


@router.put(
    "/requests/{request_id}/follow-up",
    summary="Set who follows up a request, and the next step",
    responses=problems(RequestUnknown, AccountUnknown, AccountNotStaff),
)
async def put_follow_up(
    _caller: Staff, request_id: UUID, body: FollowUpIn, session: Session
) -> RequestOut:
    """Set the staff account it is assigned to, the day of the next action, and its study."""
    row = await commands.follow_up_request(session, request_id, body.to_follow_up())
    return await _request_out(session, row)


@router.put(
    "/requests/{request_id}/notes/{note_id}",
    summary="Add a note to a request",
    responses=problems(RequestUnknown, NoteChanged)
    | {201: {"model": NoteOut, "description": "It is new"}},
)
async def put_note(
    *,
    caller: Staff,
    request_id: UUID,
    note_id: UUID,
    body: NoteIn,
    session: Session,
    response: Response,
) -> NoteOut:
    """Choose the id. A note never changes; sending the same one again changes nothing."""
    note, is_new = await commands.note_request(
        session, request_id, note_id=note_id, text=body.text, by=caller.subject
    )
    response.status_code = 201 if is_new else 200
    return NoteOut.model_validate(note)


@router.get(
    "/requests/{request_id}/study",
    summary="Show what to simulate for a request",
    responses=problems(RequestUnknown, StudyImpossible),
)
async def show_study(_caller: Staff, request_id: UUID, session: Session) -> StudyOut:
    """A body for `POST /allocation/simulations`, for the year in which the request came.

    Consumers have rough profiles, plants face south at 30°, prices are examples: replace what you
    know better. Without an operation yet, its id is `ACC00000000`. Record the simulation's id as
    `study_id`, with `PUT …/follow-up`.
    """
    row = await store.get_request(session, request_id)
    return StudyOut.of(
        study_of(store.to_request(row)),
        operation_id=row.operation_id or _NO_OPERATION_YET,
        year=local_day(row.received_at).year,
    )


@router.put(
    "/requests/{request_id}/operation",
    summary="Turn an agreed request into an operation",
    responses=problems(
        RequestUnknown,
        NotAgreed,
        RequestSetUp,
        OperationTaken,
        OrganiserUnknown,
        RequestedPlantUnknown,
        PointBusy,
    ),
)
async def put_operation(
    caller: Staff, request_id: UUID, body: SetUpIn, session: Session
) -> RequestOut:
    """Record the operation, its organiser, the applicant as a member, and points, all or nothing.

    Names, addresses and powers come from the request; enter the participations yourself, with
    `PUT /operations/{operation_id}/participations`. Known points stay as they are. Repeating it
    with the same operation changes nothing.
    """
    row = await set_up_request(session, Claimant.of(caller), request_id, body.to_set_up())
    return await _request_out(session, row)


async def _request_out(session: AsyncSession, row: RequestRow) -> RequestOut:
    shown = {name: getattr(row, name) for name in RequestOut.model_fields if hasattr(row, name)}
    more = {
        "place": store.place_of(row),
        "steps": await store.list_steps(session, row.id),
        "notes": await store.list_notes(session, row.id),
    }
    return RequestOut.model_validate(shown | more, from_attributes=True)
