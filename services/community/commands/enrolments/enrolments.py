"""Take points into an operation and out of it, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community import claims
from services.community.claims import Claimant
from services.community.commands.enrolments.steps import list_steps, record_step
from services.community.commands.members.participations import (
    change_perimeter,
    take_out_of_perimeter,
)
from services.community.commands.messages.notifications import notify_of_enrolment
from services.community.domain.enrolments.enrolment import (
    Circumstances,
    Enrolment,
    EnrolmentState,
    Step,
    StepKind,
    take,
)
from services.community.domain.enrolments.problems import (
    EnrolmentElsewhere,
    EnrolmentFixed,
    EnrolmentTwice,
    StepOutdated,
)
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.messages.notifications import NotificationKind
from services.community.domain.problems import ParticipationOverlap
from services.community.store.desk import conventions, documents
from services.community.store.enrolments import enrolments
from services.community.store.members import registry
from services.community.tables import EnrolmentRow, EnrolmentStepRow

_NOTIFIED = {
    StepKind.SIGN: NotificationKind.ENROLMENT_SIGNED,
    StepKind.DECLARE: NotificationKind.ENROLMENT_DECLARED,
}
"""Steps notified to the member at once; ``membership_rounds`` notifies those due on a later day."""


async def record_enrolment(
    session: AsyncSession, claimant: Claimant, enrolment: Enrolment
) -> EnrolmentRow:
    """Make it a prospect as described, or change the plan; repeating it changes nothing.

    A participation that exists already is taken over, as if it had been declared.
    Raises Forbidden, OperationUnknown, MemberUnknown, PointUnknown, ForStaffToRecord,
    EnrolmentElsewhere, EnrolmentFixed, EnrolmentTwice.
    """
    operation = await registry.get_operation(session, enrolment.operation_id, lock=True)
    await claims.check_may_enrol_members(session, claimant, [enrolment.member_id])
    await registry.check_members_exist(session, [enrolment.member_id])
    await registry.lock_points(session, [enrolment.prm])
    row = await enrolments.find_enrolment_to_change(session, enrolment.id)
    if row is not None and row.operation_id != enrolment.operation_id:
        raise EnrolmentElsewhere(f"Choose another id for an enrolment in {enrolment.operation_id}.")
    if row is None:
        planned = await _as_in_perimeter(session, enrolment)
        kind = StepKind.ADD if planned.state == EnrolmentState.PROSPECT else StepKind.TAKE_OVER
    else:
        planned = replace(enrolment, state=EnrolmentState(row.state))
        if _same_plan(planned, enrolments.to_enrolment(row)):
            return row
        _check_may_change(planned, enrolments.to_enrolment(row))
        kind = StepKind.CHANGE
    if kind is not StepKind.TAKE_OVER:
        await claims.check_may_claim(session, claimant, operation, [planned.participation])
    await _check_is_only_one(session, planned)
    step = Step(kind=kind, day=today_in(session))
    is_staff = claimant.is_staff
    return await record_step(session, row, planned, step, by=claimant.subject, is_vouched=is_staff)


async def take_step(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    enrolment_id: UUID,
    step: Step,
    *,
    after_step: int,
) -> tuple[EnrolmentRow, Breaches | None]:
    """Move the enrolment on, and make the perimeter follow what is declared to the DSO.

    after_step: number of the last step that its author has seen. Returns also the breaches of the
    law. Raises Forbidden, OperationUnknown, EnrolmentUnknown, StepOutdated, StepNotNext,
    StepDayUnfit, ConditionsMissing, ParticipationOverlap.
    """
    # The operation first: every change of its perimeter locks it.
    await registry.get_operation(session, operation_id, lock=True)
    row = await enrolments.get_enrolment(session, operation_id, enrolment_id, lock=True)
    steps = await list_steps(session, row)
    if after_step != len(steps):
        raise StepOutdated(
            f"The last step is number {len(steps)}: look at it, and say after_step {len(steps)}.",
            last_step=len(steps),
        )
    taking = await plan_step(session, row, steps, step)
    if (
        taking.before.state == EnrolmentState.DECLARED
        and taking.after.state == EnrolmentState.WITHDRAWN
    ):
        await take_out_of_perimeter(session, operation_id, taking.before.participation)
    breaches = await complete_steps(session, claimant, operation_id, [taking])
    return row, breaches


@dataclass(frozen=True, kw_only=True)
class Taking:
    """A step that can be taken: nothing is missing for it."""

    row: EnrolmentRow
    step: Step
    number: int
    before: Enrolment
    after: Enrolment

    @property
    def changes_perimeter(self) -> bool:
        return self.step.kind in {StepKind.DECLARE, StepKind.DECLARE_EXIT}


async def plan_step(
    session: AsyncSession, row: EnrolmentRow, steps: Sequence[EnrolmentStepRow], step: Step
) -> Taking:
    """Raises StepNotNext, StepDayUnfit, ConditionsMissing."""
    before = enrolments.to_enrolment(row)
    circumstances = await _circumstances(session, before, steps)
    after = take(before, step, circumstances, today=today_in(session))
    return Taking(row=row, step=step, number=len(steps) + 1, before=before, after=after)


async def complete_steps(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    takings: Sequence[Taking],
) -> Breaches | None:
    """Save the steps; those declared to the DSO change the perimeter, in one event.

    Raises Forbidden, ParticipationOverlap, PerimeterUnfit.
    """
    breaches = await follow_in_perimeter(session, claimant, operation_id, takings)
    now = now_in(session)
    for taking in takings:
        await enrolments.save_enrolment(session, taking.row, taking.after)
        await enrolments.add_step(
            session,
            taking.row,
            taking.step,
            number=taking.number,
            recorded_at=now,
            recorded_by=claimant.subject,
        )
        if taking.step.kind in _NOTIFIED:
            await notify_of_enrolment(session, taking.row, _NOTIFIED[taking.step.kind])
    return breaches


async def follow_in_perimeter(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, takings: Sequence[Taking]
) -> Breaches | None:
    """Raises Forbidden, ParticipationOverlap, PerimeterUnfit."""
    changes = [taking.after.participation for taking in takings if taking.changes_perimeter]
    if not changes:
        return None
    await _check_free(session, operation_id, takings)
    vouched = [taking.after.participation for taking in takings if taking.row.is_vouched]
    change = await change_perimeter(session, claimant, operation_id, changes, vouched=vouched)
    return change.breaches


async def _as_in_perimeter(session: AsyncSession, enrolment: Enrolment) -> Enrolment:
    scope = Scope.about(enrolment.member_id)
    current = await registry.list_participations(session, enrolment.operation_id, scope)
    planned = replace(enrolment, state=EnrolmentState.DECLARED).participation
    for participation in current:
        if participation.key == planned.key:
            state = (
                EnrolmentState.DECLARED
                if participation.valid_to is None
                else EnrolmentState.EXIT_DECLARED
            )
            return replace(enrolment, state=state, valid_to=participation.valid_to)
    return enrolment


async def _check_is_only_one(session: AsyncSession, planned: Enrolment) -> None:
    """Raises EnrolmentTwice: two could both be signed, and neither declared."""
    twin = await enrolments.find_twin(session, planned)
    if twin is not None:
        raise EnrolmentTwice(
            f"Point {planned.prm} has an enrolment from {planned.valid_from} on: lead that one on,"
            " or withdraw it first.",
            enrolment_id=str(twin.id),
        )


def _same_plan(planned: Enrolment, recorded: Enrolment) -> bool:
    return replace(planned, valid_to=recorded.valid_to) == recorded


def _check_may_change(planned: Enrolment, recorded: Enrolment) -> None:
    """A prospect may change in everything, a signed enrolment in its first day only.

    Raises EnrolmentFixed.
    """
    if recorded.state == EnrolmentState.PROSPECT:
        return
    if recorded.state == EnrolmentState.SIGNED and _same_plan(
        replace(planned, valid_from=recorded.valid_from), recorded
    ):
        return
    raise EnrolmentFixed(
        f"The enrolment is {recorded.state}: what changes is a step.", state=recorded.state
    )


async def _circumstances(
    session: AsyncSession, enrolment: Enrolment, steps: Sequence[EnrolmentStepRow]
) -> Circumstances:
    member = await registry.get_member(session, enrolment.member_id)
    undated = {StepKind.ADD, StepKind.CHANGE, StepKind.TAKE_OVER}  # on whatever day
    return Circumstances(
        convention=await conventions.get_convention(session, enrolment.operation_id),
        member_kind=member.kind,
        siren=member.siren,
        papers=await documents.list_kinds_in_force(
            session, enrolment.operation_id, enrolment.member_id, enrolment.valid_from
        ),
        last_day=max(
            (past_step.day for past_step in steps if past_step.kind not in undated), default=None
        ),
    )


async def _check_free(
    session: AsyncSession, operation_id: OperationId, takings: Sequence[Taking]
) -> None:
    """An entry must not take another's place. Raises ParticipationOverlap."""
    current = {
        participation.key: participation
        for participation in await registry.list_participations(session, operation_id)
    }
    for taking in takings:
        entering = taking.after.participation
        if taking.step.kind == StepKind.DECLARE and current.get(entering.key, entering) != entering:
            raise ParticipationOverlap(
                f"Point {entering.prm} takes part from {entering.valid_from} already, otherwise.",
                prm=entering.prm,
            )
