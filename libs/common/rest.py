"""How long a background round may rest until it is made again (ADR 23)."""

from dataclasses import dataclass
from datetime import datetime
from math import inf


@dataclass(frozen=True, slots=True, order=True)
class Rest:
    """What a round returns: how long nothing is due, unless work is committed meanwhile."""

    at_most_s: float

    @classmethod
    def until(cls, due_at: datetime | None, *, now: datetime) -> "Rest":
        """Until something is due by the clock that says now; None: until work is committed.

        What should have been done by now and was not, another process has in hand: should that one
        die, nobody would tell, so we look again soon.
        """
        if due_at is None:
            return UNTIL_RUNG
        return cls((due_at - now).total_seconds()) if due_at > now else SHORT_REST


NO_REST = Rest(0)
"""There may be more to do at once."""

SHORT_REST = Rest(1)
"""Another process has it in hand, or something that is not told when it changes."""

UNTIL_RUNG = Rest(inf)
"""Until work is committed."""


def rest_unless(more: bool) -> Rest:  # noqa: FBT001 - it reads as a sentence
    """No rest while there may be more; else until work is committed."""
    return NO_REST if more else UNTIL_RUNG
