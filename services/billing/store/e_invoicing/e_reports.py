"""Sales to households, and closed reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import lock_names
from services.billing.domain.e_invoicing.e_reporting import EReport, Sold
from services.billing.domain.e_invoicing.report_periods import ReportPeriod
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState, VatLine, hash_content
from services.billing.domain.invoices.supplies import SupplyCategory
from services.billing.tables import EReportRow, InvoiceRow

_report = TypeAdapter(EReport)


async def lock_reports(session: AsyncSession, issuer_id: UUID) -> None:
    """Keep others from closing a report of this seller until the transaction ends."""
    await lock_names(session, "e-reports", [issuer_id])


async def list_sold(
    session: AsyncSession, issuer_id: UUID, first_day: date, end: date
) -> list[Sold]:
    """All documents of the seller with an issue date in [first_day, end)."""
    content = InvoiceRow.content.cast(JSONB)
    query = select(
        InvoiceRow.id,
        InvoiceRow.kind,
        InvoiceRow.issue_date,
        content["customer"]["kind"].astext,
        content["supply_category"].astext,
        content["vat"],
    ).where(
        InvoiceRow.issuer_id == issuer_id,
        InvoiceRow.state == InvoiceState.ISSUED,
        InvoiceRow.issue_date >= first_day,
        InvoiceRow.issue_date < end,
    )
    return [
        Sold(document_id, DocumentKind(kind), day, customer, SupplyCategory(category), _vat(vat))
        for document_id, kind, day, customer, category, vat in await session.execute(query)
    ]


def _vat(lines: list[dict[str, Any]]) -> list[VatLine]:
    return [VatLine(**line) for line in lines]


async def list_reports(
    session: AsyncSession, issuer_id: UUID, period: ReportPeriod
) -> Sequence[EReportRow]:
    """The closed reports of this period, in order."""
    rows = await session.scalars(
        select(EReportRow)
        .where(
            EReportRow.issuer_id == issuer_id,
            EReportRow.period_from == period.first_day,
            EReportRow.period_to == period.end,
        )
        .order_by(EReportRow.number)
    )
    return rows.all()


async def find_overlapping(
    session: AsyncSession, issuer_id: UUID, period: ReportPeriod
) -> EReportRow | None:
    """A report of another period that has days of this one."""
    query = select(EReportRow).where(
        EReportRow.issuer_id == issuer_id,
        EReportRow.period_from < period.end,
        EReportRow.period_to > period.first_day,
        (EReportRow.period_from != period.first_day) | (EReportRow.period_to != period.end),
    )
    return await session.scalar(query.order_by(EReportRow.period_from).limit(1))


async def get_report(session: AsyncSession, report_id: UUID) -> EReportRow:
    row = await session.get(EReportRow, report_id)
    assert row is not None
    return row


def read_report(row: EReportRow) -> EReport:
    return _report.validate_json(row.content)


async def add_report(session: AsyncSession, report: EReport, period: ReportPeriod) -> EReportRow:
    content = report.canonical
    row = EReportRow(
        id=uuid4(),
        issuer_id=report.issuer_id,
        period=report.period,
        period_from=period.first_day,
        period_to=period.end,
        number=report.number,
        content=content,
        content_hash=hash_content(content),
        closed_at=now_in(session),
    )
    session.add(row)
    await session.flush()
    return row
