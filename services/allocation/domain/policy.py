"""How an operation wants its energy shared and settled, where the law leaves a choice."""

from dataclasses import dataclass
from enum import StrEnum


class MissingReadings(StrEnum):
    """What a day is worth on which readings are missing."""

    REFUSE = "refuse"  # nothing: it is incomplete until they come
    ZERO = "zero"  # they count as no energy, and are told as gaps of the allocated day
    ESTIMATE = "estimate"  # what ingest estimated counts, and is told; without it: refuse


class SettleFrom(StrEnum):
    """Whose split a settlement freezes."""

    OWN_SHARES = "own_shares"  # provisional settlements
    DSO_RESULTS = "dso_results"  # definitive settlements


@dataclass(frozen=True)
class Policy:
    """The defaults hold for an operation that has said nothing.

    The network operator's own delays and formats are not public (domain notes §1.5, §1.6): the
    defaults of notice_days and coefficient_decimals are to be checked against its convention.
    """

    notice_days: int = 15
    """From the day a key is declared to the DSO to its first day in force."""
    missing_readings: MissingReadings = MissingReadings.REFUSE
    settle_from: SettleFrom = SettleFrom.OWN_SHARES
    tolerance_units: int = 1
    """In a reconciliation, per step: in units of the precision of the DSO's energies."""
    coefficient_decimals: int = 2
    """Of the percentages in a coefficient file."""
    coefficient_step_min: int | None = None
    """Of a coefficient file; None: the operation's settlement step."""
    least_points: int | None = None
    """Of others, in a sum that a member may see; None, or fewer: the platform's own limit."""

    def limit_of_points(self, of_platform: int) -> int:
        """Members of an operation may be more careful than the platform, never less."""
        return max(of_platform, self.least_points or 0)


DEFAULT_POLICY = Policy()
