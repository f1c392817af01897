"""Who may see which invoices and prices; what they may change is checked by the routes."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Principal, Role, refused
from libs.common.ids import OperationId
from services.billing.domain.invoices import InvoiceState
from services.billing.domain.sales import Participation
from services.billing.store.copies import (
    find_perimeter,
    is_within,
    list_operations_of_seller,
    sells_in,
)
from services.billing.store.creditors import list_paid_by
from services.billing.tables import InvoiceRow


def visible_operations(principal: Principal) -> Collection[OperationId] | None:
    """The operations whose invoices the caller may all see; None is every operation."""
    if Role.OPERATOR in principal.roles:
        return None
    return principal.operations if Role.ORGANISER in principal.roles else ()


def check_may_list(principal: Principal, operation_id: OperationId | None) -> None:
    """An organiser who is no member asks for own operations. Raises Forbidden."""
    if operation_id is not None and Role.MEMBER not in principal.roles:
        principal.check_may_run(operation_id)


def check_may_see(principal: Principal, invoice: InvoiceRow) -> None:
    """Staff, the organiser, and once it is issued both parties. Raises Forbidden."""
    own = Role.MEMBER in principal.roles and principal.member_id in {
        invoice.issuer_id,
        invoice.customer_id,
    }
    if not principal.may_run(OperationId(invoice.operation_id)) and not (
        own and invoice.state == InvoiceState.ISSUED
    ):
        raise refused(principal, "This invoice is not yours, or not issued yet.")


def sees_consumption(principal: Principal, invoice: InvoiceRow) -> bool:
    """Whoever may read an invoice, but for its seller: what customers use in all is theirs."""
    return principal.may_run(OperationId(invoice.operation_id)) or (
        principal.member_id == invoice.customer_id
    )


async def check_may_run_issuer(
    session: AsyncSession, principal: Principal, member_id: UUID
) -> None:
    """Staff, and organisers of an operation in which the member sells. Raises Forbidden."""
    if not await _runs_issuer(session, principal, member_id):
        raise refused(principal, "Only staff and organisers of its operations may do that.")


async def check_may_see_issuer(
    session: AsyncSession, principal: Principal, member_id: UUID
) -> None:
    """And the member itself. Raises Forbidden."""
    own = Role.MEMBER in principal.roles and principal.member_id == member_id
    if not own and not await _runs_issuer(session, principal, member_id):
        raise refused(principal, "This issuer is neither you nor a seller in your operations.")


async def _runs_issuer(session: AsyncSession, principal: Principal, member_id: UUID) -> bool:
    if Role.OPERATOR in principal.roles:
        return True
    if Role.ORGANISER not in principal.roles:
        return False
    return await sells_in(session, member_id, principal.operations)


async def check_takes_part(
    session: AsyncSession, principal: Principal, operation_id: OperationId
) -> None:
    """Staff, the organiser and whoever has or had a point in the operation. Raises Forbidden."""
    if principal.may_run(operation_id):
        return
    if not await find_own_points(session, principal, operation_id):
        raise refused(principal, f"Only those who take part in {operation_id} may see that.")


async def find_own_points(
    session: AsyncSession, principal: Principal, operation_id: OperationId
) -> Collection[Participation]:
    """The points that the caller has or had in the operation, as a member, and when."""
    perimeter = await find_perimeter(session, operation_id)
    if perimeter is None or Role.MEMBER not in principal.roles:
        return ()
    return [one for one in perimeter.participations if one.member_id == principal.member_id]


async def check_may_keep_books(session: AsyncSession, principal: Principal, owner_id: UUID) -> None:
    """Staff, and the organiser of all operations in which the member sells. Raises Forbidden.

    Books are of the member as a whole: whoever runs one of several operations may not see what is
    sold in the others.
    """
    if Role.OPERATOR in principal.roles:
        return
    operations = await list_operations_of_seller(session, owner_id)
    if not operations or not all(principal.may_run(one) for one in operations):
        raise refused(principal, "Only those who run all operations of this seller may do that.")


async def check_may_read_books(session: AsyncSession, principal: Principal, owner_id: UUID) -> None:
    """Whoever may keep them, and the member whose books they are. Raises Forbidden."""
    if Role.MEMBER not in principal.roles or principal.member_id != owner_id:
        await check_may_keep_books(session, principal, owner_id)


async def check_may_collect(session: AsyncSession, principal: Principal, creditor_id: UUID) -> None:
    """Staff, and the organiser of all operations of everyone who is paid through the creditor.

    Raises Forbidden.
    """
    if Role.OPERATOR in principal.roles:
        return
    for owner_id in {creditor_id, *await list_paid_by(session, creditor_id)}:
        operations = await list_operations_of_seller(session, owner_id)
        if not all(principal.may_run(one) for one in operations):
            raise refused(principal, "Only those who run all operations of these sellers may.")
    if not await is_within(session, creditor_id, principal.operations):
        raise refused(principal, "This member takes part in none of your operations.")


async def check_may_read_payments(
    session: AsyncSession, principal: Principal, creditor_id: UUID
) -> None:
    """Whoever may collect, and the creditor itself. Raises Forbidden."""
    if Role.MEMBER not in principal.roles or principal.member_id != creditor_id:
        await check_may_collect(session, principal, creditor_id)
