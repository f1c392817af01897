"""The database of a backup: the platform's schemas, by PostgreSQL's own programs."""

import gzip
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import make_url

from libs.common.database.programs import postgres_program
from services.cli.processes import NAMES

SCHEMAS = (*NAMES, "eventlog", "audit")

# Of PostgreSQL 17 and later; older servers refuse it, and it is their default.
_NOT_FOR_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
_HEADER_LINES = 50
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class DatabaseRefused(Exception):  # noqa: N818 - read by people as a sentence
    """What PostgreSQL's program said."""


def write_dump(url: str, *, snapshot: str, path: Path) -> None:
    """Write the schemas, as the snapshot sees them, as gzipped SQL. Raises DatabaseRefused."""
    schemas = [f"--schema={schema}" for schema in SCHEMAS]
    to_file = ["--compress=gzip:1", f"--file={path}"]
    _run("pg_dump", [f"--snapshot={snapshot}", *schemas, *to_file], url)


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
    environment = {**os.environ, **_connection(url), "PGOPTIONS": "-c client_min_messages=warning"}
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


def _connection(url: str) -> Mapping[str, str]:
    """Return the variables of a URL: in a command everybody on the machine could read them."""
    parts = make_url(url)
    values = {
        "host": parts.host,
        "port": str(parts.port) if parts.port else None,
        "user": parts.username,
        "password": str(parts.password) if parts.password else None,
        **parts.query,
    }
    known = {variable: values.get(name) for name, variable in _VARIABLES.items()}
    present = {variable: str(value) for variable, value in known.items() if value}
    return {**present, "PGDATABASE": parts.database or "postgres"}
