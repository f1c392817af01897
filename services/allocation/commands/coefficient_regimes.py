"""Choose when an operation sets its coefficients."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.regimes import (
    CoefficientRegime,
    RegimeChoice,
    WithoutDeposit,
    regime_of,
)
from services.allocation.store import coefficient_regimes as store
from services.allocation.store import copies, stale


async def choose_regime(
    session: AsyncSession, operation_id: OperationId, choice: RegimeChoice
) -> Sequence[RegimeChoice]:
    """Save a choice, and return all of the operation's.

    Days that another regime than before shares are allocated again.
    """
    await stale.lock_operations(session, [operation_id])
    before = await store.list_regime_choices(session, operation_id)
    await store.save_regime_choice(session, operation_id, choice)
    after = await store.list_regime_choices(session, operation_id)
    metered = (await copies.list_days_with_readings(session, [operation_id])).get(operation_id, [])
    changed = [day for day in metered if _sharing(before, day) != _sharing(after, day)]
    await stale.mark_stale(session, ((operation_id, day) for day in changed))
    return after


def _sharing(
    choices: Sequence[RegimeChoice], day: date
) -> tuple[CoefficientRegime, WithoutDeposit]:
    in_force = regime_of(choices, Month.of(day))
    return in_force.regime, in_force.without_deposit
