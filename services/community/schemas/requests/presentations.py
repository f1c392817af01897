"""Bodies of the routes that show operations to the public."""

from decimal import Decimal
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId
from libs.common.texts import LineField
from services.community.domain.members.registry import ProductionKind
from services.community.domain.requests.presentations import (
    Outline,
    Presentation,
    PublicOperation,
    Within,
)
from services.community.schemas.feasibility.places import PlaceBody
from services.community.schemas.members.registry import EmailField
from services.community.schemas.messages.news import MarkdownField

_EXAMPLE: dict[str, JsonValue] = {
    "is_public": False,
    "takes_members": True,
    "contact_email": "bonjour@example.org",
    "commune_names": ["Pousselac-sur-Aurelle"],
    "text": "Le soleil de l’**école**, partagé dans le village.",
}


class PresentationBody(BodyIn):
    """The organiser's public presentation of the operation."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [_EXAMPLE]})

    is_public: bool = Field(description="whether anybody may see it", examples=[False])
    takes_members: bool = Field(description="whether sign-ups are welcome", examples=[True])
    contact_email: EmailField | None = Field(
        description="shown to anybody: of the organiser, not of a person"
    )
    commune_names: list[LineField] = Field(
        max_length=20,
        description="where it is, in the organiser's words",
        examples=[["Pousselac-sur-Aurelle"]],
    )
    text: Annotated[MarkdownField, StringConstraints(max_length=5_000)] | None

    def to_presentation(self) -> Presentation:
        return Presentation(**dict(self))


class PresentationOut(PresentationBody, BodyOut):
    """As recorded; without a record nothing is shown."""


class CircleOut(BodyOut):
    """A circle around all points, so wide that it reveals none."""

    centre: PlaceBody = Field(description="on a grid of a hundredth of a degree")
    radius_m: int = Field(description="whole kilometres", examples=[2000])


class PlantsOut(BodyOut):
    """All plants of a kind together; those of owners with up to 36 kW in whole steps of 36 kW."""

    production_kind: ProductionKind | None = Field(description="null: not recorded")
    installed_kwc: Decimal | None = Field(
        description="a lower bound; null: one plant's is not recorded, there are too few small"
        " owners, or small ones have less than 36 kW together",
        examples=["250"],
    )


class PublicOperationOut(BodyOut):
    id: OperationId = Field(examples=["ACC00000101"])
    name: str = Field(examples=["Pousse-Soleil"])
    organiser_name: str = Field(examples=["Les Volts d’Aurelle, SCIC"])
    organiser_address: str = Field(examples=["1 place du Marronnier\n99110 Pousselac-sur-Aurelle"])
    contact_email: str | None = Field(examples=["bonjour@example.org"])
    commune_names: list[str] = Field(examples=[["Pousselac-sur-Aurelle"]])
    takes_members: bool = Field(description="whether sign-ups are welcome", examples=[True])
    text: str | None = Field(
        description="Markdown as it was written; HTML in it is not to be trusted",
        examples=[_EXAMPLE["text"]],
    )
    member_count: int | None = Field(
        description="participants today; null: fewer than ten points, or three members",
        examples=[26],
    )
    plants: list[PlantsOut] = Field(description="by production kind")
    around: CircleOut | None = Field(
        description="null: fewer than ten places are recorded, or of three members"
    )
    address_service: str | None = Field(
        description="the server behind `POST /community/public/places`; null: none, give a place",
        examples=["data.geopf.fr"],
    )

    @classmethod
    def of(cls, operation: PublicOperation, outline: Outline, geocoder_url: str) -> Self:
        plants = [
            PlantsOut(production_kind=kind, installed_kwc=kwc)
            for kind, kwc in outline.installed_kwc.items()
        ]
        content = vars(operation.presentation) | vars(operation) | vars(outline)
        content["plants"] = plants
        content["address_service"] = urlsplit(geocoder_url).hostname
        return cls.model_validate(content, from_attributes=True)


class EligibilityIn(BodyIn):
    """The meter of somebody who wonders whether they may take part."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"place": {"latitude_deg": 43.6, "longitude_deg": 1.44}}]}
    )

    place: PlaceBody


class EligibilityOut(BodyOut):
    within: Within = Field(
        description="`yes` and `no` are certain by distance; `maybe`: the organiser has to look"
    )
    limit_m: int | None = Field(
        description="between the two most distant points; null: the law has none for this"
        " operation, or its legal basis is not recorded",
        examples=[2000],
    )
