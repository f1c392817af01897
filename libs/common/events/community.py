"""The events of the community service: participations, consents, messages, polls."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from libs.common.events.base import Event, Part
from libs.common.ids import Direction, OperationIdField, PrmField


class ParticipationPart(Part):
    """A point in the operation over ``[valid_from, valid_to)``; ``valid_to`` None is open-ended."""

    prm: PrmField
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None = None
    power_limit_w: int | None = Field(
        default=None,
        description="the most the point can draw (its subscribed power, a volt-ampere counted as a"
        " watt) or produce (its installed power) in that direction; null if not known",
    )
    production_kind: str | None = Field(
        default=None,
        description="of a producing point, the energy of its plant: `solar`, `wind`, `hydro` or"
        " `biomass`, and more may come; null: it consumes, or nobody has said",
    )
    plant_name: str | None = Field(
        default=None,
        description="of a producing point, its label, which its customers may see; null: it"
        " consumes, or has none",
    )


class StepChangePart(Part):
    """From a local day on, the operation is settled in other steps."""

    valid_from: date
    step_min: int = Field(description="minutes")


class PerimeterChanged(Event):
    """The whole perimeter of one operation; replaces any earlier revision."""

    type: ClassVar = "community.perimeter_changed.v1"
    topic: ClassVar = "community.perimeter"

    operation_id: OperationIdField
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each change")
    name: str
    organiser_id: UUID
    step_min: int = Field(description="settlement step of the operation, minutes")
    step_changes: list[StepChangePart] = Field(
        default=[], description="later settlement steps, in valid_from order"
    )
    participations: list[ParticipationPart] = Field(
        description="in prm, direction, valid_from order"
    )
    organiser_name: str | None = Field(default=None, description="null: not known yet")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.revision)


class MemberRecorded(Event):
    """The current record of a member: what an invoice must state of its issuer and customer."""

    type: ClassVar = "community.member_recorded.v1"
    topic: ClassVar = "community.members"

    member_id: UUID
    revision: int = Field(ge=1)
    kind: Literal["household", "company", "public_body"]
    name: str
    address: str = Field(description="postal address, lines separated by newlines")
    siren: str | None = None
    vat_number: str | None = None
    language: Literal["fr", "en"] = Field(default="fr", description="of letters to the member")
    delivery_address: str | None = Field(
        default=None, description="where it takes what it buys, if not at its address"
    )
    is_erased: bool = Field(
        default=False,
        description="the member was erased (GDPR, art. 17), and name and addresses are empty:"
        " delete what no law requires you to keep; the id names nobody",
    )

    @property
    def key(self) -> str:
        return str(self.member_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.member_id, self.revision)


class ConsentPart(Part):
    """A member's answer about a point, for one purpose and one granularity."""

    consent_id: UUID
    prm: PrmField
    purpose: str = Field(description="`collection`, `display` or `challenge`; more may come")
    granularity: str = Field(description="`load_curve` or `daily`")
    answer: Literal["granted", "refused"]
    valid_from: date
    valid_to: date = Field(description="first local day after it")
    withdrawn_on: date | None = Field(
        default=None, description="from this local day on, inclusive, it no longer counts"
    )


class ConsentsChanged(Event):
    """All answers that one member ever gave about the curves of points; replaces any revision."""

    type: ClassVar = "community.consents_changed.v1"
    topic: ClassVar = "community.consents"

    member_id: UUID
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each change")
    consents: list[ConsentPart] = Field(description="in prm, valid_from, id order")

    @property
    def key(self) -> str:
        return str(self.member_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.member_id, self.revision)


class RecipientPart(Part):
    """The status of a message for one of the member's addresses, which is not disclosed."""

    number: int = Field(ge=1)
    status: Literal["queued", "sent", "bounced", "failed"] = Field(
        description="bounced: its server refused it, at once or later; failed: it could not be sent"
    )
    at: AwareDatetime = Field(description="since when")
    reason: str | None = Field(
        default=None, description="why it is not sent: an SMTP code, or one of ours"
    )


class MessageStatusChanged(Event):
    """The status of a message, for each recipient; replaces any earlier revision."""

    type: ClassVar = "community.message_status.v1"
    topic: ClassVar = "community.messages"

    message_id: UUID
    member_id: UUID
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each change")
    recipients: list[RecipientPart] = Field(description="by number; one at least")

    @property
    def key(self) -> str:
        return str(self.member_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.message_id, self.revision)


class PollOpened(Event):
    """The roll of a poll on a draft sharing key was made; one event for each such poll."""

    type: ClassVar = "community.poll_opened.v1"
    topic: ClassVar = "community.polls"

    poll_id: UUID
    operation_id: OperationIdField
    key_id: UUID = Field(description="the draft that is voted on")
    opened_at: AwareDatetime = Field(
        description="when the roll was made: the question is fixed since"
    )
    voters: list[UUID] = Field(description="the members on the roll, in order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.poll_id,)


class PollClosed(Event):
    """A poll has ended, and its result is sealed; one event for each poll."""

    type: ClassVar = "community.poll_closed.v1"
    topic: ClassVar = "community.polls"

    poll_id: UUID
    operation_id: OperationIdField
    adopted: bool = Field(description="the quorum was reached, and the motion was carried")
    key_id: UUID | None = Field(
        default=None, description="the draft of a sharing key that was voted on, if any"
    )
    opened_at: AwareDatetime = Field(
        description="when the roll was made: the question was fixed then"
    )
    closed_at: AwareDatetime = Field(description="end of the vote")
    seal_hash: str = Field(description="sha256 of the sealed result")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.poll_id,)


class ChallengeEntryPart(Part):
    """A point whose member agreed to have it measured for a challenge."""

    entry_id: UUID
    prm: PrmField
    first_day: date = Field(
        description="first local day to measure, Europe/Paris; the days before the challenge too"
    )
    end_day: date = Field(description="first local day that is not measured")


class ChallengeChanged(Event):
    """The points to measure for a challenge; replaces any earlier revision.

    A point no longer named is to be dropped: its member left the challenge or withdrew the consent,
    or the challenge is over.
    """

    type: ClassVar = "community.challenge_changed.v1"
    topic: ClassVar = "community.challenges"

    challenge_id: UUID
    operation_id: OperationIdField
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each change")
    half_hours: list[Annotated[int, Field(ge=0, le=47)]] = Field(
        description="the half-hours of the local clock that count: 0 at midnight, 47 at 23:30"
    )
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = Field(
        description="the weekdays that count, ISO: 1 is Monday"
    )
    with_shares: bool = Field(description="whether to measure the shared part too")
    entries: list[ChallengeEntryPart] = Field(description="in entry_id order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.challenge_id, self.revision)
