"""Bodies of the routes for feeds."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.texts import LineField

_FEED_ID = "3f0c9a58-2d3b-4e0c-8a41-6d1f5b7e9c22"
_EXPIRES_ON = "2027-10-01"


class FeedIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "SFTP d’Enedis", "expires_on": _EXPIRES_ON}]}
    )

    name: LineField
    expires_on: DayField = Field(description="first local day without it; 400 days away at most")


class SecretIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"expires_on": _EXPIRES_ON, "former_until": "2026-12-01"}]}
    )

    expires_on: DayField
    former_until: DayField = Field(
        description="local day from which the former secrets are invalid; today: at once"
    )


class FeedSecretOut(BodyOut):
    """A feed, with the secret, which is shown only once."""

    id: UUID = Field(description="`client_id` at `POST /community/token`", examples=[_FEED_ID])
    name: str = Field(examples=["SFTP d’Enedis"])
    secret: str = Field(
        description="`client_secret`; nobody can show it again",
        examples=["kq0m2ZrP3vQ7Yt1Xw9bC5dE8fG4hJ6kL0nM2pR5sT7U"],
    )
    expires_on: date = Field(examples=[_EXPIRES_ON])


class FeedOut(BodyOut):
    id: UUID = Field(examples=[_FEED_ID])
    name: str = Field(examples=["SFTP d’Enedis"])
    made_at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    last_used_on: date | None = Field(
        description="local day of its last token", examples=["2026-11-20"]
    )
    secrets_until: list[datetime] = Field(
        description="when its unexpired secrets expire",
        examples=[["2027-09-30T22:00:00Z"]],
    )
