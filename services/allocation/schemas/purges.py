"""Bodies of the routes for purges."""

from datetime import datetime

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId


class PurgeOut(BodyOut):
    """The deleted curves of an operation-month."""

    operation_id: OperationId
    month: str = Field(examples=["2023-09"])
    purged_at: datetime = Field(description="the last time: late data are purged too")
    readings: int = Field(description="day blocks of readings", examples=[780])
    shares: int = Field(description="days of pairs", examples=[690])
    dso_results: int = Field(description="day blocks of the DSO's split", examples=[0])
