"""The days of months by status and with results of the DSO, noted as these are saved."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.days import DayStatus

STATUSES = (
    DayStatus.ALLOCATED,
    DayStatus.INCOMPLETE,
    DayStatus.NO_KEY,
    DayStatus.KEY_INCOMPLETE,
    DayStatus.FAILED,
    DayStatus.PURGED,
)
"""Each is a column of ``month_days``; a day has one of them at most."""

_BIT = "CAST(1 AS bigint) << (CAST(extract(day FROM day) AS integer) - 1)"
_MONTH = "CAST(date_trunc('month', CAST(day AS timestamp)) AS date)"
_NOTED = " | ".join(f"excluded.{status}" for status in STATUSES)
_NOTE_STATUSES = text(f"""
    INSERT INTO month_days AS stored (operation_id, month, {", ".join(STATUSES)})
    SELECT operation_id, {_MONTH}, {
    ", ".join(f"coalesce(sum({_BIT}) FILTER (WHERE status = '{s}'), 0)" for s in STATUSES)
}
    FROM unnest(CAST(:operations AS text[]), CAST(:days AS date[]), CAST(:statuses AS text[]))
        AS noted (operation_id, day, status)
    GROUP BY 1, 2
    -- Whoever notes the same months waits for another in one direction.
    ORDER BY 1, 2
    ON CONFLICT (operation_id, month) DO UPDATE SET {
    ", ".join(f"{s} = stored.{s} & ~({_NOTED}) | excluded.{s}" for s in STATUSES)
}
""")  # noqa: S608 - our own names
_NOTE_DSO_DAY = text(f"""
    INSERT INTO month_days AS stored (operation_id, month, dso, dso_definitive)
    SELECT CAST(:operation_id AS text), {_MONTH}, {_BIT},
        CASE WHEN CAST(:definitive AS boolean) THEN {_BIT} ELSE 0 END
    FROM (SELECT CAST(:day AS date) AS day) AS noted
    ON CONFLICT (operation_id, month) DO UPDATE SET
        dso = stored.dso | excluded.dso,
        dso_definitive = stored.dso_definitive & ~excluded.dso | excluded.dso_definitive
""")  # noqa: S608 - our own names
_NOTE_PURGED = text(f"""
    UPDATE month_days SET purged = {" | ".join(STATUSES)}, {
    ", ".join(f"{status} = 0" for status in STATUSES if status != DayStatus.PURGED)
}
    WHERE operation_id = :operation_id AND month = :month
""")  # noqa: S608 - our own names


async def note_statuses(
    session: AsyncSession, statuses: Iterable[tuple[OperationId, date, DayStatus]]
) -> None:
    """Note the statuses that these days have now; those of others stay."""
    operations, days, names = zip(*statuses, strict=True)
    values = {"operations": operations, "days": days, "statuses": names}
    await session.execute(_NOTE_STATUSES, {name: list(rows) for name, rows in values.items()})


async def note_dso_day(
    session: AsyncSession, operation_id: OperationId, day: date, *, definitive: bool
) -> None:
    """Note that the DSO has given curves of the day."""
    values = {"operation_id": operation_id, "day": day, "definitive": definitive}
    await session.execute(_NOTE_DSO_DAY, values)


async def note_purged(session: AsyncSession, operation_id: OperationId, month: Month) -> None:
    """Note that all days of the month that had a status are purged."""
    values = {"operation_id": operation_id, "month": month.first_day}
    await session.execute(_NOTE_PURGED, values)
