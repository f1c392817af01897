"""Places in bodies."""

from pydantic import ConfigDict, Field

from libs.common.http import BodyIn
from services.community.domain.feasibility.places import Coordinates


class PlaceBody(BodyIn):
    """WGS 84, degrees."""

    model_config = ConfigDict(from_attributes=True)

    latitude_deg: float = Field(ge=-66, le=66, allow_inf_nan=False, examples=[43.6])
    longitude_deg: float = Field(
        ge=-180, le=180, allow_inf_nan=False, description="east of Greenwich", examples=[1.44]
    )

    def to_place(self) -> Coordinates:
        return Coordinates(self.latitude_deg, self.longitude_deg)
