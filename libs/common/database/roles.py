"""The roles, the schemas and the audit log of a server, as deploy/postgres.sql has them."""

from pathlib import Path

import asyncpg

_ROLES_SQL = Path(__file__).parents[3] / "deploy" / "postgres.sql"


async def bring_roles_up_to_date(url: str) -> bool:
    """All or nothing; safe to repeat. Only a superuser may: for others, return False at once."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval("SELECT current_setting('is_superuser')") != "on":
            return False
        await connection.execute(_ROLES_SQL.read_text())
        return True
    finally:
        await connection.close()
