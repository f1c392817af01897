"""Decides who may offer rights, see and withdraw an invitation, and remove an organiser."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, Rights, Role, refused
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community.domain.problems import AccountUnknown
from services.community.store.accounts import accounts, invitations
from services.community.tables import AccountRow, InvitationRow


def may_come_from_organiser(offered: Rights, operations: frozenset[OperationId]) -> bool:
    """Whether the organiser of these operations may offer such rights to anybody."""
    return offered.roles <= {Role.ORGANISER, Role.MEMBER} and offered.operations <= operations


def get_invitation_scope(caller: Principal) -> Scope:
    """All for staff; for organisers those sent by them, and those for their operations only."""
    return Scope(operations=caller.scope.operations, sender=caller.subject)


async def lock_invitation(
    session: AsyncSession, caller: Principal, invitation_id: UUID
) -> InvitationRow:
    """Return it to staff, to its sender, and to whoever runs all the operations that it offers.

    Raises InvitationUnknown, Forbidden.
    """
    row = await invitations.lock_invitation(session, invitation_id)
    runs_all = bool(row.operations) and caller.own_operations >= {*row.operations}
    is_theirs = row.invited_by == caller.subject or runs_all
    if not is_theirs and not caller.is_staff:
        raise refused(caller, "Only staff and its sender may withdraw an invitation.")
    return row


async def lock_organiser(
    session: AsyncSession, caller: Principal, operation_id: OperationId, account_id: UUID
) -> AccountRow:
    """Return an account that runs the operation to staff and the organiser; staff's to staff only.

    Raises Forbidden, AccountUnknown.
    """
    caller.check_may_run(operation_id)
    account = await accounts.lock_account(session, account_id)
    if account is None or operation_id not in account.operations:
        raise AccountUnknown(f"No such account runs {operation_id}.")
    if account.is_staff and not caller.is_staff:
        raise refused(caller, "Only staff may take rights from staff.")
    return account
