"""One of many must not stop the others: what work on one raises is kept, but for faults."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.faults import is_fault


@dataclass
class Attempt:
    """The outcome of an attempt."""

    error: Exception | None = None
    """What it raised: a refusal, or a bug. None: it is done."""


@asynccontextmanager
async def attempt(session: AsyncSession | None = None) -> AsyncIterator[Attempt]:
    """Try something for one of many, whose others go on whatever it raises.

    A fault is raised again: it is the world's, and the same work may succeed later. Whoever
    tells others of a bug names its class alone, as its text may hold personal data.
    session: what an attempt that failed has changed in it is undone.
    """
    outcome = Attempt()
    try:
        async with nullcontext() if session is None else session.begin_nested():
            yield outcome
    except Exception as error:
        if is_fault(error):
            raise
        outcome.error = error
