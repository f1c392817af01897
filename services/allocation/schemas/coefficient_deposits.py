"""Bodies of the routes for coefficients that are set before their month."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, Field

from libs.common.calendar import Month
from libs.common.edge.days import InstantField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm, PrmField
from libs.common.texts import ReasonField
from libs.common.units import WMIN_PER_KWH
from services.allocation.domain.coefficient_regimes.regimes import RegimeInForce
from services.allocation.domain.forecasts.forecast import ExpectedConsumer
from services.allocation.domain.forecasts.origins import ForecastOrigin
from services.allocation.domain.keys.deposit_months import (
    DepositKind,
    DepositState,
    sharing_without_deposit,
    standing_of,
)
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.domain.keys.timeline import Timeline
from services.allocation.domain.simulations import Profile
from services.allocation.schemas.coefficient_regimes import RegimeOfMonthOut
from services.allocation.schemas.keys import DayBasisOut, without_nul
from services.allocation.store.keys.deposits import DepositedConsumer
from services.allocation.tables import CoefficientDepositRow, DepositSubmissionRow

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


_EXAMPLE_WORDS = (
    "Readings of the days before 2026-12-10. Consumption: 12 by the mean of days like each day,"
    " 1 by a profile. Production: 1 plant under 5 skies. Shared by: priority."
)


class CalendarSharesIn(BodyIn):
    """Shares of the production that depend on nothing but the calendar."""

    rules: Annotated[dict[str, Any], AfterValidator(without_nul)] = Field(
        max_length=2,
        description="`shares`: prm to decimal text, at most 1 in all; `schedules`: other `shares`"
        " for some `months`, `days` and `hours`, as of a priority key; the first that covers the"
        " start of a step holds",
        examples=[_EXAMPLE_RULES],
    )


class ExpectedConsumerIn(BodyIn):
    """The facts known of a consumer without readings."""

    annual_kwh: Annotated[Decimal, Field(gt=0, le=10_000_000, decimal_places=3)] = Field(
        examples=["4500"]
    )
    profile: Profile | None = Field(
        None, description="rough shape of the year; null: the mean shape of the other consumers"
    )

    def consumer(self) -> ExpectedConsumer:
        return ExpectedConsumer(int(self.annual_kwh * WMIN_PER_KWH), self.profile)


class ForecastIn(BodyIn):
    expected: dict[PrmField, ExpectedConsumerIn] = Field(
        max_length=2000,
        description="by prm, of consumers without readings; any other without them is taken to be"
        " like the mean of the others",
        examples=[{"99220000000101": {"annual_kwh": "4500", "profile": "household"}}],
    )


class ForecastConsumerOut(BodyOut):
    """The source of a consumer's expected consumption."""

    prm: Prm = Field(examples=["99220000000101"])
    made_of: ForecastOrigin = Field(examples=["readings"])
    past_days: int = Field(description="that its days are means of", examples=[96])
    first_day: date | None = Field(
        description="of these; null: it has no readings", examples=["2026-10-13"]
    )
    last_day: date | None = Field(examples=["2026-12-09"])
    annual_kwh: str | None = Field(description="as given", examples=[None])
    profile: Profile | None = Field(examples=[None])


class ForecastOut(BodyOut):
    """The inputs of a deposit from a forecast, as they were then."""

    in_words: str = Field(examples=[_EXAMPLE_WORDS])
    read_before: date = Field(description="only days before it counted", examples=["2026-12-10"])
    key_types: list[str] = Field(description="of the keys that shared it", examples=[["priority"]])
    consumers: list[ForecastConsumerOut] = Field(description="by prm")
    plants: list[Prm] = Field(description="with readings, by prm", examples=[["99220000000010"]])


class DepositSubmissionIn(BodyIn):
    sent_at: InstantField | None = Field(
        None,
        description="not in the future; null: now",
        examples=["2026-12-11T09:30:00Z"],
    )
    note: ReasonField | None = Field(None, examples=["Sent by the portal, answer 4711"])


class DepositSubmissionOut(BodyOut):
    """The record that somebody gave the deposit to the DSO."""

    sent_at: AwareDatetime
    recorded_at: AwareDatetime
    recorded_by: str = Field(description="subject of the token")
    note: str | None = Field(examples=["Sent by the portal, answer 4711"])

    @classmethod
    def of(cls, row: DepositSubmissionRow) -> Self:
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class CoefficientDepositHeadOut(BodyOut):
    """An entry of a month: a deposit, or that the one before it is withdrawn."""

    operation_id: OperationId
    month: str = Field(examples=["2027-01"])
    number: int = Field(
        description="counts the entries of the month; the last one counts, and of one that"
        " withdraws, nothing does"
    )
    kind: DepositKind = Field(
        description="what it was made of: rules by `calendar`, a `file`, or a `forecast`; or a"
        " `withdrawal`"
    )
    deposited_at: AwareDatetime
    deposited_by: str = Field(
        description="subject of the token; `elocoop`: automatically, by the operation's choice"
    )
    name: str | None = Field(
        description="of the file for the DSO; null: a withdrawal, as the next two",
        examples=["ACC00000101_30_01012027_31012027.txt"],
    )
    step_min: int | None
    sha256: str | None = Field(description="of that file, as downloaded")
    submission: DepositSubmissionOut | None = Field(
        description="null: nobody has recorded that the DSO has it"
    )

    @classmethod
    def of(cls, row: CoefficientDepositRow, submission: DepositSubmissionRow | None) -> Self:
        names = cls.model_fields.keys() - {"submission"}
        values: dict[str, Any] = {name: getattr(row, name) for name in names}
        sent = submission and DepositSubmissionOut.of(submission)
        return cls.model_validate(values | {"submission": sent})


class DepositedConsumerOut(BodyOut):
    """A consumer's largest part of the production, over the steps of the month."""

    prm: Prm
    mean: str = Field(description="of all steps, by night too", examples=["0.453"])
    least: str = Field(examples=["0"])
    most: str = Field(examples=["0.7"])

    @classmethod
    def of(cls, consumer: DepositedConsumer) -> Self:
        shares = {name: _share(getattr(consumer, name)) for name in ("mean", "least", "most")}
        return cls(prm=consumer.prm, **shares)


class CoefficientDepositOut(CoefficientDepositHeadOut):
    rules: dict[str, Any] | None = Field(
        description="of a deposit by calendar: what it was made of", examples=[_EXAMPLE_RULES]
    )
    forecast: ForecastOut | None = Field(
        description="of a deposit from a forecast: what it was made of"
    )
    consumers: list[DepositedConsumerOut] = Field(description="by PRM; none of a withdrawal")

    @classmethod
    def whole(
        cls,
        row: CoefficientDepositRow,
        submission: DepositSubmissionRow | None,
        consumers: Sequence[DepositedConsumer],
    ) -> Self:
        head = CoefficientDepositHeadOut.of(row, submission)
        return cls(
            **dict(head),
            rules=row.rules,
            forecast=row.forecast,
            consumers=[DepositedConsumerOut.of(consumer) for consumer in consumers],
        )


class BasisOfDaysOut(BodyOut):
    first_day: date
    last_day: date
    basis: DayBasisOut | None = Field(description="null: the key in force")


class CoefficientDepositsOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2027-01"])
    regime: RegimeOfMonthOut
    state: DepositState = Field(
        description="`not_taken`: set after the month, or by producer; `not_needed`: the DSO"
        " applies the keys of the month by itself; `awaited` until the last day, again once it is"
        " `withdrawn`; `deposited`; `submitted` to the DSO; `missed`: something else shares it",
        examples=["awaited"],
    )
    last_day: date | None = Field(
        description="last day of a deposit, before the month; null: none is taken",
        examples=["2026-12-17"],
    )
    is_open: bool = Field(
        description="whether that day is not over: until then a deposit replaces the one before,"
        " and may be withdrawn",
        examples=[True],
    )
    current: int | None = Field(
        description="number of the deposit that counts; null: none does", examples=[None]
    )
    deposits: list[CoefficientDepositHeadOut] = Field(description="so far, by number")
    shares_by: list[BasisOfDaysOut] = Field(
        description="what shares the days of the month as things stand; days without a key and"
        " without a deposit are left out"
    )
    shares_without_deposit_by: list[BasisOfDaysOut] = Field(
        description="what would share them if nothing were deposited for this month"
    )

    @classmethod
    def of(
        cls,
        keys: OperationKeys,
        regime: RegimeInForce,
        rows: Sequence[CoefficientDepositRow],
        submissions: Mapping[int, DepositSubmissionRow],
        *,
        today: date,
        operation_id: OperationId,
    ) -> Self:
        month = regime.month
        standing = standing_of(
            keys,
            month,
            today,
            submitted=submissions,
            is_withdrawn=bool(rows) and rows[-1].kind == DepositKind.WITHDRAWAL,
        )
        return cls(
            operation_id=operation_id,
            month=str(month),
            regime=RegimeOfMonthOut.of(regime),
            state=standing.state,
            last_day=standing.last_day,
            is_open=standing.is_open,
            current=standing.current,
            deposits=[
                CoefficientDepositHeadOut.of(row, submissions.get(row.number)) for row in rows
            ],
            shares_by=_bases(keys.during(month), month),
            shares_without_deposit_by=_bases(sharing_without_deposit(keys, month), month),
        )


def _share(billionths: int) -> str:
    return format(Decimal(billionths).scaleb(-9).normalize(), "f")


def _bases(periods: Timeline, month: Month) -> list[BasisOfDaysOut]:
    return [
        BasisOfDaysOut(
            first_day=days[0],
            last_day=days[-1],
            basis=period.basis and DayBasisOut.of(period.basis),
        )
        for period in periods
        if (days := [day for day in month.days if period.covers(day)])
    ]
