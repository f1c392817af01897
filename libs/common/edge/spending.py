"""The cost of a request, for routes that are costly only at times."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request


async def _spend(request: Request) -> Callable[[], None]:
    spend: Callable[[], None] = request.state.spend
    return spend


Spend = Annotated[Callable[[], None], Depends(_spend)]
"""Spends the cost that the route declares (``costs``). Raises AllowanceSpent."""
