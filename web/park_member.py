"""Have billing not take what it hears of members called so, or take it again: a journey replays it.

python web/park_member.py DATABASE_FOLDER refuse NAME
python web/park_member.py DATABASE_FOLDER take
"""

import asyncio
import sys
from pathlib import Path

import asyncpg

from libs.common.database.embedded_postgres import EmbeddedPostgres

_TAKE = "ALTER TABLE billing.member DROP CONSTRAINT IF EXISTS refused_by_a_journey"
_REFUSE = """
ALTER TABLE billing.member ADD CONSTRAINT refused_by_a_journey CHECK (name <> {name}) NOT VALID
"""


async def main(folder: Path, name: str | None) -> None:
    connection = await asyncpg.connect(EmbeddedPostgres(folder).url)
    try:
        await connection.execute(_TAKE)
        if name is not None:
            quoted = await connection.fetchval("SELECT quote_literal($1::text)", name)
            await connection.execute(_REFUSE.format(name=quoted))
    finally:
        await connection.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[3] if sys.argv[2] == "refuse" else None))
