"""Write the coefficients of a month, and record their submission to the network operator."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.events.allocation import CoefficientsSent
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.commands.days import load_facts
from services.allocation.domain.coefficients.days import rounded_day
from services.allocation.domain.coefficients.export import Export, export
from services.allocation.domain.coefficients.layout import layout_of
from services.allocation.domain.coefficients.problems import (
    CoefficientsNotNeeded,
    CoefficientsSetBefore,
)
from services.allocation.domain.coefficients.rounding import FileFormat
from services.allocation.domain.days import DayFacts
from services.allocation.domain.keys.bases import CoefficientBasis
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.domain.settlements import (
    DaysIncomplete,
    DaysWaiting,
    NothingToSettle,
    check_settleable,
)
from services.allocation.store import coefficients, copies, days, policies, shares, stale
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.tables import CoefficientSubmissionRow

_NO_FILE = (
    CoefficientsSetBefore,
    NothingToSettle,
    DaysWaiting,
    DaysIncomplete,
    CoefficientsNotNeeded,
    CoefficientStepUnfit,
)


_STANDING_IN = {
    CoefficientBasis.LAST_DEPOSIT: "those of the last deposit settle it",
    CoefficientBasis.DEFAULT_KEY: "the DSO's own rule settles it",
}


class CoefficientsChanged(Problem):
    status, slug, title = 409, "coefficients-changed", "The coefficients have changed"
    example_detail = (
        "The file sent differs from the present export: export it again, send and record that."
    )
    example_facts: ClassVar = {"sha256": "5e0f" * 16}


@dataclass(frozen=True)
class MonthExport:
    """key_types: of the keys in force on any day of the month, sorted."""

    export: Export
    key_types: Sequence[str]


async def export_coefficients(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> MonthExport:
    """Return the coefficients to send to the network operator, from the shares as they are now.

    Raises OperationUnknown, CoefficientsSetBefore, NothingToSettle, DaysWaiting, DaysIncomplete,
    CoefficientsNotNeeded, CoefficientStepUnfit.
    """
    perimeter = await copies.get_perimeter(session, operation_id)
    _check_set_after(await get_operation_keys(session, operation_id), month)
    month_days = await days.list_month_days(session, perimeter, month)
    check_settleable(month, month_days)
    policy = await policies.get_policy(session, operation_id)
    facts = await load_facts(session, [(operation_id, month_day.day) for month_day in month_days])
    keys = [day_facts.key for day_facts in facts if day_facts.key is not None]
    form = FileFormat(
        layout=layout_of(keys),
        decimals=policy.coefficient_decimals,
        step_min=policy.coefficient_step_min or min(day_facts.step_min for day_facts in facts),
    )
    rounded_days = []
    for day_facts in facts:
        day_shares = await shares.list_step_shares(session, operation_id, [day_facts.day])
        if await days.list_month_days(session, perimeter, month) != month_days:
            # Readings and shares were read one after the other: they may not match.
            raise DaysWaiting(f"Days of {month} are being allocated again: try again.")
        # Off the event loop, as heartbeats must not wait for arithmetic.
        rounded_days.append(await asyncio.to_thread(rounded_day, day_facts, day_shares, form))
    month_export = await asyncio.to_thread(
        export,
        operation_id,
        form,
        [rounded for rounded in rounded_days if rounded is not None],
        first_day=month.days[0],
        last_day=month.days[-1],
        producers=_points(facts, Direction.PRODUCTION),
        consumers=_points(facts, Direction.CONSUMPTION),
    )
    return MonthExport(month_export, sorted({key.type for key in keys}))


def _check_set_after(keys: OperationKeys, month: Month) -> None:
    bases = [period.basis for period in keys.during(month) if period.basis is not None]
    if not bases:
        return
    number = keys.deposits.get(month)
    if number is None:
        raise CoefficientsSetBefore(
            f"The coefficients of {month} are set before the month, and none were deposited: "
            f"{_STANDING_IN[bases[0].basis]}. Deposit them while there is time.",
            deposit=None,
        )
    raise CoefficientsSetBefore(
        f"The coefficients of {month} are set before the month, and deposit {number} settles it: "
        "give the DSO that file. None is made of what was metered.",
        deposit=number,
    )


def _points(facts: Sequence[DayFacts], direction: Direction) -> set[Prm]:
    return {
        participant.prm
        for day_facts in facts
        for participant in day_facts.participants
        if participant.direction == direction
    }


async def find_checksum(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> str | None:
    """Return the checksum of what would be exported now; None when nothing can or need be."""
    try:
        return (await export_coefficients(session, operation_id, month)).export.sha256
    except _NO_FILE:
        return None


async def record_submission(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    recorded_by: str,
    sent_at: datetime | None = None,
    sha256: str | None = None,
    note: str | None = None,
) -> tuple[CoefficientSubmissionRow, bool]:
    """Record and publish a submission; return its row, and whether it is new.

    The same content as the last submission is not new. sha256: of the file that was sent, if the
    sender knows it. Raises CoefficientsChanged when that is not the current export, and what the
    export raises.
    """
    # The lock also waits for the workers, so the days are not replaced while we read them.
    await stale.lock_operations(session, [operation_id])
    now = (await export_coefficients(session, operation_id, month)).export
    _check_is_exported_now(sha256, now)
    earlier = await coefficients.list_submissions(session, operation_id, month)
    if earlier and earlier[-1].sha256 == now.sha256:
        return earlier[-1], False
    recorded_at = now_in(session)
    row = CoefficientSubmissionRow(
        operation_id=operation_id,
        month=str(month),
        number=len(earlier) + 1,
        sent_at=(sent_at or recorded_at).astimezone(UTC),
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        note=note,
        name=now.name,
        media_type=now.media_type,
        sha256=now.sha256,
        files=[file.description for file in now.files],
        content=now.content,
    )
    await _keep(session, row)
    return row, True


async def _keep(session: AsyncSession, row: CoefficientSubmissionRow) -> None:
    await coefficients.add_submission(session, row)
    sent = CoefficientsSent(
        time=row.recorded_at,
        operation_id=OperationId(row.operation_id),
        month=row.month,
        number=row.number,
        sent_at=row.sent_at,
        sha256=row.sha256,
    )
    await messaging.publish(session, sent)


def _check_is_exported_now(sha256: str | None, now: Export) -> None:
    if sha256 is not None and sha256 != now.sha256:
        raise CoefficientsChanged(
            "The file sent differs from the present export: export it again, send and record that.",
            sha256=now.sha256,
        )
