"""Have somebody's revoked mandates be so old that no account is left: a journey waits for nothing.

python web/past_mandate.py DATABASE_FOLDER MEMBER
"""

import asyncio
import sys
from pathlib import Path

import asyncpg

from libs.common.database.embedded_postgres import EmbeddedPostgres

# As billing's purge leaves them, fourteen months after they were last used.
_PAST = """
UPDATE billing.mandate
SET signed_on = (signed_on - interval '5 years')::date,
    revoked_on = (revoked_on - interval '5 years')::date, iban = NULL, bic = NULL
FROM billing.member
WHERE member.member_id = mandate.debtor_id AND member.name = $1 AND revoked_on IS NOT NULL
"""


async def main(folder: Path, member: str) -> None:
    connection = await asyncpg.connect(EmbeddedPostgres(folder).url)
    try:
        done = await connection.execute(_PAST, member)
    finally:
        await connection.close()
    if done == "UPDATE 0":
        raise SystemExit(f"{member} has revoked no mandate.")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
