"""Bodies of the routes for ballots, proxies and results."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import ReasonField
from services.community.domain.polls.choices import Choice, Grade, Stance
from services.community.domain.polls.seal import Ballot
from services.community.schemas.polls.polls import OptionIdField, TurnoutOut

_RECEIPT = "mfzwiz-3ommxg-k3dq2y-uwy5tf"
OptionsField = Annotated[list[OptionIdField], Field(max_length=20)]


class ChoiceIn(BodyIn):
    """The ballot's content, in the field of the poll's method; without any field, a blank vote."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"options": ["for"]},
                {"ranks": [["school"], ["roofs", "mill"]]},
                {"grades": {"school": "good", "mill": "to_reject"}},
                {"stance": "objection", "reason": "The bakery would have nothing left at noon."},
                {},
            ]
        }
    )

    options: OptionsField = Field([], description="of `simple` (one) and `multiple`")
    ranks: list[OptionsField] = Field(
        [], max_length=20, description="of `ranked`: the best first; equals together"
    )
    grades: dict[OptionIdField, Grade] = Field(
        {}, max_length=20, description="of `majority_judgement`; an option left out is `to_reject`"
    )
    stance: Stance | None = Field(None, description="of `consent`")
    reason: ReasonField | None = Field(None, description="of an objection")

    def to_choice(self) -> Choice:
        return Choice(**dict(self))


class ChoiceOut(BodyOut):
    """Unused fields are empty or null; a blank vote uses none."""

    options: list[str] = Field([], examples=[["for"]])
    ranks: list[list[str]] = Field([], examples=[[]])
    grades: dict[str, Grade] = Field({}, examples=[{}])
    stance: Stance | None = Field(None, examples=[None])
    reason: str | None = Field(None, examples=[None])


class CastOut(BodyOut):
    """The receipt is shown once and kept nowhere."""

    receipt: str | None = Field(
        description="of a secret ballot: the result shows its sha256 beside the ballot",
        examples=[_RECEIPT],
    )
    receipt_sha256: str | None


class ProxyIn(BodyIn):
    holder_id: UUID = Field(
        description="a member on the roll, who can give you theirs (`member_id` of `GET /me`)",
        examples=["10f8515c-228d-565a-a280-05deda4d4302"],
    )


class BallotOut(BodyOut):
    """A voter's ballot, or a secret one with the hash of its receipt."""

    member_id: UUID | None
    name: str | None = Field(examples=["Lucie Brindille"])
    receipt_sha256: str | None
    weight: int = Field(examples=[1])
    choice: ChoiceOut

    @classmethod
    def of(cls, ballot: Ballot, name: str | None) -> Self:
        choice = ChoiceOut.model_validate(ballot.choice.content)
        return cls(**vars(ballot) | {"name": name, "choice": choice})


class OutcomeOut(BodyOut):
    """Exact weights; fields of other methods are null."""

    winners: list[str] = Field(description="several are tied", examples=[["for"]])
    votes: dict[str, int] | None = Field(None, examples=[{"for": 20, "against": 9}])
    duels: dict[str, dict[str, int]] | None = Field(
        None,
        description="of `ranked`: weight that prefers the first to the second",
        examples=[{"school": {"mill": 5}, "mill": {"school": 4}}],
    )
    grades: dict[str, dict[Grade, int]] | None = Field(None, examples=[{"school": {"good": 9}}])
    medians: dict[str, Grade] | None = Field(None, examples=[{"school": "good"}])
    stances: dict[Stance, int] | None = Field(None, examples=[{"consent": 9, "objection": 0}])
    objections: list[str] | None = Field(None, description="their reasons", examples=[[]])


class SealedResultOut(BodyOut):
    """The content of the sealed bytes, without the poll and its ballots."""

    turnout: TurnoutOut
    quorum_reached: bool = Field(examples=[True])
    adopted: bool = Field(description="quorum reached, and carried", examples=[True])
    outcome: OutcomeOut


class ResultOut(SealedResultOut):
    sha256: str = Field(description="of the bytes of `GET …/seal`")
    sealed_at: datetime


class VerificationOut(BodyOut):
    """The result counted again from the roll and the ballots, against the seal."""

    is_same: bool = Field(examples=[True])
    sha256: str = Field(description="as sealed")
    counted_sha256: str = Field(description="as counted now")
