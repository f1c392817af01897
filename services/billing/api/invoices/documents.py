"""Routes about documents: the PDF and the XML of an invoice, the statement of a producer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import MonthInPath
from libs.common.edge.settings import CurrentSettings
from libs.common.edge.spending import Spend
from libs.common.file_store import FilesUnavailable, file_store
from libs.common.http import file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField, PrmField
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.invoices import documents as commands
from services.billing.commands.surplus.producer_statements import print_statements
from services.billing.domain.invoices.invoices import InvoiceNotIssued
from services.billing.domain.surplus.seller_statements import NothingSold
from services.billing.domain.wordings import Language
from services.billing.store.copies import get_language
from services.billing.store.invoices import invoices as store
from services.billing.store.invoices.filters import InvoiceFilter
from services.billing.store.invoices.invoices import InvoiceNotFound

router = APIRouter(route_class=TokenFirstRoute)

_PDF, _XML = "application/pdf", "application/xml"

LanguageInQuery = Annotated[Language, Query(description="of the page", examples=["fr"])]
OwnLanguageInQuery = Annotated[
    Language | None, Query(description="of the page; default: that of the customer")
]


@router.get(
    "/invoices/{invoice_id}.pdf",
    summary="Download an invoice as PDF",
    response_class=Response,
    responses={
        **problems(InvoiceNotFound, FilesUnavailable, commands.DocumentLost),
        **file_response("PDF/A-3b with the Factur-X XML inside", {_PDF: None}),
    },
)
@costs(1, always=False)
async def get_pdf(
    *,
    invoice_id: UUID,
    session: Session,
    caller: AnyPerson,
    settings: CurrentSettings,
    spend: Spend,
    language: OwnLanguageInQuery = None,
) -> Response:
    """The page with `factur-x.xml` (EN 16931) attached, for those who may read the invoice.

    An issued invoice's PDF is made on the first request and kept: from then on its bytes never
    change. The `ETag` is their SHA-256. A draft gives a preview with a watermark, without a number
    or XML; it is not kept. Neither is the seller's copy, which omits the customer's total
    consumption; its bytes and `ETag` stay the same until the layout changes. What is not
    kept is typeset on each request, and costly.
    """
    invoice = await store.get_invoice(session, invoice_id)
    access.check_may_see(caller, invoice)
    sees_consumption = access.sees_consumption(caller, invoice)
    if not (sees_consumption and commands.is_kept(invoice)):
        spend()
    await note_invoices(session, caller, [invoice])
    chosen = language or await get_language(session, invoice.customer_id)
    if sees_consumption:
        files = file_store(settings, commands.ROOM)
        document = await commands.get_document(session, invoice, chosen, files=files)
    else:
        document = await commands.get_copy_of_seller(invoice, chosen)
    return _file(document.content, _PDF, f"{invoice.number or 'draft'}.pdf", document.sha256)


@router.get(
    "/invoices/{invoice_id}/factur-x.xml",
    summary="Download the Factur-X XML of an invoice",
    response_class=Response,
    responses={
        **problems(InvoiceNotFound, InvoiceNotIssued),
        **file_response(
            "UN/CEFACT Cross Industry Invoice, profile EN 16931",
            {_XML: "<?xml version='1.0' encoding='UTF-8'?>\n<rsm:CrossIndustryInvoice …>…"},
        ),
    },
)
async def get_xml(invoice_id: UUID, session: Session, caller: AnyPerson) -> Response:
    """The XML that is attached to the PDF, for those who may read the invoice.

    A draft has none (`invoice-not-issued`).
    """
    invoice = await store.get_invoice(session, invoice_id)
    access.check_may_see(caller, invoice)
    await note_invoices(session, caller, [invoice])
    content = await commands.get_xml(invoice)
    return _file(content, _XML, "factur-x.xml", None)


@router.get(
    "/operations/{operation_id}/months/{month}/statements.pdf",
    summary="Download what producers sold in a month as PDF",
    response_class=Response,
    responses={
        **problems(MonthMalformed, NothingSold),
        **file_response("a part for each seller, on pages of its own", {_PDF: None}),
    },
)
@costs(2)
async def get_statements_pdf(
    *,
    operation_id: OperationIdField,
    month: MonthInPath,
    session: Session,
    caller: AnyPerson,
    producer: Annotated[
        PrmField | None, Query(description="only of the seller of this point's energy")
    ] = None,
    language: LanguageInQuery = Language.FRENCH,
) -> Response:
    """For each seller: energy and revenue by customer, and each plant's production and surplus.

    Members see what they sold in issued invoices; staff and the organiser see all, drafts too,
    with a watermark. A plant's production is shown if the seller had it all month, even if it sold
    nothing.
    """
    scope = await access.get_statement_scope(session, caller, operation_id)
    content = await print_statements(
        session,
        operation_id,
        month,
        producer=producer,
        seller_id=scope.member_id,
        language=language,
    )
    if scope.is_everything:
        sold = await store.list_invoices(
            session, InvoiceFilter(operation_id=operation_id, month=month)
        )
        await note_invoices(session, caller, sold)
    return _file(content, _PDF, f"{operation_id}-{month}.pdf", None)


def _file(content: bytes, media_type: str, name: str, sha256: str | None) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    if sha256:
        headers["ETag"] = f'"{sha256}"'
    return Response(content, media_type=media_type, headers=headers)
