"""Sums of a year, computed by the database, as a year has too many contents to decode here."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from libs.common.rounding import round_half_up
from services.billing.domain.surplus.yearly_reports import ProducerYear, ReportedMonth, YearEnergies

_OF_PRODUCERS = text("""
    SELECT line->>'producer' AS producer,
        coalesce(sum(sign * (line->>'energy_wmin')::bigint), 0) AS energy_wmin,
        coalesce(sum(sign * (line->>'amount_cents')::bigint) FILTER (WHERE is_energy), 0)
            AS revenue_cents,
        coalesce(sum(sign * (line->>'amount_cents')::bigint) FILTER (WHERE NOT is_energy), 0)
            AS fees_cents,
        min((line->>'price_eur_per_kwh')::numeric) FILTER (WHERE is_energy AND sign > 0)
            AS lowest_eur_per_kwh,
        max((line->>'price_eur_per_kwh')::numeric) FILTER (WHERE is_energy AND sign > 0)
            AS highest_eur_per_kwh
    FROM (
        SELECT line, CASE invoice.kind WHEN 'invoice' THEN 1 ELSE -1 END AS sign,
            line->>'kind' = 'energy' AS is_energy
        FROM invoice
        CROSS JOIN LATERAL jsonb_array_elements(content::jsonb->'lines') AS line
        WHERE operation_id = :operation_id AND state = 'issued'
            AND period_from <= make_date(:year, 12, 31)
            AND period_to > make_date(:year, 1, 1)
            AND line->>'valid_from' BETWEEN :first AND :last
    ) AS lines
    GROUP BY line->>'producer'
    ORDER BY line->>'producer'
""")


async def list_reported_months(
    session: AsyncSession, operation_id: OperationId, year: int
) -> list[ReportedMonth]:
    """The months in order; those whose settlement has no energies of points are left out."""
    query = text("""
        SELECT month, number, status,
            sum((point->>'metered_wmin')::bigint)
                FILTER (WHERE point->>'direction' = 'production') AS production_wmin,
            sum((point->>'metered_wmin')::bigint)
                FILTER (WHERE point->>'direction' = 'consumption') AS consumption_wmin,
            sum((point->>'shared_wmin')::bigint)
                FILTER (WHERE point->>'direction' = 'consumption') AS shared_wmin
        FROM settlement CROSS JOIN LATERAL jsonb_array_elements(points) AS point
        WHERE operation_id = :operation_id AND month BETWEEN :first AND :last
        GROUP BY month, number, status
        ORDER BY month
    """)
    values = {"operation_id": operation_id, "first": f"{year}-01", "last": f"{year}-12"}
    return [
        ReportedMonth(
            month=Month.parse(row.month),
            number=row.number,
            status=row.status,
            energies=YearEnergies(
                production_wmin=int(row.production_wmin or 0),
                consumption_wmin=int(row.consumption_wmin or 0),
                shared_wmin=int(row.shared_wmin or 0),
            ),
        )
        for row in await session.execute(query, values)
    ]


async def list_producer_years(
    session: AsyncSession, operation_id: OperationId, year: int
) -> list[ProducerYear]:
    """Sums by producer; lines count in the year of their first day, whatever the day of issue."""
    values = {
        "operation_id": operation_id,
        "year": year,
        "first": f"{year}-01-01",
        "last": f"{year}-12-31",
    }
    return [
        ProducerYear(
            producer=Prm(row.producer),
            energy_wmin=int(row.energy_wmin),
            revenue_cents=int(row.revenue_cents),
            fees_cents=int(row.fees_cents),
            lowest_eur_per_kwh=_price(row.lowest_eur_per_kwh),
            highest_eur_per_kwh=_price(row.highest_eur_per_kwh),
        )
        for row in await session.execute(_OF_PRODUCERS, values)
    ]


def _price(price: Decimal | None) -> Decimal | None:
    """The price with at least four decimals."""
    if price is None:
        return None
    short = round_half_up(price, 4)
    return short if short == price else price
