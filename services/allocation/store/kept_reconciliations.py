"""Reconciliations of months as they were last compared, and what they were made from."""

import hashlib
from io import BytesIO

import polars as pl
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.reconciliation import Reconciliation
from services.allocation.tables import KeptReconciliationRow

_RULES = 4
"""Grows when the same data would give another result: what was kept by older rules is no answer."""

# A reading only ever comes or gets a higher revision, and is only deleted with its month. So the
# number of readings and the sum of their revisions are different after each change. Results of the
# DSO and perimeters change with their revision, the shares of a day with its revision and status.
_MADE_FROM = text("""
    SELECT string_agg(part, E'\\n' ORDER BY part COLLATE "C")
    FROM (
        SELECT concat_ws(' ', 'perimeter', revision) AS part
        FROM perimeter WHERE operation_id = :operation_id
        UNION ALL
        SELECT concat_ws(' ', 'policy', to_jsonb(policy))
        FROM policy WHERE operation_id = :operation_id
        UNION ALL
        SELECT concat_ws(' ', 'key', to_jsonb(sharing_key))
        FROM sharing_key WHERE operation_id = :operation_id AND state = 'active'
        UNION ALL
        SELECT concat_ws(' ', 'coefficients', key_id, producer, sha256, set_at)
        FROM key_coefficient_file WHERE operation_id = :operation_id AND month = :month
        UNION ALL
        SELECT concat_ws(' ', 'regime', to_jsonb(coefficient_regime))
        FROM coefficient_regime WHERE operation_id = :operation_id
        UNION ALL
        SELECT concat_ws(' ', 'deposit', month, number, sha256)
        FROM coefficient_deposit WHERE operation_id = :operation_id
        UNION ALL
        SELECT concat_ws(' ', 'waiting', day) FROM stale_day
        WHERE operation_id = :operation_id AND day BETWEEN :first AND :last
        UNION ALL
        SELECT concat_ws(' ', 'shares', day, status, revision, inputs_hash) FROM day_status
        WHERE operation_id = :operation_id AND day BETWEEN :first AND :last
        UNION ALL
        SELECT concat_ws(' ', 'readings', day, count(*), sum(revision)) FROM reading_block
        WHERE operation_id = :operation_id AND day BETWEEN :first AND :last
        GROUP BY day
        UNION ALL
        SELECT concat_ws(' ', 'dso day', day, revision, definitive) FROM dso_result_day
        WHERE operation_id = :operation_id AND day BETWEEN :first AND :last
        UNION ALL
        SELECT concat_ws(' ', 'dso month', revision, definitive) FROM dso_result_month
        WHERE operation_id = :operation_id AND month = :month
    ) AS parts
""")


async def hash_inputs(session: AsyncSession, operation_id: OperationId, month: Month) -> str:
    """Return a hash of all that a reconciliation of the month would be made from."""
    values = {
        "operation_id": operation_id,
        "month": str(month),
        "first": month.days[0],
        "last": month.days[-1],
    }
    parts = (await session.execute(_MADE_FROM, values)).scalar_one()
    return hashlib.sha256(f"rules {_RULES}\n{parts}".encode()).hexdigest()


async def find_kept(
    session: AsyncSession, operation_id: OperationId, month: Month, inputs_hash: str
) -> Reconciliation | None:
    """Return the month's reconciliation if it was made from these inputs."""
    row = await session.scalar(
        select(KeptReconciliationRow).where(
            KeptReconciliationRow.operation_id == operation_id,
            KeptReconciliationRow.month == str(month),
            KeptReconciliationRow.inputs_hash == inputs_hash,
        )
    )
    if row is None:
        return None
    return Reconciliation(
        operation_id=operation_id,
        month=month,
        definitive=row.definitive,
        tolerance_units=row.tolerance_units,
        days_compared=row.days_compared,
        days_without_curves=row.days_without_curves,
        points=pl.read_parquet(BytesIO(row.points)),
        findings=pl.read_parquet(BytesIO(row.findings)),
    )


async def keep(session: AsyncSession, reconciliation: Reconciliation, inputs_hash: str) -> None:
    """Replace what is kept of the month; the caller holds the operation's lock, perhaps shared."""
    values = {
        "inputs_hash": inputs_hash,
        "definitive": reconciliation.definitive,
        "tolerance_units": reconciliation.tolerance_units,
        "days_compared": list(reconciliation.days_compared),
        "days_without_curves": list(reconciliation.days_without_curves),
        "points": _parquet(reconciliation.points),
        "findings": _parquet(reconciliation.findings),
    }
    await session.execute(
        insert(KeptReconciliationRow)
        .values(operation_id=reconciliation.operation_id, month=str(reconciliation.month), **values)
        .on_conflict_do_update(index_elements=["operation_id", "month"], set_=values)
    )


def _parquet(frame: pl.DataFrame) -> bytes:
    content = BytesIO()
    frame.write_parquet(content)
    return content.getvalue()
