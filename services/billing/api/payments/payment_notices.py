"""Routes about payment notices."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import OptionalMonthInQuery
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.access.payments import check_may_see_notice
from services.billing.api.dependencies import Session
from services.billing.commands.invoices.notice_documents import print_notice
from services.billing.domain.invoices.notice_standings import NoticeStanding
from services.billing.domain.payments.payment_notices import PaymentNoticeUnknown
from services.billing.domain.wordings import Language
from services.billing.schemas.payments.payment_notices import PaymentNoticeOut
from services.billing.store.copies import get_language
from services.billing.store.payments import payment_notices as store
from services.billing.store.payments.notice_standings import list_standings

router = APIRouter(route_class=TokenFirstRoute)

_PDF = "application/pdf"


@router.get(
    "/payment-notices",
    summary="List payment notices",
    responses=problems(MonthMalformed, PaymentNoticeUnknown),
)
async def list_payment_notices(
    *,
    session: Session,
    caller: AnyPerson,
    month: OptionalMonthInQuery,
    operation_id: OperationIdField | None = None,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[PaymentNoticeOut]:
    """Staff see all, organisers those of their operations, members those that they got.

    month: in which they were made. The newest comes first. What is payable is as of now.
    """
    access.check_may_list(caller, operation_id)
    notices = await store.list_notices(
        session,
        caller.scope,
        operation_id=operation_id,
        month=month,
        after=after,
        limit=limit,
    )
    await note_access(session, caller, {notice.parties.customer_id for notice in notices})
    return [PaymentNoticeOut.of(standing) for standing in await list_standings(session, notices)]


@router.get(
    "/payment-notices/{notice_id}.pdf",
    summary="Download a payment notice as PDF",
    response_class=Response,
    responses={
        **problems(PaymentNoticeUnknown),
        **file_response("PDF/A-3b", {_PDF: None}),
    },
)
@costs(2)
async def get_payment_notice_pdf(
    notice_id: UUID,
    session: Session,
    caller: AnyPerson,
    language: Annotated[
        Language | None, Query(description="of the page; default: that of its customer")
    ] = None,
) -> Response:
    """One page: what is left to pay as of today, by document, and how to pay it in one sum."""
    standing = await _read(session, caller, notice_id)
    notice = standing.notice
    chosen = language or await get_language(session, notice.parties.customer_id)
    content = await print_notice(session, standing, chosen)
    headers = {"Content-Disposition": f'inline; filename="{notice.number}.pdf"'}
    return Response(content, media_type=_PDF, headers=headers)


@router.get(
    "/payment-notices/{notice_id}",
    summary="Show a payment notice",
    responses=problems(PaymentNoticeUnknown),
)
async def get_payment_notice(
    notice_id: UUID, session: Session, caller: AnyPerson
) -> PaymentNoticeOut:
    """One sum and one reference for several documents; sellers see their documents only."""
    return PaymentNoticeOut.of(await _read(session, caller, notice_id))


async def _read(session: AsyncSession, caller: Principal, notice_id: UUID) -> NoticeStanding:
    notice = await store.get_notice(session, notice_id)
    check_may_see_notice(caller, notice)
    await note_access(session, caller, {notice.parties.customer_id})
    (standing,) = await list_standings(session, [notice])
    return standing
