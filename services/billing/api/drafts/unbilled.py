"""Routes about the end of a fiscal year: what is not billed, and its closing."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import YearField
from libs.common.http import problems
from libs.common.http.allowances import costs
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.drafts.unbilled import close_year as close_unbilled_year
from services.billing.commands.drafts.unbilled import list_unbilled
from services.billing.domain.books.closing import EarlierYearOpen, FiscalYearRunning
from services.billing.schemas.books.ledger import ClosingOut
from services.billing.schemas.drafts.unbilled import UnbilledYearOut
from services.billing.store.books.ledger import get_books
from services.billing.store.taxes.sellers import SellerUnknown, check_seller

router = APIRouter(route_class=TokenFirstRoute)

_FiscalYear = Annotated[
    YearField, Path(description="in which the fiscal year ends", examples=[2025])
]


@router.get(
    "/issuers/{issuer_id}/books/years/{year}/unbilled",
    summary="List what a seller has supplied in a fiscal year and not billed",
    responses=problems(SellerUnknown),
)
@costs(2)
async def get_unbilled(
    issuer_id: UUID, year: _FiscalYear, session: Session, caller: StaffOrOrganiser
) -> UnbilledYearOut:
    """Return the sums not billed on the last day of the year, by operation, month and customer.

    Sums are those of the documents issued since, and of the drafts that a run would make now. Look
    before closing the year. Corrections of months already billed are in it, credits as negative
    sums. A month that cannot be drafted, such as one that is not settled, is listed with why.
    Nothing is kept; the closing enters it.
    """
    await access.check_may_keep_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    books = await get_books(session, issuer_id)
    months = await list_unbilled(session, issuer_id, books, year)
    return UnbilledYearOut.of(year, books.last_day(year), months)


@router.post(
    "/issuers/{issuer_id}/books/years/{year}/closing",
    summary="Close a fiscal year",
    responses=problems(SellerUnknown, FiscalYearRunning, EarlierYearOpen),
)
async def close_year(
    issuer_id: UUID, year: _FiscalYear, session: Session, caller: StaffOrOrganiser
) -> ClosingOut:
    """Closing is final: the year takes no more entries. Repeating it changes nothing.

    One entry of the journal `AN` opens the next year: the balance of each balance-sheet account,
    by party and invoice; income less expenses goes to 120, a loss to 129. Bank transactions of a
    closed year that come later are entered on the first open day. What `…/unbilled` lists is
    entered on the last day (4181, 4198, 44587), and taken back on the first of the next year;
    of months that cannot be drafted only the documents issued since are.
    """
    await access.check_may_keep_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    return ClosingOut.model_validate(await close_unbilled_year(session, issuer_id, year))
