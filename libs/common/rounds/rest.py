"""The rest of a background round before the next one (ADR 23)."""

from dataclasses import dataclass
from datetime import datetime
from math import inf


@dataclass(frozen=True, slots=True, order=True)
class Rest:
    """The result of a round: how long nothing is due, unless work is committed meanwhile."""

    at_most_s: float

    @classmethod
    def until(cls, due_at: datetime | None, *, now: datetime) -> "Rest":
        """Rest until something is due, by the clock of ``now``; None: until work is committed.

        Overdue work is in the hands of another process: should that one die, nobody would notify
        us, so we look again soon.
        """
        if due_at is None:
            return UNTIL_RUNG
        return cls((due_at - now).total_seconds()) if due_at > now else SHORT_REST


NO_REST = Rest(0)
"""There may be more to do at once."""

SHORT_REST = Rest(1)
"""Another process works on it, or nothing announces its change."""

UNTIL_RUNG = Rest(inf)
"""Until work is committed."""


def rest_unless(more: bool) -> Rest:  # noqa: FBT001 - it reads as a sentence
    """No rest while there may be more; else until work is committed."""
    return NO_REST if more else UNTIL_RUNG
