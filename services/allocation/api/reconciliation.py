"""Routes for the reconciliation with the DSO: JSON, CSV by point, Parquet by step."""

import asyncio
from io import BytesIO

from fastapi import APIRouter, Response

from libs.common.auth import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import ACCESS, MonthInQuery, Organiser, Session
from services.allocation.commands.reconciliation import reconcile
from services.allocation.domain.reconciliation import DsoResultsMissing, Reconciliation
from services.allocation.domain.settlements import DaysWaiting
from services.allocation.schemas.reconciliation import ReconciliationOut
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = (*ACCESS, OperationUnknown, MonthMalformed, DsoResultsMissing, DaysWaiting)


class CsvResponse(Response):
    """For OpenAPI: what the CSV route answers."""

    media_type = "text/csv"


class ParquetResponse(Response):
    """For OpenAPI: what the Parquet route answers."""

    media_type = "application/vnd.apache.parquet"


@router.get(
    "/operations/{operation_id}/reconciliation",
    summary="The DSO's own results of a month against our shares",
    responses=problems(*_REFUSALS),
)
async def get_reconciliation(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, principal: Organiser
) -> ReconciliationOut:
    """Per point and in total, in watt-minutes, with what each difference is put down to.

    Compared by step where the DSO gives curves, else by month. `dso-results-missing` until the
    DSO has given something for the month; `days-waiting` is worth trying again in a second.
    """
    principal.check_may_run(operation_id)
    found = await reconcile(session, operation_id, month)
    return await asyncio.to_thread(ReconciliationOut.of, found)


@router.get(
    "/operations/{operation_id}/reconciliation.csv",
    summary="The reconciliation by point and quantity, as CSV",
    response_class=CsvResponse,
    responses=problems(*_REFUSALS),
)
async def get_reconciliation_csv(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, principal: Organiser
) -> CsvResponse:
    """One row per point, direction and quantity; comma, UTF-8, energies in watt-minutes.

    Columns `prm,direction,quantity,basis,own_wmin,dso_wmin,difference_wmin`, then for each class
    how many differences it has and what they add up to: `late_correction_count`,
    `late_correction_wmin`, ….
    """
    principal.check_may_run(operation_id)
    found = await reconcile(session, operation_id, month)
    body = await asyncio.to_thread(found.points.write_csv)
    return CsvResponse(body, headers=_named(found, "csv"))


@router.get(
    "/operations/{operation_id}/reconciliation.parquet",
    summary="The steps that differ from the DSO's, as Parquet",
    response_class=ParquetResponse,
    responses=problems(*_REFUSALS),
)
async def get_reconciliation_parquet(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, principal: Organiser
) -> ParquetResponse:
    """One row per step, point and quantity that differs by more than rounding.

    Columns `start` (UTC), `step_min`, `prm`, `direction`, `quantity`, `own_wmin`, `dso_wmin`,
    `difference_wmin` (watt-minutes, null where one side has no value), `class`, `evidence`.
    """
    principal.check_may_run(operation_id)
    found = await reconcile(session, operation_id, month)
    body = await asyncio.to_thread(_parquet, found)
    return ParquetResponse(body, headers=_named(found, "parquet"))


def _parquet(found: Reconciliation) -> bytes:
    content = BytesIO()
    found.steps.write_parquet(content)
    return content.getvalue()


def _named(found: Reconciliation, extension: str) -> dict[str, str]:
    name = f"reconciliation-{found.operation_id}-{found.month}.{extension}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
