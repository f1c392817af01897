"""Limits on what a caller may request at once: buckets that requests empty and time refills.

They are in the memory of one process. Several processes of a service each allow as much, and a new
one begins with full buckets: they keep a process working, and are no account of anybody.
"""

import math
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from libs.common.errors import Problem

_MOST_KEYS = 10_000
"""About 2 MiB. A full bucket equals none, and the one unused longest is dropped first."""
_REFILL_S = 2.0
"""The time to refill one unit of cost: requests without end get about a fifth of a core."""

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


class AllowanceSpent(Problem):
    status, slug, title = 429, "allowance-spent", "Too many costly requests in a short time"
    example_detail = "Documents, exports and simulations are costly: try again in 4 seconds."
    example_facts: ClassVar = {"retry_after_s": 4}


def costs(units: int, *, always: bool = True) -> Callable[[_Endpoint], _Endpoint]:
    """Declare that a route is costly; stands right above its function.

    units: 1 is about 0.4 s of a processor. Of 20 (``COSTLY_AT_ONCE``) one comes back every 2 s.
    always: every request is. Otherwise the route spends the units itself, by ``edge.spending``.
    """

    def declare(endpoint: _Endpoint) -> _Endpoint:
        endpoint.__dict__.update(cost=units, costs_always=always)
        return endpoint

    return declare


def cost_of(endpoint: Callable[..., Any]) -> int:
    """Return the declared cost; 0 is that of most routes."""
    return int(endpoint.__dict__.get("cost", 0))


def costs_always(endpoint: Callable[..., Any]) -> bool:
    """Return whether every request to a route spends its cost."""
    return bool(endpoint.__dict__.get("costs_always", False))


class Allowances:
    """Buckets by key, for recent callers.

    monotonic: in seconds; only tests replace it.
    """

    def __init__(
        self, *, most_keys: int = _MOST_KEYS, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_keys = most_keys
        self._monotonic = monotonic
        self._full_at_s: dict[str, float] = {}

    def spend(self, subject: str, units: int, *, at_once: int) -> None:
        """Spend units of a caller's allowance for costly requests. Raises AllowanceSpent."""
        wait_s = self.take(f"cost {subject}", units, at_once=at_once, refill_s=_REFILL_S)
        if wait_s:
            detail = "Documents, exports and simulations are costly: try again in"
            raise AllowanceSpent(f"{detail} {wait_s} seconds.", retry_after_s=wait_s)

    def take(self, key: str, units: int, *, at_once: int, refill_s: float) -> int:
        """Take units from a bucket of at_once, of which one comes back after refill_s.

        Returns 0; or, if there are not enough, the whole seconds until there are.
        """
        now_s = self._monotonic()
        full_at_s = max(self._full_at_s.pop(key, now_s), now_s) + units * refill_s
        # A bucket may take at most its whole refill time to be full. A request for more than it
        # holds is granted from a full one: otherwise it never would be.
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
