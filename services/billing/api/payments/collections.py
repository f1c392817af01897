"""Routes about collections by direct debit."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import DayField
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import attachment, file_response, problems
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.logs.accesses import note_access
from services.billing.access import payments as access
from services.billing.api.dependencies import Session
from services.billing.api.responses import XmlResponse
from services.billing.commands.payments import payments as commands
from services.billing.domain.payments.banking_days import NotABankingDay
from services.billing.domain.payments.collecting import CollectionOrder, NothingToCollect
from services.billing.domain.payments.collection_days import CollectionTooSoon, NotifiedInFuture
from services.billing.domain.payments.creditors import CreditorMissing
from services.billing.schemas.payments.collections import (
    CollectionDetailOut,
    CollectionIn,
    CollectionItemOut,
    CollectionOut,
    CollectionPreviewOut,
    MadeCollectionOut,
    RejectionIn,
)
from services.billing.store.payments import collections as store
from services.billing.store.payments.collections import CollectionAnswered, CollectionUnknown

router = APIRouter(route_class=TokenFirstRoute)


_EXAMPLE = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08">\n'
)


@router.put(
    "/issuers/{issuer_id}/collections/{collection_id}",
    summary="Collect unpaid invoices on a day",
    responses=problems(
        CollectionUnknown,
        CreditorMissing,
        NotifiedInFuture,
        CollectionTooSoon,
        NotABankingDay,
        NothingToCollect,
    ),
)
@takes(LISTS_BYTES)
async def put_collection(
    issuer_id: UUID,
    collection_id: UUID,
    body: CollectionIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> MadeCollectionOut:
    """Choose the id; the same id again returns the collection unchanged.

    It takes the open amount, to the cent of the ledger, of each invoice whose customer has a usable
    mandate. All invoices of a mandate are one debit, which the bank answers as a whole. An invoice
    whose collection waits for the bank's answer is not collected twice.
    `skipped` lists the unpaid invoices that were left out, and why; `not_owed` the requested
    invoices that are settled or unknown.
    """
    await access.check_may_collect(session, caller, issuer_id)
    row, plan = await commands.collect(session, body.order(issuer_id, collection_id))
    return MadeCollectionOut.of(row, plan)


@router.get(
    "/issuers/{issuer_id}/collection-preview",
    summary="Preview a collection",
    responses=problems(CreditorMissing, NotifiedInFuture, CollectionTooSoon, NotABankingDay),
)
async def preview_collection(
    *,
    issuer_id: UUID,
    collection_date: Annotated[
        DayField, Query(description="a banking day", examples=["2026-11-23"])
    ],
    notified_on: Annotated[
        DayField,
        Query(description="today, or the day of an earlier notice", examples=["2026-11-05"]),
    ],
    session: Session,
    caller: StaffOrOrganiser,
) -> CollectionPreviewOut:
    """Return the debits of each customer, and the unpaid invoices that would be left out.

    Nothing is made or sent. It shows the books and mandates as of now.
    """
    await access.check_may_collect(session, caller, issuer_id)
    order = CollectionOrder(uuid4(), issuer_id, day=collection_date, notified_on=notified_on)
    plan = await commands.preview_collection(session, order)
    await note_access(session, caller, {debit.mandate.debtor_id for debit in plan.debits})
    return CollectionPreviewOut.of(plan)


@router.get(
    "/issuers/{issuer_id}/collections",
    summary="List the collections of a creditor, newest day first",
    responses=problems(CollectionUnknown),
)
async def list_collections(
    *,
    issuer_id: UUID,
    session: Session,
    caller: StaffOrOrganiser,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[CollectionOut]:
    """Includes cancelled ones. One day's come by id; the next page is `after` the last id."""
    await access.check_may_collect(session, caller, issuer_id)
    rows = await store.list_collections(session, issuer_id, after=after, limit=limit)
    return [CollectionOut.model_validate(row) for row in rows]


@router.get(
    "/issuers/{issuer_id}/collections/{collection_id}",
    summary="Show a collection and the status of each direct debit",
    responses=problems(CollectionUnknown),
)
async def get_collection(
    issuer_id: UUID, collection_id: UUID, session: Session, caller: StaffOrOrganiser
) -> CollectionDetailOut:
    """Return the collection; the bank statements say which debits were received or returned."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await store.get_collection(session, issuer_id, collection_id)
    await note_access(session, caller, await store.list_debtors(session, collection_id))
    items = await store.list_items(session, [collection_id])
    titles = await store.map_titles(session, [item.invoice_id for item in items])
    return CollectionDetailOut.of(row, items, titles)


@router.get(
    "/issuers/{issuer_id}/collections/{collection_id}/pain.008.xml",
    summary="Download the file of direct debits for the bank",
    response_class=XmlResponse,
    responses={
        **file_response(
            "pain.008 of the edition that the bank takes", {"application/xml": _EXAMPLE}
        ),
        **problems(CollectionUnknown),
    },
)
async def get_debits(
    issuer_id: UUID, collection_id: UUID, session: Session, caller: StaffOrOrganiser
) -> XmlResponse:
    """The bytes are the same on every download. The file holds full IBANs."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await store.get_collection(session, issuer_id, collection_id)
    await note_access(session, caller, await store.list_debtors(session, collection_id))
    return XmlResponse(row.content, headers=attachment(f"{row.day}-{row.id.hex}.xml"))


@router.post(
    "/issuers/{issuer_id}/collections/{collection_id}/items/{item_id}/rejection",
    summary="Record that the bank rejected a direct debit before it moved money",
    responses=problems(CollectionUnknown, CollectionAnswered),
)
async def reject_item(
    *,
    issuer_id: UUID,
    collection_id: UUID,
    item_id: UUID,
    body: RejectionIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> CollectionItemOut:
    """For what the bank's report (pain.002) says; rejections on statements are recorded already.

    Its invoices can be collected again, by another mandate if the reason is one of the account.
    """
    await access.check_may_collect(session, caller, issuer_id)
    items = await commands.reject_debit(
        session, issuer_id, collection_id, item_id, reason=body.reason
    )
    titles = await store.map_titles(session, [item.invoice_id for item in items])
    (debit,) = CollectionItemOut.all_of(items, titles)
    return debit


@router.post(
    "/issuers/{issuer_id}/collections/{collection_id}/cancellation",
    summary="Cancel a collection that did not go to the bank",
    responses=problems(CollectionUnknown, CollectionAnswered),
)
async def cancel_collection(
    issuer_id: UUID, collection_id: UUID, session: Session, caller: StaffOrOrganiser
) -> CollectionOut:
    """Record that the bank never got the file. The invoices can be collected again."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await commands.cancel_collection(session, issuer_id, collection_id)
    return CollectionOut.model_validate(row)
