"""Bodies of the route that looks an address up."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from services.community.domain.feasibility.geocoding import Candidate, is_sure
from services.community.schemas.feasibility.places import PlaceBody


class AddressIn(BodyIn):
    """An address as people write it, in one line."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"address": "12 rue des Lilas, 31000 Toulouse"}]}
    )

    address: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True,
            min_length=3,
            max_length=200,
            pattern=r"^[^\W_][^\x00-\x1f\x7f]*$",
        ),
    ] = Field(description="begins with a digit or a letter")


class CandidateOut(BodyOut):
    model_config = ConfigDict(from_attributes=True)

    label: str = Field(
        description="as the address service writes it",
        examples=["12 Rue des Lilas 31000 Toulouse"],
    )
    place: PlaceBody
    is_house: bool = Field(
        description="false: the middle of a street, or of a locality", examples=[True]
    )


class CandidatesOut(BodyOut):
    """The places where an address may be."""

    candidates: list[CandidateOut] = Field(description="the best match first; five at most")
    is_sure: bool = Field(
        description="the first is meant for certain: a numbered house, and no other is likely",
        examples=[True],
    )

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> Self:
        bodies = [CandidateOut.model_validate(candidate) for candidate in candidates]
        return cls(candidates=bodies, is_sure=is_sure(candidates))
