"""Routes for what members say about their curves."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.community import access
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.privacy import consents as commands
from services.community.domain.problems import (
    ConsentChanged,
    ConsentEmpty,
    ConsentTooLong,
    ConsentUnknown,
    MemberUnknown,
    PointNotTheirs,
    PointUnknown,
    ProofMissing,
)
from services.community.schemas.privacy.consents import ConsentIn, ConsentOut
from services.community.store.privacy import consents as store

router = APIRouter(prefix="/members/{member_id}/consents", route_class=TokenFirstRoute)


@router.get(
    "",
    summary="List a member's consents",
)
async def list_consents(caller: AnyPerson, member_id: UUID, session: Session) -> list[ConsentOut]:
    """All the member's consents and refusals, by prm and first day, including withdrawn ones.

    For staff, organisers of an operation with the member, and the member.
    """
    await access.check_may_see_member(session, caller, member_id)
    await note_access(session, caller, [member_id])
    consents = await store.list_consents(session, member_id)
    return [ConsentOut.model_validate(consent) for consent in consents]


@router.put(
    "/{consent_id}",
    summary="Record a consent or a refusal",
    responses=problems(
        MemberUnknown,
        PointUnknown,
        PointNotTheirs,
        ConsentEmpty,
        ConsentTooLong,
        ConsentChanged,
        ProofMissing,
    )
    | {201: {"model": ConsentOut, "description": "It is new"}},
)
async def put_consent(
    *,
    caller: AnyPerson,
    member_id: UUID,
    consent_id: UUID,
    body: ConsentIn,
    session: Session,
    response: Response,
) -> ConsentOut:
    """Record the member's choice for one purpose and one granularity, under an id of your choice.

    For the member, with points they take part with; staff and the member's organisers give the
    proof. A record never changes: repeating it changes nothing; to change the choice, withdraw it.
    """
    consent = body.to_consent(member_id, consent_id)
    await access.check_may_speak_for(session, caller, member_id)
    row, is_new = await commands.record_consent(
        session, Claimant.of(caller), consent, is_own=caller.is_member(member_id)
    )
    response.status_code = 201 if is_new else 200
    return ConsentOut.model_validate(row)


@router.post(
    "/{consent_id}/withdrawal",
    summary="Withdraw a consent",
    responses=problems(MemberUnknown, ConsentUnknown),
)
async def withdraw_consent(
    caller: AnyPerson, member_id: UUID, consent_id: UUID, session: Session
) -> ConsentOut:
    """It no longer counts, from today on; the record stays.

    For the member, staff and the member's organisers. Repeating it changes nothing.
    """
    await access.check_may_speak_for(session, caller, member_id)
    consent = await commands.withdraw_consent(session, member_id, consent_id, by=caller.subject)
    return ConsentOut.model_validate(consent)
