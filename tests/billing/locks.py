"""Transactions of the tests that others wait for."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.support.waiting import until


async def until_somebody_waits(session: AsyncSession) -> None:
    """For what this session has locked."""
    blocked = text("""
        SELECT EXISTS (
            SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
        )
    """)
    await until("somebody waits for a lock", lambda: session.scalar(blocked))
