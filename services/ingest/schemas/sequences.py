"""Bodies of the route for the DSO's numbered series of files."""

from datetime import datetime
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from services.ingest.domain.sequences import Incomplete, Series


class AbsentOut(BodyOut):
    """Files of these numbers never came."""

    first: int = Field(description="the first of consecutive numbers")
    last: int
    since: datetime = Field(description="when a file of a later number came")


class IncompleteOut(BodyOut):
    """A publication in several files, of which some never came."""

    number: int
    parts: int = Field(description="how many files it has")
    absent_parts: list[str] = Field(examples=[["2", "4-6"]])
    since: datetime = Field(description="when the first of the others came")

    @classmethod
    def of(cls, one: Incomplete) -> Self:
        return cls(
            number=one.number,
            parts=one.parts,
            absent_parts=[
                str(first) if first == last else f"{first}-{last}"
                for first, last in one.absent_parts
            ],
            since=one.since,
        )


class SeriesOut(BodyOut):
    """A series of files in which something is missing."""

    series: str = Field(examples=["ENEDIS_R63B_Q_CdC_M0DEMOA1"])
    first_number: int = Field(description="the lowest number that came")
    last_number: int = Field(description="the highest number that came")
    absent: list[AbsentOut]
    incomplete: list[IncompleteOut]

    @classmethod
    def of(cls, series: Series) -> Self:
        return cls(
            series=series.name,
            first_number=series.first,
            last_number=series.last,
            absent=[AbsentOut.model_validate(one) for one in series.absent],
            incomplete=[IncompleteOut.of(one) for one in series.incomplete],
        )
