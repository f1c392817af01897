"""Bring the demonstration of the last release to this version: `make upgrade`, in each gate.

python deploy/upgrade.py [REVISION]    any revision may stand for the release, to try this

The release's own code loads its year of data. This version migrates it, and must find every row,
invoice and settlement again; then its own demonstration goes on with that data to its end.
"""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from libs.common.database.embedded_postgres import EmbeddedPostgres

_ROOT = Path(__file__).parents[1]
_THIS = Path(sys.executable).with_name("elocoop")
_OF_OTHERS = {"DATABASE_URL", "EVENT_LOG_URL", "VIRTUAL_ENV"}
_TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
"""
# They are frozen: what was told to customers and authorities is told for ever.
_FROZEN = """
SELECT 'invoice', id::text, content_hash FROM billing.invoice WHERE state = 'issued'
UNION ALL
SELECT 'settlement', concat_ws(' ', operation_id, month, number), content_hash
FROM allocation.settlement
"""


def main(release: str | None) -> None:
    if release is None:
        print("No release yet (no tag v*): there is no data to upgrade.")
        return
    print(f"From {release}:", flush=True)
    with TemporaryDirectory(prefix="elocoop-release.") as name:
        folder = Path(name) / "release"
        _run(_ROOT, "git", "clone", "--quiet", "--no-checkout", ".", str(folder))
        _run(folder, "git", "checkout", "--quiet", release)
        _run(folder, os.environ.get("UV", "uv"), "sync", "--locked", "--no-dev", "--quiet")
        _run(folder, ".venv/bin/elocoop", "demo", "--once", "--port", "0")
        lost = asyncio.run(_lost_by_migrating(folder))
        if lost:
            raise SystemExit("Lost by migrating:\n" + "\n".join(lost))
        print("\nNothing is lost. The demonstration of this version goes on with it:", flush=True)
        _run(folder, str(_THIS), "demo", "--once", "--port", "0")


def last_release() -> str | None:
    """Return the newest tag v* of those that this commit comes after."""
    earlier = ("--merged", "HEAD", "--no-contains", "HEAD")
    command = ("/usr/bin/env", "git", "tag", "--list", "v*", *earlier, "--sort=-version:refname")
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return next(iter(done.stdout.split()), None)


async def _lost_by_migrating(folder: Path) -> list[str]:
    server = EmbeddedPostgres(folder / "data/postgres")
    await asyncio.to_thread(server.start)
    try:
        rows_before, frozen_before = await _content(server.url)
        await asyncio.to_thread(_run, folder, str(_THIS), "migrate", DATABASE_URL=server.url)
        rows, frozen = await _content(server.url)
    finally:
        await asyncio.to_thread(server.stop)
    assert frozen_before
    tables = [f"{count} rows of {table}" for table, count in (rows_before - rows).items()]
    return tables + [" ".join(document) for document in sorted(frozen_before - frozen)]


async def _content(url: str) -> tuple[Counter[str], set[tuple[str, ...]]]:
    """Return how many rows each table has, and the hashes of what is frozen."""
    connection = await asyncpg.connect(url)
    try:
        rows = Counter[str]()
        for schema, table in await connection.fetch(_TABLES):
            query = f'SELECT count(*) FROM "{schema}"."{table}"'  # noqa: S608 - of the catalogue
            rows[f"{schema}.{table}"] = await connection.fetchval(query)
        return rows, {tuple(map(str, row)) for row in await connection.fetch(_FROZEN)}
    finally:
        await connection.close()


def _run(folder: Path, *command: str, **variables: str) -> None:
    environment = {name: text for name, text in os.environ.items() if name not in _OF_OTHERS}
    done = subprocess.run(command, cwd=folder, env=environment | variables, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {done.returncode}.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else last_release())
