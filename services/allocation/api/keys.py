"""Routes for sharing keys."""

from collections.abc import Iterable

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.http import problems
from libs.common.ids import OperationId, OperationIdField
from services.allocation import access
from services.allocation.api.dependencies import ACCESS, Member, Organiser, Session
from services.allocation.commands.keys import set_key
from services.allocation.domain.keys import KeyInvalid, KeyMalformed, KeyTypeUnsupported
from services.allocation.domain.scope import EVERYTHING, Scope
from services.allocation.domain.timeline import (
    KeyNeverInForce,
    KeyOverlap,
    KeyPeriod,
    only_points,
    unknown_points,
)
from services.allocation.schemas.keys import DayField, KeyIn, KeyOut
from services.allocation.store import copies, timelines
from services.allocation.store.copies import OperationUnknown

router = APIRouter()


@router.put(
    "/operations/{operation_id}/keys/{valid_from}",
    summary="Set the sharing key from a day on",
    responses=problems(
        *ACCESS, KeyMalformed, KeyInvalid, KeyTypeUnsupported, KeyOverlap, KeyNeverInForce
    ),
)
async def put_key(
    operation_id: OperationIdField,
    valid_from: DayField,
    body: KeyIn,
    session: Session,
    principal: Organiser,
) -> KeyOut:
    """In force over `[valid_from, valid_to)`; the local days that it changes are allocated again.

    Replaces the key that begins on that day; the same again changes nothing. Without `valid_to` a
    key is in force until a later one begins, so a new key ends the open-ended one before it. With
    `valid_to` it must not reach into a later key: `key-overlap`. The operation need not have got
    through from the community service yet; see `unknown_points` of the answer.
    """
    principal.check_may_run(operation_id)
    period = await set_key(
        session,
        operation_id,
        valid_from=valid_from,
        valid_to=body.valid_to,
        definition=body.definition,
    )
    return (await _keys_out(session, operation_id, [period], EVERYTHING))[0]


@router.get(
    "/operations/{operation_id}/keys",
    summary="The sharing keys of an operation",
    responses=problems(*ACCESS, OperationUnknown),
)
async def list_keys(
    operation_id: OperationIdField, session: Session, principal: Member
) -> list[KeyOut]:
    """By `valid_from`. Members of the operation see them too, without the points of others."""
    scope = await access.get_scope(session, principal, operation_id)
    timeline = await timelines.get_timeline(session, operation_id)
    return await _keys_out(session, operation_id, timeline, scope)


async def _keys_out(
    session: AsyncSession, operation_id: OperationId, periods: Iterable[KeyPeriod], scope: Scope
) -> list[KeyOut]:
    perimeters = await copies.list_perimeters(session, [operation_id])
    perimeter = perimeters.get(operation_id)
    answer = []
    for period in periods:
        unknown = unknown_points(period, perimeter)
        if scope.own is None:
            answer.append(KeyOut.of(period, period.definition, unknown))
        else:
            own = scope.points
            answer.append(KeyOut.of(period, only_points(period.definition, own), unknown & own))
    return answer
