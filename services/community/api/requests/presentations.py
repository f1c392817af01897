"""Routes for the public presentations of operations."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import at_most
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.settings import Settings
from services.community.api.dependencies import Session
from services.community.commands.requests import presentations as commands
from services.community.domain.problems import OperationUnknown
from services.community.domain.requests.presentations import PresentationUnknown
from services.community.schemas.requests.presentations import (
    EligibilityIn,
    EligibilityOut,
    PresentationBody,
    PresentationOut,
    PublicOperationOut,
)
from services.community.store.members import registry
from services.community.store.requests import presentations as store

desk = APIRouter(prefix="/operations/{operation_id}/presentation", route_class=TokenFirstRoute)
public = APIRouter(prefix="/public/operations", route_class=TokenFirstRoute)


@desk.put(
    "",
    summary="Set the public presentation of an operation",
    responses=problems(OperationUnknown),
)
async def put_presentation(
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    body: PresentationBody,
    session: Session,
) -> PresentationOut:
    """Whether it is public, and the organiser's text. For staff and the organiser.

    With `is_public`, the number of participants, the power of all plants and a coarse circle are
    shown too, as far as they reveal nobody.
    """
    caller.check_may_run(operation_id)
    await commands.record_presentation(
        session, operation_id, body.to_presentation(), by=caller.subject
    )
    return PresentationOut.model_validate(body)


@desk.get(
    "",
    summary="Show the public presentation of an operation",
    responses=problems(OperationUnknown),
)
async def show_presentation(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> PresentationOut:
    """For staff and the organiser; `is_public` is false where none was set."""
    caller.check_may_run(operation_id)
    await registry.get_operation(session, operation_id)
    return PresentationOut.model_validate(await store.get_presentation(session, operation_id))


@public.get("", summary="List the operations shown to the public", responses={})
async def list_public_operations(
    request: Request,
    session: Session,
    after: Annotated[
        OperationIdField | None, Query(description="last id of the page before")
    ] = None,
    limit: Annotated[int, at_most(100)] = 50,
) -> list[PublicOperationOut]:
    """In order of id; needs no token."""
    operations = await store.list_public_operations(session, after=after, limit=limit)
    settings: Settings = request.app.state.settings
    outlines = await commands.outline_operations(
        session, operations, least_points=settings.privacy_least_points
    )
    return [
        PublicOperationOut.of(operation, outlines[operation.id], settings.geocoder_url)
        for operation in operations
    ]


@public.get(
    "/{operation_id}",
    summary="Show an operation to the public",
    responses=problems(PresentationUnknown),
)
async def show_public_operation(
    request: Request, operation_id: OperationIdField, session: Session
) -> PublicOperationOut:
    """For operations whose organiser made them public; needs no token."""
    operation = await store.get_public_operation(session, operation_id)
    settings: Settings = request.app.state.settings
    outlines = await commands.outline_operations(
        session, [operation], least_points=settings.privacy_least_points
    )
    return PublicOperationOut.of(operation, outlines[operation.id], settings.geocoder_url)


@public.post(
    "/{operation_id}/eligibility",
    summary="Check whether a place is near enough to an operation",
    responses=problems(PresentationUnknown),
)
async def judge_place(
    request: Request, operation_id: OperationIdField, body: EligibilityIn, session: Session
) -> EligibilityOut:
    """Judged by the coarse circle alone, so that requests cannot locate homes; needs no token.

    Nothing of it is kept; `POST /public/places` finds the place of an address. The law measures
    between the two most distant meters: `yes` is near enough to everything in the circle, `no` too
    far from all of it, and in between only the organiser can tell. A derogation also names
    communes, and `building` means the same building: a place alone never makes those `yes`.
    """
    settings: Settings = request.app.state.settings
    place, least_points = body.place.to_place(), settings.privacy_least_points
    eligibility = await commands.judge_place(
        session, operation_id, place, least_points=least_points
    )
    return EligibilityOut.model_validate(eligibility)
