"""Decides who may see and change whose records, where a role alone does not.

A module beside this one has what its subject alone asks.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import TIED_TO_NOBODY, Principal, refused
from libs.common.ids import OperationId, Prm
from libs.common.scopes import EVERYTHING, Scope
from services.community.domain.messages.notifications import NotificationReader
from services.community.store.desk import documents
from services.community.store.members import registry as store
from services.community.store.members.ties import find_organised
from services.community.tables import AccountRow


def principal_of(account: AccountRow) -> Principal:
    """Return the rights that a token issued now would carry."""
    return Principal(subject=str(account.id), **vars(account.rights))


def find_own_account_id(caller: Principal) -> UUID | None:
    """Return the caller's account; None where another issuer gave the token and the session."""
    try:
        return UUID(caller.subject)
    except ValueError:
        return None


def reader_of_notifications(caller: Principal) -> NotificationReader:
    """Return the reader that the caller is. Raises Forbidden for callers without notifications."""
    reader = find_reader(caller)
    if reader is None:
        raise refused(caller, TIED_TO_NOBODY)
    return reader


def find_reader(caller: Principal) -> NotificationReader | None:
    """Return the caller as a member, an account that runs operations, or both; None if neither."""
    runs = caller.is_organiser or caller.is_staff
    account_id = find_own_account_id(caller) if runs else None
    member_id = caller.own_member_id
    return NotificationReader(member_id, account_id) if account_id or member_id else None


async def check_may_speak_for(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Allow those who may see the member to record and withdraw its consents.

    Raises Forbidden.
    """
    await check_may_see_member(session, caller, member_id)


async def check_may_see_member(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Allow staff, the member itself and organisers of an operation with it.

    The member of an organiser, which has its id, is for who runs all its operations.
    Raises Forbidden.
    """
    if caller.is_staff or caller.is_member(member_id):
        return
    organised = await find_organised(session, member_id)
    if organised and caller.runs_all(organised):
        return
    operations = await store.list_operations_of_members(session, [member_id])
    if caller.own_operations.isdisjoint(operations.get(member_id, set())):
        raise refused(caller, "Only the member, their organiser and staff may see this.")


async def check_may_see_point(session: AsyncSession, caller: Principal, prm: Prm) -> None:
    """Allow staff, past and present members of the point, its organiser. Raises Forbidden."""
    if caller.is_staff:
        return
    member_id = caller.own_member_id
    operations = caller.own_operations
    for row in await store.list_participations_of_points(session, [prm]):
        if row.operation_id in operations or (member_id is not None and row.member_id == member_id):
            return
    raise refused(caller, "Only the point's member, their organiser and staff may see this.")


def check_may_list_members(caller: Principal, operation_id: OperationId | None) -> None:
    """Allow staff, and the organiser of the operation. Raises Forbidden."""
    if operation_id is not None:
        caller.check_may_run(operation_id)
    elif not caller.is_staff:
        raise refused(caller, "Only staff may list all members: give an operation_id.")


async def get_operation_scope(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> Scope:
    """Return everything for staff and the organiser, for members what is about themselves.

    Raises Forbidden for callers who never took part in the operation.
    """
    if caller.may_run(operation_id):
        return EVERYTHING
    member_id = caller.own_member_id
    operations = await store.list_operations_of_members(session, [member_id] if member_id else [])
    if member_id is None or operation_id not in operations.get(member_id, set()):
        raise refused(
            caller, f"Only staff, the organiser and members of {operation_id} may see it."
        )
    return caller.own_scope


async def get_paper_scope(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> Scope:
    """Return whose documents and enrolments the caller may see there: everybody's, or their own.

    Raises Forbidden for callers who are not staff, the organiser or known in the operation.
    """
    if caller.may_run(operation_id):
        return EVERYTHING
    member_id = caller.own_member_id
    if member_id is None or not await documents.is_member_known(session, operation_id, member_id):
        raise refused(caller, "Only staff, the organiser and the member concerned may see this.")
    return caller.own_scope
