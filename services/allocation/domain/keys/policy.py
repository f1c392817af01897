"""An operation's choices about sharing and settling where the law leaves one."""

from dataclasses import dataclass
from enum import StrEnum


class MissingReadings(StrEnum):
    """The treatment of a day with missing readings."""

    REFUSE = "refuse"  # nothing: it is incomplete until they come
    ZERO = "zero"  # they count as no energy, and appear as gaps of the allocated day
    ESTIMATE = "estimate"  # ingest's estimates count, and appear as such; without them: refuse


class SettleFrom(StrEnum):
    """The split that a settlement freezes."""

    OWN_SHARES = "own_shares"  # provisional settlements
    DSO_RESULTS = "dso_results"  # definitive settlements


@dataclass(frozen=True)
class OperationPolicy:
    """The defaults apply to an operation that has chosen nothing.

    The network operator's own delays and formats are not public (domain notes §1.5, §1.6): check
    the defaults of notice_days and coefficient_decimals against its convention.
    """

    notice_days: int = 15
    """From the day a key is declared to the DSO to its first day in force."""
    missing_readings: MissingReadings = MissingReadings.REFUSE
    settle_from: SettleFrom = SettleFrom.OWN_SHARES
    tolerance_units: int = 1
    """In a reconciliation, per step: in units of the precision of the DSO's energies."""
    coefficient_decimals: int = 2
    """Decimals of the percentages in a coefficient file."""
    coefficient_step_min: int | None = None
    """Step of a coefficient file; None: the operation's settlement step."""
    least_points: int | None = None
    """Least number of others in a sum shown to a member; None, or fewer: the platform's limit."""

    def limit_of_points(self, of_platform: int) -> int:
        """Return the stricter limit: an operation may exceed the platform's, never undercut it."""
        return max(of_platform, self.least_points or 0)


DEFAULT_POLICY = OperationPolicy()
