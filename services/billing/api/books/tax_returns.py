"""Routes about what a seller declares of VAT and accise."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.http import file_response, problems
from libs.common.http.allowances import costs
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.domain.books.tax_returns import TaxReturn
from services.billing.domain.invoices.periods import BillingPeriod, PeriodMalformed
from services.billing.formats.tax_return_csv import COLUMNS, write_tax_return
from services.billing.schemas.books.tax_returns import TaxReturnOut
from services.billing.store.books import tax_returns as store
from services.billing.store.taxes.sellers import SellerUnknown, check_seller

router = APIRouter(route_class=TokenFirstRoute)

_EXAMPLE = (
    f"{','.join(COLUMNS)}\n"
    "vat,0.2,,F2026-00001,0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10,invoice,false,2026-11-05,"
    "2026-10-31,,,,310,62\n"
)


async def _in_query(
    period: Annotated[
        str,
        Query(
            max_length=10,
            description="a month or a quarter: YYYY-MM or YYYY-Qn",
            examples=["2026-10"],
        ),
    ],
) -> BillingPeriod:
    return BillingPeriod.parse(period)


_Period = Annotated[BillingPeriod, Depends(_in_query)]


class TaxReturnResponse(Response):
    media_type = "text/csv"


@router.get(
    "/issuers/{issuer_id}/tax-return",
    summary="Show the figures of a seller's VAT and accise returns",
    responses=problems(SellerUnknown, PeriodMalformed),
)
@costs(1)
async def get_tax_return(
    issuer_id: UUID, period: _Period, session: Session, caller: AnyPerson
) -> TaxReturnOut:
    """VAT by rate (CA3) and accise by category and rate, each with the documents behind.

    A document counts on the day on which its VAT becomes chargeable: an invoice on the last day of
    its supply, whenever it is issued (CGI 269, 1-a bis and 2-a); a credit note, and an invoice that
    follows one already issued, on its issue date (CGI 272, 1; 289, I-5). Each figure is the sum of
    its documents. What is supplied and not billed yet is not in it.
    """
    figures = await _get_figures(session, caller, issuer_id, period)
    return TaxReturnOut.of(issuer_id, period, figures)


@router.get(
    "/issuers/{issuer_id}/tax-return.csv",
    summary="Download the documents behind a seller's VAT and accise returns",
    response_class=TaxReturnResponse,
    responses={
        **file_response("One row per document, tax and rate", {"text/csv": _EXAMPLE}),
        **problems(SellerUnknown, PeriodMalformed),
    },
)
@costs(1)
async def get_tax_return_csv(
    issuer_id: UUID, period: _Period, session: Session, caller: AnyPerson
) -> TaxReturnResponse:
    """Comma-separated, UTF-8; amounts in cents, those of credit notes negative."""
    figures = await _get_figures(session, caller, issuer_id, period)
    return TaxReturnResponse(await asyncio.to_thread(write_tax_return, figures))


async def _get_figures(
    session: AsyncSession, caller: Principal, issuer_id: UUID, period: BillingPeriod
) -> TaxReturn:
    await access.check_may_read_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    return await store.get_tax_return(session, issuer_id, period.first_day, period.end)
