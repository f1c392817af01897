"""Transactions of the tests that others wait for."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.support.waiting import until


async def until_somebody_waits_for(session: AsyncSession) -> None:
    """For whatever this session has locked."""
    waits = text(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
    )
    await until("somebody waits for our lock", lambda: session.scalar(waits))
