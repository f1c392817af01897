"""The database of a backup: the platform's schemas, by PostgreSQL's own programs."""

import gzip
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from libs.common.database.programs import libpq_variables, postgres_program
from services.cli.processes import NAMES

SCHEMAS = (*NAMES, "eventlog", "audit")

# Of PostgreSQL 17 and later; older servers refuse it, and it is their default.
_NOT_FOR_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
_HEADER_LINES = 50


class DatabaseRefused(Exception):  # noqa: N818 - read by people as a sentence
    """The output of PostgreSQL's program."""


def write_dump(url: str, *, snapshot_id: str, path: Path) -> None:
    """Write the schemas, as the snapshot sees them, as gzipped SQL. Raises DatabaseRefused."""
    schemas = [f"--schema={schema}" for schema in SCHEMAS]
    to_file = ["--compress=gzip:1", f"--file={path}"]
    _run("pg_dump", [f"--snapshot={snapshot_id}", *schemas, *to_file], url)


def load_dump(url: str, dump: BinaryIO) -> None:
    """Replace the schemas by those of the dump, all or nothing. Raises DatabaseRefused.

    Whatever cuts it off, COMMIT is not typed: psql takes the end of its input for the end of the
    data.
    """
    # Errors without the rows that they are about: those are of people.
    settings = ["ON_ERROR_STOP=1", "VERBOSITY=terse", "SHOW_CONTEXT=never"]
    options = ["--no-psqlrc", "--quiet", "--output=/dev/null"]
    with gzip.open(dump) as lines:
        _run("psql", [*options, *(f"--set={setting}" for setting in settings)], url, _typed(lines))


def _typed(lines: Iterable[bytes]) -> Iterable[bytes]:
    yield b"BEGIN;\n"
    yield f"DROP SCHEMA IF EXISTS {', '.join(SCHEMAS)} CASCADE;\n".encode()
    for number, line in enumerate(lines):
        if number > _HEADER_LINES or line != _NOT_FOR_OLDER_SERVERS:
            yield line
    yield b"COMMIT;\n"


def _run(program: str, options: Sequence[str], url: str, typed: Iterable[bytes] = ()) -> None:
    command = [str(postgres_program(program)), "--no-password", *options]
    environment = {**libpq_variables(url), "PGOPTIONS": "-c client_min_messages=warning"}
    with (
        TemporaryFile() as words,
        subprocess.Popen(  # noqa: S603 - PostgreSQL's program, our options
            command, env=environment, stdin=subprocess.PIPE, stderr=words
        ) as process,
    ):
        assert process.stdin is not None
        try:
            for line in typed:
                process.stdin.write(line)
        except BrokenPipeError:
            pass  # it has ended, and says why
        finally:
            # What is still in the buffer has nowhere to go where the program has ended.
            with suppress(BrokenPipeError):
                process.stdin.close()
        if process.wait() != 0:
            words.seek(0)
            said = words.read().decode(errors="replace").strip()
            raise DatabaseRefused(said or f"{program} ended with {process.returncode}")
