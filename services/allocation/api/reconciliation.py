"""Routes for the reconciliation with the DSO: JSON, CSV by point, Parquet by step."""

import asyncio
from collections.abc import Collection
from io import BytesIO
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.http.files import CsvResponse, ParquetResponse
from libs.common.ids import OperationIdField, Prm
from services.allocation import access
from services.allocation.api.dependencies import OwnDatabase, Session
from services.allocation.commands.reconciliation import reconcile, reconcile_steps
from services.allocation.domain.reconciliation import (
    DetailedReconciliation,
    DsoResultsMissing,
    Reconciliation,
)
from services.allocation.domain.settlements import DaysWaiting
from services.allocation.schemas.reconciliation import ReconciliationOut
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = (OperationUnknown, MonthMalformed, DsoResultsMissing, DaysWaiting)
_CSV = (
    "prm,direction,quantity,basis,own_wmin,dso_wmin,difference_wmin"
    ",perimeter_mismatch_count,perimeter_mismatch_wmin,missing_reading_count,missing_reading_wmin"
    ",late_correction_count,late_correction_wmin"
    ",coefficients_rounded_count,coefficients_rounded_wmin"
    ",key_not_applied_count,key_not_applied_wmin"
    ",rounding_count,rounding_wmin,unexplained_count,unexplained_wmin\n"
    "99110000000101,consumption,self_consumed,step,432000,431940,-60,"
    "0,0,0,0,0,0,0,0,0,0,2,-60,0,0\n"
)


@router.get(
    "/operations/{operation_id}/reconciliation",
    summary="Compare the DSO's results of a month with our shares",
    responses=problems(*_REFUSALS),
)
async def get_reconciliation(
    operation_id: OperationIdField,
    month: MonthInQuery,
    database: OwnDatabase,
    caller: StaffOrOrganiser,
    limit: Annotated[
        int | None, Query(ge=1, le=10_000, description="of `points` and of `findings`; none: all")
    ] = None,
) -> ReconciliationOut:
    """Per point and in total, in watt-minutes, with the cause of each difference.

    Compared by step where the DSO provides curves, else by month. `dso-results-missing` until the
    DSO has provided results for the month; after `days-waiting`, try again in a second. What has
    been compared is kept until something changes: the first answer may take seconds.
    """
    caller.check_may_run(operation_id)
    reconciliation = await reconcile(database, operation_id, month)
    return await asyncio.to_thread(ReconciliationOut.of, reconciliation, limit=limit)


@router.get(
    "/operations/{operation_id}/reconciliation.csv",
    summary="Download the reconciliation by point and quantity as CSV",
    response_class=CsvResponse,
    responses={
        **file_response("One row per point, direction and quantity", {"text/csv": _CSV}),
        **problems(*_REFUSALS),
    },
)
@costs(1)
async def get_reconciliation_csv(
    operation_id: OperationIdField,
    month: MonthInQuery,
    database: OwnDatabase,
    caller: StaffOrOrganiser,
) -> CsvResponse:
    """One row per point, direction and quantity; comma, UTF-8, energies in watt-minutes.

    Columns `prm,direction,quantity,basis,own_wmin,dso_wmin,difference_wmin`, then for each class
    the number and the sum of its differences: `late_correction_count`, `late_correction_wmin`, ….
    """
    caller.check_may_run(operation_id)
    reconciliation = await reconcile(database, operation_id, month)
    body = await asyncio.to_thread(reconciliation.points.write_csv)
    return CsvResponse(body, headers=_named(reconciliation, "csv"))


@router.get(
    "/operations/{operation_id}/reconciliation.parquet",
    summary="Download the steps that differ from the DSO's as Parquet",
    response_class=ParquetResponse,
    responses={
        **file_response(
            "One row per step, point and quantity that differs",
            {"application/vnd.apache.parquet": None},
        ),
        **problems(*_REFUSALS),
    },
)
@costs(1)
async def get_reconciliation_parquet(
    operation_id: OperationIdField,
    month: MonthInQuery,
    session: Session,
    database: OwnDatabase,
    caller: StaffOrOrganiser,
) -> ParquetResponse:
    """One row per step, point and quantity that differs by more than rounding.

    Columns `start` (UTC), `step_min`, `prm`, `direction`, `quantity`, `own_wmin`, `dso_wmin`,
    `difference_wmin` (watt-minutes, null where one side has no value), `class`, `evidence`.
    Organisers get no rows of points that are not shared with them step by step.
    """
    caller.check_may_run(operation_id)
    days = month.days
    # Before, as what is compared is read in a transaction that writes nothing.
    async with database.transaction() as noting:
        _, perimeter = await access.get_noted_view(noting, caller, operation_id)
        hidden = await access.list_hidden(noting, caller, perimeter, days[0], days[-1])
    reconciliation = await reconcile_steps(session, operation_id, month)
    body = await asyncio.to_thread(_parquet, reconciliation, hidden)
    return ParquetResponse(body, headers=_named(reconciliation, "parquet"))


def _parquet(reconciliation: DetailedReconciliation, hidden: Collection[Prm]) -> bytes:
    content = BytesIO()
    is_hidden = pl.col("prm").is_in(pl.Series(sorted(hidden), dtype=pl.String).implode())
    reconciliation.steps.filter(~is_hidden).write_parquet(content)
    return content.getvalue()


def _named(reconciliation: Reconciliation, extension: str) -> dict[str, str]:
    return attachment(
        f"reconciliation-{reconciliation.operation_id}-{reconciliation.month}.{extension}"
    )
