"""Bodies of the routes for the materials of gatherings."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import LineField
from services.community.schemas.fields import UrlField

_URL = "https://example.org/second-roof.pdf"


class MaterialIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "Plans of the second roof", "url": _URL}]}
    )

    title: LineField = Field(examples=["Plans of the second roof"])
    url: UrlField | None = Field(description="null: a file follows")


class MaterialOut(BodyOut):
    id: UUID
    title: str = Field(examples=["Plans of the second roof"])
    url: str | None = Field(examples=[_URL])
    media_type: str | None = Field(
        description="of its file; null: a link, or no file yet", examples=[None]
    )
    byte_count: int | None = Field(examples=[None])
    added_at: datetime
