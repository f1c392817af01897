"""Billing's copies of settlements: the newest of each month."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Label, Select, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.drafts.drafting import Settlement
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.invoices.settled_months import KeyOfDays, SettlementBlock
from services.billing.domain.prices.sales import SettledPair, SettledPoint
from services.billing.tables import SettlementRow

_pairs = TypeAdapter(list[SettledPair])
_points = TypeAdapter(list[SettledPoint])
_keys = TypeAdapter(list[KeyOfDays])


async def lock_settlements(
    session: AsyncSession, operation_id: OperationId, quarter: BillingPeriod
) -> dict[str, Settlement]:
    query = _settlements(operation_id, quarter).order_by(SettlementRow.month).with_for_update()
    return await _map_by_month(session, query)


async def map_settlements(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod
) -> dict[str, Settlement]:
    """Return the settlements of a period by month, for reading only: nothing is locked."""
    return await _map_by_month(session, _settlements(operation_id, period))


async def _map_by_month(
    session: AsyncSession, query: Select[SettlementRow]
) -> dict[str, Settlement]:
    return {
        row.month: _settlement(
            _block(row.number, row.status, row.content_hash, row.keys), row.pairs, row.points
        )
        for row in await session.scalars(query)
    }


async def read_settlements(
    session: AsyncSession,
    operation_id: OperationId,
    quarter: BillingPeriod,
    *,
    consumers: AbstractSet[Prm],
) -> dict[str, Settlement]:
    """Settlements of these consumers only, without producers' totals, which cover all."""
    row, prms = SettlementRow, sorted(consumers)
    pairs = _only(row.pairs, "@.consumer == $prms[*]", prms)
    points = _only(
        row.points, f'@.direction == "{Direction.CONSUMPTION}" && @.prm == $prms[*]', prms
    )
    query = _settlements(operation_id, quarter).with_only_columns(
        row.month, row.number, row.status, row.content_hash, row.keys, pairs, points
    )
    return {
        settled.month: _settlement(
            _block(settled.number, settled.status, settled.content_hash, settled.keys),
            settled.pairs,
            settled.points,
        )
        for settled in await session.execute(query)
    }


async def map_pairs(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    *,
    prms: AbstractSet[Prm],
) -> dict[str, list[SettledPair]]:
    """Return, by settled month, the pairs with one of these points."""
    pairs = _only(
        SettlementRow.pairs, "@.producer == $prms[*] || @.consumer == $prms[*]", sorted(prms)
    )
    query = _settlements(operation_id, period).with_only_columns(SettlementRow.month, pairs)
    rows = await session.execute(query)
    return {row.month: _pairs.validate_python(row.pairs) for row in rows}


async def list_plants(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[SettledPoint]:
    """The producing points of the newest settlement of the month."""
    plants = _only(SettlementRow.points, f'@.direction == "{Direction.PRODUCTION}"')
    return _points.validate_python(await _find_in_settlement(session, operation_id, month, plants))


async def list_pairs(
    session: AsyncSession, operation_id: OperationId, month: Month, producers: Collection[Prm]
) -> list[SettledPair]:
    """The pairs of these producers in the newest settlement of the month."""
    pairs = _only(SettlementRow.pairs, "@.producer == $prms[*]", sorted(producers))
    return _pairs.validate_python(await _find_in_settlement(session, operation_id, month, pairs))


def _settlements(operation_id: OperationId, period: BillingPeriod) -> Select[SettlementRow]:
    return (
        select(SettlementRow)
        .where(
            SettlementRow.operation_id == operation_id,
            SettlementRow.month.in_([str(month) for month in period.months]),
        )
        .execution_options(populate_existing=True)
    )


async def _find_in_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month, elements: Label[list[Any]]
) -> list[Any]:
    query = select(elements).where(
        SettlementRow.operation_id == operation_id, SettlementRow.month == str(month)
    )
    return await session.scalar(query) or []


def _only(
    column: InstrumentedAttribute[list[Any]], condition: str, prms: Sequence[Prm] = ()
) -> Label[list[Any]]:
    """Select the elements that meet a jsonpath condition, in their order.

    The database filters them, as a large settlement takes long to decode.
    """
    path, values = cast(f"$[*] ? ({condition})", JSONPATH), cast({"prms": list(prms)}, JSONB)
    return func.jsonb_path_query_array(column, path, values, type_=column.type).label(column.key)


def _block(number: int, status: str, content_hash: str, keys: list[Any]) -> SettlementBlock:
    return SettlementBlock(number, status, content_hash, _keys.validate_python(keys))


def _settlement(block: SettlementBlock, pairs: list[Any], points: list[Any]) -> Settlement:
    return Settlement(block, _pairs.validate_python(pairs), _points.validate_python(points))
