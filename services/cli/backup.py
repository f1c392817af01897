"""``elocoop backup``: a copy of a folder's data, without the keys that open it."""

import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from libs.common.database.embedded_postgres import ClusterInUse, EmbeddedPostgres
from libs.common.settings import Settings
from services.cli.running import settings_of_folder

_LEFT_OUT = {
    "data/postgres/password",
    "data/postgres/password.new",
    "data/postgres/postmaster.opts",
    "data/postgres/postmaster.pid",
    "data/postgres/server.log",
}
"""How to reach the server of this machine; a server on the copy creates its own."""


def backup(
    file: Annotated[
        Path, typer.Argument(help="Where to write it, a .tar.gz that is not there yet.")
    ],
) -> None:
    """Copy the database and the files that `elocoop serve` keeps in this folder.

    Stop the platform first. The copy has no password, no e-mails, and not the key in
    `data/secret-keys`, which is needed to sign tokens with it and to decrypt its secrets: keep that
    file elsewhere. Exit status: 2 when nothing was copied, with the reason.
    """
    settings = settings_of_folder()
    try:
        folders = _folders(settings, file)
        with EmbeddedPostgres(folders["data/postgres"]).at_rest(), _written(file) as archive:
            for name, folder in folders.items():
                archive.add(folder, name, filter=_without_secrets)
    except (_Refused, ClusterInUse) as refusal:
        typer.echo(f"Nothing was copied: {refusal}", err=True)
        raise typer.Exit(2) from refusal
    typer.echo(
        f"{file} has what data/ keeps, but for its secrets. data/secret-keys opens what is locked"
        " in it: keep that apart."
    )


class _Refused(Exception):  # noqa: N818 - in words
    pass


def _folders(settings: Settings, file: Path) -> Mapping[str, Path]:
    """Return the folders to copy, by their names in the copy. Raises _Refused."""
    if not settings.database_url.startswith("embedded:"):
        raise _Refused("DATABASE_URL names a server: copy it by its own means, pg_dump.")
    folders = {"data/postgres": Path(settings.database_url.removeprefix("embedded:"))}
    if not folders["data/postgres"].exists():
        raise _Refused(f"there is no database in {folders['data/postgres']}.")
    if settings.account_keys is None:
        raise _Refused(
            "there are no SECRET_KEYS, so the key that signs tokens is in the database as it is,"
            " and would be in the copy. Set them, start the platform and stop it."
        )
    store = settings.file_store_url
    if store.startswith("folder:") and Path(store.removeprefix("folder:")).exists():
        folders["data/files"] = Path(store.removeprefix("folder:"))
    if file.exists():
        raise _Refused(f"{file} is there already.")
    if any(file.resolve().is_relative_to(folder.resolve()) for folder in folders.values()):
        raise _Refused(f"{file} would be a part of itself.")
    return folders


@contextmanager
def _written(file: Path) -> Iterator[tarfile.TarFile]:
    """Write for the owner alone; under another name until the file is whole."""
    partial_file = file.with_name(f"{file.name}.part")
    partial_file.unlink(missing_ok=True)
    partial_file.touch(mode=0o600)
    try:
        with tarfile.open(partial_file, "w:gz", compresslevel=1) as archive:
            yield archive
        with partial_file.open("rb") as stream:
            os.fsync(stream.fileno())
        partial_file.rename(file)
    finally:
        partial_file.unlink(missing_ok=True)


def _without_secrets(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if member.name in _LEFT_OUT else member
