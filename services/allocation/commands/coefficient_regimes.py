"""Choose when an operation sets its coefficients."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.regimes import CoefficientRegime, RegimeChoice
from services.allocation.store import coefficient_regimes as store
from services.allocation.store import stale


async def choose_regime(
    session: AsyncSession,
    operation_id: OperationId,
    from_month: Month,
    regime: CoefficientRegime,
    deposit_days: int | None,
) -> Sequence[RegimeChoice]:
    """Save the choice from a month on, and return all of the operation's."""
    await stale.lock_operations(session, [operation_id])
    choice = RegimeChoice(from_month, regime, deposit_days)
    await store.save_regime_choice(session, operation_id, choice)
    return await store.list_regime_choices(session, operation_id)
