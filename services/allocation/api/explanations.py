"""The route that explains a day of one point."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month
from libs.common.curve_consents import ConsentMissing
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import DayField
from libs.common.errors import Problem
from libs.common.http import problems
from libs.common.ids import Direction, OperationId, OperationIdField, Prm, PrmField
from services.allocation import access
from services.allocation.api.dependencies import Session, least_points_of
from services.allocation.commands.days import load_facts
from services.allocation.domain.days import DayFacts, DayStatus, MonthDay
from services.allocation.domain.explanations import (
    ExplanationViewer,
    explain_consuming,
    explain_producing,
    organiser_on,
    still_holds,
    viewer_on,
)
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.scope import ShareScope
from services.allocation.domain.share_frames import StepShares
from services.allocation.schemas.days import GapOut
from services.allocation.schemas.explanations import (
    ConsumerDayOut,
    ExplainedBasisOut,
    ExplanationOut,
    ProducerDayOut,
)
from services.allocation.store import days, policies, shares
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.privacy import told_days

router = APIRouter(route_class=TokenFirstRoute)


@dataclass(frozen=True)
class _Question:
    """sides: those on which the point takes part and that the caller may see."""

    prm: Prm
    sides: Collection[Direction]
    viewer: ExplanationViewer | None


class PointNotTakingPart(Problem):
    status, slug, title = 404, "point-not-taking-part", "The point takes no part on that day"
    example_detail = "Not on 2026-10-12, as far as is known here."


class DayNotAllocated(Problem):
    status, slug, title = 409, "day-not-allocated", "The day has no shares to explain"
    example_detail = "2026-10-12 is incomplete."
    example_facts: ClassVar = {
        "day_status": "incomplete",
        "missing": [{"prm": "99110000000101", "direction": "consumption", "steps": 4}],
    }


@router.get(
    "/operations/{operation_id}/explanations",
    summary="Explain what a point received or sold on a day",
    responses=problems(ConsentMissing, OperationUnknown, PointNotTakingPart, DayNotAllocated),
)
async def get_explanation(
    *,
    operation_id: OperationIdField,
    day: Annotated[DayField, Query(examples=["2026-10-12"])],
    prm: Annotated[PrmField, Query(examples=["99220000000101"])],
    request: Request,
    session: Session,
    caller: AnyPerson,
) -> ExplanationOut:
    """Step by step, in watt-minutes: consumption, production, coefficient, offer, share, rule.

    Members see their own points and days; organisers only points whose members share them step by
    step (else `consent-missing`). Values that would reveal the consumption of fewer than ten points
    of others (`PRIVACY_LEAST_POINTS`, or more by the operation's policy), or the production of a
    household's plant (as in `/sunny-hours`), are null, and `withheld` is true. The same holds where
    the day's sums were shown before over other points than now, and for an organiser where they
    would reveal half-hours of points hidden from them. A producer sees the total sold, never the
    buyers. `day-not-allocated` has the `day_status`, and in `missing` the missing readings of
    points that the caller may see; after `waiting`, try again in a second.
    """
    scope, perimeter = await access.get_noted_view(session, caller, operation_id, prm=prm)
    hidden = await access.list_hidden(session, caller, perimeter, day, day)
    access.check_shown(caller, hidden, [prm])
    sides = access.list_sides(caller, scope, perimeter, day, prm)
    if not sides:
        raise PointNotTakingPart(f"Not on {day}, as far as is known here.")
    policy = await policies.get_policy(session, operation_id)
    least_points = least_points_of(request, policy)
    viewer = _viewer(caller, scope, perimeter, day, hidden, least_points=least_points)
    status = await _get_allocated_day(session, perimeter, day, scope)
    if viewer is not None and viewer.is_one_of_many:
        viewer = await _compared(session, operation_id, status, viewer)
    question = _Question(prm, sides, viewer)
    (facts,) = await load_facts(session, [(operation_id, day)])
    stored = await shares.list_step_shares(session, operation_id, [day], prm=prm)
    answer = await asyncio.to_thread(_explain, question, facts, stored, status.revision)
    if answer is None:
        raise _not_allocated(day, DayStatus.WAITING)
    return answer


def _viewer(
    caller: Principal,
    scope: ShareScope,
    perimeter: Perimeter,
    day: date,
    hidden: Collection[Prm],
    *,
    least_points: int,
) -> ExplanationViewer | None:
    if scope.participations is None:
        return organiser_on(perimeter, day, hidden, least_points=least_points)
    assert caller.own_member_id is not None, "only a member has a scope of their own"
    return viewer_on(perimeter, day, caller.own_member_id, least_points=least_points)


async def _compared(
    session: AsyncSession, operation_id: OperationId, status: MonthDay, viewer: ExplanationViewer
) -> ExplanationViewer:
    """Return the viewer compared with the points over which the day was first shown."""
    current = status.without_gaps(viewer.owners)
    first_shown = await told_days.record_first_shown(session, operation_id, {status.day: current})
    return viewer.after(first_shown[status.day], current)


async def _get_allocated_day(
    session: AsyncSession, perimeter: Perimeter, day: date, scope: ShareScope
) -> MonthDay:
    month = Month.of(day)
    for outcome in await days.list_month_days(session, perimeter, month):
        if outcome.day == day:
            if outcome.status != DayStatus.ALLOCATED:
                missing = [gap for gap in outcome.missing if scope.may_see(gap.prm)]
                gaps = [GapOut.model_validate(gap) for gap in missing]
                raise _not_allocated(day, outcome.status, gaps)
            return outcome
    raise AssertionError("a day on which a point takes part is in its month")


def _not_allocated(
    day: date, status: DayStatus, missing: Collection[GapOut] = ()
) -> DayNotAllocated:
    return DayNotAllocated(
        f"{day} is {status}.", day_status=status, missing=[gap.model_dump() for gap in missing]
    )


def _explain(
    question: _Question, facts: DayFacts, stored: Sequence[StepShares], revision: int
) -> ExplanationOut | None:
    """Return None if today's allocation would differ from the stored shares."""
    prm, viewer = question.prm, question.viewer
    if not still_holds(facts, prm, stored):
        return None
    consumer = producer = None
    if Direction.CONSUMPTION in question.sides:
        consumer = ConsumerDayOut.of(facts.day, explain_consuming(facts, prm, stored, viewer))
    if Direction.PRODUCTION in question.sides:
        producer = ProducerDayOut.of(facts.day, explain_producing(facts, prm, stored, viewer))
    return ExplanationOut(
        operation_id=facts.operation_id,
        day=facts.day,
        prm=prm,
        revision=revision,
        step_min=facts.step_min,
        key_type=facts.key.type if facts.key else None,
        basis=facts.basis and ExplainedBasisOut.explained(facts.day, facts.basis),
        consumer=consumer,
        producer=producer,
    )
