"""Routes for validation rules: the rules, their settings, and the readings they flagged."""

from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff, StaffOrganiserOrFeed, StaffOrOrganiser
from libs.common.edge.pages import LongLimit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import PeriodInQuery, Session
from services.ingest.commands import validation as commands
from services.ingest.domain.problems import PeriodInvalid, RuleUnknown, SettingInvalid
from services.ingest.domain.rules import RULES
from services.ingest.schemas.quarantine import CodeField
from services.ingest.schemas.validation import (
    ChangesIn,
    FlagOut,
    RenewedOut,
    RuleOut,
    ValidationOut,
)
from services.ingest.store.rules import flags as flag_store

router = APIRouter(route_class=TokenFirstRoute)

_MAX_RENEWED_DAYS = 31


@router.get("/rules", summary="List the validation rules")
async def list_rules(_caller: StaffOrganiserOrFeed) -> list[RuleOut]:
    """Each rule with its code, its meaning, its possible settings and its parameters."""
    return [RuleOut.of(rule) for rule in RULES.values()]


@router.put(
    "/validation",
    summary="Set the validation settings of the platform",
    responses=problems(RuleUnknown, SettingInvalid),
)
async def put_platform_validation(
    body: ChangesIn, _caller: Staff, session: Session
) -> ValidationOut:
    """The rules apply where an operation sets no other; they replace all former settings.

    They apply to readings that arrive from now on.
    """
    return ValidationOut.of(await commands.set_rules(session, None, body.to_changes()))


@router.get("/validation", summary="Show the validation settings of the platform")
async def get_platform_validation(_caller: StaffOrOrganiser, session: Session) -> ValidationOut:
    """All rules, with defaults where nothing is set."""
    return ValidationOut.of(await commands.get_settings(session, None))


@router.put(
    "/operations/{operation_id}/validation",
    summary="Set the validation settings of an operation",
    responses=problems(RuleUnknown, SettingInvalid),
)
async def put_validation(
    operation_id: OperationIdField, body: ChangesIn, _caller: Staff, session: Session
) -> ValidationOut:
    """The rules apply on days on which points take part; they replace all former settings.

    Rules left out follow the platform. The rules apply to readings that arrive from now on:
    `POST …/flags/renewal` checks stored ones again.
    """
    return ValidationOut.of(await commands.set_rules(session, operation_id, body.to_changes()))


@router.get(
    "/operations/{operation_id}/validation",
    summary="Show the validation settings of an operation",
)
async def get_validation(
    operation_id: OperationIdField, caller: StaffOrOrganiser, session: Session
) -> ValidationOut:
    """All rules, for staff and the operation's organiser."""
    caller.check_may_run(operation_id)
    return ValidationOut.of(await commands.get_settings(session, operation_id))


@router.get(
    "/operations/{operation_id}/flags",
    summary="List the readings flagged in an operation",
    responses=problems(PeriodInvalid),
)
async def list_flags(
    *,
    operation_id: OperationIdField,
    period: PeriodInQuery,
    code: CodeField | None = None,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: LongLimit = 1000,
    caller: StaffOrOrganiser,
    session: Session,
) -> list[FlagOut]:
    """Local days `[from_day, to_day)`, in order of day and prm; for staff and its organiser.

    A flagged reading counts like any other. Flags describe the current values: those of a corrected
    value are gone.
    """
    caller.check_may_run(operation_id)
    flags = await flag_store.list_of_operation(
        session,
        operation_id,
        from_day=period.from_day,
        to_day=period.to_day,
        code=code,
        offset=offset,
        limit=limit,
    )
    return [FlagOut.model_validate(flag) for flag in flags]


@router.post(
    "/operations/{operation_id}/flags/renewal",
    summary="Flag stored readings again by the current rules",
    responses=problems(PeriodInvalid),
)
async def renew_flags(
    operation_id: OperationIdField, period: PeriodInQuery, _caller: Staff, session: Session
) -> RenewedOut:
    """For use after rules or the power of a point have changed; at most 31 days at once.

    Values that a rule would quarantine stay in use, and are flagged.
    """
    period.check_at_most(_MAX_RENEWED_DAYS)
    days = await commands.renew_flags(
        session, operation_id, from_day=period.from_day, to_day=period.to_day
    )
    return RenewedOut(days=days)
