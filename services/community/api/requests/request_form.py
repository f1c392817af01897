"""Routes for requests of people without an account who would like an operation."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Header, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.api.dependencies import Session
from services.community.commands.requests import requests as commands
from services.community.commands.requests.public_forms import FormLimits
from services.community.domain.requests.problems import (
    FormFull,
    RequestUnknown,
    TooManyRequests,
)
from services.community.domain.requests.request import Stage
from services.community.schemas.requests.requests import ReceiptOut, RequestIn, RequestStateOut
from services.community.store.requests import requests as store

router = APIRouter(prefix="/requests", route_class=TokenFirstRoute)


@router.post(
    "",
    status_code=201,
    summary="Ask for help with setting up an operation",
    responses=problems(TooManyRequests, FormFull),
)
async def post_request(request: Request, body: RequestIn, session: Session) -> ReceiptOut:
    """The public form; needs no token. Only staff see what is sent.

    Keep `id` and `secret`: they show the state of the request. A private link with both is sent to
    the address. The number of requests is limited per address and day, and in total per hour:
    `form-full` says when to try again. A request is deleted three years after the last action on
    it.
    """
    settings: Settings = request.app.state.settings
    request_id = uuid4()
    secret = await commands.receive_request(
        session,
        body.to_request(request_id),
        language=body.language,
        client_host=request.client.host if request.client else "",
        limits=FormLimits.of(settings),
        public_url=settings.public_url,
    )
    return ReceiptOut(id=request_id, secret=secret)


@router.get(
    "/{request_id}/state",
    summary="Show the state of my request",
    responses=problems(RequestUnknown),
)
async def show_state(
    request_id: UUID,
    session: Session,
    request_secret: Annotated[
        str, Header(max_length=200, description="the `secret` that you got", examples=["x0Jv6c"])
    ],
) -> RequestStateOut:
    """For callers with the secret, which goes in the header; needs no token."""
    row = await commands.find_own_request(session, request_id, request_secret)
    steps = await store.list_steps(session, row.id)
    declined = row.stage == Stage.DECLINED
    return RequestStateOut(
        stage=Stage(row.stage),
        received_at=row.received_at,
        stage_since=row.stage_since,
        reason=steps[-1].reason if declined else None,
    )
