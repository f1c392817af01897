"""The rules of docs/architecture.md that import-linter cannot say: it sees modules, not names."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.platform import ROOT

_WRITE_SQL = (
    "libs/common/database.py",
    "libs/common/migrations.py",
    "libs/common/scratch.py",  # creates and drops databases
    "libs/common/messaging/",
    "libs/common/eventlog/postgres",
)
# The third part of services/NAME/store.py.
_ROOMS_THAT_WRITE_SQL = [
    (room,) for room in ("store", "store.py", "tables", "tables.py", "migrations")
]
_READ_THE_ENVIRONMENT = (
    "libs/common/settings.py",
    "services/cli/processes.py",  # passes its own on to the processes that it starts
    "libs/common/embedded_postgres.py",  # idem, to psql
)


def test_only_some_modules_write_sql() -> None:
    for path, tree in _modules():
        if path.startswith(_WRITE_SQL) or Path(path).parts[2:3] in _ROOMS_THAT_WRITE_SQL:
            continue
        for module, name in _imports(tree):
            if module.split(".")[0] in ("sqlalchemy", "asyncpg"):
                # A session is handed on and errors are answered; neither writes SQL.
                session = (module, name) == ("sqlalchemy.ext.asyncio", "AsyncSession")
                assert session or module == "sqlalchemy.exc", f"{path} imports {module}.{name}"


def test_only_the_settings_read_the_environment() -> None:
    for path, tree in _modules():
        if path not in _READ_THE_ENVIRONMENT:
            for module, name in _imports(tree):
                assert (module, name) not in {("os", "environ"), ("os", "getenv")}, path
            for node in ast.walk(tree):
                assert not _reads_environment(node), f"{path} reads the environment"


def test_only_the_kafka_adapter_knows_aiokafka() -> None:
    for path, tree in _modules():
        if not path.startswith("libs/common/eventlog/kafka"):
            modules = {module.split(".")[0] for module, _ in _imports(tree)}
            assert "aiokafka" not in modules, path


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("libs", "services"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each imported module, and the name taken from it or nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _reads_environment(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    )
