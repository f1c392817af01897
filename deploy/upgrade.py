"""Bring the demonstration of the last release to this version: `make upgrade`, in each gate.

python deploy/upgrade.py [REVISION]    any revision may stand for the release, to try this

The release's own code loads its year of data. This version migrates it, and must find every row
again, and unchanged what is frozen: invoices, their PDFs, settlements with their inputs, entries of
the books, kept files. Then its own demonstration goes on with that data to its end, which changes
nothing that is frozen either.
"""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import asyncpg

from libs.common.database.embedded_postgres import EmbeddedPostgres

_ROOT = Path(__file__).parents[1]
_THIS = Path(sys.executable).with_name("elocoop")
_OF_OTHERS = {"DATABASE_URL", "EVENT_LOG_URL", "VIRTUAL_ENV"}
_TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
"""
# What customers and authorities were shown stays so for ever. By kind: a query of names and hashes.
# The hashes are made here, of the content: a stored hash could be changed together with what it
# vouches for, or apart from it. A PDF's is the stored one: it names a kept file, hashed below.
_FROZEN = {
    "invoice": """
SELECT concat_ws(' ', issuer_id, number), encode(sha256(convert_to(content, 'UTF8')), 'hex')
FROM billing.invoice WHERE state = 'issued'
""",
    "PDF": "SELECT concat_ws(' ', invoice_id, language), sha256 FROM billing.document",
    "journal entry": """
SELECT concat_ws(' ', owner_id, journal, fiscal_year, entry.number, day),
    encode(sha256(convert_to(string_agg(
        concat_ws(' ', account, debit_cents, credit_cents), ',' ORDER BY position
    ), 'UTF8')), 'hex')
FROM billing.journal_entry AS entry JOIN billing.journal_line ON entry_id = id
GROUP BY entry.id
""",
    "settlement": """
SELECT concat_ws(' ', operation_id, month, number),
    encode(sha256(convert_to(content, 'UTF8')), 'hex')
FROM allocation.settlement
""",
    "input of settlements": """
SELECT hash, encode(sha256(content), 'hex') FROM allocation.settlement_input
""",
}
_KINDS = {*_FROZEN, "file"}


@dataclass(frozen=True)
class Content:
    """What a platform keeps: how many rows each table has, and the hashes of what is frozen.

    frozen: kind, name, hash.
    """

    rows: Counter[str]
    frozen: frozenset[tuple[str, str, str]]

    @classmethod
    async def read(cls, url: str, folder: Path) -> Self:
        """folder: of the kept files."""
        connection = await asyncpg.connect(url)
        try:
            rows = Counter[str]()
            for schema, table in await connection.fetch(_TABLES):
                query = f'SELECT count(*) FROM "{schema}"."{table}"'  # noqa: S608 - of the catalogue
                rows[f"{schema}.{table}"] = await connection.fetchval(query)
            frozen = {
                (kind, name, hash_)
                for kind, query in _FROZEN.items()
                for name, hash_ in await connection.fetch(query)
            }
        finally:
            await connection.close()
        return cls(rows, frozenset({*frozen, *_read_files(folder)}))

    def list_lost(self, after: Self) -> list[str]:
        """List what is not there, or not the same, afterwards."""
        tables = [f"{count} rows of {table}" for table, count in (self.rows - after.rows).items()]
        return tables + self.list_changed(after)

    def list_changed(self, after: Self) -> list[str]:
        """List what was frozen and is not there, or not the same, afterwards."""
        return [" ".join(document) for document in sorted(self.frozen - after.frozen)]


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
        before, migrated = asyncio.run(_migrate(folder))
        _end_if_any(before.list_lost(migrated), "Lost by migrating")
        print("\nNothing is lost. The demonstration of this version goes on with it:", flush=True)
        _run(folder, str(_THIS), "demo", "--once", "--port", "0")
        # Rows that the platform forgets by itself may be gone now.
        after = asyncio.run(_read(folder))
        _end_if_any(before.list_changed(after), "Changed by the demonstration of this version")
        kinds = Counter(kind for kind, _, _ in before.frozen)
        print(
            "Unchanged: " + ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items()))
        )


def last_release() -> str | None:
    """Return the newest tag v* of those that this commit comes after."""
    earlier = ("--merged", "HEAD", "--no-contains", "HEAD")
    command = ("/usr/bin/env", "git", "tag", "--list", "v*", *earlier, "--sort=-version:refname")
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return next(iter(done.stdout.split()), None)


async def _migrate(folder: Path) -> tuple[Content, Content]:
    """Return what there is before and after this version has migrated it."""
    async with _server(folder) as url:
        before = await Content.read(url, folder / "data/files")
        await asyncio.to_thread(_run, folder, str(_THIS), "migrate", DATABASE_URL=url)
        migrated = await Content.read(url, folder / "data/files")
    missing = _KINDS - {kind for kind, _, _ in before.frozen}
    assert not missing, missing  # else nothing would be compared
    return before, migrated


async def _read(folder: Path) -> Content:
    async with _server(folder) as url:
        return await Content.read(url, folder / "data/files")


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[str]:
    server = EmbeddedPostgres(folder / "data/postgres")
    await asyncio.to_thread(server.start)
    try:
        yield server.url
    finally:
        await asyncio.to_thread(server.stop)


def _read_files(folder: Path) -> Iterator[tuple[str, str, str]]:
    for path in folder.rglob("*"):
        if path.is_file() and "incoming" not in path.parts:  # is not kept yet
            yield "file", str(path.relative_to(folder)), sha256(path.read_bytes()).hexdigest()


def _end_if_any(lost: list[str], title: str) -> None:
    if lost:
        raise SystemExit("\n".join([f"{title}:", *lost]))


def _run(folder: Path, *command: str, **variables: str) -> None:
    environment = {name: text for name, text in os.environ.items() if name not in _OF_OTHERS}
    done = subprocess.run(command, cwd=folder, env=environment | variables, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {done.returncode}.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else last_release())
