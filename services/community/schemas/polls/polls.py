"""Bodies of the routes for polls, their rolls and their voters."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    field_validator,
)

from libs.common.edge.days import InstantField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId
from libs.common.texts import LineField, ReasonField
from services.community.domain.polls.choices import Method
from services.community.domain.polls.own_vote import OwnVote
from services.community.domain.polls.poll import (
    BallotMode,
    Option,
    Poll,
    PollPhase,
    Quorum,
    QuorumOf,
    Turnout,
    Weighting,
)
from services.community.schemas.fields import TextField

_FROM, _TO = datetime(2026, 11, 20, 18, tzinfo=UTC), datetime(2026, 11, 27, 18, tzinfo=UTC)
_OPTIONS: list[JsonValue] = [
    {"id": "for", "label": "Adopt it"},
    {"id": "against", "label": "Keep today's key"},
]
_KEY_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"


def _whole(share: str) -> str:
    if int(share.partition("/")[2]) == 0:
        message = "no part of 0"
        raise ValueError(message)
    return share


OptionIdField = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$"), Field(examples=["for"])
]
ShareField = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,4}/[0-9]{1,4}$"), AfterValidator(_whole)
]


class OptionBody(BodyIn):
    model_config = ConfigDict(from_attributes=True)

    id: OptionIdField
    label: LineField = Field(examples=["Adopt it"])


class QuorumBody(BodyIn):
    """The part of the roll that must vote, blank ballots included."""

    share: ShareField = Field(description="a fraction: at least so much", examples=["1/3"])
    of: QuorumOf

    def to_quorum(self) -> Quorum:
        return Quorum(Fraction(self.share), self.of)


class PollBody(BodyIn):
    """The content of a poll: the same in requests and in answers."""

    question: LineField = Field(examples=["Shall the school come first at noon?"])
    description: TextField = Field(examples=["The draft key is on the notice board."])
    method: Method = Field(
        description="`simple`: one option · `multiple`: up to max_choices · `ranked`: in order ·"
        " `consent`: adopted unless somebody objects · `majority_judgement`: a grade for each"
    )
    options: list[OptionBody] = Field(
        max_length=20, description="two or more; none for `consent`", examples=[_OPTIONS]
    )
    max_choices: int = Field(ge=1, le=20, description="of `multiple`", examples=[1])
    ballot_mode: BallotMode = Field(
        description="`secret`: nobody knows whose a ballot is, see docs/use/polls.md · `open`:"
        " shown with its voter at once · `revealed_at_close`: shown so after the end"
    )
    weighting: Weighting = Field(
        description="`given`: weights come with the opening · `capital_shares`: of the organiser's"
        " register, on the day on which voting begins · neither if secret",
    )
    opens_at: InstantField = Field(examples=[_FROM.isoformat()])
    closes_at: InstantField = Field(description="voting ends then", examples=[_TO.isoformat()])
    quorum: QuorumBody | None = Field(description="null: none")
    max_proxies: int = Field(
        ge=0, le=100, description="the most that a voter may hold, by statute", examples=[2]
    )
    adopting_option: OptionIdField | None = Field(
        description="carries the motion if it wins alone; null: any single winner does"
    )
    key_id: UUID | None = Field(
        description="draft of a sharing key, approved if adopted", examples=[_KEY_ID]
    )


class PollIn(PollBody):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "Shall the school come first at noon?",
                    "description": "The draft key is on the notice board.",
                    "method": "simple",
                    "options": _OPTIONS,
                    "max_choices": 1,
                    "ballot_mode": "secret",
                    "weighting": "one_each",
                    "opens_at": _FROM.isoformat(),
                    "closes_at": _TO.isoformat(),
                    "quorum": {"share": "1/3", "of": "members"},
                    "max_proxies": 2,
                    "adopting_option": "for",
                    "key_id": _KEY_ID,
                }
            ]
        }
    )

    def to_poll(self, operation_id: OperationId, poll_id: UUID) -> Poll:
        """Raises PollUnfit."""
        values = {
            "options": [Option(option.id, option.label) for option in self.options],
            "quorum": self.quorum and self.quorum.to_quorum(),
        }
        return Poll(id=poll_id, operation_id=operation_id, **dict(self) | values)


class TurnoutOut(BodyOut):
    voters: int = Field(description="on the roll", examples=[42])
    voted: int = Field(description="in person or by proxy", examples=[31])
    weight_total: int = Field(examples=[42])
    weight_voted: int = Field(examples=[31])


class ProxyHolderOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Bruno Roche"])


class GiverOut(ProxyHolderOut):
    has_voted: bool = Field(description="by the caller's hand", examples=[False])


class OwnVoteOut(BodyOut):
    """The poll as the calling member sees it."""

    may_vote: bool = Field(description="in person, now", examples=[True])
    has_voted: bool = Field(description="in person or by proxy", examples=[False])
    weight: int = Field(examples=[1])
    holder: ProxyHolderOut | None = Field(description="the member who votes for the caller")
    proxies: list[GiverOut] = Field(description="the members for whom the caller votes")
    holder_code: str | None = Field(
        description="to show to a giver of a proxy; null: the caller can hold none now",
        examples=["k7mqd-3xw2a"],
    )

    @classmethod
    def of(cls, vote: OwnVote, poll: Poll, phase: PollPhase) -> Self:
        phase_values = {
            "may_vote": vote.may_vote(poll, phase),
            "holder_code": vote.holder_code(poll, phase),
        }
        return cls.model_validate(vars(vote) | phase_values, from_attributes=True)


class QuorumOut(QuorumBody, BodyOut):
    @classmethod
    def from_quorum(cls, quorum: Quorum) -> Self:
        share = quorum.share
        return cls(share=f"{share.numerator}/{share.denominator}", of=quorum.basis)


class PollOut(PollBody, BodyOut):
    quorum: QuorumOut | None = Field(description="null: none")
    id: UUID
    operation_id: OperationId
    state: PollPhase = Field(
        description="`announced`: the roll is made · `counting`: voting is over, the seal comes ·"
        " `closed`: the result is sealed"
    )
    turnout: TurnoutOut | None = Field(description="null before the roll is made")
    opened_at: datetime | None = Field(description="when the roll was made")
    cancelled_at: datetime | None
    cancelled_reason: str | None = Field(examples=[None])
    own: OwnVoteOut | None = Field(
        description="null: the caller is not on the roll, for example staff"
    )

    @classmethod
    def of(
        cls,
        poll: Poll,
        *,
        state: PollPhase,
        turnout: Turnout | None,
        opened_at: datetime | None,
        cancelled_at: datetime | None,
        cancelled_reason: str | None,
        vote: OwnVote | None,
    ) -> Self:
        values = {
            "options": [OptionBody.model_validate(option) for option in poll.options],
            "quorum": poll.quorum and QuorumOut.from_quorum(poll.quorum),
        }
        return cls(
            **vars(poll) | values,
            state=state,
            turnout=turnout and TurnoutOut.model_validate(turnout),
            opened_at=opened_at,
            cancelled_at=cancelled_at,
            cancelled_reason=cancelled_reason,
            own=vote and OwnVoteOut.of(vote, poll, state),
        )


class VoterWeightIn(BodyIn):
    member_id: UUID
    weight: int = Field(ge=0, le=1_000_000_000, description="0: no vote")


class OpeningIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"weights": [{"member_id": "5b6df807-d41e-5251-a808-b67bac9773b2", "weight": 12}]}
            ]
        }
    )

    weights: list[VoterWeightIn] = Field(
        [],
        max_length=50_000,
        description="where the poll has them `given`: each member who takes part, once",
    )

    @field_validator("weights")
    @classmethod
    def _check_once(cls, weights: list[VoterWeightIn]) -> list[VoterWeightIn]:
        if len({voter.member_id for voter in weights}) < len(weights):
            message = "a member is given two weights"
            raise ValueError(message)
        return weights

    def to_weights(self) -> dict[UUID, int]:
        return {voter.member_id: voter.weight for voter in self.weights}


class CancellationIn(BodyIn):
    reason: ReasonField = Field(examples=["The draft key had a mistake in it."])


class VoterOut(BodyOut):
    """A member on the roll; when they voted is not kept."""

    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    weight: int = Field(examples=[1])
    has_voted: bool = Field(examples=[False])
    holder_id: UUID | None = Field(description="the voter who holds their proxy, if any")
    proxies_held: int = Field(examples=[0])
