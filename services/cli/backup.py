"""``elocoop backup``: a copy of the whole platform in one file, without the keys that open it."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, BinaryIO

import typer

from libs.common.logs.logging import configure_logging
from libs.common.settings import Settings
from services.cli.backups.archive import BackupDamaged, BackupReader
from services.cli.backups.copying import copy_platform
from services.cli.backups.dump import DatabaseRefused
from services.cli.ending import run
from services.cli.running import settings_of_folder

STANDARD_STREAM = Path("-")
Documents = Annotated[
    str,
    typer.Option(
        help="Where the documents of billing and community are kept, like FILE_STORE_URL, if not"
        " with the files of the DSO."
    ),
]


def backup(
    file: Annotated[
        Path, typer.Argument(help="Where to write it: a .tar that is not there yet, or - to print.")
    ],
    documents: Documents = "",
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing: read this backup, and say if it is whole."),
    ] = False,
) -> None:
    """Copy the database, the kept files, and the events that are still on their way.

    The platform may run. The copy is of one moment: the one at which the command says that it
    copies the database. In it is no password and not the key in `data/secret-keys` (or
    SECRET_KEYS), without which nobody signs with it or reads its bank accounts: keep that apart.
    Deployed, DATABASE_URL names a superuser and KAFKA_USER an administrator, as for **migrate**.

    Encrypted: `elocoop backup - | age -r RECIPIENT > FILE`, with `set -o pipefail`. Exit status: 2
    when nothing was copied, or the backup is not whole, with the reason; 3 when kept files are left
    out that their disk has changed.
    """
    if check:
        _check(file)
        return
    settings = settings_of_folder()
    # To standard error, for the backup may be what is printed.
    configure_logging(log_format=settings.log_format, level=settings.log_level)
    try:
        _refuse(settings, file)
        with _written(file) as stream:
            manifest = run(copy_platform(settings, stream, documents_url=documents, say=say))
    except (_Refused, DatabaseRefused, OSError) as refusal:
        say(f"Nothing was copied: {refusal}")
        raise typer.Exit(2) from refusal
    say(
        f"Done: the database, {manifest.file_count} kept files, {manifest.event_count} events on"
        " their way. SECRET_KEYS, or data/secret-keys, opens what is locked in it: keep that apart."
    )
    if manifest.damaged_files:
        say(
            "Left out, for they are not as they were kept, so their disk may be failing: "
            + ", ".join(manifest.damaged_files)
        )
        raise typer.Exit(3)


def say(words: str) -> None:
    """Tell what goes on; the backup itself may be what is printed."""
    typer.echo(words, err=True)


@contextmanager
def on_disk(file: Path) -> Iterator[Path]:
    """Yield a backup as a file that can be read twice."""
    if file != STANDARD_STREAM:
        yield file
        return
    with NamedTemporaryFile(prefix="elocoop-backup-") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield Path(copy.name)


class _Refused(Exception):  # noqa: N818 - in words
    pass


def _check(file: Path) -> None:
    try:
        with on_disk(file) as path, BackupReader.open(path) as backup:
            manifest = backup.manifest
    except (BackupDamaged, OSError) as damage:
        say(f"Not a whole backup: {damage}")
        raise typer.Exit(2) from damage
    say(
        f"Whole: a backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC, with {manifest.file_count} kept"
        f" files and {manifest.event_count} events on their way."
    )


def _refuse(settings: Settings, file: Path) -> None:
    """Raises _Refused."""
    if settings.account_keys is None:
        message = (
            "there are no SECRET_KEYS, so the key that signs tokens is in the database as it is,"
            " and would be in the copy. Set them, and start the platform once."
        )
        raise _Refused(message)
    if settings.database_url.startswith("embedded:"):
        folder = Path(settings.database_url.removeprefix("embedded:"))
        if not folder.exists():
            message = f"there is no database in {folder}."
            raise _Refused(message)
    if file.exists():
        message = f"{file} is there already."
        raise _Refused(message)


@contextmanager
def _written(file: Path) -> Iterator[BinaryIO]:
    """Write for the owner alone; under another name until the file is whole."""
    if file == STANDARD_STREAM:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial_file = file.with_name(f"{file.name}.part")
    partial_file.unlink(missing_ok=True)
    partial_file.touch(mode=0o600)
    try:
        with partial_file.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial_file.rename(file)
    finally:
        partial_file.unlink(missing_ok=True)
