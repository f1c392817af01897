"""Routes for the registers of co-operative shares, and what a member holds."""

import asyncio
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import Staff, StaffOrMember
from libs.common.edge.days import DayField
from libs.common.edge.pages import AfterMemberId, AfterNumber, Limit
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.logs.accesses import note_access
from services.community.api.dependencies import Session
from services.community.commands import capital as commands
from services.community.documents.certificate import render_certificate
from services.community.domain.capital.problems import (
    CapitalDayToCome,
    CapitalHolderErased,
    CapitalMovementChanged,
    CapitalMovementUnfit,
    CapitalMovementUnknown,
    CapitalSharesMissing,
    NoCapitalShares,
    NominalDiffers,
)
from services.community.domain.messages.messages import Language
from services.community.domain.problems import MemberUnknown, OrganiserUnknown
from services.community.schemas.capital import (
    CapitalCancellationIn,
    CapitalHolderOut,
    CapitalMovementIn,
    CapitalMovementOut,
    CapitalOut,
    MemberCapitalOut,
    RegisteredMovementOut,
)
from services.community.store import capital
from services.community.store.members import registry
from services.community.store.members.names import map_member_names

router = APIRouter(route_class=TokenFirstRoute)


async def _read_day(
    session: Session,
    day: Annotated[DayField | None, Query(description="at its end; default: today")] = None,
) -> date:
    """Raises CapitalDayToCome."""
    today = today_in(session)
    if day is not None and day > today:
        raise CapitalDayToCome(f"{day} is to come: give a day up to {today}.")
    return day or today


CapitalDay = Annotated[date, Depends(_read_day)]


@router.put(
    "/organisers/{organiser_id}/capital/movements/{movement_id}",
    summary="Record a movement of co-operative shares",
    responses=problems(
        OrganiserUnknown,
        MemberUnknown,
        CapitalMovementUnfit,
        CapitalMovementChanged,
        CapitalDayToCome,
        CapitalSharesMissing,
        NominalDiffers,
    )
    | {201: {"model": CapitalMovementOut, "description": "It is new"}},
)
async def put_movement(
    *,
    caller: Staff,
    organiser_id: UUID,
    movement_id: UUID,
    body: CapitalMovementIn,
    session: Session,
    response: Response,
) -> CapitalMovementOut:
    """Enter it, under an id of your choice, in the register of the organiser, a co-operative.

    Staff only. It gets the next number. Nobody may hold a negative number of shares on any day:
    `capital-shares-missing` says who would, and when. Repeating it changes nothing.
    """
    movement = body.to_movement(organiser_id, movement_id)
    row, is_new = await commands.record_movement(session, movement, by=caller.subject)
    response.status_code = 201 if is_new else 200
    return CapitalMovementOut.model_validate(row)


@router.post(
    "/organisers/{organiser_id}/capital/movements/{movement_id}/cancellation",
    summary="Cancel a mistaken movement",
    responses=problems(
        OrganiserUnknown, CapitalMovementUnknown, CapitalHolderErased, CapitalSharesMissing
    ),
)
async def cancel_movement(
    *,
    caller: Staff,
    organiser_id: UUID,
    movement_id: UUID,
    body: CapitalCancellationIn,
    session: Session,
) -> CapitalMovementOut:
    """It no longer counts, as if it had never been made, but stays in the register.

    Staff only. Shares it gave that were moved on must be available without it
    (`capital-shares-missing`). An erased member gets none back (`capital-holder-erased`). Repeating
    it changes nothing.
    """
    row = await commands.cancel_movement(
        session, organiser_id, movement_id, reason=body.reason, by=caller.subject
    )
    return CapitalMovementOut.model_validate(row)


@router.get(
    "/organisers/{organiser_id}/capital/movements",
    summary="Show the register of co-operative shares",
    responses=problems(OrganiserUnknown),
)
async def list_movements(
    *,
    caller: Staff,
    organiser_id: UUID,
    session: Session,
    after: AfterNumber = 0,
    limit: Limit = 100,
) -> list[RegisteredMovementOut]:
    """All movements in order of number, cancelled ones too; staff only."""
    await registry.get_organiser(session, organiser_id)
    rows = await capital.list_movements(session, organiser_id, after=after, limit=limit)
    sides = [member_id for row in rows for member_id in (row.from_member_id, row.to_member_id)]
    holders = {member_id for member_id in sides if member_id is not None}
    await note_access(session, caller, holders)
    names = await map_member_names(session, holders)
    return [RegisteredMovementOut.of(row, names) for row in rows]


@router.get(
    "/organisers/{organiser_id}/capital",
    summary="Show the capital and its holders at a date",
    responses=problems(OrganiserUnknown, CapitalDayToCome),
)
async def show_capital(
    *,
    caller: Staff,
    organiser_id: UUID,
    day: CapitalDay,
    session: Session,
    after: AfterMemberId = None,
    limit: Limit = 100,
) -> CapitalOut:
    """Shares in all and by member at the end of a local day, as known now; staff only.

    Holders come by member id; the totals are of all, on whatever page.
    """
    await registry.get_organiser(session, organiser_id)
    capital_shares, amount_cents = await capital.sum_register(session, organiser_id, day=day)
    holders = await capital.list_holders(session, organiser_id, day=day, after=after, limit=limit)
    await note_access(session, caller, [holder.member_id for holder in holders])
    return CapitalOut(
        organiser_id=organiser_id,
        day=day,
        capital_shares=capital_shares,
        amount_cents=amount_cents,
        holders=[CapitalHolderOut.model_validate(holder) for holder in holders],
    )


@router.get(
    "/members/{member_id}/capital",
    summary="List the co-operative shares of a member",
    responses=problems(MemberUnknown, CapitalDayToCome),
)
async def show_member_capital(
    caller: StaffOrMember, member_id: UUID, day: CapitalDay, session: Session
) -> MemberCapitalOut:
    """The member's shares in each co-operative at the end of a local day, and all movements.

    For staff and the member. In transfers, only this member is named.
    """
    caller.check_is_member_or_staff(member_id)
    await registry.get_member(session, member_id)
    await note_access(session, caller, [member_id])
    return MemberCapitalOut.of(
        member_id,
        day,
        await capital.list_holdings_of_member(session, member_id, day=day),
        await capital.list_movements_of_member(session, member_id),
    )


@router.get(
    "/members/{member_id}/capital/{organiser_id}/certificate.pdf",
    summary="Download a certificate of co-operative shares",
    response_class=Response,
    responses=problems(MemberUnknown, OrganiserUnknown, NoCapitalShares, CapitalDayToCome)
    | file_response("PDF/A-3b", {"application/pdf": None}),
)
@costs(1)
async def get_certificate(
    *,
    caller: StaffOrMember,
    member_id: UUID,
    organiser_id: UUID,
    day: CapitalDay,
    session: Session,
    language: Annotated[
        Language | None, Query(description="of the page; default: that of the member")
    ] = None,
) -> Response:
    """The member's shares in the co-operative at the end of a local day, with the movements.

    For staff and the member; a member without shares gets none (`no-capital-shares`). It is
    made from the register each time: the same register gives the same bytes.
    """
    caller.check_is_member_or_staff(member_id)
    member = await registry.get_member(session, member_id)
    await note_access(session, caller, [member_id])
    certificate = await commands.make_certificate(session, member, organiser_id, day=day)
    chosen = language or member.language
    content = await asyncio.to_thread(render_certificate, certificate, chosen)
    headers = attachment(f"certificate-{day}.pdf")
    return Response(content, media_type="application/pdf", headers=headers)
