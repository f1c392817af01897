"""What a kWh more from the operation is worth to a point: euro cents of a MWh, VAT included."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.consuming_points import Held
from services.billing.domain.local_worth import LocalWorth
from services.billing.schemas.reference_offers import ReferenceOfferOut


class MwhWorthOut(BodyOut):
    """`saving_cents` = `supplier_cents` - `networks_cents` - `local_cents`."""

    hour_class: str | None = Field(
        description="of the price list; null: in none that has a name", examples=["Heures pleines"]
    )
    supplier_cents: int = Field(
        description="what the supplier bills for a MWh that it gives", examples=[19_398]
    )
    networks_cents: int = Field(
        description="what it bills for the networks of a local one", examples=[5988]
    )
    local_cents: int = Field(
        description="what a producer bills, with the accise where it is due", examples=[12_000]
    )
    saving_cents: int = Field(description="negative: a local one costs more", examples=[1410])


class LocalWorthOut(BodyOut):
    """At the prices of `day`: from the hours and the producer of the least saving to the most."""

    prm: Prm
    operation_id: OperationId
    day: date = Field(examples=["2026-11-29"])
    least: MwhWorthOut
    most: MwhWorthOut
    reference_offer: ReferenceOfferOut | None = Field(
        description="what is assumed of the supplier, where the member has told no offer"
    )
    is_accise_known: bool = Field(
        description="false where the operation has not decided whether the accise is due: none is"
        " counted",
        examples=[True],
    )

    @classmethod
    def of(cls, held: Held, worth: LocalWorth) -> Self:
        return cls(
            prm=held.participation.prm,
            operation_id=held.operation_id,
            day=worth.day,
            least=MwhWorthOut.model_validate(worth.least),
            most=MwhWorthOut.model_validate(worth.most),
            reference_offer=ReferenceOfferOut.of(worth.reference) if worth.reference else None,
            is_accise_known=worth.is_accise_known,
        )
