"""Write the coefficients of a month, and record that they were sent to the network operator."""

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
from services.allocation.domain.coefficient_files.days import rounded_day
from services.allocation.domain.coefficient_files.export import Export, export
from services.allocation.domain.coefficient_files.layout import layout_of
from services.allocation.domain.coefficient_files.problems import (
    CoefficientsNotNeeded,
    CoefficientStepUnfit,
)
from services.allocation.domain.coefficient_files.rounding import FileFormat
from services.allocation.domain.days import DayFacts
from services.allocation.domain.settlements import (
    DaysIncomplete,
    DaysWaiting,
    NothingToSettle,
    check_settleable,
)
from services.allocation.store import coefficients, copies, days, policies, shares, stale
from services.allocation.tables import CoefficientSubmissionRow

_NO_FILE = (
    NothingToSettle,
    DaysWaiting,
    DaysIncomplete,
    CoefficientsNotNeeded,
    CoefficientStepUnfit,
)


class CoefficientsChanged(Problem):
    status, slug, title = 409, "coefficients-changed", "The coefficients are no longer those"
    example_detail = (
        "What was sent is not what is exported now: export again, send that, and record it."
    )
    example_facts: ClassVar = {"sha256": "5e0f" * 16}


@dataclass(frozen=True)
class MonthExport:
    """key_types: of the keys in force on some day of the month, sorted."""

    export: Export
    key_types: Sequence[str]


async def export_coefficients(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> MonthExport:
    """What the network operator is to be sent for a month, from the shares as they are now.

    Raises OperationUnknown, NothingToSettle, DaysWaiting, DaysIncomplete, CoefficientsNotNeeded,
    CoefficientStepUnfit.
    """
    perimeter = await copies.get_perimeter(session, operation_id)
    month_days = await days.list_month_days(session, perimeter, month)
    check_settleable(month, month_days)
    policy = await policies.get_policy(session, operation_id)
    facts = await load_facts(session, [(operation_id, one.day) for one in month_days])
    keys = [one.key for one in facts if one.key is not None]
    form = FileFormat(
        layout=layout_of(keys),
        decimals=policy.coefficient_decimals,
        step_min=policy.coefficient_step_min or min(one.step_min for one in facts),
    )
    parts = []
    for one in facts:
        of_day = await shares.list_step_shares(session, operation_id, [one.day])
        if await days.list_month_days(session, perimeter, month) != month_days:
            # Readings and shares were read one after the other: they may not belong together.
            raise DaysWaiting(f"Days of {month} are being allocated again: try again.")
        # Off the event loop, as heartbeats must not wait for arithmetic.
        parts.append(await asyncio.to_thread(rounded_day, one, of_day, form))
    written = await asyncio.to_thread(
        export,
        operation_id,
        form,
        [part for part in parts if part is not None],
        first_day=month.days[0],
        last_day=month.days[-1],
        producers=_points(facts, Direction.PRODUCTION),
        consumers=_points(facts, Direction.CONSUMPTION),
    )
    return MonthExport(written, sorted({key.type for key in keys}))


def _points(facts: Sequence[DayFacts], direction: Direction) -> set[Prm]:
    return {who.prm for one in facts for who in one.participants if who.direction == direction}


async def find_checksum(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> str | None:
    """Of what would be exported now; None when nothing can be, or need be."""
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
    """Remember what was sent, tell the others, and say if it is news; the last again is none.

    sha256: of the file that was sent, when the sender knows it.
    Raises CoefficientsChanged when that is not what is exported now, and what the export raises.
    """
    # It also waits for the workers, so the days are not replaced while we read them.
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
            "What was sent is not what is exported now: export again, send that, and record it.",
            sha256=now.sha256,
        )
