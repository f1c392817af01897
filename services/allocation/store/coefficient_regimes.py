"""The regimes of coefficients that operations have chosen."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.regimes import (
    CoefficientRegime,
    RegimeChoice,
    WithoutDeposit,
)
from services.allocation.tables import CoefficientRegimeRow


async def list_regime_choices(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[RegimeChoice]:
    """Return an operation's choices, by month."""
    choices = await map_regime_choices(session, [operation_id])
    return choices.get(operation_id, ())


async def map_regime_choices(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, Sequence[RegimeChoice]]:
    """Return the choices of each operation that has made any, by month."""
    row = CoefficientRegimeRow
    rows = await session.scalars(
        select(row)
        .where(row.operation_id.in_(operations))
        .order_by(row.from_month)
        .execution_options(populate_existing=True)
    )
    choices: defaultdict[OperationId, list[RegimeChoice]] = defaultdict(list)
    for choice in rows:
        choices[OperationId(choice.operation_id)].append(_choice(choice))
    return choices


async def list_depositing_automatically(session: AsyncSession) -> Sequence[OperationId]:
    """Return the operations that have chosen it for some months, in order."""
    row = CoefficientRegimeRow
    query = (
        select(row.operation_id)
        .where(row.automatic_deposit_days.is_not(None))
        .distinct()
        .order_by(row.operation_id)
    )
    return [OperationId(operation_id) for operation_id in await session.scalars(query)]


def _choice(row: CoefficientRegimeRow) -> RegimeChoice:
    return RegimeChoice(
        Month.parse(row.from_month),
        CoefficientRegime(row.regime),
        row.deposit_days,
        WithoutDeposit(row.without_deposit),
        row.automatic_deposit_days,
    )


async def save_regime_choice(
    session: AsyncSession, operation_id: OperationId, choice: RegimeChoice
) -> None:
    """Save a choice in place of one that begins with the same month."""
    values = {
        "regime": choice.regime.value,
        "deposit_days": choice.deposit_days,
        "without_deposit": choice.without_deposit.value,
        "automatic_deposit_days": choice.automatic_deposit_days,
    }
    await session.execute(
        insert(CoefficientRegimeRow)
        .values(operation_id=operation_id, from_month=str(choice.from_month), **values)
        .on_conflict_do_update(index_elements=["operation_id", "from_month"], set_=values)
    )
