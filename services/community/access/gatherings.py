"""Decides who may see, run and lead which gatherings, and reply to them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope
from services.community.domain.gatherings.gathering import Gathering
from services.community.domain.problems import MemberUnknown
from services.community.store.gatherings import gatherings
from services.community.store.gatherings import series as all_series
from services.community.store.members import registry as store
from services.community.tables import GatheringRow, GatheringSeriesRow


async def get_visible_gathering(
    session: AsyncSession, caller: Principal, gathering_id: UUID
) -> GatheringRow:
    """Raises GatheringUnknown, also for one that the caller may not see."""
    return await gatherings.get_gathering(session, gathering_id, caller.scope)


def may_run_gathering(caller: Principal, operation_id: OperationId | None) -> bool:
    """Whether the caller is staff or organises the operation; for the whole co-op (None), staff."""
    return caller.is_staff if operation_id is None else caller.may_run(operation_id)


def may_lead_gathering(caller: Principal, row: GatheringRow) -> bool:
    """Whether the caller runs or facilitates the gathering, and so sees who comes."""
    member_id = caller.own_member_id
    return may_run_gathering(caller, row.operation_id) or member_id in row.facilitator_ids


def get_reply_scope(caller: Principal, row: GatheringRow) -> Scope:
    """Return all for who leads the gathering; for others their own reply."""
    return EVERYTHING if may_lead_gathering(caller, row) else caller.own_scope


async def check_may_record_gathering(
    session: AsyncSession, caller: Principal, gathering: Gathering
) -> None:
    """Allow those who may run it, and facilitators recorded already or that they may name.

    Raises Forbidden, OperationUnknown, MemberUnknown.
    """
    facilitators = await gatherings.list_facilitators(session, gathering.id)
    new_facilitators = [
        member_id for member_id in gathering.facilitator_ids if member_id not in facilitators
    ]
    await _check_may_draft(session, caller, gathering.operation_id, new_facilitators)


async def check_may_make_series(
    session: AsyncSession, caller: Principal, series_id: UUID, first: Gathering
) -> None:
    """Allow those who may run it, and the series that may be recorded under that id.

    Raises Forbidden, OperationUnknown, MemberUnknown.
    """
    await _check_may_draft(session, caller, first.operation_id, first.facilitator_ids)
    recorded = await all_series.find_series(session, series_id)
    if recorded is not None:
        _check_may_run(caller, recorded.operation_id)


async def get_series_to_run(
    session: AsyncSession, caller: Principal, series_id: UUID
) -> GatheringSeriesRow:
    """Raises SeriesUnknown, Forbidden."""
    row = await all_series.get_series(session, series_id)
    _check_may_run(caller, row.operation_id)
    return row


async def lock_gathering_to_run(
    session: AsyncSession, caller: Principal, gathering_id: UUID
) -> GatheringRow:
    """Raises GatheringUnknown, Forbidden."""
    row = await get_visible_gathering(session, caller, gathering_id)
    _check_may_run(caller, row.operation_id)
    await gatherings.lock_gathering(session, row)
    return row


async def get_gathering_to_lead(
    session: AsyncSession, caller: Principal, gathering_id: UUID, *, lock: bool = False
) -> GatheringRow:
    """Return a gathering whose attendance the caller may know. Raises GatheringUnknown, Forbidden.

    lock: facilitators stay as they are until the transaction ends.
    """
    row = await get_visible_gathering(session, caller, gathering_id)
    if lock:
        await gatherings.lock_gathering(session, row)
    if not may_lead_gathering(caller, row):
        raise refused(caller, "Only staff, the organiser and its facilitators may do that.")
    return row


async def lock_gathering_to_reply(
    session: AsyncSession, caller: Principal, gathering_id: UUID, member_id: UUID
) -> GatheringRow:
    """Allow the member, and those who lead the gathering. Raises GatheringUnknown, Forbidden."""
    row = await get_visible_gathering(session, caller, gathering_id)
    await gatherings.lock_gathering(session, row)
    if not caller.is_member(member_id) and not may_lead_gathering(caller, row):
        raise refused(caller, "Members reply for themselves only.")
    return row


def _check_may_run(caller: Principal, operation_id: OperationId | None) -> None:
    if not may_run_gathering(caller, operation_id):
        raise refused(caller, "Only staff and the operation's organiser may do that.")


async def _check_may_draft(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId | None,
    facilitator_ids: Collection[UUID],
) -> None:
    _check_may_run(caller, operation_id)
    if operation_id is not None:
        await store.get_operation(session, operation_id)
    await _check_may_name(session, caller, operation_id, facilitator_ids)


async def _check_may_name(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId | None,
    facilitator_ids: Collection[UUID],
) -> None:
    """Staff may name any member, an organiser members of the operation only.

    Raises MemberUnknown whether or not the member exists elsewhere: other names stay private.
    """
    if caller.is_staff:
        await store.check_members_exist(session, facilitator_ids)
        return
    operations = await store.list_operations_of_members(session, facilitator_ids)
    strangers = [
        member_id
        for member_id in facilitator_ids
        if operation_id not in operations.get(member_id, set())
    ]
    if strangers:
        raise MemberUnknown(f"{operation_id} has no member {strangers[0]}.")
