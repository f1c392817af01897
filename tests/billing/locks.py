"""Transactions of the tests that others wait for."""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def until_somebody_waits(session: AsyncSession) -> None:
    """For what this session has locked."""
    blocked = text("""
        SELECT EXISTS (
            SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
        )
    """)
    async with asyncio.timeout(60):
        while not await session.scalar(blocked):
            await asyncio.sleep(0.05)
