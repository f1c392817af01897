"""Have a gathering be over: a journey that writes its minutes waits for nothing.

python web/past_gathering.py DATABASE_FOLDER GATHERING
"""

import asyncio
import sys
from pathlib import Path
from uuid import UUID

import asyncpg

from libs.common.database.embedded_postgres import EmbeddedPostgres

_PAST = """
UPDATE community.gathering
SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour',
    day = (now() - interval '2 hours') AT TIME ZONE 'Europe/Paris'
WHERE id = $1
"""


async def main(folder: Path, gathering_id: UUID) -> None:
    connection = await asyncpg.connect(EmbeddedPostgres(folder).url)
    try:
        done = await connection.execute(_PAST, gathering_id)
    finally:
        await connection.close()
    if done == "UPDATE 0":
        raise SystemExit(f"There is no gathering {gathering_id}.")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), UUID(sys.argv[2])))
