"""Routes for declarations to the DSO: entries, exits and the file that lists them."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in, today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import attachment, file_response, problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.enrolments import declarations as commands
from services.community.domain.enrolments.declarations import (
    DeclarationElsewhere,
    DeclarationUnknown,
    NothingToDeclare,
)
from services.community.domain.enrolments.problems import StepDayUnfit
from services.community.domain.problems import (
    OperationUnknown,
)
from services.community.schemas.enrolments.declarations import (
    DeclarationIn,
    DeclarationLineOut,
    DeclarationMadeOut,
    DeclarationOut,
    DownloadOut,
    LeftOutOut,
    NextDeclarationOut,
)
from services.community.schemas.feasibility.feasibility import BreachOut
from services.community.store.enrolments import declarations as store
from services.community.tables import DeclarationRow

router = APIRouter(prefix="/operations/{operation_id}/declarations", route_class=TokenFirstRoute)

_CSV = "text/csv"
_EXAMPLE = (
    "operation;mouvement;date_effet;prm;sens;titulaire;siren;adresse;puissance_souscrite_va;"
    "puissance_installee_w;declare_le\r\nACC00000101;ENTREE;01/01/2027;99110000000101;SOUTIRAGE;"
    "Lucie Brindille;;14 rue des Encriers, 99110 Pousselac-sur-Aurelle;6000;;02/11/2026\r\n"
)


@router.get("", summary="List the declarations to the DSO")
async def list_declarations(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    session: Session,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[DeclarationOut]:
    """In order of id; for staff and the operation's organiser."""
    caller.check_may_run(operation_id)
    rows = await store.list_declarations(session, operation_id, after=after, limit=limit)
    return await _declarations_out(session, rows)


@router.get(
    "/next",
    summary="Preview the next declaration to the DSO",
    responses=problems(OperationUnknown),
)
async def show_next_declaration(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> NextDeclarationOut:
    """Signed entries and requested exits; those left out have a reason.

    For staff and the operation's organiser. Nothing is declared yet.
    """
    caller.check_may_run(operation_id)
    today = today_in(session)
    plan = await commands.plan_declaration(session, Claimant.of(caller), operation_id, today)
    return NextDeclarationOut(
        lines=[
            DeclarationLineOut.model_validate(commands.line_row(taking.row.id, taking))
            for taking in plan.takings
        ],
        left_out=[
            LeftOutOut.of(omission.enrolment, omission.problem) for omission in plan.left_out
        ],
        breaches=BreachOut.list_of(plan.breaches),
    )


@router.put(
    "/{declaration_id}",
    summary="Declare entries and exits to the DSO",
    responses=problems(OperationUnknown, StepDayUnfit, NothingToDeclare, DeclarationElsewhere),
)
async def put_declaration(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    declaration_id: UUID,
    body: DeclarationIn,
    session: Session,
) -> DeclarationMadeOut:
    """Create and keep the file of all entries and exits to declare, under an id of your choice.

    It takes the steps `declare` and `declare_exit` on `day`; send the file to the DSO that day. The
    same id again changes nothing. For staff and the operation's organiser.
    """
    caller.check_may_run(operation_id)
    row, breaches = await commands.declare(
        session, Claimant.of(caller), operation_id, declaration_id, body.day
    )
    (made,) = await _declarations_out(session, [row])
    return DeclarationMadeOut(**dict(made), breaches=BreachOut.list_of(breaches))


@router.get(
    "/{declaration_id}",
    summary="Show a declaration to the DSO",
    responses=problems(DeclarationUnknown),
)
async def show_declaration(
    caller: StaffOrOrganiser, operation_id: OperationIdField, declaration_id: UUID, session: Session
) -> DeclarationOut:
    """Its lines, its checksum, its author and its downloads.

    For staff and the operation's organiser.
    """
    caller.check_may_run(operation_id)
    row = await store.get_declaration(session, operation_id, declaration_id)
    return (await _declarations_out(session, [row]))[0]


@router.get(
    "/{declaration_id}/file",
    summary="Download the file of a declaration",
    response_class=Response,
    responses={
        **problems(DeclarationUnknown),
        **file_response("The same bytes each time", {_CSV: _EXAMPLE}),
    },
)
async def get_file(
    caller: StaffOrOrganiser, operation_id: OperationIdField, declaration_id: UUID, session: Session
) -> Response:
    """CSV for the DSO; each download is recorded, and from the second on the name says `copy`.

    For staff and the operation's organiser.
    """
    caller.check_may_run(operation_id)
    row = await store.get_declaration(session, operation_id, declaration_id)
    await note_access(session, caller, await store.list_members(session, declaration_id))
    number = await store.add_download(session, row.id, at=now_in(session), by=caller.subject)
    repeated = f"-copy{number}" if number > 1 else ""
    name = f"{operation_id}-{row.declared_on}-{row.sha256[:8]}{repeated}.csv"
    return Response(row.content, media_type=_CSV, headers=attachment(name))


async def _declarations_out(
    session: AsyncSession, rows: Sequence[DeclarationRow]
) -> list[DeclarationOut]:
    ids = [row.id for row in rows]
    lines = await store.map_lines(session, ids)
    downloads = await store.map_downloads(session, ids)
    return [
        DeclarationOut(
            id=row.id,
            operation_id=row.operation_id,
            declared_on=row.declared_on,
            sha256=row.sha256,
            made_at=row.made_at,
            made_by=row.made_by,
            lines=[DeclarationLineOut.model_validate(line) for line in lines.get(row.id, ())],
            downloads=[
                DownloadOut.model_validate(download) for download in downloads.get(row.id, ())
            ],
        )
        for row in rows
    ]
