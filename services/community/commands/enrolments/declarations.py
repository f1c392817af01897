"""Make the file that declares entries and exits to the DSO, and take the steps it stands for."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.community.claims import Claimant
from services.community.commands.enrolments.enrolments import (
    Taking,
    complete_steps,
    follow_in_perimeter,
    plan_step,
)
from services.community.domain.enrolments.declarations import (
    DeclarationElsewhere,
    DeclarationLine,
    Movement,
    NothingToDeclare,
    write,
)
from services.community.domain.enrolments.enrolment import Enrolment, EnrolmentState, Step, StepKind
from services.community.domain.enrolments.problems import StepDayUnfit
from services.community.domain.feasibility.perimeter import Breaches
from services.community.store.enrolments import declarations, enrolments
from services.community.store.members import registry
from services.community.tables import DeclarationLineRow, DeclarationRow, EnrolmentStepRow

_STEPS = {EnrolmentState.SIGNED: StepKind.DECLARE, EnrolmentState.LEAVING: StepKind.DECLARE_EXIT}


@dataclass(frozen=True)
class LeftOut:
    """An enrolment that waits for its declaration and cannot be declared, and why."""

    enrolment: Enrolment
    problem: Problem


@dataclass(frozen=True)
class DeclarationPlan:
    """The content of a declaration made on a day."""

    takings: Sequence[Taking]
    left_out: Sequence[LeftOut]
    breaches: Breaches | None
    """How the resulting perimeter would break the law."""


async def plan_declaration(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, day: date
) -> DeclarationPlan:
    """Plan all signed and leaving enrolments that fit; of two entries, the one signed first.

    Raises OperationUnknown, StepDayUnfit for a day to come.
    """
    await registry.get_operation(session, operation_id, lock=True)
    if day > today_in(session):
        raise StepDayUnfit(f"{day} is to come: declare on that day.")
    rows = await enrolments.lock_enrolments(session, operation_id, _STEPS.keys())
    steps = await enrolments.map_steps(session, [row.id for row in rows])
    takings: list[Taking] = []
    left_out: list[LeftOut] = []
    for row in sorted(rows, key=lambda row: (_signed(steps[row.id]), row.id)):
        step = Step(kind=_STEPS[EnrolmentState(row.state)], day=day)
        try:
            takings.append(await plan_step(session, row, steps[row.id], step))
        except Problem as problem:
            left_out.append(LeftOut(enrolments.to_enrolment(row), problem))
    fitting = await _sort_out(session, claimant, operation_id, takings)
    return replace(fitting, left_out=[*left_out, *fitting.left_out])


def _signed(steps: Sequence[EnrolmentStepRow]) -> tuple[date, datetime]:
    """Return the day of signing and when it was recorded, which orders those of one day.

    An enrolment taken over from a former list was not signed here: its first step counts.
    """
    signing = next((step for step in reversed(steps) if step.kind == StepKind.SIGN), steps[0])
    return signing.day, signing.recorded_at


async def _sort_out(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, takings: Sequence[Taking]
) -> DeclarationPlan:
    """Separate the enrolments that can be declared together from the others.

    One that does not fit stops no other. Exits go first, as they make room; then each entry that
    fits with those signed before it.
    """
    with suppress(Problem):
        return DeclarationPlan(takings, [], await _try(session, claimant, operation_id, takings))
    fitting: list[Taking] = []
    unfit: list[LeftOut] = []
    breaches = None
    for taking in sorted(takings, key=lambda taking: taking.step.kind == StepKind.DECLARE):
        try:
            breaches = await _try(session, claimant, operation_id, [*fitting, taking])
            fitting.append(taking)
        except Problem as problem:
            unfit.append(LeftOut(taking.before, problem))
    return DeclarationPlan(fitting, unfit, breaches)


async def _try(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, takings: Sequence[Taking]
) -> Breaches | None:
    """Apply the takings to the perimeter, and undo it. Raises what ``follow_in_perimeter`` does."""
    async with session.begin_nested() as attempt:
        breaches = await follow_in_perimeter(session, claimant, operation_id, takings)
        await attempt.rollback()
    return breaches


async def declare(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    declaration_id: UUID,
    day: date,
) -> tuple[DeclarationRow, Breaches | None]:
    """Keep the file of all that can be declared and take these steps; repeating it changes nothing.

    Returns also how the resulting perimeter breaks the law.
    Raises OperationUnknown, StepDayUnfit, NothingToDeclare, DeclarationElsewhere.
    """
    await registry.get_operation(session, operation_id, lock=True)
    recorded = await declarations.find_declaration_to_make(session, declaration_id)
    if recorded is not None:
        if recorded.operation_id != operation_id:
            raise DeclarationElsewhere(f"Choose another id for a declaration of {operation_id}.")
        return recorded, None
    plan = await plan_declaration(session, claimant, operation_id, day)
    if not plan.takings:
        raise NothingToDeclare(
            f"Nothing can be declared; {len(plan.left_out)} left out: see GET …/declarations/next.",
            left_out=len(plan.left_out),
        )
    lines = [await _line(session, taking) for taking in plan.takings]
    content = write(operation_id, lines, declared_on=day)
    await complete_steps(session, claimant, operation_id, plan.takings)
    row = DeclarationRow(
        id=declaration_id,
        operation_id=operation_id,
        declared_on=day,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=now_in(session),
        made_by=claimant.subject,
    )
    line_rows = [line_row(declaration_id, taking) for taking in plan.takings]
    await declarations.add_declaration(session, row, line_rows)
    return row, plan.breaches


def line_row(declaration_id: UUID, taking: Taking) -> DeclarationLineRow:
    movement, day = _movement(taking)
    return DeclarationLineRow(
        declaration_id=declaration_id, enrolment_id=taking.row.id, movement=movement, day=day
    )


async def _line(session: AsyncSession, taking: Taking) -> DeclarationLine:
    movement, day = _movement(taking)
    enrolment = taking.after
    member = await registry.get_member(session, enrolment.member_id)
    point = await registry.get_point(session, enrolment.prm)
    return DeclarationLine(
        movement=movement,
        day=day,
        prm=enrolment.prm,
        direction=enrolment.direction,
        holder=member.name,
        siren=member.siren,
        address=member.delivery_address or member.address,
        subscribed_power_va=point.subscribed_power_va,
        installed_power_w=point.installed_power_w,
    )


def _movement(taking: Taking) -> tuple[Movement, date]:
    if taking.step.kind == StepKind.DECLARE:
        return Movement.ENTRY, taking.after.valid_from
    assert taking.after.valid_to is not None
    return Movement.EXIT, taking.after.valid_to
