"""Bodies about reference offers, used for comparison until a member enters an offer."""

from datetime import date
from typing import Self

from pydantic import Field

from services.billing.domain.both_bills.reference_offers import ReferenceOffer
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe import RowStatus, TariffFormula
from services.billing.schemas.both_bills.supplier_offers import OfferValuesOut
from services.billing.schemas.decimals import DecimalText


class ReferenceOfferOut(OfferValuesOut):
    """A published offer on local days `[valid_from, valid_to)`, before VAT and accise."""

    code: str = Field(examples=["trv-base-6"])
    name_fr: str = Field(examples=["Tarif réglementé (Tarif Bleu), option Base"])
    name_en: str = Field(examples=["Regulated tariff (Tarif Bleu), option Base"])
    valid_from: date = Field(examples=["2026-02-01"])
    valid_to: date = Field(description="the day after the last one", examples=["2026-08-01"])
    subscription_eur_per_month: DecimalText = Field(examples=["11.80"])
    energy_eur_per_kwh: dict[HourName, DecimalText] = Field(examples=[{"base": "0.1308"}])
    tariff_formula: TariffFormula = Field(
        description="of the networks; assumed", examples=["BTINFCUST"]
    )
    legal_reference: str = Field(examples=["C. énergie L337-4 to L337-7"])
    source: str = Field(
        description="where the values were read", examples=["CRE open data, Option_Base.csv"]
    )
    status: RowStatus = Field(
        description="`found`: in an official text; `secondary`: quoted or derived; `estimate`: the"
        " last known values, not confirmed for these days",
        examples=["secondary"],
    )

    @classmethod
    def of(cls, reference: ReferenceOffer) -> Self:
        days = {"valid_from": reference.start, "valid_to": reference.end}
        return cls.model_validate(vars(reference.offer) | vars(reference) | days)
