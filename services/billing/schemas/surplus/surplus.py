"""Bodies of the routes about surplus. Prices are decimal texts, in euro cents per kWh."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm
from libs.common.texts import LineField
from services.billing.domain.surplus.plants import ExpectedRevenue, PlantMonth, UnknownReason
from services.billing.domain.surplus.surplus_contracts import SurplusContract, SurplusKind
from services.billing.domain.surplus.yearly_caps import YearlyCap

_CentsText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,6})?$")]
_SignedCentsText = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,4}(\.[0-9]{1,6})?$")]
_CoefficientText = Annotated[str, StringConstraints(pattern=r"^[0-9](\.[0-9]{1,6})?$")]
_MonthText = Annotated[str, StringConstraints(pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$")]

_EXAMPLE: dict[str, Any] = {
    "kind": "feed_in",
    "valid_from": "2026-03-01",
    "valid_to": None,
    "buyer": "EDF OA",
    "number": "BTA0991234",
    "price_cents_per_kwh": "5.36",
    "coefficient": "1.012",
    "prices_by_month": {},
    "yearly_cap": {
        "energy_kwh": 14_400,
        "beyond_cents_per_kwh": "5",
        "since": "2026-03-01",
    },
}


class YearlyCapIn(BodyIn):
    """The energy bought at the price in each year from an anniversary of ``since``, in kWh."""

    energy_kwh: int = Field(
        gt=0, lt=2**31, description="of the contract: peak power × hours", examples=[14_400]
    )
    beyond_cents_per_kwh: _CentsText = Field(
        description="beyond the cap: c€/kWh before VAT, not indexed", examples=["5"]
    )
    since: DayField = Field(description="when the contract took effect", examples=["2026-03-01"])

    @property
    def cap(self) -> YearlyCap:
        return YearlyCap(self.energy_kwh, Decimal(self.beyond_cents_per_kwh), self.since)


class SurplusContractIn(BodyIn):
    """A contract, or a version of one, over local days `[valid_from, valid_to)`."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: SurplusKind = Field(
        description="`feed_in`: obligation d'achat; `free`: given to the grid operator, up to 3 kW;"
        " `none`: nobody takes it"
    )
    valid_from: DayField
    valid_to: DayField | None = Field(description="first day without it; null: open-ended")
    buyer: LineField | None = Field(description="required for `feed_in` and `aggregator`")
    number: LineField | None = Field(description="of the contract; required for `feed_in`")
    price_cents_per_kwh: _CentsText | None = Field(
        description="c€/kWh before VAT; an aggregator may pay by the month instead"
    )
    coefficient: _CoefficientText | None = Field(
        description="yearly indexation (L) of a `feed_in` price; each year needs a new version",
    )
    prices_by_month: dict[_MonthText, _SignedCentsText] = Field(
        max_length=600, description="of an aggregator: c€/kWh, entered once known"
    )
    yearly_cap: YearlyCapIn | None = Field(description="of `feed_in` only")

    def to_contract(self) -> SurplusContract:
        """Raises SurplusContractInvalid."""
        return SurplusContract(
            kind=self.kind,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            buyer=self.buyer,
            number=self.number,
            price_cents_per_kwh=_decimal(self.price_cents_per_kwh),
            coefficient=_decimal(self.coefficient),
            prices_by_month={
                month: Decimal(price) for month, price in self.prices_by_month.items()
            },
            yearly_cap=self.yearly_cap.cap if self.yearly_cap else None,
        )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


class SurplusContractsIn(BodyIn):
    """All contracts of the point, in any order."""

    contracts: list[SurplusContractIn] = Field(max_length=200)


class YearlyCapOut(BodyOut):
    energy_kwh: int = Field(examples=[14_400])
    beyond_cents_per_kwh: str = Field(examples=["5"])
    since: date = Field(examples=["2026-03-01"])

    @classmethod
    def of(cls, cap: YearlyCap) -> Self:
        beyond = f"{cap.beyond_cents_per_kwh.normalize():f}"
        return cls(energy_kwh=cap.energy_kwh, beyond_cents_per_kwh=beyond, since=cap.since)


class SurplusContractOut(BodyOut):
    kind: SurplusKind
    valid_from: date
    valid_to: date | None = Field(examples=[None])
    buyer: str | None = Field(examples=[_EXAMPLE["buyer"]])
    number: str | None = Field(examples=[_EXAMPLE["number"]])
    price_cents_per_kwh: str | None = Field(examples=[_EXAMPLE["price_cents_per_kwh"]])
    coefficient: str | None = Field(examples=[_EXAMPLE["coefficient"]])
    prices_by_month: dict[str, str] = Field(examples=[{}])
    yearly_cap: YearlyCapOut | None

    @classmethod
    def of(cls, contract: SurplusContract) -> Self:
        return cls(
            kind=contract.kind,
            valid_from=contract.valid_from,
            valid_to=contract.valid_to,
            buyer=contract.buyer,
            number=contract.number,
            price_cents_per_kwh=_text(contract.price_cents_per_kwh),
            coefficient=_text(contract.coefficient),
            prices_by_month={
                month: f"{price.normalize():f}" for month, price in contract.prices_by_month.items()
            },
            yearly_cap=YearlyCapOut.of(contract.yearly_cap) if contract.yearly_cap else None,
        )


def _text(value: Decimal | None) -> str | None:
    return f"{value.normalize():f}" if value is not None else None


class SurplusContractsOut(BodyOut):
    prm: Prm
    contracts: list[SurplusContractOut] = Field(description="in the order of their days")

    @classmethod
    def of(cls, prm: Prm, contracts: Iterable[SurplusContract]) -> Self:
        return cls(prm=prm, contracts=[SurplusContractOut.of(contract) for contract in contracts])


class ExpectedRevenueOut(BodyOut):
    """The revenue under one contract over local days `[valid_from, valid_to)`, before VAT."""

    valid_from: date
    valid_to: date
    kind: SurplusKind | None = Field(description="null if no contract covers the days")
    buyer: str | None = Field(examples=[_EXAMPLE["buyer"]])
    number: str | None = Field(examples=[_EXAMPLE["number"]])
    surplus_wmin: int | None = Field(examples=[6_000_000])
    beyond_cap: bool = Field(
        description="whether this surplus is beyond the contract's yearly cap", examples=[False]
    )
    price_cents_per_kwh: str | None = Field(description="indexed", examples=["5.42432"])
    amount_cents: int | None = Field(examples=[542])
    unknown: UnknownReason | None = Field(description="why the amount is unknown", examples=[None])

    @classmethod
    def of(cls, revenue: ExpectedRevenue) -> Self:
        contract = revenue.contract
        return cls(
            valid_from=revenue.valid_from,
            valid_to=revenue.valid_to,
            kind=contract.kind if contract else None,
            buyer=contract.buyer if contract else None,
            number=contract.number if contract else None,
            surplus_wmin=revenue.surplus_wmin,
            beyond_cap=revenue.beyond_cap,
            price_cents_per_kwh=_text(revenue.price_cents_per_kwh),
            amount_cents=revenue.amount_cents,
            unknown=revenue.unknown,
        )


class PlantMonthOut(BodyOut):
    """A plant's month and the expected revenue of its surplus, for information, never booked."""

    produced_wmin: int = Field(examples=[18_000_000])
    shared_wmin: int = Field(examples=[12_000_000])
    surplus_wmin: int = Field(examples=[6_000_000])
    expected: list[ExpectedRevenueOut]
    expected_cents: int | None = Field(
        description="the sum; null if any amount is unknown", examples=[542]
    )

    @classmethod
    def of(cls, plant: PlantMonth) -> Self:
        return cls(
            produced_wmin=plant.point.metered_wmin,
            shared_wmin=plant.point.shared_wmin,
            surplus_wmin=plant.point.surplus_wmin,
            expected=[ExpectedRevenueOut.of(revenue) for revenue in plant.expected],
            expected_cents=plant.expected_cents,
        )
