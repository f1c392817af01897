"""Routes for whoever would like an operation, without an account."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Header, Request

from libs.common.auth import TokenFirstRoute
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.api.dependencies import Session
from services.community.commands import requests as commands
from services.community.commands.public_forms import FormLimits
from services.community.domain.requests.problems import (
    FormFull,
    RequestUnknown,
    TooManyRequests,
)
from services.community.domain.requests.request import Stage
from services.community.schemas.requests import ReceiptOut, RequestIn, RequestStateOut
from services.community.store import requests as store

router = APIRouter(prefix="/requests", route_class=TokenFirstRoute)


@router.post(
    "",
    status_code=201,
    summary="Ask for help with setting up an operation",
    responses=problems(TooManyRequests, FormFull),
)
async def post_request(request: Request, body: RequestIn, session: Session) -> ReceiptOut:
    """The public form; needs no token. Staff see what is sent, nobody else.

    Keep `id` and `secret`: with them you may look at the state. A private link with both is sent to
    the address. Of one address a day takes a limited number of requests; of all, an hour does:
    `form-full` says when to try again. What you send is deleted three years after anything was last
    done about it.
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
    """For whoever has the secret, which belongs in the header; needs no token."""
    row = await commands.find_own_request(session, request_id, request_secret)
    steps = await store.list_steps(session, row.id)
    declined = row.stage == Stage.DECLINED
    return RequestStateOut(
        stage=Stage(row.stage),
        received_at=row.received_at,
        stage_since=row.stage_since,
        reason=steps[-1].reason if declined else None,
    )
