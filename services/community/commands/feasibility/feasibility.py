"""Record where points are and an operation's legal basis, and check entries against it."""

import asyncio
from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.ids import OperationId, Prm
from services.community import claims
from services.community.claims import Claimant
from services.community.domain.feasibility.perimeter import (
    Breaches,
    Feasibility,
    Ground,
    LegalBasis,
    Location,
    Policy,
    days_to_check,
    new_breaches,
)
from services.community.domain.members.perimeter import Participation
from services.community.domain.problems import PerimeterUnfit, points_unknown
from services.community.store.feasibility import locations as store
from services.community.store.members import registry
from services.community.tables import LegalBasisRow, PointLocationRow


async def record_location(
    session: AsyncSession, claimant: Claimant, prm: Prm, location: Location
) -> PointLocationRow:
    """Record where a point is, for those whose word is enough: a claim, see ``claims``.

    Raises PointUnknown, also for a point that is not the claimant's.
    """
    points = await registry.map_points(session, [prm])
    if prm not in points or not await claims.may_edit_point(session, claimant, prm):
        raise points_unknown([prm])
    return await store.save_location(
        session, prm, location, at=now_in(session), by=claimant.subject
    )


async def record_basis(
    session: AsyncSession, operation_id: OperationId, basis: LegalBasis, *, by: str
) -> LegalBasisRow:
    """Raises OperationUnknown."""
    await registry.get_operation(session, operation_id, lock=True)
    return await store.save_basis(session, operation_id, basis, at=now_in(session), by=by)


async def study_perimeter(
    session: AsyncSession,
    operation_id: OperationId,
    participations: Sequence[Participation],
    day: date,
) -> Feasibility:
    """Study an operation's participations on a local day."""
    ground = await _load_ground(session, operation_id, participations)
    return await asyncio.to_thread(ground.study, participations, day)


async def check_entries(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    former: Sequence[Participation],
    planned: Sequence[Participation],
    changes: Sequence[Participation],
) -> Breaches | None:
    """Refuse new breaches of the law if the operation's policy says so, or else return them.

    The caller holds the operation's lock. Breaches that existed before do not count.
    Raises PerimeterUnfit.
    """
    basis = await store.find_basis(session, operation_id)
    if basis is None:  # without a legal basis there are no limits to break
        return None
    breaches = await find_new_breaches(
        session, operation_id, former=former, planned=planned, changes=changes
    )
    if breaches is not None and basis.policy is Policy.REFUSE:
        raise PerimeterUnfit(
            f"From {breaches.day} on: " + " ".join(problem.detail for problem in breaches.problems),
            day=breaches.day.isoformat(),
            lacks=[problem.lack for problem in breaches.problems],
        )
    return breaches


async def find_new_breaches(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    former: Sequence[Participation],
    planned: Sequence[Participation],
    changes: Sequence[Participation],
) -> Breaches | None:
    """Return the breaches on the first day on which the changes break a limit."""
    if not changes:
        return None
    ground = await _load_ground(session, operation_id, [*former, *planned])
    days = days_to_check(planned, changes)
    return await asyncio.to_thread(_first_breaches, ground, former, planned, days)


def _first_breaches(
    ground: Ground,
    former: Sequence[Participation],
    planned: Sequence[Participation],
    days: Sequence[date],
) -> Breaches | None:
    for day in ground.doubtful_days(planned, days):
        study = ground.study(planned, day)
        if any(problem.is_breach for problem in study.problems):
            problems = new_breaches(ground.study(former, day), study)
            if problems:
                return Breaches(day, problems)
    return None


async def _load_ground(
    session: AsyncSession, operation_id: OperationId, participations: Sequence[Participation]
) -> Ground:
    return Ground(
        basis=await store.find_basis(session, operation_id),
        sites=await store.map_sites(
            session, {participation.prm for participation in participations}
        ),
        kinds=await store.map_kinds(
            session, {participation.member_id for participation in participations}
        ),
    )
