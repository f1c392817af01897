"""Bodies of the route for the DSO's numbered series of files."""

from datetime import datetime
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from services.ingest.domain.deliveries.sequences import FileSeries, Incomplete


class AbsentOut(BodyOut):
    """Files of these numbers never came."""

    first: int = Field(description="the first of consecutive numbers", examples=[41])
    last: int = Field(examples=[43])
    since: datetime = Field(description="when a file of a later number came")


class IncompleteOut(BodyOut):
    """A publication in several files, some of which never came."""

    number: int = Field(examples=[44])
    parts: int = Field(description="how many files it has", examples=[6])
    absent_parts: list[str] = Field(examples=[["2", "4-6"]])
    since: datetime = Field(description="when the first of the others came")

    @classmethod
    def of(cls, publication: Incomplete) -> Self:
        return cls(
            number=publication.number,
            parts=publication.parts,
            absent_parts=[
                str(first) if first == last else f"{first}-{last}"
                for first, last in publication.absent_parts
            ],
            since=publication.since,
        )


class SeriesOut(BodyOut):
    """A series of files in which something is missing."""

    series: str = Field(examples=["ENEDIS_R63B_Q_CdC_M0DEMOA1"])
    first_number: int = Field(description="the lowest number that came", examples=[12])
    last_number: int = Field(description="the highest number that came", examples=[57])
    absent: list[AbsentOut]
    incomplete: list[IncompleteOut]

    @classmethod
    def of(cls, series: FileSeries) -> Self:
        return cls(
            series=series.name,
            first_number=series.first,
            last_number=series.last,
            absent=[AbsentOut.model_validate(absence) for absence in series.absent],
            incomplete=[IncompleteOut.of(publication) for publication in series.incomplete],
        )
