"""Bodies of the routes about suppliers' offers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm, PrmField
from services.billing.domain.both_bills.reference_offers import get_reference_offer
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe import TariffFormula
from services.billing.domain.prices.price_list import HourSpan
from services.billing.schemas.decimals import DecimalText
from services.billing.store.both_bills.supplier_offers import read_offer
from services.billing.tables import SupplierOfferRow

_EuroText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,6})?$")]
_PercentText = Annotated[
    str, StringConstraints(pattern=r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$")
]
_StartText = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[03]0$")]
_EndText = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[03]0|24:00)$")]

_OFFER: dict[str, Any] = {
    "valid_from": "2026-02-01",
    "subscription_eur_per_month": "12.50",
    "energy_eur_per_kwh": {"hp": "0.1480", "hc": "0.1120"},
    "subscribed_kva": 6,
    "tariff_formula": "BTINFCU4",
    "includes_turpe": True,
    "includes_cta": False,
    "off_peak_hours": [{"start": "22:00", "end": "06:00"}],
    "off_peak_percent": "35",
}


class OffPeakHours(BodyIn):
    """Hours of the local clock, on half-hours; over midnight if the end is not after the start."""

    model_config = ConfigDict(from_attributes=True)

    start: _StartText = Field(examples=["22:00"])
    end: _EndText = Field(examples=["06:00"])

    def to_hours(self) -> HourSpan:
        # An end of 00:00 means 24:00.
        return HourSpan(_half_hour(self.start), _half_hour(self.end) or 48)


class SupplierOfferIn(BodyIn):
    """A supplier's offer from a local day on, until the next one; before VAT and accise."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OFFER]})

    valid_from: DayField
    subscription_eur_per_month: _EuroText
    energy_eur_per_kwh: dict[HourName, _EuroText] = Field(
        description="for `base`, or for `hp` and `hc`, or for `hph`, `hch`, `hpb` and `hcb`"
    )
    subscribed_kva: int = Field(ge=1, le=10_000)
    tariff_formula: TariffFormula = Field(description="of the networks (FTA), as named on bills")
    includes_turpe: bool = Field(
        description="whether prices and subscription include the use of networks, as usual"
    )
    includes_cta: bool = Field(description="whether the subscription includes the CTA")
    off_peak_hours: list[OffPeakHours] = Field(
        max_length=8, description="required unless prices and formula are the same at all hours"
    )
    off_peak_percent: _PercentText | None = Field(
        description="share of the point's consumption in off-peak hours, from the latest bills;"
        " required for prices by hour, and to compare the collective grid",
    )

    def to_offer(self) -> SupplierOffer:
        """Raises SupplierOfferInvalid."""
        percent = self.off_peak_percent
        return SupplierOffer(
            valid_from=self.valid_from,
            subscription_eur_per_month=Decimal(self.subscription_eur_per_month),
            energy_eur_per_kwh={
                name: Decimal(price) for name, price in self.energy_eur_per_kwh.items()
            },
            subscribed_kva=self.subscribed_kva,
            tariff_formula=self.tariff_formula,
            includes_turpe=self.includes_turpe,
            includes_cta=self.includes_cta,
            off_peak_hours=tuple(hours.to_hours() for hours in self.off_peak_hours),
            off_peak_percent=Decimal(percent) if percent is not None else None,
        )


class ReferenceChoiceIn(BodyIn):
    """A choice of a published offer as the supplier's offer, with its values on this day."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"valid_from": "2026-02-01", "reference": "trv-base-6"}]}
    )

    valid_from: DayField
    reference: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = Field(
        description="its `code`", examples=["trv-base-6"]
    )

    def to_offer(self) -> SupplierOffer:
        """Raises ReferenceOfferUnknown."""
        offer = get_reference_offer(self.reference, self.valid_from).offer
        return replace(offer, valid_from=self.valid_from)


class OfferValuesOut(BodyOut):
    """The values of an offer from a local day on, before VAT and accise."""

    valid_from: date
    subscription_eur_per_month: DecimalText = Field(examples=["12.50"])
    energy_eur_per_kwh: dict[HourName, DecimalText] = Field(examples=[_OFFER["energy_eur_per_kwh"]])
    subscribed_kva: int = Field(examples=[6])
    tariff_formula: TariffFormula
    includes_turpe: bool = Field(examples=[True])
    includes_cta: bool = Field(examples=[False])


class SupplierOfferOut(OfferValuesOut):
    member_id: UUID = Field(description="the member that entered it")
    recorded_at: datetime
    off_peak_hours: list[OffPeakHours]
    off_peak_percent: DecimalText | None = Field(examples=["35"])

    @classmethod
    def of(cls, row: SupplierOfferRow) -> Self:
        offer = read_offer(row)
        clock_times = (hours.clock_times for hours in offer.off_peak_hours)
        other_fields = {
            "member_id": row.member_id,
            "recorded_at": row.recorded_at,
            "off_peak_hours": [{"start": start, "end": end} for start, end in clock_times],
        }
        return cls.model_validate(vars(offer) | other_fields)


class SupplierOffersOut(BodyOut):
    """Offers by member and first day; each is in force until the member's next one."""

    prm: PrmField
    offers: list[SupplierOfferOut]

    @classmethod
    def of(cls, prm: Prm, rows: Sequence[SupplierOfferRow]) -> Self:
        return cls(prm=prm, offers=[SupplierOfferOut.of(row) for row in rows])


def _half_hour(clock_time: str) -> int:
    hours, minutes = clock_time.split(":")
    return int(hours) * 2 + int(minutes) // 30
