"""Body of the route for how far operations' months have come."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.edge.months import MonthState, by_operation
from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.allocation.domain.days import DayStatus
from services.allocation.domain.settlements import SettlementStatus
from services.allocation.store.months import MonthProgress

_ENDED = (DayStatus.ALLOCATED, DayStatus.PURGED)
_STUCK = (DayStatus.INCOMPLETE, DayStatus.NO_KEY, DayStatus.KEY_INCOMPLETE, DayStatus.FAILED)


class SharesOut(BodyOut):
    state: MonthState = Field(
        description="`empty`: no day has been looked at; `blocked`: some day lacks readings, a key"
        " or coefficients, or failed; `complete`: all days are allocated"
    )
    days: int = Field(description="of the month, on which some point takes part", examples=[31])
    statuses: dict[DayStatus, int] = Field(
        description="how many days have each status; those of which nothing has arrived are left"
        " out",
        examples=[{"allocated": 30, "incomplete": 1}],
    )

    @classmethod
    def of(cls, row: MonthProgress) -> Self:
        return cls(state=_state_of_shares(row), days=row.days, statuses=row.statuses)


class MonthSettlementOut(BodyOut):
    state: MonthState = Field(
        description="`empty`: not settled; `partial`: settled, and settled again in a moment;"
        " `blocked`: something has changed, and it cannot be settled again; `complete`: settled"
    )
    number: int | None = Field(description="of the last settlement", examples=[1])
    status: SettlementStatus | None

    @classmethod
    def of(cls, row: MonthProgress) -> Self:
        return cls(state=_state_of_settlement(row), number=row.number, status=row.status)


class MonthDsoResultsOut(BodyOut):
    """The results that can be compared: `GET …/reconciliation` lists the differences."""

    state: MonthState = Field(
        description="`empty`: the DSO has given nothing; `complete`: it has given definitive"
        " energies of the month, or definitive curves of all its days"
    )
    days: int = Field(description="with curves", examples=[31])
    definitive_days: int = Field(description="with definitive curves", examples=[31])
    month_definitive: bool | None = Field(
        description="whether its energies of the month are definitive; null if there are none",
        examples=[None],
    )

    @classmethod
    def of(cls, row: MonthProgress) -> Self:
        return cls(
            state=_state_of_results(row),
            days=row.dso_days,
            definitive_days=row.dso_definitive_days,
            month_definitive=row.dso_definitive,
        )


class SharesMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    shares: SharesOut
    settlement: MonthSettlementOut
    dso_results: MonthDsoResultsOut


class SharesMonthsOut(BodyOut):
    """Months of an operation, and how far their shares, settlement and DSO results have come."""

    operation_id: OperationId
    months: list[SharesMonthOut] = Field(description="each that was asked for, in order")

    @classmethod
    def all_of(cls, rows: Iterable[MonthProgress]) -> list[Self]:
        """Return one for each operation. rows: by operation and month."""
        return [
            cls(operation_id=operation_id, months=[_month(row) for row in operation_rows])
            for operation_id, operation_rows in by_operation(rows)
        ]


def _month(row: MonthProgress) -> SharesMonthOut:
    return SharesMonthOut(
        month=str(Month.of(row.month)),
        shares=SharesOut.of(row),
        settlement=MonthSettlementOut.of(row),
        dso_results=MonthDsoResultsOut.of(row),
    )


def _state_of_shares(row: MonthProgress) -> MonthState:
    if any(status in row.statuses for status in _STUCK):
        return MonthState.BLOCKED
    ended = sum(row.statuses.get(status, 0) for status in _ENDED)
    if ended and ended == row.days:
        return MonthState.COMPLETE
    return MonthState.PARTIAL if row.statuses else MonthState.EMPTY


def _state_of_settlement(row: MonthProgress) -> MonthState:
    if row.number is None:
        return MonthState.EMPTY
    if row.is_refused:
        return MonthState.BLOCKED
    return MonthState.PARTIAL if row.is_outdated else MonthState.COMPLETE


def _state_of_results(row: MonthProgress) -> MonthState:
    all_days = bool(row.days) and row.dso_definitive_days >= row.days
    if row.dso_definitive or all_days:
        return MonthState.COMPLETE
    is_there = row.dso_days or row.dso_definitive is not None
    return MonthState.PARTIAL if is_there else MonthState.EMPTY
