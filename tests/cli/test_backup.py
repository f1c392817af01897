"""M16 of the security review: a copy of a folder opens nothing, and is all that it kept."""

import asyncio
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from libs.common.database import Database
from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.database.migrations import migrate
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.settings import Settings
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.domain.members.registry import Jwk
from services.community.main import service
from tests.support.commands import COMMAND, without_servers
from tests.support.platform import SECRET_KEY

_KEYS = SecretKeys.read(SECRET_KEY)
_SECRETS = {
    "data/secret-keys": SECRET_KEY,
    "data/operator-password": "the first password",
    "data/demo-password": "that of the demonstration",
    "data/mails/1.eml": "a link that opens an account",
}


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
        await migrate(database, service.histories)
        assert service.on_start is not None
        await service.on_start(database, Settings(secret_keys=SecretStr(SECRET_KEY)))
        async with database.transaction() as session:
            return await get_signing_key(session, _KEYS)
    finally:
        await database.close()


@pytest.fixture
def kept(server_folder: Path) -> Path:
    """A folder as `elocoop serve` leaves it."""
    (server_folder / "data" / "mails").mkdir(parents=True)
    (server_folder / "data" / "files" / "ab").mkdir(parents=True)
    (server_folder / "data" / "files" / "ab" / "abcd").write_text("a file of the DSO")
    for name, content in _SECRETS.items():
        (server_folder / name).write_text(content)
    return server_folder


def _backup(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "backup", *arguments],
        cwd=folder,
        env=without_servers() | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_m16_a_copy_holds_no_key_and_the_folder_lives_on_from_it(kept: Path) -> None:
    with _server(kept) as url:
        key = asyncio.run(_signing_key(url))

    done = _backup(kept, "copy.tar.gz")

    assert done.returncode == 0, done.stderr
    copy = kept / "copy.tar.gz"
    assert copy.stat().st_mode & 0o777 == 0o600
    with tarfile.open(copy) as archive:
        names = {"/".join(Path(name).parts[:2]) for name in archive.getnames()}
        assert names == {"data/postgres", "data/files"}
        secrets = [*_SECRETS.values(), str(key["d"])]
        files = (archive.extractfile(member) for member in archive if member.isfile())
        contents = [file.read() for file in files if file is not None]
        assert [
            secret for secret in secrets if any(secret.encode() in content for content in contents)
        ] == []
    again = kept / "again"
    again.mkdir()
    as_the_guide_says = ["tar", "-xzpf", str(copy), "-C", str(again)]
    subprocess.run(as_the_guide_says, check=True)
    with _server(again) as url:
        assert asyncio.run(_signing_key(url)) == key
    assert (again / "data/files/ab/abcd").read_text() == "a file of the DSO"


def test_m16_a_folder_that_is_in_use_is_not_copied(kept: Path) -> None:
    with _server(kept):
        done = _backup(kept, "copy.tar.gz")

    assert (done.returncode, (kept / "copy.tar.gz").exists()) == (2, False)
    assert "Stop the platform first" in done.stderr


def test_m16_what_would_open_a_copy_is_not_copied(kept: Path) -> None:
    with _server(kept):
        pass
    (kept / "data/secret-keys").unlink()
    (kept / "there.tar.gz").touch()

    without_keys = _backup(kept, "copy.tar.gz")
    over_another = _backup(kept, "there.tar.gz", SECRET_KEYS=SECRET_KEY)
    into_itself = _backup(kept, "data/files/copy.tar.gz", SECRET_KEYS=SECRET_KEY)
    of_a_server = _backup(kept, "copy.tar.gz", DATABASE_URL="postgresql://a@127.0.0.1/b")

    refused = [without_keys, over_another, into_itself, of_a_server]
    assert [process.returncode for process in refused] == [2, 2, 2, 2]
    words = ("SECRET_KEYS", "is there already", "part of itself", "names a server")
    for process, word in zip(refused, words, strict=True):
        assert word in process.stderr
    assert not (kept / "copy.tar.gz").exists()
