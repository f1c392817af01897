"""The rest to pay of payment notices today."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, cast, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.database.arrays import among
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.notice_standings import NoticedDocument, NoticeStanding
from services.billing.domain.payments.invoice_payments import InvoicePayment
from services.billing.domain.payments.payment_notices import PaymentNotice
from services.billing.domain.prices.sales import Parties
from services.billing.store.payments.invoice_payments import map_payments
from services.billing.store.payments.ways_to_pay import (
    get_collectors,
    map_ways_to_pay,
)
from services.billing.store.thresholds import map_least_debits
from services.billing.tables import InvoiceRow


async def list_standings(
    session: AsyncSession, notices: Sequence[PaymentNotice]
) -> list[NoticeStanding]:
    """The standing of each notice, in this order; its documents by seller, then by number.

    Nothing is asked for of documents that are paid apart.
    """
    ids = {invoice_id for notice in notices for invoice_id in notice.invoice_ids}
    rows = await _map_rows(session, ids)
    payments = await map_payments(session, ids)
    apart = await list_paid_elsewhere(session, notices)
    payers = {notice.id: _payer(notice) for notice in notices}
    ways = await map_ways_to_pay(session, set(payers.values()))
    least_debits = await map_least_debits(
        session, {notice.parties.operation_id for notice in notices}
    )
    today = today_in(session)
    standings = []
    for notice in notices:
        documents = sorted(
            (rows[invoice_id] for invoice_id in notice.invoice_ids),
            key=lambda row: (row.issuer_name, row.issuer_id, row.number),
        )
        way = ways.get(payers[notice.id])
        standing = NoticeStanding(
            notice=notice,
            customer_name=documents[0].customer_name,
            operation_name=documents[0].operation_name,
            documents=[_document(row, payments, apart) for row in documents],
            collector=way.creditor if way else None,
            mandate=way.mandate_on(today) if way else None,
            today=today,
            least_debit_cents=least_debits.get(notice.parties.operation_id, 0),
        )
        standings.append(standing)
    return standings


async def list_paid_elsewhere(
    session: AsyncSession, notices: Collection[PaymentNotice]
) -> frozenset[UUID]:
    """The documents of notices that no sum or reference of their notice may pay, by seller.

    Those of sellers who are not paid by the notice's collector any more, and of public bodies that
    lack the convention by which it may collect for them.
    """
    collector_of = {
        invoice_id: notice.parties.collector_id
        for notice in notices
        for invoice_id in notice.invoice_ids
    }
    issuers = await _map_issuers(session, notices)
    sellers = set(issuers.values())
    collectors = await get_collectors(session, sellers)
    return frozenset(
        invoice_id
        for invoice_id, issuer_id in issuers.items()
        if issuer_id in collectors.without_convention
        or issuer_id not in collectors.by_seller
        or collectors.by_seller[issuer_id].member_id != collector_of[invoice_id]
    )


async def _map_issuers(
    session: AsyncSession, notices: Collection[PaymentNotice]
) -> Mapping[UUID, UUID]:
    ids = {invoice_id for notice in notices for invoice_id in notice.invoice_ids}
    query = select(InvoiceRow.id, InvoiceRow.issuer_id).where(among(InvoiceRow.id, ids))
    return {row.id: row.issuer_id for row in await session.execute(query)}


def _payer(notice: PaymentNotice) -> Parties:
    return Parties(notice.parties.collector_id, notice.parties.customer_id)


async def _map_rows(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Row[Any]]:
    row, content = InvoiceRow, cast(InvoiceRow.content, JSONB)
    query = select(
        row.id,
        row.number,
        row.kind,
        row.issuer_id,
        row.total_cents,
        content["issuer"]["name"].astext.label("issuer_name"),
        content["customer"]["name"].astext.label("customer_name"),
        content["refers_to"].label("refers_to"),
        content["operation"]["name"].astext.label("operation_name"),
    )
    rows = await session.execute(query.where(among(row.id, ids)))
    return {invoice.id: invoice for invoice in rows}


def _document(
    row: Row[Any], payments: Mapping[UUID, InvoicePayment], apart: Collection[UUID]
) -> NoticedDocument:
    kind = DocumentKind(row.kind)
    is_credit = kind is DocumentKind.CREDIT_NOTE
    return NoticedDocument(
        invoice_id=row.id,
        number=row.number,
        kind=kind,
        issuer_id=row.issuer_id,
        issuer_name=row.issuer_name,
        total_cents=row.total_cents,
        payment=payments.get(row.id),
        is_paid_elsewhere=row.id in apart,
        takes_back=[original["number"] for original in row.refers_to] if is_credit else [],
    )
