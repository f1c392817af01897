"""The first study of a request: a body for the simulations of the allocation service."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.community.domain.requests.request import PointKind
from services.community.domain.requests.study import RequestStudy

_TILT_DEG, _SOUTH_DEG = 30, 180
_LOCAL_EUR, _SUPPLIER_EUR, _FEED_IN_EUR = Decimal("0.12"), Decimal("0.20"), Decimal("0.04")


class StudyConsumerOut(BodyOut):
    prm: str = Field(description="made up")
    profile: PointKind
    annual_kwh: int = Field(description="a rough figure", examples=[4500])


class StudyPlantOut(BodyOut):
    prm: str = Field(description="made up")
    power_kwp: Decimal = Field(examples=["36"])
    tilt_deg: int = Field(_TILT_DEG, examples=[30])
    azimuth_deg: int = Field(_SOUTH_DEG, examples=[180])
    latitude_deg: float = Field(examples=[43.6])
    longitude_deg: float = Field(examples=[1.44])


class StudyBaseOut(BodyOut):
    of: Literal["profiles"] = "profiles"
    from_day: date = Field(examples=["2026-01-01"])
    to_day: date = Field(examples=["2027-01-01"])
    step_min: Literal[30] = 30
    consumers: list[StudyConsumerOut]
    plants: list[StudyPlantOut]


class StudyPricesOut(BodyOut):
    local_eur_per_kwh: Decimal = Field(_LOCAL_EUR, examples=["0.12"])
    supplier_eur_per_kwh: Decimal = Field(_SUPPLIER_EUR, examples=["0.20"])
    feed_in_eur_per_kwh: Decimal = Field(_FEED_IN_EUR, examples=["0.04"])


class StudyScenarioOut(BodyOut):
    name: str = Field("project", examples=["project"])
    key: dict[str, str] = Field({"type": "default_dynamic"}, examples=[{"type": "default_dynamic"}])


class StudyOut(BodyOut):
    """As `POST /allocation/simulations` takes it; replace rough figures before sending."""

    operation_id: OperationId
    base: StudyBaseOut
    prices: StudyPricesOut = StudyPricesOut()
    scenarios: list[StudyScenarioOut]

    @classmethod
    def of(cls, study: RequestStudy, *, operation_id: OperationId, year: int) -> Self:
        """Cover one calendar year."""
        base = StudyBaseOut(
            from_day=date(year, 1, 1),
            to_day=date(year + 1, 1, 1),
            consumers=[StudyConsumerOut.model_validate(consumer) for consumer in study.consumers],
            plants=[
                StudyPlantOut(prm=plant.prm, power_kwp=plant.power_kwp, **vars(plant.place))
                for plant in study.plants
            ],
        )
        return cls(operation_id=operation_id, base=base, scenarios=[StudyScenarioOut()])
