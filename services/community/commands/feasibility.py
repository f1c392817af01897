"""Say where points are and why an operation may be, and check who enters."""

import asyncio
from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.ids import OperationId, Prm
from libs.common.principals import Principal
from services.community import claims
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
from services.community.domain.perimeter import Participation
from services.community.domain.problems import PerimeterUnfit, points_unknown
from services.community.store import locations as store
from services.community.store import registry
from services.community.tables import LegalBasisRow, PointLocationRow


async def record_location(
    session: AsyncSession, caller: Principal, prm: Prm, location: Location
) -> PointLocationRow:
    """Raises PointUnknown, of a point that is not the caller's too."""
    known = await registry.map_points(session, [prm])
    if prm not in known or not await claims.may_edit_point(session, caller, prm):
        raise points_unknown([prm])
    return await store.save_location(session, prm, location, at=now_in(session), by=caller.subject)


async def record_basis(
    session: AsyncSession, caller: Principal, operation_id: OperationId, basis: LegalBasis
) -> LegalBasisRow:
    """Raises Forbidden, OperationUnknown."""
    caller.check_may_run(operation_id)
    await registry.get_operation(session, operation_id, lock=True)
    return await store.save_basis(
        session, operation_id, basis, at=now_in(session), by=caller.subject
    )


async def study_perimeter(
    session: AsyncSession,
    operation_id: OperationId,
    participations: Sequence[Participation],
    day: date,
) -> Feasibility:
    """Of an operation's participations on a local day."""
    ground = await _load_ground(session, operation_id, participations)
    return await asyncio.to_thread(ground.study, participations, day)


async def check_entries(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    before: Sequence[Participation],
    after: Sequence[Participation],
    changes: Sequence[Participation],
) -> Breaches | None:
    """What the law does not allow is refused, where the operation's policy says so, else told.

    The caller holds the operation's lock. What was there before is no reason to do either.
    Raises PerimeterUnfit.
    """
    basis = await store.find_basis(session, operation_id)
    if basis is None:  # nobody can break the limits of an unknown case
        return None
    found = await find_new_breaches(
        session, operation_id, before=before, after=after, changes=changes
    )
    if found is not None and basis.policy is Policy.REFUSE:
        raise PerimeterUnfit(
            f"From {found.day} on: " + " ".join(one.detail for one in found.problems),
            day=found.day.isoformat(),
            lacks=[one.lack for one in found.problems],
        )
    return found


async def find_new_breaches(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    before: Sequence[Participation],
    after: Sequence[Participation],
    changes: Sequence[Participation],
) -> Breaches | None:
    """Of the first day on which the changes break a limit, whatever is then done about it."""
    if not changes:
        return None
    ground = await _load_ground(session, operation_id, [*before, *after])
    days = days_to_check(after, changes)
    return await asyncio.to_thread(_first_breaches, ground, before, after, days)


def _first_breaches(
    ground: Ground,
    before: Sequence[Participation],
    after: Sequence[Participation],
    days: Sequence[date],
) -> Breaches | None:
    for day in ground.doubtful_days(after, days):
        found = ground.study(after, day)
        if any(one.is_breach for one in found.problems):
            new = new_breaches(ground.study(before, day), found)
            if new:
                return Breaches(day, new)
    return None


async def _load_ground(
    session: AsyncSession, operation_id: OperationId, participations: Sequence[Participation]
) -> Ground:
    return Ground(
        basis=await store.find_basis(session, operation_id),
        sites=await store.map_sites(session, {one.prm for one in participations}),
        kinds=await store.map_kinds(session, {one.member_id for one in participations}),
    )
