"""Mandate requests, and the creditors to which they may be addressed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.database.arrays import among
from libs.common.ids import OperationId
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.mandate_requests import (
    MandateRequest,
    MandateRequestUnknown,
    MandateRequestWaiting,
)
from services.billing.domain.wordings import Language
from services.billing.store.copies import list_sellers_to
from services.billing.store.payments.ways_to_pay import map_collectors
from services.billing.tables import MandateRequestRow

_row = MandateRequestRow
_WITHOUT_MANDATE = _row.mandate_id.is_(None)


async def map_collectors_from(
    session: AsyncSession, debtor_id: UUID, *, today: date
) -> Mapping[UUID, tuple[Creditor, Collection[OperationId]]]:
    """The creditors that may collect from a present or future participant, with operations."""
    sellers = await list_sellers_to(session, debtor_id, today=today)
    collectors = await map_collectors(session, {seller for _, seller in sellers})
    collected: dict[UUID, tuple[Creditor, set[OperationId]]] = {}
    for operation_id, seller in sellers:
        creditor = collectors.get(seller)
        if creditor is not None and creditor.ics and creditor.member_id != debtor_id:
            _, operations = collected.setdefault(creditor.member_id, (creditor, set()))
            operations.add(operation_id)
    return collected


async def add_request(session: AsyncSession, request: MandateRequest) -> None:
    """Add a request. Raises MandateRequestWaiting if the debtor has a pending one there."""
    try:
        async with session.begin_nested():
            session.add(MandateRequestRow(**vars(request)))
            await session.flush()
    except IntegrityError as error:
        raise MandateRequestWaiting from error


async def lock_request(session: AsyncSession, request_id: UUID) -> None:
    """Keep others from requesting a mandate with this id until the transaction ends."""
    await lock_names(session, "mandate request", [request_id])


async def find_request(session: AsyncSession, request_id: UUID) -> MandateRequestRow | None:
    """The request, locked."""
    return await session.get(_row, request_id, with_for_update=True, populate_existing=True)


async def get_request(
    session: AsyncSession, creditor_id: UUID, request_id: UUID
) -> MandateRequestRow:
    """A request to this creditor, locked. Raises MandateRequestUnknown."""
    row = await find_request(session, request_id)
    if row is None or row.creditor_id != creditor_id:
        raise MandateRequestUnknown
    return row


async def get_own_request(
    session: AsyncSession, debtor_id: UUID, request_id: UUID
) -> MandateRequestRow:
    """A request of this debtor, locked. Raises MandateRequestUnknown."""
    row = await find_request(session, request_id)
    if row is None or row.debtor_id != debtor_id:
        raise MandateRequestUnknown
    return row


async def delete_declined(session: AsyncSession, creditor_id: UUID, debtor_id: UUID) -> None:
    await session.execute(
        delete(_row).where(
            _row.creditor_id == creditor_id,
            _row.debtor_id == debtor_id,
            _row.declined_because.is_not(None),
        )
    )


async def delete_requests_of(session: AsyncSession, debtors: Collection[UUID]) -> int:
    """Delete requests that did not become mandates; return their number."""
    deleted = delete(_row).where(among(_row.debtor_id, debtors), _WITHOUT_MANDATE)
    return len((await session.scalars(deleted.returning(_row.id))).all())


async def list_own_requests(session: AsyncSession, debtor_id: UUID) -> Sequence[MandateRequest]:
    """The debtor's pending and declined requests, one per creditor, the last one first."""
    query = select(_row).where(_row.debtor_id == debtor_id, _WITHOUT_MANDATE)
    rows = await session.scalars(query.order_by(_row.asked_at.desc(), _row.id))
    return [read_request(row) for row in rows]


async def list_waiting(
    session: AsyncSession, creditor_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[MandateRequest]:
    """The pending requests to a creditor, the oldest first.

    after: the last one of the previous page. Raises MandateRequestUnknown.
    """
    query = select(_row).where(_row.creditor_id == creditor_id, _row.answered_at.is_(None))
    if after is not None:
        last = await session.get(_row, after)
        if last is None or last.creditor_id != creditor_id:
            raise MandateRequestUnknown
        query = query.where(tuple_(_row.asked_at, _row.id) > (last.asked_at, last.id))
    page = query.order_by(_row.asked_at, _row.id).limit(limit)
    return [read_request(row) for row in await session.scalars(page)]


def read_request(row: MandateRequestRow) -> MandateRequest:
    return MandateRequest(
        id=row.id,
        creditor_id=row.creditor_id,
        debtor_id=row.debtor_id,
        holder=row.holder,
        iban=row.iban,
        account_end=row.account_end,
        language=Language(row.language),
        agreed_text=row.agreed_text,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        declined_because=row.declined_because,
        mandate_id=row.mandate_id,
    )
