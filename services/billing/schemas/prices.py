"""Bodies of the routes about prices."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm, PrmField
from services.billing.domain.invoices import rate_text
from services.billing.domain.price_list import PriceEntry, PriceList

_PriceText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6})?$")]
_RateText = Annotated[str, StringConstraints(pattern=r"^[0-9](\.[0-9]{1,4})?$")]
_MentionText = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class PriceIn(BodyIn):
    """A price of a producer, or of all those without one of their own."""

    producer: PrmField | None = Field(None, examples=["99220000000010"])
    price_eur_per_kwh: _PriceText = Field(
        description="before VAT, at most six decimals", examples=["0.1250"]
    )
    vat_rate: _RateText = Field(description="0.20 is 20 %", examples=["0.20"])
    vat_mention: _MentionText | None = Field(
        None, description="needed when the rate is 0: why", examples=[None]
    )
    valid_from: date = Field(description="local day", examples=["2026-01-01"])
    valid_to: date | None = Field(
        None, description="first local day without it; null is open-ended", examples=[None]
    )


class PriceListIn(BodyIn):
    """The whole price list of an operation; ``elocoop price --tariff`` reads the same shape."""

    entries: list[PriceIn] = Field(min_length=1, max_length=2000)


class PriceOut(BodyOut):
    producer: Prm | None
    price_eur_per_kwh: str = Field(examples=["0.125"])
    vat_rate: str = Field(examples=["0.2"])
    vat_mention: str | None = Field(examples=[None])
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, entry: PriceEntry) -> Self:
        return cls(
            producer=entry.producer,
            price_eur_per_kwh=entry.price_eur_per_kwh,
            vat_rate=rate_text(entry.vat_rate),
            vat_mention=entry.vat_mention,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )


class PriceListOut(BodyOut):
    entries: list[PriceOut] = Field(description="the price for all first, then by producer")

    @classmethod
    def of(cls, prices: PriceList) -> Self:
        return cls(entries=[PriceOut.of(entry) for entry in prices.entries])
