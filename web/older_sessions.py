"""Make somebody's sessions an hour older: a journey that needs old ones waits for nothing.

python web/older_sessions.py DATABASE_FOLDER E-MAIL
"""

import asyncio
import sys
from pathlib import Path

import asyncpg

from libs.common.database.embedded_postgres import EmbeddedPostgres

_OLDER = """
UPDATE community.session SET stepped_up_at = stepped_up_at - interval '1 hour'
FROM community.account WHERE account.id = session.account_id AND account.email = $1
"""


async def main(folder: Path, email: str) -> None:
    connection = await asyncpg.connect(EmbeddedPostgres(folder).url)
    try:
        done = await connection.execute(_OLDER, email)
    finally:
        await connection.close()
    if done == "UPDATE 0":
        raise SystemExit(f"{email} has no session.")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
