"""A PostgreSQL from a Python wheel that lives in one folder (see docs/adr/0003, 0009).

The server listens on a Unix socket inside its data folder, which only its owner may enter, so no
password is needed. If the folder's path is too long for a socket, it listens on a free port of
the loopback instead, with a password that is kept in that folder. Every process that uses it holds
a shared lock, which disappears with the process however it ends; the last one out stops the server.
"""

import asyncio
import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from libs.common.database.programs import postgres_program
from libs.common.database.roles import bring_roles_up_to_date
from libs.common.ports import free_port

_SERVER_USER = "nobody"  # PostgreSQL refuses to run as root
# A socket's path is at most 107 bytes on Linux; the longest file name in it has 17.
_LONGEST_SOCKET_FOLDER = 88
_PORT_TRIES = 5  # another program may take the port between our look and the server's start
_WHO_MAY_CONNECT = """\
# Written by libs/common/database/embedded_postgres.py.
local all all trust
host all all 127.0.0.1/32 scram-sha-256
"""


class EmbeddedPostgres:
    """Start with ``start()``, reach at ``url``, leave with ``stop()``."""

    def __init__(self, folder: Path, *, durable: bool = True, max_connections: int = 200) -> None:
        """Configure the server; the settings of the process that starts it apply.

        durable: whether what is committed outlives a crash of the machine; of a process, always.
        """
        self._folder = folder.resolve()
        self._durable = durable
        self._max_connections = max_connections
        self._users: IO[str] | None = None

    @property
    def url(self) -> str:
        """The address of the server; with a port, only while it runs. Raises OSError."""
        if self._has_socket:
            return f"postgresql://postgres@/postgres?host={quote(str(self._folder))}"
        password = self._password_file.read_text()
        return f"postgresql://postgres:{password}@127.0.0.1:{self._port()}/postgres"

    def start(self) -> None:
        """Create the cluster if need be, start the server if it does not run. Takes a second."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not (self._folder / "PG_VERSION").exists():
                self._create()
            if not self._runs():
                self._start_server()
            with ThreadPoolExecutor(1) as apart:  # ours may have an event loop that runs
                apart.submit(asyncio.run, bring_roles_up_to_date(self.url)).result()
            self._users = self._lock_file("users").open("a")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def stop(self) -> None:
        """Stop the server unless another process still uses it."""
        if self._users is None:
            return
        with self._alone(), self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._stop_server()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let only one process at a time start or stop the server."""
        with self._lock_file("lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lock_file(self, name: str) -> Path:
        return self._folder.with_name(f"{self._folder.name}.{name}")

    def _create(self) -> None:
        # Beside its place first: an interrupted initdb must not look like a cluster.
        new_folder = self._folder.with_name(f"{self._folder.name}.new")
        shutil.rmtree(new_folder, ignore_errors=True)
        new_folder.mkdir(mode=0o700)
        if os.geteuid() == 0 and not _is_private(self._folder):
            user = pwd.getpwnam(_SERVER_USER)
            os.chown(new_folder, user.pw_uid, user.pw_gid)
        options = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", str(new_folder), *options)
        new_folder.rename(self._folder)

    def _runs(self) -> bool:
        status = self._run("pg_ctl", "-D", str(self._folder), "status", check=False)
        return status.returncode == 0

    @property
    def _has_socket(self) -> bool:
        return len(os.fsencode(self._folder)) <= _LONGEST_SOCKET_FOLDER

    def _start_server(self) -> None:
        if self._has_socket:
            self._start_listening("-c listen_addresses='' -c unix_socket_directories=.")
            return
        if not self._password_file.exists():
            self._set_password()
        for tries_left in reversed(range(_PORT_TRIES)):
            listen = f"-c listen_addresses=127.0.0.1 -c port={free_port()}"
            try:
                self._start_listening(f"{listen} -c unix_socket_directories=''")
            except OSError:
                if not tries_left:
                    raise
            else:
                return

    def _start_listening(self, options: str) -> None:
        options += f" -c max_connections={self._max_connections}"
        # The details of an error and its statement hold PRMs, which no log may.
        options += " -c log_error_verbosity=terse -c log_min_error_statement=panic"
        if not self._durable:
            # https://www.postgresql.org/docs/current/non-durability.html
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        log = str(self._folder / "server.log")
        self._run("pg_ctl", "-D", str(self._folder), "-w", "-l", log, "-o", options, "start")

    def _stop_server(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder), "-m", "fast", "-w", "stop")

    @property
    def _password_file(self) -> Path:
        return self._folder / "password"

    def _set_password(self) -> None:
        """Require a password at the port; written last, so that it is one the server knows."""
        password = secrets.token_urlsafe(32)
        (self._folder / "pg_hba.conf").write_text(_WHO_MAY_CONNECT)
        # Without a server: none may listen before the password is set.
        statement = f"ALTER ROLE postgres PASSWORD '{password}'"
        self._run("postgres", "--single", "-D", str(self._folder), "postgres", words=statement)
        new_file = self._password_file.with_suffix(".new")
        new_file.touch(mode=0o600)
        new_file.write_text(password)
        new_file.rename(self._password_file)

    def _port(self) -> int:
        # Its fourth line: https://www.postgresql.org/docs/current/storage-file-layout.html
        lines = (self._folder / "postmaster.pid").read_text().splitlines()
        return int(lines[3])

    def _run(
        self, program: str, *arguments: str, check: bool = True, words: str = ""
    ) -> subprocess.CompletedProcess[str]:
        command = [*_become_server_user(self._folder), str(postgres_program(program)), *arguments]
        return _run(command, check=check, words=words)


def _run(
    command: Sequence[str], *, check: bool = True, words: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program with these words on its input."""
    # pg_ctl leaves the server behind with its outputs, so a pipe would never close.
    leaves_a_server = "start" in command
    completed = subprocess.run(  # noqa: S603 - our own program and arguments
        command,
        check=False,
        text=True,
        input=words,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if leaves_a_server else subprocess.PIPE,
        cwd="/",
    )
    if check and completed.returncode != 0:
        message = (
            f"{command} failed ({completed.returncode}): {completed.stderr or 'see server.log'}"
        )
        raise OSError(message)
    return completed


def _become_server_user(folder: Path) -> list[str]:
    """Return the words that run a command as an ordinary user when we are root, else none."""
    if os.geteuid() != 0:
        return []
    program = "unshare" if _is_private(folder) else "setpriv"
    path = shutil.which(program)
    if path is None:
        message = f"running as root needs {program} (util-linux) to start PostgreSQL"
        raise OSError(message)
    user = pwd.getpwnam(_SERVER_USER)
    if program == "unshare":
        # Nobody may pass through such a folder, /root for example. In a user namespace of its
        # own the server is an ordinary user to itself, and still the folder's owner to the kernel.
        return [path, "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}", "--"]
    return [path, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def _is_private(folder: Path) -> bool:
    """Return whether only the owner can reach the folder or the server's programs."""
    passed = (*folder.parents, *postgres_program("postgres").parents)
    return not all(path.stat().st_mode & 0o001 for path in passed)
