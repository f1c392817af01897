"""Bodies of the routes for coefficients that are set before their month."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.regimes import RegimeInForce
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.schemas.coefficient_regimes import RegimeOfMonthOut
from services.allocation.schemas.keys import DayBasisOut, without_nul
from services.allocation.tables import CoefficientDepositRow

_EXAMPLE_RULES = {
    "shares": {"99220000000101": "0.2", "99220000000102": "0.8"},
    "schedules": [
        {
            "days": ["working_day"],
            "hours": [["08:00", "18:00"]],
            "shares": {"99220000000101": "0.7", "99220000000102": "0.3"},
        }
    ],
}


class CalendarSharesIn(BodyIn):
    """Shares of the production that depend on nothing but the calendar."""

    rules: Annotated[dict[str, Any], AfterValidator(without_nul)] = Field(
        max_length=2,
        description="`shares`: prm to decimal text, at most 1 in all; `schedules`: other `shares`"
        " for some `months`, `days` and `hours`, as of a priority key; the first that covers the"
        " start of a step holds",
        examples=[_EXAMPLE_RULES],
    )


class CoefficientDepositOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2027-01"])
    number: int = Field(description="counts the deposits of the month; the last one counts")
    deposited_at: AwareDatetime
    deposited_by: str = Field(description="subject of the token")
    rules: dict[str, Any] | None = Field(
        description="what it was made of; null: somebody sent the file", examples=[_EXAMPLE_RULES]
    )
    name: str = Field(
        description="of the file for the DSO", examples=["ACC00000101_30_01012027_31012027.txt"]
    )
    step_min: int
    sha256: str = Field(description="of that file, as downloaded")

    @classmethod
    def of(cls, row: CoefficientDepositRow) -> Self:
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class BasisOfDaysOut(BodyOut):
    first_day: date
    last_day: date
    basis: DayBasisOut | None = Field(description="null: the key in force")


class CoefficientDepositsOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2027-01"])
    regime: RegimeOfMonthOut
    last_day: date | None = Field(
        description="last day of a deposit, before the month; null: none is taken",
        examples=["2026-12-17"],
    )
    deposits: list[CoefficientDepositOut] = Field(description="so far, by number")
    shares_by: list[BasisOfDaysOut] = Field(
        description="what shares the days of the month as things stand; days without a key and"
        " without a deposit are left out"
    )

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        regime: RegimeInForce,
        rows: Sequence[CoefficientDepositRow],
        keys: OperationKeys,
    ) -> Self:
        month = regime.month
        return cls(
            operation_id=operation_id,
            month=str(month),
            regime=RegimeOfMonthOut.of(regime),
            last_day=regime.last_day if regime.takes_deposits else None,
            deposits=[CoefficientDepositOut.of(row) for row in rows],
            shares_by=[
                BasisOfDaysOut(
                    first_day=days[0],
                    last_day=days[-1],
                    basis=period.basis and DayBasisOut.of(period.basis),
                )
                for period in keys.during(month)
                if (days := [day for day in month.days if period.covers(day)])
            ],
        )
