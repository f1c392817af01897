"""A route about what is not billed at the end of a fiscal year."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.edge.days import YearField
from libs.common.http import problems
from libs.common.http.allowances import costs
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.drafts.unbilled import list_unbilled
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
    issuer_id: UUID, year: _FiscalYear, session: Session, caller: AnyPerson
) -> UnbilledYearOut:
    """By operation, month and customer, in the cents of the drafts that a run would make now.

    Look before closing the year: what is issued later is dated in the next one. Corrections of
    months already billed are in it, credits as negative sums. A month that cannot be drafted, such
    as one that is not settled, is listed with why. Nothing is kept, and nothing entered.
    """
    await access.check_may_read_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    books = await get_books(session, issuer_id)
    months = await list_unbilled(session, issuer_id, books, year)
    return UnbilledYearOut.of(year, books.last_day(year), months)
