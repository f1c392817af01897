"""The events of the allocation service: shares, settlements, half-hours, coefficients sent."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from libs.common.events.base import Event, Part
from libs.common.ids import Direction, OperationIdField, PrmField


class DayShare(Part):
    """Energy from one producer to one consumer over one local day."""

    producer: PrmField
    consumer: PrmField
    energy_wmin: int


class SharesAllocated(Event):
    """A day of one operation has been allocated; replaces any earlier revision of that day."""

    type: ClassVar = "allocation.shares_allocated.v1"
    topic: ClassVar = "allocation.shares"

    operation_id: OperationIdField
    day: date = Field(description="local day, Europe/Paris")
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each recalculation")
    production_wmin: int
    consumption_wmin: int
    shares: list[DayShare] = Field(description="positive ones only, in producer, consumer order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.day, self.revision)


class MissingSteps(Part):
    """The number of steps, in the operation's step, without a reading of a point on a day."""

    prm: PrmField
    direction: Direction
    steps: int


class DayHeldUp(Event):
    """A day has no shares, and the reason; or it was held up, and is allocated now.

    Published only for days that are or were held up; for days without any reading, once they are
    late. The latest event of a day counts.
    """

    type: ClassVar = "allocation.day_held_up.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    day: date = Field(description="local day, Europe/Paris")
    status: Literal["incomplete", "no_key", "key_incomplete", "failed", "allocated"]
    missing_points: int = Field(
        ge=0, description="number of points with steps without a reading, where these hold it up"
    )
    missing: list[MissingSteps] = Field(description="the first of them, 50 at most")
    key_missing_steps: int = Field(ge=0, description="steps without a share in the key")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.day, self.time)


class SettledPair(Part):
    """Energy from one producer to one consumer, day by day."""

    producer: PrmField
    consumer: PrmField
    energy_wmin: list[int] = Field(description="one per day of the month, in order")


class SettledPoint(Part):
    """A point's month: all its metered energy, and the part of it that was shared."""

    prm: PrmField
    direction: Direction
    metered_wmin: int
    shared_wmin: int
    metered_by_day_wmin: list[int] | None = Field(
        default=None, description="of a producer, one per day, in order; null: they are not known"
    )
    shared_by_class_wmin: dict[str, int] = Field(
        default={}, description="of a consumer, by tariff class, where the DSO gave the month so"
    )


class KeyInForce(Part):
    """A kind of sharing key on the days ``[valid_from, valid_to)`` of a settled month."""

    kind: str = Field(description="the type of the key, or `static_redistribute`; more may come")
    valid_from: date
    valid_to: date


class SettlementClosed(Event):
    """The shares of an operation-month are frozen; a higher number supersedes a lower one."""

    type: ClassVar = "allocation.settlement_closed.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    number: int = Field(ge=1, description="counts the settlements of this operation-month")
    status: Literal["provisional", "definitive"]
    content_hash: str = Field(description="sha256 of the frozen content")
    pairs: list[SettledPair] = Field(description="in producer, consumer order")
    points: list[SettledPoint] = Field(description="in prm, direction order")
    keys: list[KeyInForce] = Field(
        default=[], description="in force, in order; consecutive keys of one kind are one"
    )

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.number)


class CoefficientsSent(Event):
    """Somebody sent the DSO the coefficients of an operation-month; a higher number corrects it."""

    type: ClassVar = "allocation.coefficients_sent.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    number: int = Field(ge=1, description="counts the submissions of this operation-month")
    sent_at: AwareDatetime
    sha256: str = Field(description="of the file, or of the archive of files")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.number)


class DetailedPair(Part):
    """Energy from one producer to one consumer by local half-hour; two lists, one item per day.

    A half-hour is counted on the local clock (0 at midnight, 47 at 23:30) and has the steps that
    start in it: the repeated hour of October is twice in half-hours 4 and 5. A day is written from
    its first half-hour with energy to its last, and adds up to the settled energy of the day.
    """

    producer: PrmField
    consumer: PrmField
    first_half_hour: list[Annotated[int, Field(ge=0, le=47)] | None] = Field(
        description="of each day of the month: the half-hour that its list begins with; null where"
        " only the energy of the day is known"
    )
    energy_wmin: list[list[int]] = Field(
        description="of each day: consecutive half-hours; empty without energy; the energy of the"
        " whole day alone where its half-hours are not known"
    )


class SettlementDetailed(Event):
    """The half-hours of a settlement, for prices that change with the hour.

    It follows the `settlement_closed` of its number, which it details: the same pairs, the same
    energies. A large operation needs several events, `parts` in all; no pair is in two of them.
    Half-hours are not known when the DSO gave energies for the whole month only.
    """

    type: ClassVar = "allocation.settlement_detailed.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    number: int = Field(ge=1, description="of the settlement")
    part: int = Field(ge=1, description="counts the events of this settlement")
    parts: int = Field(ge=1, description="how many events this settlement has")
    pairs: list[DetailedPair] = Field(description="in producer, consumer order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.number, self.part)


class RevisedDay(Part):
    """The change of one day of a pair, by class of step; never zero throughout.

    The class of a step is the local clock half-hour in which it starts (0 at midnight, 47 at
    23:30), because peak and off-peak windows begin on half-hours too. `by_hour_wmin` is the same
    added up by the hour. The repeated hour of October counts twice in hour 2. The day as a whole
    changes by the sum of either, and of `unknown_hour_wmin`.
    """

    day: date = Field(description="local day, Europe/Paris")
    by_hour_wmin: dict[Annotated[int, Field(ge=0, le=23)], int] = Field(
        default={}, description="signed change by local hour (0 to 23), in order, none of them 0"
    )
    unknown_hour_wmin: int = Field(
        default=0, description="signed change of unknown hours: the DSO gave a month as a whole"
    )
    by_half_hour_wmin: dict[Annotated[int, Field(ge=0, le=47)], int] = Field(
        default={},
        description="signed change by local half-hour (0 to 47), in order, none of them 0; the one"
        " to credit and charge by",
    )


class RevisedPair(Part):
    """The changes between one producer and one consumer."""

    producer: PrmField
    consumer: PrmField
    days: list[RevisedDay] = Field(description="the days that change, in order")


class SettlementRevised(Event):
    """A settlement supersedes another one of its month: what changes, to credit and charge exactly.

    It follows the `settlement_closed` of the new number. Added to the energies of the settlement
    that is superseded, day by day, these changes give those of the new one. A large operation
    needs several events, `parts` in all; no pair is in two of them. Without any pair, only the
    status, what was metered, or something within half-hours or between tariff classes has changed.
    """

    type: ClassVar = "allocation.settlement_revised.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    number: int = Field(ge=2, description="of the new settlement")
    supersedes: int = Field(ge=1, description="number of the settlement that it replaces")
    status: Literal["provisional", "definitive"] = Field(description="of the new settlement")
    content_hash: str = Field(description="sha256 of the new frozen content")
    part: int = Field(ge=1, description="counts the events of this revision")
    parts: int = Field(ge=1, description="how many events this revision has")
    differences: list[RevisedPair] = Field(
        description="in producer, consumer order; watt-minutes, positive where more was shared"
    )

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.number, self.part)


class MeasuredDay(Part):
    """A point's energy in the hours of a challenge on one local day."""

    day: date = Field(description="local day, Europe/Paris")
    consumption_wmin: int
    shared_wmin: int | None = Field(
        default=None, description="the shared part; null where the challenge does not ask for it"
    )


class ChallengeMeasured(Event):
    """The measurements of an entry of a challenge, day by day; replaces any earlier revision.

    Days are left out if a step of these hours is missing or estimated, or if shares are asked for
    and unknown.
    """

    type: ClassVar = "allocation.challenge_measured.v1"
    topic: ClassVar = "allocation.challenges"

    operation_id: OperationIdField
    challenge_id: UUID
    entry_id: UUID
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each change")
    days: list[MeasuredDay] = Field(description="the known days, in order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.entry_id, self.revision)
