"""Routes for sign-ups: people ask to take part in an operation, its organiser answers."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.settings import Settings
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.requests import sign_ups as commands
from services.community.commands.requests.public_forms import FormLimits
from services.community.domain.enrolments.problems import EnrolmentTwice
from services.community.domain.privacy.erasure import MemberErased
from services.community.domain.problems import (
    ForStaffToRecord,
    MemberUnknown,
    OperationUnknown,
    PointBusy,
    PointUnknown,
)
from services.community.domain.requests.problems import FormFull, TooManyRequests
from services.community.domain.requests.sign_ups import (
    SignUpLinkRefused,
    SignUpSettled,
    SignUpState,
    SignUpUnknown,
    SignUpWithoutPoint,
)
from services.community.schemas.requests.sign_ups import (
    AcceptanceOfSignUpIn,
    RefusalOfSignUpIn,
    SignUpAskedOut,
    SignUpConfirmationIn,
    SignUpConfirmedOut,
    SignUpIn,
    SignUpOut,
)
from services.community.store.requests import sign_ups as store

form = APIRouter(prefix="/sign-ups", route_class=TokenFirstRoute)
desk = APIRouter(prefix="/operations/{operation_id}/sign-ups", route_class=TokenFirstRoute)


@form.post(
    "",
    status_code=202,
    summary="Ask to take part in an operation",
    responses=problems(OperationUnknown, TooManyRequests, FormFull),
)
async def post_sign_up(request: Request, body: SignUpIn, session: Session) -> SignUpAskedOut:
    """The public form; needs no token. The answer does not reveal who is known already.

    Send the secret of the link to `POST /sign-ups/confirmation` within three days; unconfirmed
    sign-ups are deleted. Their number is limited per network address and day, and in total per hour
    (`form-full` says when to try again); confirming one frees its place.
    """
    settings: Settings = request.app.state.settings
    await commands.ask_to_join(
        session,
        body.to_sign_up(uuid4()),
        client_host=request.client.host if request.client else "",
        limits=FormLimits.of(settings),
        public_url=settings.public_url,
    )
    return SignUpAskedOut()


@form.post(
    "/confirmation",
    summary="Confirm a sign-up",
    responses=problems(SignUpLinkRefused),
)
async def confirm_sign_up(
    request: Request, body: SignUpConfirmationIn, session: Session
) -> SignUpConfirmedOut:
    """The organiser is notified and sees it from now on; needs no token but the link's secret."""
    settings: Settings = request.app.state.settings
    sign_up = await commands.confirm_sign_up(
        session, body.secret.get_secret_value(), public_url=settings.public_url
    )
    return SignUpConfirmedOut.model_validate(sign_up)


@desk.get(
    "",
    summary="List the sign-ups of an operation",
)
async def list_sign_ups(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    session: Session,
    state: SignUpState | None = None,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[SignUpOut]:
    """In order of id, without unconfirmed ones; for staff and the organiser."""
    caller.check_may_run(operation_id)
    sign_ups = await store.list_sign_ups(
        session, operation_id, state=state, after=after, limit=limit
    )
    return [SignUpOut.model_validate(sign_up) for sign_up in sign_ups]


@desk.post(
    "/{sign_up_id}/acceptance",
    summary="Accept a sign-up",
    responses=problems(
        OperationUnknown,
        SignUpUnknown,
        SignUpSettled,
        SignUpWithoutPoint,
        MemberUnknown,
        MemberErased,
        PointUnknown,
        ForStaffToRecord,
        EnrolmentTwice,
        PointBusy,
    ),
)
async def accept_sign_up(
    *,
    request: Request,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    sign_up_id: UUID,
    body: AcceptanceOfSignUpIn,
    session: Session,
) -> SignUpOut:
    """Record the applicant as a member, the point, and its enrolment as a prospect, all or nothing.

    A new member is invited to open a log-in; an existing one (`member_id`) is notified that they
    may join. For staff and the organiser; repeating it changes nothing.
    """
    caller.check_may_run(operation_id)
    settings: Settings = request.app.state.settings
    sign_up = await commands.accept_sign_up(
        session,
        Claimant.of(caller),
        operation_id,
        sign_up_id,
        body.to_acceptance(),
        public_url=settings.public_url,
        may_invite=settings.auth_issuer is None,
    )
    return SignUpOut.model_validate(sign_up)


@desk.post(
    "/{sign_up_id}/refusal",
    summary="Refuse a sign-up",
    responses=problems(SignUpUnknown, SignUpSettled),
)
async def refuse_sign_up(
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    sign_up_id: UUID,
    body: RefusalOfSignUpIn,
    session: Session,
) -> SignUpOut:
    """The applicant is notified with the reason.

    For staff and the organiser; repeating it changes nothing.
    """
    caller.check_may_run(operation_id)
    sign_up = await commands.refuse_sign_up(
        session, operation_id, sign_up_id, body.reason, by=caller.subject
    )
    return SignUpOut.model_validate(sign_up)
