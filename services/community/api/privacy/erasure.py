"""Routes for the erasure of a member (GDPR, art. 17)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, status
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import Staff, StaffOrMember
from libs.common.edge.pages import AfterMemberId, Limit
from libs.common.file_store import FilesUnavailable, file_store
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.community.api.dependencies import Session
from services.community.commands.desk.documents import ROOM
from services.community.commands.privacy import erasure as commands
from services.community.domain.messages.messages import Language
from services.community.domain.privacy.erasure import (
    DebtsNotChecked,
    ErasureExecuted,
    ErasureRefused,
    ErasureUnknown,
)
from services.community.domain.problems import MemberUnknown
from services.community.schemas.privacy.erasure import ErasureIn, ErasureOut, ErasureRequestOut
from services.community.store.members import registry
from services.community.store.privacy import erasure as erasure_store

router = APIRouter(prefix="/members/{member_id}/erasure", route_class=TokenFirstRoute)

requests_router = APIRouter(prefix="/erasure-requests", route_class=TokenFirstRoute)

InLanguage = Annotated[Language, Query(description="of the notes")]


@router.get("", summary="Show what an erasure would remove", responses=problems(MemberUnknown))
async def show_erasure(
    caller: StaffOrMember, member_id: UUID, session: Session, language: InLanguage = "fr"
) -> ErasureOut:
    """Return the data to erase, the data that a law keeps, and the obstacles; or the outcome.

    For staff and the member. Once it is executed, the numbers are those of the execution.
    """
    caller.check_is_member_or_staff(member_id)
    erasure = await _erasure_out(session, member_id, language)
    await note_access(session, caller, [member_id])
    return erasure


@router.put("", summary="Request an erasure", responses=problems(MemberUnknown))
async def request_erasure(
    caller: StaffOrMember, member_id: UUID, session: Session, language: InLanguage = "fr"
) -> ErasureOut:
    """Record the request; staff execute it within a month. For staff and the member.

    Repeating it changes nothing. The answer shows what it will erase, and what has to end before.
    """
    caller.check_is_member_or_staff(member_id)
    is_own = caller.is_member(member_id)
    await commands.request_erasure(session, member_id, by=caller.subject, is_own=is_own)
    return await _erasure_out(session, member_id, language)


@router.delete(
    "",
    summary="Withdraw a request for erasure",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(MemberUnknown, ErasureUnknown, ErasureExecuted),
)
async def withdraw_erasure(caller: StaffOrMember, member_id: UUID, session: Session) -> None:
    """Possible until staff have executed it: before, nothing is erased.

    For staff and the member, who is notified if another person did it.
    """
    caller.check_is_member_or_staff(member_id)
    await commands.withdraw_erasure(session, member_id, is_own=caller.is_member(member_id))


@router.post(
    "/execution",
    summary="Erase a member",
    responses=problems(
        MemberUnknown, ErasureUnknown, ErasureRefused, DebtsNotChecked, FilesUnavailable
    ),
)
async def erase_member(
    *,
    request: Request,
    caller: Staff,
    member_id: UUID,
    body: ErasureIn,
    session: Session,
    language: InLanguage = "fr",
) -> ErasureOut:
    """Empty the member's record and log-ins, delete messages and invitations, end consents.

    Staff only, once it was requested. It cannot be undone. `erasure-refused` says what has to
    end before. Billing deletes its copy except what is on documents. Repeating it changes nothing.
    """
    files = file_store(request.app.state.settings, ROOM)
    await commands.erase_member(
        session, member_id, by=caller.subject, nothing_is_owed=body.nothing_is_owed, files=files
    )
    return await _erasure_out(session, member_id, language)


@requests_router.get("", summary="List the requests for erasure that wait")
async def list_erasure_requests(
    *, caller: Staff, session: Session, after: AfterMemberId = None, limit: Limit = 100
) -> list[ErasureRequestOut]:
    """Members who asked and are not erased yet, by id. Staff only."""
    requests = await erasure_store.list_requests(session, after=after, limit=limit)
    await note_access(session, caller, [request.member_id for request in requests])
    return [ErasureRequestOut.of(request) for request in requests]


async def _erasure_out(session: AsyncSession, member_id: UUID, language: Language) -> ErasureOut:
    member = await registry.get_member(session, member_id)
    erasure = await erasure_store.find_erasure(session, member_id)
    today = today_in(session)
    standing = await erasure_store.find_standing(session, member_id, today=today)
    erased, kept = await erasure_store.count_erased_and_kept(session, member)
    if erasure is not None and erasure.erased is not None and erasure.kept is not None:
        erased, kept = erasure.erased, erasure.kept
    return ErasureOut.of(
        member_id,
        requested_at=erasure.requested_at if erasure else None,
        executed_at=erasure.executed_at if erasure else None,
        executed_by=erasure.executed_by if erasure else None,
        standing=standing,
        erased=erased,
        kept=kept,
        language=language,
    )
