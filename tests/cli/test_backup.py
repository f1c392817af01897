"""A backup is the whole platform in one file, and opens nothing (M16 of the security review)."""

import asyncio
import gzip
import io
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from libs.common.database import Database
from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.encryption.secret_keys import SecretKeys, new_secret_key
from libs.common.settings import Settings
from services.cli.backups.archive import BackupDamaged, BackupReader, BackupWriter, Manifest
from services.cli.backups.dump import DatabaseRefused, load_dump
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.domain.members.registry import Jwk
from services.community.main import service
from tests.support.commands import COMMAND, without_servers
from tests.support.places import new_place
from tests.support.platform import SECRET_KEY

_KEYS = SecretKeys.read(SECRET_KEY)
_SECRETS = {
    "data/secret-keys": SECRET_KEY,
    "data/operator-password": "the first password",
    "data/demo-password": "that of the demonstration",
    "data/mails/1.eml": "a link that opens an account",
}
_FILE = b"a file of the DSO"
_FILE_PATH = f"data/files/{sha256(_FILE).hexdigest()[:2]}/{sha256(_FILE).hexdigest()}"


@pytest.fixture(scope="module")
def migrated_folder() -> Iterator[Path]:
    """What `elocoop serve` leaves in a folder."""
    with new_place() as folder:
        for name in ("data/mails", str(Path(_FILE_PATH).parent)):
            (folder / name).mkdir(parents=True)
        (folder / _FILE_PATH).write_bytes(_FILE)
        for name, content in _SECRETS.items():
            (folder / name).write_text(content)
        assert _elocoop(folder, "migrate").returncode == 0
        yield folder


@pytest.fixture
def folder(migrated_folder: Path, server_folder: Path) -> Path:
    # With the owner of the server's files, which may be another user than ours.
    copy = ["/bin/cp", "-a", f"{migrated_folder}/data", str(server_folder)]
    subprocess.run(copy, check=True)
    return server_folder


def test_m16_a_backup_of_a_running_platform_holds_no_key_and_another_folder_goes_on_from_it(
    folder: Path,
) -> None:
    with _server(folder) as url:
        key = asyncio.run(_signing_key(url))
        done = _elocoop(folder, "backup", "copy.tar")

    assert done.returncode == 0, done.stderr
    copy = folder / "copy.tar"
    check = _elocoop(folder, "backup", "--check", str(copy))
    assert (check.returncode, b"Whole: a backup of " in check.stderr) == (0, True)
    assert copy.stat().st_mode & 0o777 == 0o600
    contents = _contents(copy)
    secrets = [*_SECRETS.values(), str(key["d"])]
    assert [
        secret
        for secret in secrets
        if any(secret.encode() in content for content in contents.values())
    ] == []

    again = _folder_with_keys(folder, "again")
    restored = _elocoop(again, "restore", str(copy))
    assert restored.returncode == 0, restored.stderr
    with _server(again) as url:
        assert asyncio.run(_signing_key(url)) == key
    assert (again / _FILE_PATH).read_bytes() == _FILE


def test_a_backup_goes_through_a_pipe_and_takes_the_place_of_a_platform_when_asked(
    folder: Path,
) -> None:
    printed = _elocoop(folder, "backup", "-")
    other = _folder_with_keys(folder, "other")
    assert _elocoop(other, "migrate").returncode == 0

    refused = _elocoop(other, "restore", "-", typed=printed.stdout)
    replaced = _elocoop(other, "restore", "-", "--replace", typed=printed.stdout)

    assert (refused.returncode, replaced.returncode) == (2, 0), replaced.stderr
    assert b"there is a platform in this database already" in refused.stderr
    assert (other / _FILE_PATH).read_bytes() == _FILE


def test_a_backup_that_does_not_fit_is_refused_before_anything_changes(folder: Path) -> None:
    with _server(folder) as url:
        in_use = asyncio.run(_while_connected(url, folder))
    (folder / "copy.tar").unlink()
    assert _elocoop(folder, "backup", "copy.tar").returncode == 0
    copy = str(folder / "copy.tar")
    again = _folder_with_keys(folder, "again")

    of_other_keys = _elocoop(again, "restore", copy, SECRET_KEYS=new_secret_key())
    of_another_log = _elocoop(again, "restore", copy, EVENT_LOG_URL="kafka://127.0.0.1:9")

    words = [in_use.stderr, of_other_keys.stderr, of_another_log.stderr]
    for said, phrase in zip(words, [b"is in use", b"not those of", b"EVENT_LOG_URL"], strict=True):
        assert phrase in said
    assert not (again / "data/postgres").exists()


def test_a_backup_that_was_damaged_or_cut_off_is_told(tmp_path: Path) -> None:
    whole = _small_backup()
    at = whole.index(_FILE)
    broken = {
        sha256(_FILE).hexdigest(): whole[:at] + b"X" + whole[at + 1 :],
        "no backup, or was cut off": whole[: at + 3],
        "no manifest": whole[: at + 512] + bytes(10_240),
        "is no backup": b"a text",
    }
    path = tmp_path / "copy.tar"
    for words, content in broken.items():
        path.write_bytes(content)
        with pytest.raises(BackupDamaged, match=words), BackupReader.open(path):
            pass

    path.write_bytes(whole)
    with BackupReader.open(path) as backup:
        assert [(room, name) for room, name, _ in backup.kept_files()] == [
            ("invoices", sha256(_FILE).hexdigest())
        ]


def test_a_kept_file_that_its_disk_has_changed_is_left_out_and_told(folder: Path) -> None:
    (folder / _FILE_PATH).write_bytes(b"another content")

    done = _elocoop(folder, "backup", "copy.tar")
    check = _elocoop(folder, "backup", "--check", "-", typed=(folder / "copy.tar").read_bytes())

    assert (done.returncode, check.returncode) == (3, 0), check.stderr
    assert sha256(_FILE).hexdigest().encode() in done.stderr
    assert b"with 0 kept files" in check.stderr


def test_a_restore_that_is_cut_off_leaves_the_database_as_it_was(folder: Path) -> None:
    dump = gzip.compress(
        b"CREATE TABLE public.half (id integer);\nCOPY public.half FROM stdin;\n1\n"
    )
    with _server(folder) as url:
        key = asyncio.run(_signing_key(url))
        with pytest.raises(EOFError):
            # As the file of a process that ends: what comes after is not there.
            load_dump(url, io.BytesIO(dump[:-8]))
        assert asyncio.run(_signing_key(url)) == key


def test_a_dump_that_the_server_refuses_while_it_is_typed_is_told_so(folder: Path) -> None:
    """Psql ends at the first line, and what was not yet typed has nowhere to go."""
    dump = gzip.compress(b"SELECT nonsense;\n" + 500_000 * b"SELECT 1;\n")
    with _server(folder) as url, pytest.raises(DatabaseRefused, match="nonsense"):
        load_dump(url, io.BytesIO(dump))


def test_m16_what_would_open_a_backup_is_not_copied(folder: Path) -> None:
    (folder / "data/secret-keys").unlink()
    (folder / "there.tar").touch()

    refused = [
        _elocoop(folder, "backup", "copy.tar"),
        _elocoop(folder, "backup", "there.tar", SECRET_KEYS=SECRET_KEY),
        _elocoop(folder, "backup", "copy.tar", SECRET_KEYS=SECRET_KEY, DATABASE_URL="embedded:no"),
    ]

    assert [process.returncode for process in refused] == [2, 2, 2]
    words = (b"SECRET_KEYS", b"is there already", b"there is no database")
    for process, phrase in zip(refused, words, strict=True):
        assert phrase in process.stderr
    assert not (folder / "copy.tar").exists()


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    server = EmbeddedPostgres(folder / "data" / "postgres")
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


async def _signing_key(url: str) -> Jwk:
    """As community starts on this server."""
    database = Database(url, schema="community", pool_size=2)
    try:
        assert service.on_start is not None
        await service.on_start(database, Settings(secret_keys=SecretStr(SECRET_KEY)))
        async with database.transaction() as session:
            return await get_signing_key(session, _KEYS)
    finally:
        await database.close()


async def _while_connected(url: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Back the folder up and restore it while a service holds a connection."""
    database = Database(url, schema="billing", pool_size=2)
    try:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
            done = await asyncio.to_thread(_elocoop, folder, "backup", "copy.tar")
            assert done.returncode == 0, done.stderr
            return await asyncio.to_thread(_elocoop, folder, "restore", "copy.tar", "--replace")
    finally:
        await database.close()


def _folder_with_keys(folder: Path, name: str) -> Path:
    new_folder = folder / name
    (new_folder / "data").mkdir(parents=True)
    (new_folder / "data/secret-keys").write_text(SECRET_KEY)
    return new_folder


def _small_backup() -> bytes:
    stream = io.BytesIO()
    writer = BackupWriter(stream)
    writer.add_kept_file("invoices", sha256(_FILE).hexdigest(), io.BytesIO(_FILE))
    manifest = Manifest(
        elocoop_version="0.1.0",
        made_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
        events_in="database",
        revisions={},
        key_names=[],
        hashes=writer.hashes,
        file_count=writer.file_count,
        damaged_files=[],
        event_count=0,
    )
    writer.finish(manifest)
    return stream.getvalue()


def _contents(copy: Path) -> Mapping[str, bytes]:
    contents = {}
    with tarfile.open(copy) as archive:
        for member in archive:
            file = archive.extractfile(member)
            assert file is not None
            content = file.read()
            if member.name.endswith(".gz"):
                content = gzip.GzipFile(fileobj=io.BytesIO(content)).read()
            contents[member.name] = content
    return contents


def _elocoop(
    folder: Path, *arguments: str, typed: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env=without_servers() | environment,
        input=typed,
        capture_output=True,
        check=False,
    )
