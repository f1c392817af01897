"""Routes for the yearly statements of given energy."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.surplus.yearly_reports import YearInQuery
from services.billing.commands.surplus.gift_statements import (
    NothingGiven,
    list_gift_statements,
    print_gift_statements,
)
from services.billing.domain.wordings import Language
from services.billing.schemas.surplus.gift_statements import GiftStatementOut

router = APIRouter(prefix="/operations/{operation_id}", route_class=TokenFirstRoute)

_PDF = "application/pdf"


@router.get("/gift-statements", summary="Show what members gave and received in a year")
@costs(1)
async def get_statements(
    caller: AnyPerson, operation_id: OperationIdField, session: Session, year: YearInQuery
) -> list[GiftStatementOut]:
    """Return the gifts by member, from the newest settlements of the months of giving.

    Members see their own; staff and the organiser see all.
    """
    scope = await access.get_statement_scope(session, caller, operation_id)
    statements = await list_gift_statements(session, operation_id, year, member_id=scope.member_id)
    if scope.is_everything:
        await note_access(session, caller, [statement.member_id for statement in statements])
    return [GiftStatementOut.of(statement) for statement in statements]


@router.get(
    "/gift-statements.pdf",
    summary="Download what members gave and received in a year as PDF",
    response_class=Response,
    responses={
        **problems(NothingGiven),
        **file_response("PDF/A-3b, a page for each member", {_PDF: None}),
    },
)
@costs(2)
async def get_statements_pdf(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    session: Session,
    year: YearInQuery,
    member_id: Annotated[UUID | None, Query(description="only this member's")] = None,
    language: Annotated[Language, Query(description="of the page", examples=["fr"])] = (
        Language.FRENCH
    ),
) -> Response:
    """A page for each member whose statement the caller may see, watermarked if months lack.

    It says that the energy was given, and that no invoice is made of it.
    """
    scope = await access.get_scope_of_statement(session, caller, operation_id, member_id)
    content, members = await print_gift_statements(
        session, operation_id, year, member_id=scope.member_id, language=language
    )
    if caller.may_run(operation_id):
        await note_access(session, caller, members)
    return Response(
        content, media_type=_PDF, headers=attachment(f"{operation_id}-{year}-gifts.pdf")
    )
