"""The states of a delivery, and the counts of its records."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from enum import StrEnum

from libs.common.ids import OperationId
from services.ingest.domain.refusals import RefusedRecord

ATTEMPTS = 3
"""How often we try to record a delivery on which our own code fails."""
ATTEMPTS_WITH_DEATHS = 10  # a machine may lose its power more often than our code fails


class DeliveryStatus(StrEnum):
    RECEIVED = "received"  # kept, and waiting to be read
    RECORDED = "recorded"  # every record is accepted, duplicate or quarantined
    REFUSED = "refused"  # the file is damaged; the problem says how
    FAILED = "failed"  # our mistake, ATTEMPTS times; send it again once we have corrected it


class Channel(StrEnum):
    """The way in which a file came."""

    PUSH = "push"  # POST /deliveries
    INBOX = "inbox"  # the watched folder
    PULL = "pull"  # fetched from the DSO


@dataclass(frozen=True)
class Organiser:
    """The account of an organiser that pushed a file, and the operations that it runs.

    Of such a file only readings of these operations' points are recorded (ADR 39).
    """

    subject: str
    operations: Sequence[OperationId]


@dataclass(frozen=True)
class RecordCounts:
    """The number of a delivery's records.

    Of the accepted records, superseding ones replace another value, and held ones are of days that
    no operation covers. Of the duplicates, outdated ones differ from what was published later.
    """

    records: int = 0
    accepted: int = 0
    superseding: int = 0
    duplicate: int = 0
    outdated: int = 0
    quarantined: int = 0
    held: int = 0

    def __post_init__(self) -> None:
        assert self.records == self.accepted + self.duplicate + self.quarantined
        assert 0 <= self.held <= self.accepted
        assert 0 <= self.superseding <= self.accepted
        assert 0 <= self.outdated <= self.duplicate

    def after(self, earlier: "RecordCounts") -> "RecordCounts":
        """Return the counts of a file that was read again, given those of its earlier reading.

        A record that brought something new once is accepted, though it repeats itself now.
        """
        accepted = min(self.records - self.quarantined, earlier.accepted + self.accepted)
        duplicate = self.records - self.quarantined - accepted
        return RecordCounts(
            records=self.records,
            accepted=accepted,
            superseding=min(accepted, earlier.superseding + self.superseding),
            duplicate=duplicate,
            outdated=min(duplicate, self.outdated),
            quarantined=self.quarantined,
            held=min(accepted, earlier.held + self.held),
        )

    def without_outdated(self) -> "RecordCounts":
        """Return the counts without how many duplicates differ from what stands."""
        return replace(self, outdated=0)

    def __add__(self, other: "RecordCounts") -> "RecordCounts":
        return RecordCounts(
            *(ours + theirs for ours, theirs in zip(astuple(self), astuple(other), strict=True))
        )


@dataclass(frozen=True)
class RecordOutcome:
    """The outcome of records. refused: the quarantined ones."""

    counts: RecordCounts
    refused: Sequence[RefusedRecord]

    def __post_init__(self) -> None:
        assert self.counts.quarantined == len(self.refused)

    def __add__(self, other: "RecordOutcome") -> "RecordOutcome":
        return RecordOutcome(self.counts + other.counts, [*self.refused, *other.refused])
