"""Roles get their passwords from files, or the environment: deploy/passwords.sql on a server."""

import asyncio
import os
import subprocess
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from tests.support.places import ROOT
from tests.support.tls_postgres import TlsPostgres, tls_postgres


def _environment(folder: Path) -> dict[str, str]:
    """One role's password in a file, one in the environment; an empty file, and nothing."""
    environment = {
        name: text for name, text in os.environ.items() if not name.endswith("_PASSWORD")
    }
    for name, text in {"ingest": "of 'ingest\n", "community": ""}.items():
        file = folder / name
        file.write_text(text)
        environment[f"{name.upper()}_PASSWORD_FILE"] = str(file)
    return environment | {"BILLING_PASSWORD": "of 'billing"}


async def _log_in(server: TlsPostgres, name: str) -> None:
    url = make_url(server.verifying()).set(username=name, password=f"of '{name}")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    await connection.close()


async def test_roles_log_in_by_the_passwords_they_were_given_and_no_others(
    tmp_path: Path,
) -> None:
    scripts = [f"--file={ROOT / 'deploy' / file}" for file in ("postgres.sql", "passwords.sql")]
    environment = _environment(tmp_path)
    with tls_postgres() as server:
        psql = ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", server.verifying(), *scripts]
        for _ in range(2):  # an upgrade changes nothing
            done = await asyncio.to_thread(
                subprocess.run, psql, env=environment, capture_output=True, text=True, check=True
            )
            assert "of '" not in done.stdout + done.stderr

        for name in ("ingest", "billing"):
            await _log_in(server, name)
        for name in ("allocation", "community"):
            with pytest.raises(asyncpg.InvalidPasswordError):
                await _log_in(server, name)
