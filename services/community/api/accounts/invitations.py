"""Routes for invitations, and for the organisers of an operation."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from libs.common.settings import Settings
from services.community.access import invitations as access
from services.community.api.accounts.tokens import check_own_issuer, when_log_ins_wait
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.accounts import invitations as commands
from services.community.commands.accounts.log_ins import LogInLimits
from services.community.domain.accounts.invitations import (
    AccountOfAnotherMember,
    InvitationRefused,
    InvitationSettled,
    InvitationUnknown,
    state_of,
)
from services.community.domain.accounts.passwords import PasswordEasy
from services.community.domain.problems import (
    AccountUnknown,
    CredentialsRefused,
    LoginElsewhere,
    LogInPaused,
    MemberUnknown,
    OperationUnknown,
    TooManyLogIns,
)
from services.community.schemas.accounts.invitations import (
    AcceptanceIn,
    InvitationIn,
    InvitationOut,
    InvitationPreviewIn,
    InvitationPreviewOut,
    LetInOut,
    OrganiserAccountOut,
)
from services.community.store.accounts import accounts
from services.community.store.accounts import invitations as store
from services.community.tables import InvitationRow

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/invitations",
    summary="Invite a person",
    status_code=201,
    responses=problems(MemberUnknown, OperationUnknown, LoginElsewhere),
)
@needs_step_up
async def post_invitation(
    request: Request, caller: StaffOrOrganiser, body: InvitationIn, session: Session
) -> InvitationOut:
    """Send an address a link that opens an account with these rights.

    Staff invite anybody. Organisers invite organisers of their own operations, and members
    who take part in no others and have no log-in yet. The link works once, for 14 days. A person
    with an account gets the rights in addition to their own.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)
    row = await commands.invite(
        session,
        Claimant.of(caller),
        body.to_rights(),
        email=body.email,
        language=body.language,
        public_url=settings.public_url,
    )
    return _invitation_out(row, now_in(session))


@router.get(
    "/invitations",
    summary="List invitations, newest first",
    responses=problems(InvitationUnknown),
)
async def list_invitations(
    caller: StaffOrOrganiser,
    session: Session,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[InvitationOut]:
    """Staff see all; organisers those they sent, and those for their operations only."""
    invitations = await store.list_invitations(
        session,
        access.get_invitation_scope(caller),
        after=after,
        limit=limit,
    )
    await note_access(session, caller, [invitation.member_id for invitation in invitations])
    return [_invitation_out(invitation, now_in(session)) for invitation in invitations]


@router.post(
    "/invitations/{invitation_id}/withdrawal",
    summary="Withdraw an invitation",
    responses=problems(InvitationUnknown, InvitationSettled),
)
async def withdraw_invitation(
    caller: StaffOrOrganiser, invitation_id: UUID, session: Session
) -> InvitationOut:
    """Its link stops working. For staff, and organisers for those that they see.

    Repeating it changes nothing. To undo an accepted one, change the account.
    """
    row = await access.lock_invitation(session, caller, invitation_id)
    await commands.withdraw_invitation(session, row)
    return _invitation_out(row, now_in(session))


def _invitation_out(row: InvitationRow, now: datetime) -> InvitationOut:
    state = state_of(
        accepted_at=row.accepted_at,
        withdrawn_at=row.withdrawn_at,
        expires_at=row.expires_at,
        now=now,
    )
    columns = {name: getattr(row, name) for name in InvitationOut.model_fields if name != "state"}
    return InvitationOut.model_validate(columns | {"state": state})


@router.post(
    "/invitations/preview",
    summary="Show what I am invited to",
    responses=problems(InvitationRefused, LoginElsewhere),
)
async def preview_invitation(
    request: Request, body: InvitationPreviewIn, session: Session
) -> InvitationPreviewOut:
    """The offered rights and the person; needs no token but the link's secret. Changes nothing."""
    check_own_issuer(request.app.state.settings)
    preview = await commands.preview_invitation(session, body.secret.get_secret_value())
    return InvitationPreviewOut.model_validate(preview)


@router.post(
    "/invitations/acceptance",
    summary="Accept an invitation",
    response_model=LetInOut,
    responses=problems(
        InvitationRefused,
        PasswordEasy,
        CredentialsRefused,
        AccountOfAnotherMember,
        MemberUnknown,
        LoginElsewhere,
        TooManyLogIns,
        LogInPaused,
    ),
)
async def accept_invitation(request: Request, body: AcceptanceIn) -> LetInOut | Response:
    """Open the account with a password of your choice; needs only the link's secret, no token.

    This confirms the address: the link was sent nowhere else. If it has an account already, give
    that account's password (`credentials-refused` otherwise). Then log in as usual.
    """
    check_own_issuer(request.app.state.settings)

    async def accept() -> LetInOut:
        account = await commands.accept_invitation(
            request.app.state.databases["community"],
            body.secret.get_secret_value(),
            body.password.get_secret_value(),
            client_host=request.client.host if request.client else "",
            limits=LogInLimits.of(request.app.state.settings),
        )
        return LetInOut.model_validate(account)

    return await when_log_ins_wait(request, accept)


@router.get(
    "/operations/{operation_id}/organisers",
    summary="List the organisers of an operation",
)
async def list_organisers_of(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> list[OrganiserAccountOut]:
    """Accounts with the operation in their scope, by address; for staff and its organisers.

    Staff run all operations: staff listed here were also given this one explicitly.
    """
    caller.check_may_run(operation_id)
    return [
        OrganiserAccountOut.model_validate(row)
        for row in await accounts.list_organisers_of(session, operation_id)
    ]


@router.delete(
    "/operations/{operation_id}/organisers/{account_id}",
    summary="Remove an organiser from an operation",
    status_code=204,
    responses=problems(AccountUnknown),
)
@needs_step_up
async def remove_organiser(
    caller: StaffOrOrganiser, operation_id: OperationIdField, account_id: UUID, session: Session
) -> Response:
    """The account keeps its other rights; its sessions end. For staff and its organisers.

    Organisers may remove themselves. Invitations to the operation that the account sent or received
    are withdrawn. Only staff take rights from staff.
    """
    account = await access.lock_organiser(session, caller, operation_id, account_id)
    await commands.remove_organiser(session, account, operation_id)
    return Response(status_code=204)
