"""Body of the route for how far the bills of operations' months have come."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.calendar import Month
from libs.common.edge.months import MonthState, by_operation
from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.billing.domain.drafts.runs import RunState
from services.billing.store.invoices.months import MonthBills


class BillsOut(BodyOut):
    """The documents of a month; one of a quarter is one of each of its months."""

    state: MonthState = Field(
        description="`empty`: there is no document; `partial`: there are drafts, or a run is under"
        " way; `blocked`: the newest run is blocked or has failed; `complete`: all are issued"
    )
    drafts: int = Field(description="invoices and credit notes", examples=[0])
    issued: int = Field(description="invoices and credit notes", examples=[12])
    total_cents: int = Field(
        description="of issued invoices, VAT included, without what was credited", examples=[48210]
    )
    run_id: UUID | None = Field(description="the newest run of the month or of its quarter")
    run_state: RunState | None
    is_gift: bool = Field(
        description="whether its energy is given: only fees are invoiced, if there are any",
        examples=[False],
    )

    @classmethod
    def of(cls, row: MonthBills) -> Self:
        return cls(
            state=_state(row),
            drafts=row.drafts,
            issued=row.issued,
            total_cents=row.total_cents,
            run_id=row.run_id,
            run_state=row.run_state,
            is_gift=row.is_gift,
        )


class BillsMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    bills: BillsOut


class BillsMonthsOut(BodyOut):
    """Months of an operation, and how far their bills have come."""

    operation_id: OperationId
    months: list[BillsMonthOut] = Field(description="each that was asked for, in order")

    @classmethod
    def all_of(cls, rows: Iterable[MonthBills]) -> list[Self]:
        """Return one for each operation. rows: by operation and month."""
        return [
            cls(operation_id=operation_id, months=[_month(row) for row in operation_rows])
            for operation_id, operation_rows in by_operation(rows)
        ]


def _month(row: MonthBills) -> BillsMonthOut:
    return BillsMonthOut(month=str(Month.of(row.month)), bills=BillsOut.of(row))


def _state(row: MonthBills) -> MonthState:
    if row.run_state in {RunState.BLOCKED, RunState.FAILED}:
        return MonthState.BLOCKED
    if row.drafts or row.run_state in {RunState.WAITING, RunState.ISSUING}:
        return MonthState.PARTIAL
    return MonthState.COMPLETE if row.issued else MonthState.EMPTY
