"""Record a step of an enrolment that needs no further checks."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.domain.enrolments.enrolment import Enrolment, Step
from services.community.store.enrolments import enrolments
from services.community.tables import EnrolmentRow, EnrolmentStepRow


async def record_step(
    session: AsyncSession,
    row: EnrolmentRow | None,
    enrolment: Enrolment,
    step: Step,
    *,
    by: str,
    is_vouched: bool | None = None,
) -> EnrolmentRow:
    """Record it as the next step. row: None for a new enrolment.

    enrolment: as the step leaves it. by: who takes it, or the DSO.
    is_vouched: whether staff planned it so; None: unchanged.
    """
    number = 1 if row is None else len(await list_steps(session, row)) + 1
    row = await enrolments.save_enrolment(session, row, enrolment, is_vouched=is_vouched)
    await enrolments.add_step(
        session, row, step, number=number, recorded_at=now_in(session), recorded_by=by
    )
    return row


async def list_steps(session: AsyncSession, row: EnrolmentRow) -> Sequence[EnrolmentStepRow]:
    return (await enrolments.map_steps(session, [row.id])).get(row.id, ())
