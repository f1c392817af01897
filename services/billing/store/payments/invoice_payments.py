"""The payment of issued invoices, from the books and the direct debits."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.clock import today_in
from libs.common.database.arrays import among
from services.billing.domain.books.ledger import Journal
from services.billing.domain.books.write_offs import WriteOffKind
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.payments.invoice_payments import (
    OWED_BY_TRANSFER,
    InvoiceCollection,
    InvoicePayment,
    InvoiceRefund,
    PaidAccount,
    PaymentState,
)
from services.billing.store.payments.collections import IS_WAITING
from services.billing.store.payments.covered import Cover, map_covers
from services.billing.store.payments.open_invoices import BOOKED, due_date
from services.billing.tables import (
    CollectionItemRow,
    CollectionRow,
    CreditorRow,
    EntryRow,
    InvoiceBalanceRow,
    InvoiceRow,
    LineRow,
    MandateRow,
    RefundItemRow,
    RefundRow,
    WriteOffRow,
)

_Columns = TypeVar("_Columns")

_REFUSED_ON = func.coalesce(CollectionItemRow.returned_on, CollectionItemRow.cancelled_on)
_DEBIT = (
    select(
        CollectionRow.day,
        MandateRow.rum,
        _REFUSED_ON.label("refused_on"),
        IS_WAITING.label("is_waiting"),
    )
    .join(CollectionItemRow, CollectionItemRow.collection_id == CollectionRow.id)
    .join(MandateRow, MandateRow.id == CollectionItemRow.mandate_id)
    .where(
        CollectionItemRow.invoice_id == InvoiceRow.id,
        # A cancelled file was not sent to the bank: its items have no reason.
        or_(CollectionItemRow.cancelled_on.is_(None), CollectionItemRow.return_reason.is_not(None)),
    )
    .order_by(CollectionRow.day.desc(), CollectionRow.created_at.desc())
    .limit(1)
    .correlate(InvoiceRow)
    .lateral("debit")
)
_REFUND = (
    select(
        RefundRow.day.label("refund_day"),
        RefundItemRow.amount_cents.label("refund_cents"),
        RefundItemRow.executed_on,
        func.coalesce(RefundItemRow.returned_on, RefundItemRow.cancelled_on).label("back_on"),
    )
    .join(RefundItemRow, RefundItemRow.refund_id == RefundRow.id)
    .where(
        RefundItemRow.invoice_id == InvoiceRow.id,
        or_(RefundItemRow.cancelled_on.is_(None), RefundItemRow.return_reason.is_not(None)),
    )
    .order_by(RefundRow.day.desc(), RefundRow.created_at.desc())
    .limit(1)
    .correlate(InvoiceRow)
    .lateral("refund_made")
)
_COLLECTOR = aliased(CreditorRow, name="collector")
"""The member that collects in a seller's place, if any."""
_LEFT = InvoiceBalanceRow.total_cents - InvoiceBalanceRow.credited_cents
# The books have a debit twice if its return was reported before its credit.
_TWICE = (
    select(func.coalesce(func.sum(CollectionItemRow.amount_cents), 0).label("cents"))
    .where(
        CollectionItemRow.invoice_id == InvoiceRow.id,
        CollectionItemRow.returned_on.is_not(None),
        CollectionItemRow.received_on.is_(None),
    )
    .correlate(InvoiceRow)
    .lateral("twice")
)
_OPEN = BOOKED.c.cents - _TWICE.c.cents
_PAYABLE = _OPEN - func.coalesce(literal_column("covered.cents", BigInteger), 0)
# These depend on what covers an invoice.
_AWAITED = frozenset({PaymentState.ANNOUNCED, *OWED_BY_TRANSFER})
_SETTLED = frozenset({PaymentState.CREDITED, PaymentState.WRITTEN_OFF, PaymentState.PAID})


async def map_payments(
    session: AsyncSession, invoices: Collection[UUID]
) -> Mapping[UUID, InvoicePayment]:
    """The payment of each invoice; drafts and credit notes, which nobody pays, are left out."""
    if not invoices:
        return {}
    debit = _DEBIT.c
    customers = select(InvoiceRow.customer_id).where(among(InvoiceRow.id, invoices)).distinct()
    covers = await map_covers(session, set(await session.scalars(customers)))
    columns = select(
        InvoiceRow.id,
        InvoiceRow.issuer_id,
        InvoiceRow.number,
        _state(today_in(session)).label("state"),
        _OPEN.label("open_cents"),
        due_date().label("due_date"),
        debit.day,
        debit.rum,
        debit.refused_on,
        *_REFUND.c,
        func.coalesce(_COLLECTOR.name, CreditorRow.name).label("account_name"),
        func.coalesce(_COLLECTOR.iban, CreditorRow.iban).label("iban"),
    )
    query = (
        _joined(columns, covers)
        .outerjoin(_REFUND, true())
        .outerjoin(CreditorRow, CreditorRow.member_id == InvoiceRow.issuer_id)
        .outerjoin(_COLLECTOR, _COLLECTOR.member_id == CreditorRow.collected_by)
        .where(among(InvoiceRow.id, invoices))
    )
    rows = await session.execute(query)
    return {row.id: _payment(row, covers.get(row.id)) for row in rows}


async def in_states(
    session: AsyncSession,
    query: Select[_Columns],
    states: Collection[PaymentState],
    *,
    customers: Collection[UUID] | None,
) -> Select[_Columns]:
    """Limit a query of invoices to these states, in the database so that pages are full.

    customers: of the invoices; None if they are of any.
    """
    covers = {} if _AWAITED.isdisjoint(states) else await map_covers(session, customers)
    if _SETTLED.isdisjoint(states):
        query = query.where(_is_open_of(query))
    return _joined(query, covers).where(_state(today_in(session)).in_(states))


def _is_open_of(query: Select[_Columns]) -> ColumnElement[bool]:
    """Sum the open amounts of a query's invoices by the books: most of them are paid."""
    listed = query.with_only_columns(InvoiceRow.id).order_by(None).limit(None)
    open_ones = (
        select(LineRow.invoice_id)
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(EntryRow.journal != Journal.OPENING, LineRow.invoice_id.in_(listed))
        .group_by(LineRow.invoice_id)
        .having(func.sum(LineRow.debit_cents - LineRow.credit_cents) > 0)
    )
    return InvoiceRow.id.in_(open_ones)


def _joined(query: Select[_Columns], covers: Mapping[UUID, Cover]) -> Select[_Columns]:
    ids = literal(list(covers), ARRAY(InvoiceRow.id.type))
    cents = literal([cover.cents for cover in covers.values()], ARRAY(BigInteger))
    covered = (
        func.unnest(ids, cents).table_valued("invoice_id", "cents").render_derived(name="covered")
    )
    return (
        query.join(InvoiceBalanceRow, InvoiceBalanceRow.document_id == InvoiceRow.id)
        .join(BOOKED, true())
        .join(_TWICE, true())
        .outerjoin(_DEBIT, true())
        .outerjoin(covered, covered.c.invoice_id == InvoiceRow.id)
        .where(InvoiceRow.state == InvoiceState.ISSUED, InvoiceRow.kind == DocumentKind.INVOICE)
    )


def _state(today: date) -> ColumnElement[str]:
    """The payment state. The conditions have the order of PaymentState."""
    is_lost = exists().where(
        WriteOffRow.invoice_id == InvoiceRow.id, WriteOffRow.kind == WriteOffKind.LOST
    )
    is_credited = and_(InvoiceBalanceRow.total_cents != 0, _LEFT == 0, _OPEN <= 0)
    return case(
        (is_credited, PaymentState.CREDITED),
        (and_(_OPEN <= 0, is_lost), PaymentState.WRITTEN_OFF),
        (_OPEN <= 0, PaymentState.PAID),
        (or_(_DEBIT.c.is_waiting, _PAYABLE <= 0), PaymentState.ANNOUNCED),
        (_DEBIT.c.refused_on.is_not(None), PaymentState.REJECTED),
        (due_date() < today, PaymentState.OVERDUE),
        (_PAYABLE < _LEFT, PaymentState.PARTLY),
        else_=PaymentState.OPEN,
    )


def _payment(row: Row[Any], cover: Cover | None) -> InvoicePayment:
    collection = InvoiceCollection(row.day, row.rum, row.refused_on) if row.day else None
    state = PaymentState(row.state)
    asked_cents = int(row.open_cents) - (cover.cents if cover else 0)
    if cover and state is PaymentState.ANNOUNCED:
        collection = cover.collection
    refund = None
    if row.refund_day:
        refund = InvoiceRefund(row.refund_day, row.refund_cents, row.executed_on, row.back_on)
    account = None
    if row.iban and state in OWED_BY_TRANSFER:
        reference = creditor_reference(row.issuer_id, row.number)
        account = PaidAccount(row.account_name, row.iban, reference)
    return InvoicePayment(
        state=state,
        open_cents=int(row.open_cents),
        payable_cents=0 if state is PaymentState.ANNOUNCED else max(asked_cents, 0),
        due_date=row.due_date,
        collection=collection,
        refund=refund,
        account=account,
    )
