"""Record what an operation agreed with its DSO."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.community.domain.desk.conventions import Convention
from services.community.store.desk.conventions import save_convention
from services.community.store.members import registry


async def record_convention(
    session: AsyncSession, operation_id: OperationId, convention: Convention, *, by: str
) -> None:
    """Make it the operation's convention; earlier declarations are not reconsidered.

    Raises OperationUnknown.
    """
    await registry.get_operation(session, operation_id)
    await save_convention(
        session, operation_id, convention, recorded_at=now_in(session), recorded_by=by
    )
