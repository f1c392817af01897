"""Who may see which shares; what they may change is checked by the routes."""

from collections.abc import Collection
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.curve_consents import DISPLAY, ConsentMissing, Granularity, is_displayed
from libs.common.ids import OperationId, Prm
from libs.common.principals import Principal, Role, refused
from services.allocation.domain.key_versions import KeyState, KeyVersion
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.scope import EVERYTHING, Scope
from services.allocation.store import accesses, consents, copies, key_previews, settlements


async def get_scope(session: AsyncSession, caller: Principal, operation_id: OperationId) -> Scope:
    """Everything for staff and the organiser, own participations for members.

    Raises Forbidden for others, OperationUnknown.
    """
    scope, _ = await get_view(session, caller, operation_id)
    return scope


async def get_view(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> tuple[Scope, Perimeter]:
    """The scope, and the perimeter that it is a part of. Raises as ``get_scope``."""
    if caller.may_run(operation_id):
        return EVERYTHING, await copies.get_perimeter(session, operation_id)
    if caller.own_member_id is not None:
        perimeters = await copies.list_perimeters(session, [operation_id])
        for perimeter in perimeters.values():
            participations = [
                participation
                for participation in perimeter.participations
                if caller.is_member(participation.member_id)
            ]
            if participations:
                return Scope(participations), perimeter
    # Whether there is such an operation is nothing for strangers to know.
    raise refused(caller, f"Only staff, the organiser and members of {operation_id} may see that.")


async def get_noted_view(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    *,
    prm: Prm | None = None,
) -> tuple[Scope, Perimeter]:
    """As ``get_view``; that somebody who sees everything looked is noted, for the members to see.

    In the transaction of the route: without the note there is no answer. prm: the point that is
    looked at; None is all of them.
    """
    scope, perimeter = await get_view(session, caller, operation_id)
    if scope.own is None:
        role = Role.OPERATOR if caller.is_staff else Role.ORGANISER
        route = structlog.contextvars.get_contextvars().get("route", "")
        await accesses.add_access(
            session, operation_id, subject=caller.subject, role=role, route=route, prm=prm
        )
    return scope, perimeter


async def list_hidden(
    session: AsyncSession,
    caller: Principal,
    perimeter: Perimeter,
    first: date,
    last: date,
) -> frozenset[Prm]:
    """The points whose half-hours of these days their members do not show to the organiser.

    None for staff; members see their own and no others', by their scope.
    """
    if caller.is_staff or not caller.may_run(perimeter.operation_id):
        return frozenset()
    participations = [
        participation
        for participation in perimeter.participations
        if participation.meets(first, last)
    ]
    shown_consents = await consents.list_consents(
        session, {participation.prm for participation in participations}
    )
    if not shown_consents:
        return frozenset()
    pairs = await consents.list_pairs_elsewhere(
        session, {consent.prm for consent in shown_consents}
    )
    today = today_in(session)
    return frozenset(
        participation.prm
        for participation in participations
        if not (caller.is_member(participation.member_id))
        and not is_displayed(
            [consent for consent in shown_consents if consent.prm == participation.prm],
            member_id=participation.member_id,
            ever={member_id for prm, member_id in pairs if prm == participation.prm},
            granularity=Granularity.LOAD_CURVE,
            day=today,
        )
    )


def check_shown(caller: Principal, hidden: frozenset[Prm], prms: Collection[Prm]) -> None:
    """Raises ConsentMissing where half-hours of a hidden point would be among these."""
    if not hidden.isdisjoint(prms):
        refused(caller, "")  # for its trace
        raise ConsentMissing(
            "A member does not share the load curve with the organiser: it takes a consent to"
            " `display` at `load_curve`. Sums of days and months are open.",
            purpose=DISPLAY,
            granularity=Granularity.LOAD_CURVE,
        )


async def without_sales_under_way(
    session: AsyncSession, scope: Scope, operation_id: OperationId, month: Month
) -> Scope:
    """The scope, less what own plants give in a month that is not settled yet.

    A sum that grows with each day tells, by what it was the day before, what neighbours took of the
    plant on that day.
    """
    if scope.own is None or await settlements.find_last_number(session, operation_id, month):
        return scope
    return scope.consuming


def check_may_see_point(caller: Principal, scope: Scope, prm: Prm | None) -> None:
    """Raises Forbidden for a point of somebody else."""
    if prm is not None and not scope.may_see(prm):
        raise refused(caller, "Only the shares of your own points are yours to see.")


async def check_may_see_key(session: AsyncSession, caller: Principal, version: KeyVersion) -> None:
    """Raises Forbidden for a draft, to members who are on the roll of no poll about it.

    Who was asked about a draft does not see one that is written in its place.
    """
    if version.state != KeyState.DRAFT or caller.may_run(version.operation_id):
        return
    member_id = caller.member_id
    if member_id is None or not await key_previews.is_asked(session, version, member_id):
        raise refused(caller, "Members see the drafts that a poll asks them about.")
