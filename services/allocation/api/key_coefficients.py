"""Routes for the coefficients of dynamic sharing keys."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.http import problems
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.ids import OperationIdField, PrmField
from services.allocation.api.dependencies import Session
from services.allocation.commands.key_coefficients import CoefficientsUnfit, set_coefficients
from services.allocation.domain.coefficients.problems import CoefficientFileRefused
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.keys.versions import KeyStateUnfit
from services.allocation.schemas.key_coefficients import KeyCoefficientsOut
from services.allocation.store import key_coefficients
from services.allocation.store.keys import keys
from services.allocation.store.keys.keys import KeyUnknown

router = APIRouter(route_class=TokenFirstRoute)

_EXAMPLE = "Horodate;99220000000101;99220000000102\n01/10/2026 00:00;45,00;55,00\n…"


@router.put(
    "/operations/{operation_id}/keys/{key_id}/coefficients",
    summary="Set the coefficients of a dynamic key for a month",
    responses=problems(
        MonthMalformed,
        KeyUnknown,
        KeyStateUnfit,
        CoefficientFileRefused,
        CoefficientsUnfit,
        CoefficientStepUnfit,
    ),
)
@takes(LISTS_BYTES)
async def put_coefficients(
    *,
    operation_id: OperationIdField,
    key_id: UUID,
    month: MonthInQuery,
    session: Session,
    caller: StaffOrOrganiser,
    file: Annotated[bytes, Body(media_type="text/plain", examples=[_EXAMPLE])],
    producer: Annotated[
        PrmField | None, Query(description="whose file it is; only for `full_dynamic` keys")
    ] = None,
) -> list[KeyCoefficientsOut]:
    """The body is the file sent to the DSO: `Horodate;PRM1;PRM2…`, percent, decimal comma.

    It has a row for every step of the month, by local start: twice for the hour repeated in
    October, never for the one skipped in March. It replaces the file of that month (and producer);
    days that change are allocated again. Allowed as long as the key is not superseded: members
    approve the rule, its numbers follow each month. A day without coefficients is `key_incomplete`.
    `coefficient-file-refused` has the lines in `errors`. The answer lists all months of the key.
    """
    caller.check_may_run(operation_id)
    await set_coefficients(
        session, operation_id, key_id, month, file, by=caller.subject, producer=producer
    )
    months = await key_coefficients.list_known(session, operation_id, key_id)
    return [KeyCoefficientsOut.of(known_month) for known_month in months]


@router.get(
    "/operations/{operation_id}/keys/{key_id}/coefficients",
    summary="List the months for which a dynamic key has coefficients",
    responses=problems(KeyUnknown),
)
async def list_coefficients(
    operation_id: OperationIdField, key_id: UUID, session: Session, caller: StaffOrOrganiser
) -> list[KeyCoefficientsOut]:
    """Return the months by date and producer; none for a key of another type."""
    caller.check_may_run(operation_id)
    await keys.get_key(session, operation_id, key_id)
    months = await key_coefficients.list_known(session, operation_id, key_id)
    return [KeyCoefficientsOut.of(known_month) for known_month in months]
