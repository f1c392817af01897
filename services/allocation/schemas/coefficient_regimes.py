"""Bodies of the routes about when coefficients are set."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.reference import RegimeRow
from services.allocation.domain.coefficient_regimes.regimes import (
    APPLICATIONS,
    MAX_DEPOSIT_DAYS,
    CoefficientRegime,
    DsoApplication,
    RegimeChoice,
    RegimeInForce,
    WithoutDeposit,
    announced_rows,
    default_row,
    regime_of,
)

_REGIME = (
    "`after_the_month`: from what was metered; `before_the_month`: what is deposited settles,"
    " whatever is metered"
)
_VERIFIED = "whether somebody has checked against the text that the law sets this regime"
_WITHOUT = (
    "what settles a month before which nothing was deposited in time, unless the DSO applies the"
    " key by itself: `last_deposit`, of an earlier month, by weekday and clock; `default_key`, the"
    " DSO's own rule"
)


_AUTOMATIC = (
    "so many days before the last day for a month's coefficients, a forecast is deposited"
    " automatically if nothing else was, of months set before them; null: never. Whoever runs the"
    " operation sends it, replaces it or withdraws it"
)


class RegimeChoiceIn(BodyIn):
    """The operation's choice from a month on: to set its coefficients before or after a month."""

    regime: CoefficientRegime = Field(description=_REGIME)
    deposit_days: int | None = Field(
        ge=0,
        le=MAX_DEPOSIT_DAYS,
        description="until the last day for a month's coefficients: after its last day, or before"
        " its first; null: not known. The convention with the DSO says it",
        examples=[10],
    )
    without_deposit: WithoutDeposit = Field(description=_WITHOUT)
    automatic_deposit_days: int | None = Field(
        ge=0, le=MAX_DEPOSIT_DAYS, description=_AUTOMATIC, examples=[5]
    )


class RegimeChoiceOut(BodyOut):
    from_month: str = Field(examples=["2027-01"])
    regime: CoefficientRegime = Field(description=_REGIME)
    deposit_days: int | None = Field(examples=[10])
    without_deposit: WithoutDeposit = Field(description=_WITHOUT)
    automatic_deposit_days: int | None = Field(description=_AUTOMATIC, examples=[5])


class NationalRegimeOut(BodyOut):
    """The regime that the law is said to set."""

    regime: CoefficientRegime = Field(description=_REGIME)
    start: date | None = Field(
        description="null: announced, its day of effect is not known", examples=["2016-07-28"]
    )
    end: date | None = Field(examples=[None])
    source: str = Field(examples=["Code de l'énergie, art. L315-2"])
    verified_by: str | None = Field(
        description="null: nobody has read the text", examples=["Camille Rivoire"]
    )
    verified_on: date | None = Field(examples=["2026-12-01"])

    @classmethod
    def of(cls, row: RegimeRow) -> Self:
        return cls.model_validate(vars(row))


class RegimeOfMonthOut(BodyOut):
    """The regime of one month: a month has one."""

    month: str = Field(examples=["2026-12"])
    regime: CoefficientRegime = Field(description=_REGIME)
    is_default: bool = Field(
        description="whether the operation has chosen nothing", examples=[True]
    )
    is_verified: bool = Field(description=_VERIFIED, examples=[False])
    deposit_by: date | None = Field(
        description="last day for the month's coefficients; null: not known",
        examples=["2027-01-10"],
    )
    without_deposit: WithoutDeposit = Field(description=_WITHOUT)
    automatic_deposit_on: date | None = Field(
        description="day on which a forecast is deposited automatically if nothing else was; null:"
        " on none",
        examples=[None],
    )

    @classmethod
    def of(cls, in_force: RegimeInForce) -> Self:
        return cls(
            month=str(in_force.month),
            regime=in_force.regime,
            is_default=in_force.row is not None,
            is_verified=in_force.is_verified,
            deposit_by=in_force.deposit_by,
            without_deposit=in_force.without_deposit,
            automatic_deposit_on=in_force.automatic_deposit_on,
        )


class KeyApplicationOut(BodyOut):
    """The way in which the DSO can apply keys of one type."""

    key_type: str = Field(examples=["priority"])
    redistribute: bool | None = Field(description="of `static` keys", examples=[None])
    after_the_month: DsoApplication
    before_the_month: DsoApplication = Field(
        description="`by_itself`; by `coefficients_in_time`, deposited for each month; `not_at_all`"
    )
    takes_deposits: bool = Field(
        description="whether coefficients can be deposited here, in place of such a key, in a month"
        " set before it begins",
        examples=[True],
    )


class CoefficientRegimesOut(BodyOut):
    operation_id: OperationId
    choices: list[RegimeChoiceOut] = Field(description="of the operation, by month")
    in_force: RegimeOfMonthOut
    national: list[NationalRegimeOut] = Field(
        description="the default of a month: the row in force on its first day, and what is"
        " announced"
    )
    applications: list[KeyApplicationOut]

    @classmethod
    def of(cls, operation_id: OperationId, choices: Sequence[RegimeChoice], month: Month) -> Self:
        return cls(
            operation_id=operation_id,
            choices=[
                RegimeChoiceOut(
                    from_month=str(choice.from_month),
                    regime=choice.regime,
                    deposit_days=choice.deposit_days,
                    without_deposit=choice.without_deposit,
                    automatic_deposit_days=choice.automatic_deposit_days,
                )
                for choice in choices
            ],
            in_force=RegimeOfMonthOut.of(regime_of(choices, month)),
            national=[NationalRegimeOut.of(row) for row in (default_row(month), *announced_rows())],
            applications=[
                KeyApplicationOut(
                    **application._asdict(), takes_deposits=application.takes_deposits
                )
                for application in APPLICATIONS
            ],
        )
