"""The body of the list of an operation's plants."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.allocation.domain.months.producers import OwnerKind, Producer


class NamedPlantOut(BodyOut):
    prm: Prm = Field(examples=["99220000000001"])
    number: int = Field(
        description="of the plant in its operation, in order of arrival: a label without a name",
        examples=[1],
    )
    name: str | None = Field(
        description="of the company or public body that owns it, as on its invoices; null for"
        " households, and until known",
        examples=["Soleils d’Aurelle"],
    )
    kind: OwnerKind | None = Field(description="kind of its owner; null: not known yet")
    installed_power_w: int | None = Field(
        description="for companies and public bodies, from 36 kW; null: less, or not known",
        examples=[100_000],
    )
    valid_from: date = Field(description="first day on which it takes part as that owner's")
    valid_to: date | None = Field(description="first day after that; null: no end")

    @classmethod
    def of(cls, producer: Producer) -> Self:
        stay, owner = producer.stay, producer.owner
        return cls(
            prm=stay.prm,
            number=producer.number,
            name=producer.name,
            kind=owner.kind if owner else None,
            installed_power_w=producer.shown_power_w,
            valid_from=stay.valid_from,
            valid_to=stay.valid_to,
        )
