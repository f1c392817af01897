"""The work that waits for staff in allocation."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.waiting import MOST_SHOWN, Waiting
from services.allocation.store.today import list_refused_months


async def list_waiting(session: AsyncSession) -> Sequence[Waiting]:
    months = await list_refused_months(session)
    paths = [
        f"/allocation/operations/{operation_id}/settlements?month={month}"
        for operation_id, month in months
    ]
    return [
        Waiting(
            kind="settlements_outdated",
            count=len(months),
            todo="Settled months that changed and cannot be settled again. `refusal` says why.",
            first=paths[:MOST_SHOWN],
            next="GET /allocation/operations/{operation_id}/settlements?month={month}",
        )
    ]
