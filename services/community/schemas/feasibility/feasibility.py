"""Bodies of the routes for the places of points, and whether they may share."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm
from libs.common.texts import ReasonField
from services.community.domain.feasibility.perimeter import (
    Breaches,
    Feasibility,
    Lack,
    LegalBasis,
    Location,
    PlaceSource,
    Policy,
    Voltage,
)
from services.community.domain.feasibility.reference import Basis, Zone
from services.community.schemas.feasibility.places import PlaceBody

_PLACE: dict[str, Any] = {"latitude_deg": 43.6, "longitude_deg": 1.44}
CommuneField = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]{2}|2[AB])[0-9]{3}$"),
    Field(description="the INSEE's code, not the postal one", examples=["99110"]),
]


class LocationIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"place": _PLACE, "source": "surveyed", "voltage": "low", "commune": "99110"}
            ]
        }
    )

    place: PlaceBody = Field(description="of the meter: delivery or injection, not the letter box")
    source: PlaceSource
    voltage: Voltage = Field(description="of the connection")
    commune: CommuneField | None

    def to_location(self) -> Location:
        return Location(**dict(self) | {"place": self.place.to_place()})


class LocationOut(BodyOut):
    prm: Prm
    place: PlaceBody
    source: PlaceSource
    voltage: Voltage
    commune: str | None = Field(examples=["99110"])
    recorded_at: datetime
    recorded_by: str = Field(description="subject of the token")


class BasisIn(BodyIn):
    """The operation's legal basis, as its convention states it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "basis": "extended",
                    "zone": "mainland",
                    "policy": "refuse",
                    "decision": None,
                    "communes": [],
                }
            ]
        }
    )

    basis: Basis
    zone: Zone
    policy: Policy = Field(
        description="`refuse`: enrolments that the law does not allow are refused"
    )
    decision: ReasonField | None = Field(
        description="reference and date of the minister's derogation"
    )
    communes: list[CommuneField] = Field(
        max_length=500, description="those that the derogation names"
    )

    def to_basis(self) -> LegalBasis:
        return LegalBasis(**dict(self) | {"communes": frozenset(self.communes)})


class BasisOut(BodyOut):
    operation_id: OperationId
    basis: Basis
    zone: Zone
    policy: Policy
    decision: str | None = Field(examples=[None])
    communes: list[str] = Field(examples=[["99110"]])
    recorded_at: datetime
    recorded_by: str = Field(description="subject of the token")


class FeasibilityProblemOut(BodyOut):
    lack: Lack
    is_breach: bool = Field(
        description="the law does not allow it; else it has to be looked at", examples=[True]
    )
    value: Decimal = Field(description="metres, kWc or points", examples=["2130.4"])
    detail: str = Field(examples=["Two points are 2130.4 m apart: at most 2000 m."])
    prms: list[Prm] = Field(description="20 of them at most")


class FeasibilityOut(BodyOut):
    operation_id: OperationId
    day: date
    basis: Basis | None = Field(description="null: not recorded")
    zone: Zone | None
    policy: Policy | None
    legal_reference: str | None = Field(
        description="of the limits on that day", examples=["arrêté du 21 novembre 2019, art. 1er"]
    )
    max_distance_m: int | None = Field(description="null: no limit", examples=[2000])
    distance_m: Decimal | None = Field(
        description="between the two most distant points; null: fewer than two are located",
        examples=["1312.5"],
    )
    farthest: list[Prm] = Field(examples=[["99110000000101", "99110000000102"]])
    below_kwc: int | None = Field(
        description="the sum has to be below it; null: no limit", examples=[5000]
    )
    installed_kwc: Decimal = Field(description="of all plants", examples=["36"])
    point_count: int = Field(examples=[26])
    located_count: int = Field(examples=[25])
    problems: list[FeasibilityProblemOut]

    @classmethod
    def of(cls, operation_id: OperationId, study: Feasibility, basis: LegalBasis | None) -> Self:
        rule = study.rule
        return cls.model_validate(
            vars(study)
            | {
                "operation_id": operation_id,
                "basis": basis and basis.basis,
                "zone": basis and basis.zone,
                "policy": basis and basis.policy,
                "legal_reference": rule and rule.legal_reference,
                "max_distance_m": rule and rule.max_distance_m,
                "below_kwc": rule and rule.below_kwc,
            },
            from_attributes=True,
        )


class BreachOut(BodyOut):
    """A breach of the law by the new perimeter."""

    day: date = Field(description="its first day", examples=["2026-06-01"])
    lack: Lack
    detail: str = Field(examples=["Two points are 2500.0 m apart: at most 2000 m."])

    @classmethod
    def list_of(cls, breaches: Breaches | None) -> list[Self]:
        if breaches is None:
            return []
        return [
            cls(day=breaches.day, lack=problem.lack, detail=problem.detail)
            for problem in breaches.problems
        ]


Position = tuple[float, float]
"""Longitude first (RFC 7946)."""


class PointGeometry(BodyOut):
    type: Literal["Point"] = "Point"
    coordinates: Position = Field(examples=[[1.44, 43.6]])


class LineGeometry(BodyOut):
    type: Literal["LineString"] = "LineString"
    coordinates: list[Position] = Field(examples=[[[1.44, 43.6], [1.45, 43.6]]])


class PolygonGeometry(BodyOut):
    type: Literal["Polygon"] = "Polygon"
    coordinates: list[list[Position]] = Field(
        examples=[[[[1.44, 43.6], [1.45, 43.6], [1.45, 43.61], [1.44, 43.6]]]]
    )


class FeatureOut(BodyOut):
    type: Literal["Feature"] = "Feature"
    geometry: PointGeometry | LineGeometry | PolygonGeometry
    properties: dict[str, Any] = Field(
        description="`kind`: `point`, `perimeter` or `around`",
        examples=[{"kind": "point", "prm": "99110000000101", "directions": ["consumption"]}],
    )


class FeatureCollectionOut(BodyOut):
    """GeoJSON (RFC 7946), WGS 84."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[FeatureOut]
