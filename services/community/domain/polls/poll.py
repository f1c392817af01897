"""A poll: its question, voters and days, and the condition that carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from libs.common.ids import OperationId
from services.community.domain.polls.choices import Method
from services.community.domain.polls.consent import is_carried
from services.community.domain.polls.outcome import PollOutcome
from services.community.domain.polls.problems import PollUnfit

_FEWEST_OPTIONS = 2


class BallotMode(StrEnum):
    SECRET = "secret"  # noqa: S105 - a ballot's voter is not kept
    OPEN = "open"  # ballots are shown with their voters at once
    REVEALED_AT_CLOSE = "revealed_at_close"  # with their voters, once the result is sealed


class Weighting(StrEnum):
    ONE_EACH = "one_each"  # one member, one vote
    GIVEN = "given"  # by the organiser with the roll
    CAPITAL_SHARES = "capital_shares"  # held of the organiser, a co-operative


class QuorumOf(StrEnum):
    MEMBERS = "members"
    WEIGHT = "weight"


class PollState(StrEnum):
    """The stored state; a phase also depends on the clock."""

    DRAFT = "draft"
    OPEN = "open"  # the roll is made
    CLOSED = "closed"  # the result is sealed
    CANCELLED = "cancelled"


class PollPhase(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"  # the roll is made; proxies can be given
    OPEN = "open"
    COUNTING = "counting"  # voting is over; the seal is to come
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Option:
    id: str
    label: str


@dataclass(frozen=True)
class Quorum:
    """The share of the roll that must have voted, blank ballots and proxies included."""

    share: Fraction
    basis: QuorumOf


@dataclass(frozen=True)
class Turnout:
    """The numbers on the roll and of voters, and their weights."""

    voters: int
    voted: int
    weight_total: int
    weight_voted: int

    def reaches(self, quorum: Quorum | None) -> bool:
        if quorum is None:
            return True
        if quorum.basis == QuorumOf.MEMBERS:
            return self.voted >= quorum.share * self.voters
        return self.weight_voted >= quorum.share * self.weight_total


@dataclass(frozen=True, kw_only=True)
class Poll:
    """Voting is over ``[opens_at, closes_at)``. Raises PollUnfit.

    adopting_option: the one that carries the motion if it wins alone; without one, any single
    winner does. key_id: the draft of a sharing key that is then approved.
    """

    id: UUID
    operation_id: OperationId
    question: str
    description: str
    method: Method
    options: Sequence[Option]
    max_choices: int
    ballot_mode: BallotMode
    weighting: Weighting
    opens_at: datetime
    closes_at: datetime
    quorum: Quorum | None
    max_proxies: int
    key_id: UUID | None
    adopting_option: str | None

    def __post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise PollUnfit("closes_at must be after opens_at.")
        if self.ballot_mode == BallotMode.SECRET and self.weighting != Weighting.ONE_EACH:
            raise PollUnfit("A weight would reveal whose secret ballot it is: give one vote each.")
        if self.quorum is not None and self.quorum.share > 1:
            raise PollUnfit("The quorum is a share of the roll: 1/1 at most.")
        self._check_options()
        self._check_adoption()

    def _check_options(self) -> None:
        number = len(self.options)
        if self.method == Method.CONSENT and number:
            raise PollUnfit("Consent is asked for the question itself: give no options.")
        if self.method != Method.CONSENT and number < _FEWEST_OPTIONS:
            raise PollUnfit("Give two options or more: with one there is nothing to choose.")
        if len(set(self.option_ids)) < number:
            raise PollUnfit("Each option has an id of its own.")
        if self.method == Method.MULTIPLE and self.max_choices > number:
            raise PollUnfit(f"max_choices is {number} at most, the number of options.")
        if self.method != Method.MULTIPLE and self.max_choices != 1:
            raise PollUnfit("Only the method `multiple` has a max_choices other than 1.")

    def _check_adoption(self) -> None:
        if self.adopting_option not in {None, *self.option_ids}:
            raise PollUnfit("adopting_option is the id of one of the options.")
        by_option = self.method != Method.CONSENT
        if self.key_id is not None and by_option and self.adopting_option is None:
            raise PollUnfit("Say in adopting_option which option adopts the key.")

    @property
    def option_ids(self) -> list[str]:
        return [option.id for option in self.options]

    def is_adopted(self, outcome: PollOutcome, turnout: Turnout) -> bool:
        """Return whether the quorum is reached and the outcome carries; a tie adopts nothing."""
        if not turnout.reaches(self.quorum):
            return False
        if self.method == Method.CONSENT:
            return is_carried(outcome)
        if len(outcome.winners) != 1:
            return False
        return self.adopting_option in {None, outcome.winners[0]}

    def phase(self, state: PollState, now: datetime) -> PollPhase:
        if state != PollState.OPEN:
            return PollPhase(state)
        if now < self.opens_at:
            return PollPhase.ANNOUNCED
        return PollPhase.OPEN if now < self.closes_at else PollPhase.COUNTING
