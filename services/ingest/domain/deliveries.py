"""What can become of a delivery, and how its records are counted."""

from dataclasses import dataclass
from enum import StrEnum

ATTEMPTS = 3
"""How often we try a delivery on which our own code stumbles."""
ATTEMPTS_WITH_DEATHS = 10  # a machine may lose its power more often than our code stumbles


class DeliveryStatus(StrEnum):
    RECEIVED = "received"  # kept, and waits to be read
    RECORDED = "recorded"  # every record is accepted, duplicate or quarantined
    REFUSED = "refused"  # the file is damaged; the problem says how
    FAILED = "failed"  # our mistake, ATTEMPTS times; send it again once we have corrected it


@dataclass(frozen=True)
class Counts:
    """The records of a delivery.

    Of the accepted, superseding ones take the place of another value, held ones are of days that
    no operation covers. Of the duplicate, outdated ones differ from what was published later.
    """

    records: int
    accepted: int
    superseding: int
    duplicate: int
    outdated: int
    quarantined: int
    held: int

    def __post_init__(self) -> None:
        assert self.records == self.accepted + self.duplicate + self.quarantined
        assert 0 <= self.held <= self.accepted
        assert 0 <= self.superseding <= self.accepted
        assert 0 <= self.outdated <= self.duplicate
