"""Decides who may see which invoices, prices and books, and who may change them.

A module beside this one has what its subject alone asks.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from libs.common.ids import Direction, OperationId, Prm
from libs.common.scopes import ALL_DAYS, EVERYTHING, PointScope, Scope
from services.billing.domain.both_bills.consuming_points import HeldPoint, PointUnknown
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.prices.sales import Participation
from services.billing.domain.surplus.surplus_contracts import PlantUnknown
from services.billing.store.copies import (
    find_perimeter,
    is_within,
    list_operations_of_member,
    list_operations_of_sellers,
    map_plant,
    sells_in,
)
from services.billing.store.drafts import runs
from services.billing.store.payments.payees import list_operations_of_creditor
from services.billing.tables import InvoiceRow, RunRow


async def get_run(
    session: AsyncSession, caller: Principal, run_id: UUID, *, lock: bool = False
) -> RunRow:
    """Return a billing run, for staff and the organiser. Raises RunNotFound, Forbidden."""
    row = await runs.get_run(session, run_id, lock=lock)
    caller.check_may_run(OperationId(row.operation_id))
    return row


def check_may_list(caller: Principal, operation_id: OperationId | None) -> None:
    """Organisers who are not members may list their own operations only. Raises Forbidden."""
    if operation_id is not None and caller.own_member_id is None:
        caller.check_may_run(operation_id)


def check_may_see(caller: Principal, invoice: InvoiceRow) -> None:
    """Allow staff, the organiser and, once it is issued, both parties. Raises Forbidden."""
    is_party = caller.own_member_id in {invoice.issuer_id, invoice.customer_id}
    if not caller.may_run(OperationId(invoice.operation_id)) and not (
        is_party and invoice.state == InvoiceState.ISSUED
    ):
        raise refused(caller, "This invoice is not yours, or not issued yet.")


def sees_consumption(caller: Principal, invoice: InvoiceRow) -> bool:
    """Every reader of an invoice but its seller: a customer's total consumption is private."""
    return caller.may_run(OperationId(invoice.operation_id)) or caller.is_member(
        invoice.customer_id
    )


async def check_may_run_issuer(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Allow staff, and the organiser of all operations in which the member sells.

    A seller's details appear on its invoices in all of them. Raises Forbidden.
    """
    if caller.is_staff:
        return
    operations = await list_operations_of_sellers(session, [member_id])
    if not operations or not caller.runs_all(operations):
        raise refused(caller, "Only those who run all operations of this seller may do that.")


async def check_may_see_issuer(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Allow staff, organisers of an operation in which it sells, and itself. Raises Forbidden."""
    is_member = caller.is_member(member_id)
    if not is_member and not await _runs_a_sale(session, caller, member_id):
        raise refused(caller, "This issuer is neither you nor a seller in your operations.")


async def _runs_a_sale(session: AsyncSession, caller: Principal, member_id: UUID) -> bool:
    if caller.is_staff:
        return True
    return await sells_in(session, member_id, caller.own_operations)


async def check_may_run_customer(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Allow staff, and the organiser of all operations in which the member takes part.

    A customer's details appear on its invoices in all of them. Raises Forbidden.
    """
    if caller.is_staff:
        return
    operations = await list_operations_of_member(session, member_id)
    if not operations or not caller.runs_all(operations):
        raise refused(caller, "Only those who run all operations of this customer may do that.")


async def check_may_see_customer(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Allow staff, organisers of an operation with the member, and itself. Raises Forbidden."""
    is_member = caller.is_member(member_id)
    organises = await is_within(session, member_id, caller.own_operations)
    if not is_member and not organises and not caller.is_staff:
        raise refused(caller, "This customer is neither you nor in your operations.")


async def check_takes_part(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> None:
    """Allow staff, the organiser and past and present members. Raises Forbidden."""
    await get_price_scope(session, caller, operation_id)


async def _list_own_points(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> Sequence[Participation]:
    """Return the caller's past and present participations in the operation, as a member."""
    perimeter = await find_perimeter(session, operation_id)
    if perimeter is None:
        return ()
    return [
        participation
        for participation in perimeter.participations
        if caller.is_member(participation.member_id)
    ]


async def get_statement_scope(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> Scope:
    """Return whose statements the caller may see: every seller's for staff and the organiser.

    Members see their own. Raises Forbidden for callers who never took part.
    """
    await check_takes_part(session, caller, operation_id)
    return EVERYTHING if caller.may_run(operation_id) else caller.own_scope


async def get_scope_of_statement(
    session: AsyncSession, caller: Principal, operation_id: OperationId, member_id: UUID | None
) -> Scope:
    """Return that of one member's statement, or of all that the caller may see.

    Raises Forbidden.
    """
    scope = await get_statement_scope(session, caller, operation_id)
    if member_id is None:
        return scope
    if not scope.has_member(member_id):
        raise refused(caller, "This statement is not yours.")
    return Scope.about(member_id)


async def get_price_scope(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> PointScope[Participation]:
    """Return whose prices and taxes the caller may see: everybody's for staff and the organiser.

    Members see those of their own points, past and present. Raises Forbidden for callers who never
    took part.
    """
    if caller.may_run(operation_id):
        return ALL_DAYS
    points = await _list_own_points(session, caller, operation_id)
    if not points:
        raise refused(caller, f"Only those who take part in {operation_id} may see that.")
    return PointScope(points)


def find_buyer(
    caller: Principal,
    operation_id: OperationId,
    prm: Prm,
    standing: Collection[Participation],
) -> UUID | None:
    """Return the member who holds the consuming point: its prices are private to them.

    standing: the participations of a day. None, for staff and the organiser: it is no consumer on
    that day. Raises Forbidden for others, who must not learn that.
    """
    holders = [
        participation.member_id
        for participation in standing
        if participation.prm == prm and participation.direction is Direction.CONSUMPTION
    ]
    if not caller.may_run(operation_id) and caller.own_member_id not in holders:
        raise refused(caller, "This point is not one of yours on that day.")
    return holders[0] if holders else None


def get_bill_scope(caller: Principal, held: Collection[HeldPoint]) -> Scope:
    """Return whose supplier offers, bills and meter's hours of a point the caller may see.

    Members see their own, staff those of every past and present holder. What a member pays a
    supplier is no business of the operation: organisers do not see it. held: by which members the
    point is or was held. Raises Forbidden, and PointUnknown to staff.
    """
    if caller.is_staff:
        if not held:
            raise PointUnknown("No operation has or had this point among its consumers.")
        return EVERYTHING
    if caller.own_member_id not in {holding.member_id for holding in held}:
        raise refused(caller, "This is for whoever has or had the point, and for staff.")
    return caller.own_scope


async def check_may_keep_books(session: AsyncSession, caller: Principal, owner_id: UUID) -> None:
    """Allow staff, and whoever runs all operations in which the member sells, organises, collects.

    Books cover the member as a whole: the organiser of one of several operations may not see the
    sales in the others, nor what was collected for their sellers. Raises Forbidden.
    """
    if caller.is_staff:
        return
    operations = await list_operations_of_creditor(session, owner_id)
    if not operations or not caller.runs_all(operations):
        raise refused(
            caller,
            "Only those who run all operations in which this member sells, organises or collects"
            " for others may do that.",
        )


async def check_may_read_books(session: AsyncSession, caller: Principal, owner_id: UUID) -> None:
    """Allow those who may keep the books, and their owner. Raises Forbidden."""
    if not caller.is_member(owner_id):
        await check_may_keep_books(session, caller, owner_id)


async def list_plant_participations(
    session: AsyncSession, caller: Principal, prm: Prm
) -> list[Participation]:
    """Return all participations of a producing point, past and present.

    Staff may have them, and whoever runs all operations in which the point produces or produced.
    Raises PlantUnknown for everybody else.
    """
    plant = await map_plant(session, prm)
    if not plant or not caller.runs_all(plant):
        raise PlantUnknown(f"No point {prm} produces in operations that you run.")
    return [participation for of_operation in plant.values() for participation in of_operation]


async def get_plant_scope(
    session: AsyncSession, caller: Principal, prm: Prm
) -> PointScope[Participation]:
    """Return everything to callers who run all its operations, to its owners their own stays.

    Raises PlantUnknown.
    """
    plant = await map_plant(session, prm)
    if plant and caller.runs_all(plant):
        return ALL_DAYS
    participations = (
        participation for of_operation in plant.values() for participation in of_operation
    )
    own_participations = [
        participation
        for participation in participations
        if caller.is_member(participation.member_id)
    ]
    if not own_participations:
        raise PlantUnknown(f"No point {prm} that you may see produces in an operation.")
    return PointScope(own_participations)
