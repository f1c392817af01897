"""Deposit forecasts automatically, for operations that have chosen so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.allocation.commands.coefficient_deposits.forecasts import deposit_forecast
from services.allocation.commands.coefficient_deposits.months import get_standing, months_to_come
from services.allocation.domain.coefficient_regimes.regimes import RegimeInForce, regime_of
from services.allocation.domain.keys.deposit_months import DepositState
from services.allocation.store import coefficient_regimes, stale
from services.allocation.store.keys.in_force import get_operation_keys

_MONTHS = 6
"""With this one: the day may be 60 days before a last day that is 60 days before its month."""
AUTOMATIC = "elocoop"
"""The name in place of a subject, as nobody has deposited it."""

OperationMonth = tuple[OperationId, Month]


async def list_due_automatically(session: AsyncSession) -> Sequence[OperationMonth]:
    """Return the months whose day for a forecast has come, and whose last day is not over."""
    today = today_in(session)
    operations = await coefficient_regimes.list_depositing_automatically(session)
    choices = await coefficient_regimes.map_regime_choices(session, operations)
    return [
        (operation_id, month)
        for operation_id in operations
        for month in months_to_come(today, _MONTHS)
        if _is_due(regime_of(choices[operation_id], month), today)
    ]


async def deposit_automatically(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> bool:
    """Deposit a forecast, and return True, where something is awaited and nobody was faster.

    What was withdrawn is not deposited again. As ``deposit_forecast``, of which it may raise
    CoefficientsUnfit and NothingForecast.
    """
    await stale.lock_operations(session, [operation_id])
    keys = await get_operation_keys(session, operation_id)
    standing = await get_standing(session, keys, operation_id, month)
    if standing.state is not DepositState.AWAITED:
        return False
    if not _is_due(regime_of(keys.choices, month), today_in(session)):
        return False
    await deposit_forecast(session, operation_id, month, {}, by=AUTOMATIC)
    return True


def _is_due(regime: RegimeInForce, today: date) -> bool:
    day = regime.automatic_deposit_on
    return day is not None and day <= today <= regime.last_day


@dataclass
class AutomaticDeposits:
    """Finds the next month that is due.

    tried: forecast on that local day, which takes long. looked_at: in this pass, as nothing was
    awaited.
    """

    tried_on: date | None = None
    tried: set[OperationMonth] = field(default_factory=set)
    looked_at: set[OperationMonth] = field(default_factory=set)

    async def find_due(self, session: AsyncSession) -> OperationMonth | None:
        """Return one, or None at the end of a pass."""
        if self.tried_on != today_in(session):
            self.tried_on, self.tried = today_in(session), set()
        for due in await list_due_automatically(session):
            if due not in self.tried | self.looked_at:
                return due
        self.looked_at.clear()
        return None
