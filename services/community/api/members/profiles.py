"""Routes by which members see and change their own profile."""

from fastapi import APIRouter, Request, status
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import OnlyMember
from libs.common.http import problems
from libs.common.ids import Direction
from libs.common.settings import Settings
from services.community.api.dependencies import Session
from services.community.commands.members import profiles as commands
from services.community.domain.members.profiles import ConfirmationRefused, TooManyEmailChanges
from services.community.domain.problems import MemberUnknown
from services.community.schemas import MemberOut
from services.community.schemas.members.profiles import (
    ContactIn,
    EmailChangeAskedOut,
    EmailChangeIn,
    EmailConfirmationIn,
    EmailConfirmedOut,
    OwnParticipationOut,
    ProfileOut,
    WaitingEmailOut,
)
from services.community.store.members import profiles, registry
from services.community.tables import MemberRow

router = APIRouter(route_class=TokenFirstRoute)


@router.get("/me/member", summary="Show my profile", responses=problems(MemberUnknown))
async def show_profile(caller: OnlyMember, session: Session) -> ProfileOut:
    """The calling member, with all points in all operations, including former ones."""
    member = await registry.get_member(session, caller.get_own_member_id())
    return await profile_out(session, member)


async def profile_out(session: AsyncSession, member: MemberRow) -> ProfileOut:
    rows = await profiles.list_participations_of_member(session, member.id)
    return ProfileOut(
        member=MemberOut.model_validate(member),
        participations=[
            OwnParticipationOut(
                operation_id=row.operation_id,
                operation_name=operation_name,
                prm=row.prm,
                point_label=label,
                direction=Direction(row.direction),
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                load_curve_url=f"/ingest/points/{row.prm}/load-curve",
                accesses_url=f"/ingest/points/{row.prm}/accesses",
            )
            for row, operation_name, label in rows
        ],
    )


@router.put(
    "/me/contact",
    summary="Change my address and language",
    responses=problems(MemberUnknown),
)
async def put_contact(caller: OnlyMember, body: ContactIn, session: Session) -> MemberOut:
    """The member's addresses of residence and delivery, and their language.

    It applies from the next invoice on. Repeating it changes nothing. Staff and organisers change
    the rest of a member's record.
    """
    member_id = caller.get_own_member_id()
    member = await commands.change_contact(session, member_id, **dict(body))
    return MemberOut.model_validate(member)


@router.post(
    "/me/email-changes",
    summary="Change my e-mail address",
    status_code=202,
    responses=problems(MemberUnknown, TooManyEmailChanges),
)
async def ask_for_email_change(
    request: Request, caller: OnlyMember, body: EmailChangeIn, session: Session
) -> EmailChangeAskedOut:
    """Send a link to the new address, good for a day; the old address stays until it is used.

    The same address again sends another link. Messages go to this address. The address for logging
    in is the account's, and stays.
    """
    settings: Settings = request.app.state.settings
    member_id = caller.get_own_member_id()
    await commands.ask_for_email_change(
        session, member_id, email=body.email, public_url=settings.public_url
    )
    return EmailChangeAskedOut()


@router.get(
    "/me/email-changes",
    summary="List the e-mail addresses that wait for confirmation",
    responses=problems(MemberUnknown),
)
async def list_email_changes(caller: OnlyMember, session: Session) -> list[WaitingEmailOut]:
    """Each address once, at most three; the latest request comes first."""
    member_id = caller.get_own_member_id()
    await registry.get_member(session, member_id)
    waiting = await profiles.list_waiting_addresses(session, member_id, now=now_in(session))
    return [WaitingEmailOut(email=email, expires_at=at) for email, at in waiting]


@router.delete(
    "/me/email-changes",
    summary="Keep my e-mail address after all",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(MemberUnknown),
)
async def delete_email_changes(caller: OnlyMember, session: Session) -> None:
    """Links already sent stop working; repeating it changes nothing.

    They still count towards the limit of three links a day, to whatever addresses.
    """
    await commands.cancel_email_changes(session, caller.get_own_member_id())


@router.post(
    "/email-changes/confirmation",
    summary="Confirm an e-mail address",
    responses=problems(ConfirmationRefused),
)
async def confirm_email_change(body: EmailConfirmationIn, session: Session) -> EmailConfirmedOut:
    """Messages go to the new address from now on; the old one is notified. Needs no token."""
    email = await commands.confirm_email_change(session, body.secret.get_secret_value())
    return EmailConfirmedOut(email=email)
