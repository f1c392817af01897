"""End the enrolments of a point that has left, as the DSO reports."""

from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.ingest import PointLeft
from services.community.commands.enrolments.steps import record_step
from services.community.domain.enrolments.enrolment import (
    TOLD,
    Enrolment,
    EnrolmentState,
    Step,
    StepKind,
)
from services.community.domain.members.perimeter import ended_by_departure
from services.community.store.enrolments import enrolments
from services.community.store.members import registry
from services.community.tables import EnrolmentRow

_DSO = "dso"
_OPEN = {EnrolmentState.PROSPECT, EnrolmentState.SIGNED}


async def end_enrolments_of_left_point(session: AsyncSession, departure: PointLeft) -> None:
    """End enrolments whose participations the DSO has ended; repeating it changes nothing.

    Plans of the same members at the point that were not declared are withdrawn.
    """
    await registry.get_operation(session, departure.operation_id, lock=True)
    rows = await enrolments.lock_enrolments_of_point(session, departure.operation_id, departure.prm)
    enrolments_by_id = {row.id: enrolments.to_enrolment(row) for row in rows}
    ended_enrolments = [
        enrolment
        for enrolment in enrolments_by_id.values()
        if _is_ended_by(enrolment, departure.left_on)
    ]
    leaver_ids = {enrolment.member_id for enrolment in ended_enrolments}
    for row in rows:
        enrolment = enrolments_by_id[row.id]
        if enrolment in ended_enrolments:
            ended = replace(
                enrolment, state=EnrolmentState.EXIT_DECLARED, valid_to=departure.left_on
            )
            await _follow_dso(session, row, StepKind.LOSE, ended, departure)
        elif enrolment.state in _OPEN and enrolment.member_id in leaver_ids:
            # The next occupant's plans for the point stay.
            withdrawn = replace(enrolment, state=EnrolmentState.WITHDRAWN)
            await _follow_dso(session, row, StepKind.WITHDRAW, withdrawn, departure)


async def _follow_dso(
    session: AsyncSession,
    row: EnrolmentRow,
    kind: StepKind,
    after: Enrolment,
    departure: PointLeft,
) -> None:
    step = Step(kind=kind, day=departure.left_on, reason=departure.reason)
    await record_step(session, row, after, step, by=_DSO)


def _is_ended_by(enrolment: Enrolment, left_on: date) -> bool:
    """Whether the departure that the DSO reports ends the enrolment's participation."""
    participation = enrolment.participation
    ended = ended_by_departure([participation], participation.prm, left_on)
    return enrolment.state in TOLD and bool(ended)
