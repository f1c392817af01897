"""A PostgreSQL that is reached over TLS only: the one that is installed on this machine."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from libs.common.ports import free_port
from libs.common.settings import Settings
from tests.support.certificates import Authority, new_authority
from tests.support.places import new_place

_PASSWORD = "with/a slash"
_WHO_MAY_CONNECT = "hostssl all all 127.0.0.1/32 scram-sha-256\n"
_TRIES = 5  # another program may take the port between our look and the server's start


@dataclass(frozen=True)
class TlsPostgres:
    port: int
    authority: Authority

    def url(self, *, host: str = "127.0.0.1", port: int | None = None, **options: str) -> str:
        """As the platform has it from its settings."""
        place = f"{host}:{port or self.port}"
        query = "&".join(f"{name}={quote(value)}" for name, value in options.items())
        url = f"postgresql://postgres:{_PASSWORD}@{place}/postgres?{query}"
        return Settings(database_url=url).database_url

    def verifying(self, *, host: str = "127.0.0.1", port: int | None = None) -> str:
        options = {"sslmode": "verify-full", "sslrootcert": str(self.authority.certificate)}
        return self.url(host=host, port=port, **options)


@contextmanager
def tls_postgres() -> Iterator[TlsPostgres]:
    """The wheel's own PostgreSQL knows no TLS, so a test that needs some may skip."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("needs a PostgreSQL in /usr/lib/postgresql")
    with new_place() as folder:
        authority = new_authority(folder)
        data = _created(programs[-1], folder, authority)
        port = _started(programs[-1], data)
        try:
            yield TlsPostgres(port, authority)
        finally:
            _run(programs[-1] / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _created(programs: Path, folder: Path, authority: Authority) -> Path:
    """The folder of a cluster that is ready to start."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    _give(data)
    password = folder / "password"
    password.write_text(_PASSWORD)
    options = ["-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    _run(programs / "initdb", "-D", data, *options, f"--pwfile={password}", "--no-sync")
    (data / "pg_hba.conf").write_text(_WHO_MAY_CONNECT)
    for file in authority.sign("127.0.0.1"):
        file.rename(data / file.name)
        (data / file.name).chmod(0o600)
        _give(data / file.name)
    return data


def _started(programs: Path, data: Path) -> int:
    """The port at which it listens."""
    for tries_left in reversed(range(_TRIES)):
        port = free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=''"
        try:
            _run(
                *(programs / "pg_ctl", "-D", data, "-w", "-l", data / "server.log", "start"),
                *("-o", f"{options} -c ssl=on -c fsync=off"),
            )
        except subprocess.CalledProcessError:
            if not tries_left:
                raise
        else:
            return port
    raise AssertionError


def _run(*command: str | Path) -> None:
    become = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        become = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
    # No pipe: the server keeps the outputs of who starts it.
    subprocess.run([*become, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, "nobody", "nogroup")
