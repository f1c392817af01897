"""Routes for sharing keys: from a draft to the days on which one is in force."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter, Depends, status
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationId, OperationIdField
from services.allocation import access
from services.allocation.api.dependencies import Session, refuse_doubles
from services.allocation.commands import keys as commands
from services.allocation.domain.keys import KeyInvalid, KeyMalformed, KeyTypeUnsupported
from services.allocation.domain.keys.timeline import (
    KeyNeverInForce,
    KeyOverlap,
    only_points,
    unknown_points,
)
from services.allocation.domain.keys.versions import (
    ApprovedBefore,
    DeclarationInFuture,
    DeclaredBefore,
    KeyNotADraft,
    KeyState,
    KeyStateUnfit,
    KeyVersion,
    NoticeTooShort,
)
from services.allocation.domain.scope import ALL_SHARES, ShareScope
from services.allocation.schemas.keys import ApprovalIn, DeclarationIn, KeyIn, KeyOut
from services.allocation.store import copies
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.keys import keys
from services.allocation.store.keys.keys import KeyUnknown

router = APIRouter(route_class=TokenFirstRoute)
_PLAIN_APPROVAL = ApprovalIn()


@router.put(
    "/operations/{operation_id}/keys/{key_id}",
    summary="Draft a sharing key",
    dependencies=[Depends(refuse_doubles)],
    responses=problems(KeyMalformed, KeyInvalid, KeyTypeUnsupported, KeyNeverInForce, KeyNotADraft),
)
async def put_key(
    operation_id: OperationIdField,
    key_id: UUID,
    body: KeyIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> KeyOut:
    """Write a draft under an id of your choice, or write it anew; shares nothing yet.

    Then approve it, declare it to the DSO and activate it. Once approved it does not change: the
    same content again is accepted, another one is `key-not-a-draft`. `dynamic` and `full_dynamic`
    keys get their coefficients separately, month by month: `PUT …/coefficients`. The operation need
    not have arrived from the community service yet; see `unknown_points` of the answer.
    """
    caller.check_may_run(operation_id)
    version = await commands.draft_key(
        session,
        operation_id,
        key_id,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        definition=body.definition,
        poll_id=body.poll_id,
        title=body.title,
        by=caller.subject,
    )
    return await _key_out(session, version)


@router.delete(
    "/operations/{operation_id}/keys/{key_id}",
    summary="Withdraw a sharing key",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(KeyUnknown, KeyStateUnfit),
)
async def delete_key(
    operation_id: OperationIdField, key_id: UUID, session: Session, caller: StaffOrOrganiser
) -> None:
    """Remove a draft, or an approved key that was not declared to the DSO."""
    caller.check_may_run(operation_id)
    await commands.withdraw_key(session, operation_id, key_id)


@router.post(
    "/operations/{operation_id}/keys/{key_id}/approval",
    summary="Approve a sharing key",
    responses=problems(KeyUnknown, OperationUnknown, KeyInvalid, ApprovedBefore),
)
async def approve_key(
    operation_id: OperationIdField,
    key_id: UUID,
    session: Session,
    caller: StaffOrOrganiser,
    body: ApprovalIn = _PLAIN_APPROVAL,
) -> KeyOut:
    """Fix a draft, with your account, the time and the poll that adopted it, if any.

    `key-invalid` lists in `prms` the points that never take part while it would be in force. A key
    that is approved already is returned unchanged; with another poll it is `approved-before`.
    """
    caller.check_may_run(operation_id)
    version = await commands.approve_key(
        session, operation_id, key_id, poll_id=body.poll_id, by=caller.subject
    )
    return await _key_out(session, version)


@router.post(
    "/operations/{operation_id}/keys/{key_id}/declaration",
    summary="Record that a sharing key was declared to the DSO",
    responses=problems(KeyUnknown, KeyStateUnfit, DeclarationInFuture, DeclaredBefore),
)
async def declare_key(
    operation_id: OperationIdField,
    key_id: UUID,
    body: DeclarationIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> KeyOut:
    """The notice of the operation's policy counts from that day. Repeating it changes nothing."""
    caller.check_may_run(operation_id)
    version = await commands.declare_key(
        session, operation_id, key_id, on=body.declared_on, by=caller.subject
    )
    return await _key_out(session, version)


@router.post(
    "/operations/{operation_id}/keys/{key_id}/activation",
    summary="Put a sharing key in force",
    responses=problems(KeyUnknown, KeyStateUnfit, NoticeTooShort, KeyOverlap),
)
async def activate_key(
    operation_id: OperationIdField, key_id: UUID, session: Session, caller: StaffOrOrganiser
) -> KeyOut:
    """In force over `[valid_from, valid_to)`; the local days that it changes are allocated again.

    It must begin at least the policy's `notice_days` after it was declared: `notice-too-short` says
    in `earliest` when. It takes the place of a key that begins on the same day. Without `valid_to`
    a key is in force until a later one begins, so a new key ends the open-ended one before it.
    With `valid_to` it must not reach into a later key: `key-overlap`. The one that it ends does not
    come back after `valid_to`: have another begin there. Repeating it changes nothing.
    """
    caller.check_may_run(operation_id)
    version = await commands.activate_key(session, operation_id, key_id, by=caller.subject)
    return await _key_out(session, version)


@router.get(
    "/operations/{operation_id}/keys",
    summary="List the sharing keys of an operation",
    responses=problems(OperationUnknown),
)
async def list_keys(
    operation_id: OperationIdField, session: Session, caller: AnyPerson
) -> list[KeyOut]:
    """All versions, by number. Members see those that are approved, without others' points."""
    scope = await access.get_scope(session, caller, operation_id)
    versions = await keys.list_keys(session, operation_id)
    sees_drafts = scope.participations is None
    shown = [version for version in versions if sees_drafts or version.state != KeyState.DRAFT]
    return await _keys_out(session, operation_id, shown, scope)


@router.get(
    "/operations/{operation_id}/keys/{key_id}",
    summary="Show a sharing key",
    responses=problems(KeyUnknown),
)
async def get_key(
    operation_id: OperationIdField, key_id: UUID, session: Session, caller: AnyPerson
) -> KeyOut:
    """A key in any state. Members see drafts that a poll asks them about, own points only."""
    version, scope = await access.get_key(session, caller, operation_id, key_id)
    return (await _keys_out(session, operation_id, [version], scope))[0]


async def _key_out(session: AsyncSession, version: KeyVersion) -> KeyOut:
    return (await _keys_out(session, version.operation_id, [version], ALL_SHARES))[0]


async def _keys_out(
    session: AsyncSession,
    operation_id: OperationId,
    versions: Iterable[KeyVersion],
    scope: ShareScope,
) -> list[KeyOut]:
    perimeters = await copies.list_perimeters(session, [operation_id])
    perimeter = perimeters.get(operation_id)
    sees_all = scope.participations is None
    answer = []
    for version in versions:
        unknown = unknown_points(version.period or version.span, perimeter)
        definition = version.definition
        answer.append(
            KeyOut.of(
                version,
                today=today_in(session),
                definition=definition if sees_all else only_points(definition, scope.points),
                unknown=unknown if sees_all else unknown & scope.points,
                with_people=sees_all,
            )
        )
    return answer
