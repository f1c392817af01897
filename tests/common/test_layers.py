"""Rules of docs/build/architecture.md that import-linter cannot say: it sees modules, not names."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from services.cli.processes import NAMES
from tests.support.places import ROOT

_WRITE_SQL = (
    "libs/common/clock.py",  # asks the database's clock, too
    "libs/common/faults.py",  # knows the errors of the driver
    "libs/common/database/",
    "libs/common/encryption/locked_text.py",  # a type of columns
    "libs/common/eventlog/postgres",
    "libs/common/logs/accesses.py",
    "libs/common/logs/audit.py",
    "libs/common/messaging/",
    "libs/common/settings/database_urls.py",  # reads the URL of one
)
# The third part of services/NAME/store.
_ROOMS_THAT_WRITE_SQL = [
    (room,) for room in ("store", "store.py", "tables", "tables.py", "migrations")
]
_READ_THE_ENVIRONMENT = (
    "libs/common/settings/__init__.py",
    "services/cli/processes.py",  # passes its own on to the processes that it starts
    "services/ingest/commands/deliveries/reader/reader.py",  # the same, without secrets
)
_MAKE_HTTP_CLIENTS = (
    "libs/common/outgoing.py",
    "services/cli/processes.py",  # with a transport of its own, to our own processes
)
_HTTP_CLIENTS = {
    *("AsyncClient", "AsyncHTTPTransport", "Client", "HTTPTransport", "create_ssl_context"),
    *("delete", "get", "head", "options", "patch", "post", "put", "request", "stream"),
}
_ASK_THE_TIME = (
    "libs/common/clock.py",
    "libs/common/file_store/folder.py",  # the file system dates files by this machine's clock
    "services/community/mail/outlets.py",  # idem
    "services/cli/bench/community/crowd.py",  # a command of its own process, without services
    "services/cli/readings.py",  # as the bench
)
_CATCH_ALL = (
    "libs/common/rounds/attempts.py",
    "libs/common/messaging/",
    "libs/common/rounds/supervision.py",
    "services/ingest/commands/deliveries/reader/process.py",  # hands it on, to another process
    "services/ingest/commands/deliveries/recorder.py",  # a fault, too, leaves something behind
    "services/ingest/formats/files/in_turn.py",  # raises it later
)
_NAME_ROLES = (
    *(f"services/{name}/access.py" for name in NAMES),
    # What accounts may do once they log in is community's to keep.
    *(f"services/community/schemas/accounts/{name}.py" for name in ("accounts", "invitations")),
    "services/community/tables/accounts/accounts.py",
    "services/community/claims.py",
    "services/community/store/accounts/accounts.py",
    "services/community/store/privacy/erasure.py",
    "services/community/store/messages/notifications.py",
    *(
        f"services/community/commands/accounts/{name}.py"
        for name in ("accounts", "feeds", "invitations")
    ),
    "services/community/commands/requests/sign_ups.py",
)
_COMMANDS_WITH_CALLERS = {
    "services/community/commands/accounts/issuer_sessions.py",  # verifies tokens
}
"""May only shrink: routes ask ``access``, and commands get what it allows, and an author."""
_ROUTE = re.compile(r"router\.(get|put|post|patch|delete)\(")
_ANSWER = re.compile(r"\w*(Out|Body|Response|None)\b")
_MAKE_RIGHTS = {
    ("libs.common.auth.tokens", "authenticated"),
    ("libs.common.auth.tokens", "require"),
}
_CALLERS = {("libs.common", "principals"), ("libs.common.auth.principals", "Principal")}
_TIMES = {
    *(("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")),
    *(("time", "time"), ("time", "time_ns")),
}


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


def test_only_the_clock_asks_what_time_it_is() -> None:
    for path, tree in _modules():
        if path not in _ASK_THE_TIME:
            assert not {*_imports(tree)} & _TIMES, f"{path} imports time.time"
            for node in ast.walk(tree):
                assert not _asks_the_time(node), f"{path}: see libs/common/clock.py"


def test_only_some_modules_catch_whatever_is_raised() -> None:
    for path, tree in _modules():
        if not path.startswith(_CATCH_ALL):
            for node in ast.walk(tree):
                assert not _catches_all(node), f"{path}: see libs/common/rounds/attempts.py"


def test_only_access_names_roles() -> None:
    for path, tree in _modules():
        if path.startswith("services/") and path not in _NAME_ROLES:
            named = [*_named_roles(tree)]
            assert not named, f"{path} names {named}: ask the Principal, or a right of the edge"


def test_commands_decide_no_rights() -> None:
    for path, tree in _modules():
        if "commands" in Path(path).with_suffix("").parts:
            knows_callers = bool({*_imports(tree)} & _CALLERS)
            assert knows_callers == (path in _COMMANDS_WITH_CALLERS), (
                f"{path}; see docs/build/style.md"
            )


def test_routes_answer_with_a_body_and_never_with_a_row() -> None:
    answers = {
        f"{path}: {node.name}": ast.unparse(node.returns)
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef) and node.returns and _is_route(node)
    }

    assert len(answers) > 300
    others = [name for name, answer in answers.items() if not _ANSWER.search(answer)]
    assert others == []


def test_only_the_edge_makes_rights() -> None:
    for path, tree in _modules():
        if path.startswith("services/"):
            made = {*_imports(tree)} & _MAKE_RIGHTS
            assert not made, f"{path}; see libs/common/edge/callers.py"


def test_only_the_kafka_adapter_knows_aiokafka() -> None:
    for path, tree in _modules():
        if not path.startswith("libs/common/eventlog/kafka"):
            modules = {module.split(".")[0] for module, _ in _imports(tree)}
            assert "aiokafka" not in modules, path


def test_only_one_module_makes_http_clients() -> None:
    for path, tree in _modules():
        assert not any(module == "httpx" and name for module, name in _imports(tree)), path
        if path not in _MAKE_HTTP_CLIENTS:
            assert not [*_http_clients(tree)], f"{path} makes one; see libs/common/outgoing.py"


def test_no_test_has_its_http_client_make_a_tls_context() -> None:
    for path, tree in _modules("tests"):
        for options in _http_clients(tree):
            assert options & {"transport", "verify"}, f"{path}; see libs/common/outgoing.py"


def test_a_function_has_at_most_40_lines() -> None:
    for path, tree in _modules():
        if "migrations" in Path(path).parts:
            continue  # raw SQL, read once
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if _is_command(path, node) else node
                assert node.end_lineno is not None
                lines = node.end_lineno - first.lineno + 1
                assert lines <= 40, f"{path}: {node.name} has {lines} lines"


def test_a_file_has_at_most_300_lines() -> None:
    for folder in ("libs", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            lines = len(path.read_text().splitlines())
            assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines"


def _is_route(node: ast.AsyncFunctionDef) -> bool:
    return any(_ROUTE.search(ast.unparse(decorator)) for decorator in node.decorator_list)


def _catches_all(node: ast.AST) -> bool:
    match node:
        case ast.ExceptHandler(type=None | ast.Name("Exception")):
            return True
        case ast.ExceptHandler(type=ast.Tuple(elts=classes)):
            return any(isinstance(name, ast.Name) and name.id == "Exception" for name in classes)
    return False


def _named_roles(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name("Role"), attr=role):
                yield role


def _is_command(path: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Of the command line: its options and its help, the user's manual, come before its body."""
    place = Path(path)
    name = place.parent.name if place.stem == "__init__" else place.stem
    return place.parts[:2] == ("services", "cli") and node.name == name


@cache
def _modules(*folders: str) -> Sequence[tuple[str, ast.Module]]:
    return tuple(
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text()))
        for folder in folders or ("libs", "services")
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


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


def _http_clients(tree: ast.Module) -> Iterator[set[str | None]]:
    """The options of each call that makes one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("httpx"), name)) if name in _HTTP_CLIENTS:
                yield {option.arg for option in node.keywords}


def _asks_the_time(node: ast.AST) -> bool:
    """Whether it names datetime.now or its like, called or handed on."""
    match node:
        case ast.Attribute(ast.Name(of) | ast.Attribute(attr=of), name):
            return (of, name) in _TIMES
    return False
