"""Record what the public sees of an operation, and show it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.ids import OperationId
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.feasibility.reference import rule_on
from services.community.domain.requests.presentations import (
    Outline,
    Presentation,
    PublicOperation,
    Within,
    outline_of,
    within_limit,
)
from services.community.store.feasibility import locations
from services.community.store.members import registry
from services.community.store.requests import presentations as store


@dataclass(frozen=True)
class Eligibility:
    """limit_m: the law's, between the two most distant points; None: no limit, or unknown."""

    within: Within
    limit_m: int | None


async def record_presentation(
    session: AsyncSession, operation_id: OperationId, presentation: Presentation, *, by: str
) -> None:
    """Raises OperationUnknown."""
    await registry.get_operation(session, operation_id)
    await store.save_presentation(session, operation_id, presentation, at=now_in(session), by=by)


async def outline_operations(
    session: AsyncSession, operations: Sequence[PublicOperation], *, least_points: int
) -> Mapping[OperationId, Outline]:
    """Outline the operations as of today."""
    operation_ids = [operation.id for operation in operations]
    stays_by_operation = await store.map_participations(session, operation_ids, today_in(session))
    prms = {stay.prm for stays in stays_by_operation.values() for stay in stays}
    sites = await locations.map_sites(session, prms)

    def outline_all() -> Mapping[OperationId, Outline]:
        return {
            operation_id: outline_of(
                stays_by_operation.get(operation_id, []), sites, least_points=least_points
            )
            for operation_id in operation_ids
        }

    return await asyncio.to_thread(outline_all)


async def judge_place(
    session: AsyncSession, operation_id: OperationId, place: Coordinates, *, least_points: int
) -> Eligibility:
    """Judge whether a point there might join; nothing of it is kept. Raises PresentationUnknown."""
    await store.get_public_operation(session, operation_id)
    today = today_in(session)
    stays = (await store.map_participations(session, [operation_id], today)).get(operation_id, [])
    sites = await locations.map_sites(session, {stay.prm for stay in stays})
    basis = await locations.find_basis(session, operation_id)
    rule = rule_on(today, basis.basis, basis.zone) if basis else None
    outline = await asyncio.to_thread(outline_of, stays, sites, least_points=least_points)
    are_all_located = all(site.location for site in sites.values())
    return Eligibility(
        within_limit(place, outline.around, rule, are_all_located=are_all_located),
        rule.max_distance_m if rule else None,
    )
