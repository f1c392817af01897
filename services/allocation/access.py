"""Decides who may see which shares; the routes check who may change them."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, log_refusal, refused
from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.curve_consents import DISPLAY, ConsentMissing, Granularity, is_displayed
from libs.common.ids import Direction, OperationId, Prm
from libs.common.logs.accesses import add_accesses
from libs.common.scopes import EVERYTHING, Scope
from services.allocation.domain.keys.versions import KeyState, KeyVersion
from services.allocation.domain.perimeter import Participation, Perimeter
from services.allocation.domain.scope import ALL_SHARES, ShareScope
from services.allocation.store import copies, key_previews, simulations
from services.allocation.store.keys import keys
from services.allocation.store.privacy import consents
from services.allocation.store.settlements import settlements
from services.allocation.tables import ShareAccessRow, SimulationRow

_OWN_POINTS_ONLY = "You may see your own points only, on the days on which they are yours."


async def get_scope(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> ShareScope:
    """Return everything for staff and the organiser, their own participations for members.

    Raises Forbidden for others, OperationUnknown.
    """
    scope, _ = await get_view(session, caller, operation_id)
    return scope


async def get_view(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> tuple[ShareScope, Perimeter]:
    """Return the scope and the whole perimeter. Raises what ``get_scope`` raises."""
    if caller.may_run(operation_id):
        return ALL_SHARES, await copies.get_perimeter(session, operation_id)
    if caller.own_member_id is not None:
        perimeters = await copies.list_perimeters(session, [operation_id])
        for perimeter in perimeters.values():
            participations = [
                participation
                for participation in perimeter.participations
                if caller.is_member(participation.member_id)
            ]
            if participations:
                return ShareScope(participations), perimeter
    # Strangers must not learn whether the operation exists.
    raise refused(caller, f"Only staff, the organiser and members of {operation_id} may see that.")


async def get_noted_view(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    *,
    prm: Prm | None = None,
) -> tuple[ShareScope, Perimeter]:
    """Do what ``get_view`` does, and record the access of a caller who sees everything.

    Members can read these records. They are written in the transaction of the route: without the
    record there is no answer. prm: the point that is read; None is all points.
    """
    scope, perimeter = await get_view(session, caller, operation_id)
    if scope.participations is None:
        role = caller.role_over_others
        assert role is not None  # a member alone has a scope of their own
        look = {"operation_id": operation_id, "prm": prm}
        await add_accesses(session, ShareAccessRow, caller, role, [look])
    return scope, perimeter


async def list_hidden(
    session: AsyncSession,
    caller: Principal,
    perimeter: Perimeter,
    first: date,
    last: date,
) -> frozenset[Prm]:
    """Return the points whose half-hours of these days members do not share with the organiser.

    Empty for staff, and for members, whose scope is limited to their own points.
    """
    if caller.is_staff or not caller.may_run(perimeter.operation_id):
        return frozenset()
    participations = [
        participation
        for participation in perimeter.participations
        if participation.meets(first, last)
    ]
    display_consents = await consents.list_consents(
        session, {participation.prm for participation in participations}
    )
    if not display_consents:
        return frozenset()
    pairs = await consents.list_pairs_elsewhere(
        session, {consent.prm for consent in display_consents}
    )
    today = today_in(session)
    return frozenset(
        participation.prm
        for participation in participations
        if not caller.is_member(participation.member_id)
        and not is_displayed(
            [consent for consent in display_consents if consent.prm == participation.prm],
            member_id=participation.member_id,
            ever={member_id for prm, member_id in pairs if prm == participation.prm},
            granularity=Granularity.LOAD_CURVE,
            day=today,
        )
    )


def check_shown(caller: Principal, hidden: frozenset[Prm], prms: Collection[Prm]) -> None:
    """Raises ConsentMissing if one of these points is hidden."""
    if not hidden.isdisjoint(prms):
        log_refusal(caller.subject, caller.roles)
        raise ConsentMissing(
            "A member does not share the load curve with the organiser: it takes a consent to"
            " `display` at `load_curve`. Sums of days and months are open.",
            purpose=DISPLAY,
            granularity=Granularity.LOAD_CURVE,
        )


async def get_month_scope(
    session: AsyncSession, scope: ShareScope, operation_id: OperationId, month: Month
) -> ShareScope:
    """Return the scope without the sales of the caller's plants in a month that is not settled.

    A sum that grows daily would reveal, by the difference from the day before, what neighbours
    took from the plant on that day.
    """
    if scope.participations is None or await settlements.find_last_number(
        session, operation_id, month
    ):
        return scope
    return scope.consuming


def list_sides(
    caller: Principal, scope: ShareScope, perimeter: Perimeter, day: date, prm: Prm
) -> set[Direction]:
    """Return the sides on which the point takes part that day, as far as the scope shows them.

    None for a caller who sees everything: it takes no part. Raises Forbidden for members.
    """
    participations = (
        perimeter.participations if scope.participations is None else scope.participations
    )
    sides = {
        participation.direction
        for participation in participations
        if participation.prm == prm and participation.covers(day)
    }
    if not sides and scope.participations is not None:
        raise refused(caller, _OWN_POINTS_ONLY)
    return sides


def get_scope_on(caller: Principal, scope: ShareScope, day: date) -> Scope:
    """Return everything to a caller who sees all shares; to members what is about themselves.

    Raises Forbidden for members who take no part on that day.
    """
    if scope.participations is None:
        return EVERYTHING
    if not any(participation.covers(day) for participation in scope.participations):
        raise refused(caller, "Only members who take part on that day may see that.")
    return caller.own_scope


def get_point_scope(caller: Principal, stays: Iterable[Participation]) -> Scope:
    """Return everything to staff; what is about themselves to who had the point in these stays.

    Raises Forbidden for others, organisers too.
    """
    if caller.is_staff:
        return EVERYTHING
    if not any(caller.is_member(stay.member_id) for stay in stays):
        raise refused(caller, _OWN_POINTS_ONLY)
    return caller.own_scope


def check_may_see_point(caller: Principal, scope: ShareScope, prm: Prm | None) -> None:
    """Raises Forbidden for a point of somebody else."""
    if prm is not None and not scope.may_see(prm):
        raise refused(caller, "Only the shares of your own points are yours to see.")


async def get_simulation(
    session: AsyncSession, caller: Principal, simulation_id: UUID
) -> SimulationRow:
    """Return a simulation, for staff and the organiser. Raises SimulationUnknown, Forbidden."""
    row = await simulations.get_simulation(session, simulation_id)
    caller.check_may_run(OperationId(row.operation_id))
    return row


async def get_key(
    session: AsyncSession, caller: Principal, operation_id: OperationId, key_id: UUID
) -> tuple[KeyVersion, ShareScope]:
    """Return a version, and of whom the caller may see the coefficients in it.

    Raises Forbidden, KeyUnknown.
    """
    if caller.may_run(operation_id):
        return await keys.get_key(session, operation_id, key_id), ALL_SHARES
    scope = await get_scope(session, caller, operation_id)
    version = await keys.get_key(session, operation_id, key_id)
    await check_may_see_key(session, caller, version)
    return version, scope


async def check_may_see_key(session: AsyncSession, caller: Principal, version: KeyVersion) -> None:
    """Raises Forbidden for a draft, to members who are on the roll of no poll about it.

    A member who was asked about a draft does not see a later one that replaces it.
    """
    if version.state != KeyState.DRAFT or caller.may_run(version.operation_id):
        return
    member_id = caller.own_member_id
    if member_id is None or not await key_previews.is_asked(session, version, member_id):
        raise refused(caller, "Members see the drafts that a poll asks them about.")
