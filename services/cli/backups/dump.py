"""The database of a backup: the platform's schemas, by PostgreSQL's own programs."""

import gzip
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from libs.common.database.programs import libpq_variables, postgres_program
from services.cli.processes import NAMES

SCHEMAS = (*NAMES, "eventlog", "audit")

# Of PostgreSQL 17 and later; older servers refuse it, and it is their default.
_NOT_FOR_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
_HEADER_LINES = 50


class DatabaseRefused(Exception):  # noqa: N818 - read by people as a sentence
    """What PostgreSQL's program said."""


def write_dump(url: str, *, snapshot_id: str, path: Path) -> None:
    """Write the schemas, as the snapshot sees them, as gzipped SQL. Raises DatabaseRefused."""
    schemas = [f"--schema={schema}" for schema in SCHEMAS]
    to_file = ["--compress=gzip:1", f"--file={path}"]
    _run("pg_dump", [f"--snapshot={snapshot_id}", *schemas, *to_file], url)


def load_dump(url: str, dump: BinaryIO) -> None:
    """Replace the schemas by those of the dump, all or nothing. Raises DatabaseRefused."""
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    drop = f"DROP SCHEMA IF EXISTS {', '.join(SCHEMAS)} CASCADE;\n".encode()
    with gzip.open(dump) as lines:
        _run("psql", [*options, "--output=/dev/null"], url, typed=_all_of([drop], lines))


def _all_of(first: Iterable[bytes], others: Iterable[bytes]) -> Iterable[bytes]:
    yield from first
    for number, line in enumerate(others):
        if number > _HEADER_LINES or line != _NOT_FOR_OLDER_SERVERS:
            yield line


def _run(program: str, options: Sequence[str], url: str, typed: Iterable[bytes] = ()) -> None:
    command = [str(postgres_program(program)), "--no-password", *options]
    environment = {**libpq_variables(url), "PGOPTIONS": "-c client_min_messages=warning"}
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's program, our options
        command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for line in typed:
                process.stdin.write(line)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended, and says why
        words = process.stderr.read().decode(errors="replace").strip()
    if process.returncode != 0:
        raise DatabaseRefused(words or f"{program} ended with {process.returncode}")
