"""``elocoop restore``: the platform as a backup has it."""

from pathlib import Path
from typing import Annotated

import typer

from libs.common.eventlog import GroupInUse
from libs.common.file_store import FilesUnavailable
from libs.common.logs.logging import configure_logging
from services.cli.backup import Documents, on_disk, say
from services.cli.backups.archive import BackupDamaged, BackupReader
from services.cli.backups.dump import DatabaseRefused
from services.cli.backups.putting_back import NotPutBack, put_back
from services.cli.ending import run
from services.cli.running import settings_of_folder

_REFUSALS = (BackupDamaged, NotPutBack, DatabaseRefused, GroupInUse, FilesUnavailable, OSError)


def restore(
    file: Annotated[
        Path, typer.Argument(help="A backup of `elocoop backup`, or - to read it from a pipe.")
    ],
    documents: Documents = "",
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Also where there is a platform; its database and events are lost."
        ),
    ] = False,
) -> None:
    """Put back the database, the kept files, and the events that were on their way.

    Stop the services first, and give the keys of then: in an empty folder, `data/secret-keys`;
    deployed, SECRET_KEYS. Deployed, DATABASE_URL names a superuser and KAFKA_USER an administrator.
    The backup is read whole before anything is changed. The topics of the platform in Kafka are
    deleted and made anew, so that no service hears of what was told after the backup.

    If it is cut off, run it again with --replace before any service starts. Only restore a backup
    of your own: the database does what is written in it. Exit status: 2 when the backup does not
    fit here, with the reason.
    """
    settings = settings_of_folder()
    configure_logging(log_format=settings.log_format, level=settings.log_level)
    try:
        with on_disk(file) as path, BackupReader.open(path) as backup:
            say(f"The backup of {backup.manifest.made_at:%Y-%m-%d %H:%M} UTC is whole.")
            run(put_back(settings, backup, documents_url=documents, replace=replace, say=say))
    except _REFUSALS as refusal:
        say(f"Not restored: {refusal}")
        raise typer.Exit(2) from refusal
    say("Done: start the platform.")
