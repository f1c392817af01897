"""The worth to a point of more energy from the operation: euro cents per MWh, VAT included."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.both_bills.consuming_points import HeldPoint
from services.billing.domain.both_bills.local_worth import LocalWorth
from services.billing.schemas.both_bills.reference_offers import ReferenceOfferOut


class MwhWorthOut(BodyOut):
    """`saving_cents` = `supplier_cents` - `networks_cents` - `local_cents`."""

    hour_class: str | None = Field(
        description="of the price list; null: in no class", examples=["Heures pleines"]
    )
    supplier_cents: int = Field(
        description="billed by the supplier for a MWh of its own", examples=[19_398]
    )
    networks_cents: int = Field(
        description="billed by the supplier for a local MWh's use of networks", examples=[5988]
    )
    local_cents: int = Field(
        description="billed by a producer, with the accise where due", examples=[12_000]
    )
    saving_cents: int = Field(description="negative: a local MWh costs more", examples=[1410])


class LocalWorthOut(BodyOut):
    """The least and the most saving at the prices of `day`, depending on hours and producer."""

    prm: Prm
    operation_id: OperationId
    day: date = Field(examples=["2026-11-29"])
    least: MwhWorthOut
    most: MwhWorthOut
    reference_offer: ReferenceOfferOut | None = Field(
        description="the assumed supplier's offer, if the member has entered none"
    )
    is_accise_known: bool = Field(
        description="false while the operation has not decided whether the accise is due: none is"
        " counted",
        examples=[True],
    )

    @classmethod
    def of(cls, held: HeldPoint, worth: LocalWorth) -> Self:
        return cls(
            prm=held.participation.prm,
            operation_id=held.operation_id,
            day=worth.day,
            least=MwhWorthOut.model_validate(worth.least),
            most=MwhWorthOut.model_validate(worth.most),
            reference_offer=ReferenceOfferOut.of(worth.reference) if worth.reference else None,
            is_accise_known=worth.is_accise_known,
        )
