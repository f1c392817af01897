"""The work that waits for staff, in one shape of all services."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

MOST_SHOWN = 5
"""Of each kind, so many are named; the route that goes on has them all."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Things of one kind that wait for a person.

    todo: a sentence. first: the paths, or names, of the first few. next: the route that goes
    on.
    """

    kind: str
    count: int
    todo: str
    first: Sequence[str]
    next: str


ListWaiting = Callable[[AsyncSession], Awaitable[Sequence[Waiting]]]
"""How a service finds what waits; kinds of which nothing waits are among it."""
