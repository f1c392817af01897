"""How much anybody may ask for at once: buckets that empty by asking and fill again with time.

They are in the memory of one process. Several processes of a service allow as much each, and a new
one begins with full buckets: these keep a process at work, they are no account of anybody.
"""

import math
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from libs.common.errors import Problem

_MOST_KEYS = 10_000
"""About 2 MiB. A bucket that is full is as good as none, and the one unused longest goes first."""
_REFILL_S = 2.0
"""So much a unit of cost takes to come back: who asks without end has about a fifth of a core."""

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


class AllowanceSpent(Problem):
    status, slug, title = 429, "allowance-spent", "That is too much in a short time"
    example_detail = "Documents, exports and simulations cost much: try again in 4 seconds."
    example_facts: ClassVar = {"retry_after_s": 4}


def costs(units: int) -> Callable[[_Endpoint], _Endpoint]:
    """Declare that a route costs much; stands right above its function.

    units: 1 is about 0.4 s of a processor. Of 20 (``COSTLY_AT_ONCE``) one comes back every 2 s.
    """

    def declare(endpoint: _Endpoint) -> _Endpoint:
        endpoint.__dict__["cost"] = units
        return endpoint

    return declare


def cost_of(endpoint: Callable[..., Any]) -> int:
    """0: it costs what most routes do."""
    return int(endpoint.__dict__.get("cost", 0))


class Allowances:
    """Buckets by key, of whoever has asked lately.

    monotonic: in seconds; it is another one in tests only.
    """

    def __init__(
        self, *, most_keys: int = _MOST_KEYS, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_keys = most_keys
        self._monotonic = monotonic
        self._full_at_s: dict[str, float] = {}

    def spend(self, subject: str, units: int, *, at_once: int) -> None:
        """Of a caller's allowance for what costs much. Raises AllowanceSpent."""
        wait_s = self.take(f"cost {subject}", units, at_once=at_once, refill_s=_REFILL_S)
        if wait_s:
            detail = "Documents, exports and simulations cost much: try again in"
            raise AllowanceSpent(f"{detail} {wait_s} seconds.", retry_after_s=wait_s)

    def take(self, key: str, units: int, *, at_once: int, refill_s: float) -> int:
        """Take units from a bucket of at_once, of which one comes back after refill_s.

        Returns 0; or, if there are not as many, the whole seconds after which there are.
        """
        now_s = self._monotonic()
        full_at_s = max(self._full_at_s.pop(key, now_s), now_s) + units * refill_s
        # What the whole bucket would take to fill is the longest that it may be until it is full.
        # More than it holds is given from a full one: else it would never be.
        missing_s = full_at_s - now_s - max(at_once, units) * refill_s
        if missing_s > 0:
            self._keep(key, full_at_s - units * refill_s)
            return math.ceil(missing_s)
        self._keep(key, full_at_s)
        return 0

    def _keep(self, key: str, full_at_s: float) -> None:
        self._full_at_s[key] = full_at_s  # as the last: it was taken out before
        if len(self._full_at_s) > self._most_keys:
            del self._full_at_s[next(iter(self._full_at_s))]
