"""Rules of docs/build/architecture.md that import-linter cannot say: it sees modules, not names."""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from tests.support.places import ROOT
from tests.support.sources import called_names, full_names, trees

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
    "services/cli/bench/overview/load.py",  # a year of rows, which no store writes so
)
# The third part of services/NAME/store.
_ROOMS_THAT_WRITE_SQL = [
    (room,) for room in ("store", "store.py", "tables", "tables.py", "migrations")
]
_READ_THE_ENVIRONMENT = (
    "libs/common/settings/",
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
_KNOW_AIOKAFKA = ("libs/common/eventlog/kafka/",)
_ASK_THE_TIME = (
    "libs/common/clock.py",
    "libs/common/file_store/folder.py",  # the file system dates files by this machine's clock
    "services/community/mail/outlets.py",  # the same, for mails in a folder
    "services/cli/bench/community/crowd.py",  # a command of its own process, without services
    "services/cli/readings.py",  # as the bench
)
_CATCH_ALL = (
    "libs/common/beside.py",  # raises it again, once it has dealt with the thread
    "libs/common/eventlog/kafka/producer.py",  # raises it again: what did not start is stopped
    "libs/common/rounds/attempts.py",
    "libs/common/messaging/",
    "libs/common/health/routes.py",  # tells monitoring what it can, whatever is away
    "libs/common/rounds/supervision.py",
    "services/ingest/commands/deliveries/reader/process.py",  # hands it on, to another process
    "services/ingest/commands/deliveries/reader/reader.py",  # raises it again: ends the process
    "services/ingest/commands/deliveries/reading.py",  # raises it again: the folder is deleted
    "services/ingest/commands/deliveries/recorder.py",  # a fault, too, leaves something behind
    "services/ingest/formats/files/in_turn.py",  # raises it later
)
_NAME_ROLES = ("services/ingest/access.py", "services/community/access/")
_COMMANDS_WITH_CALLERS = (
    "services/community/commands/accounts/issuer_sessions.py",  # verifies tokens
)
"""May only shrink: routes ask ``access``, and commands get what it allows, and an author."""
_ROUTE = re.compile(r"router\.(get|put|post|patch|delete)\(")
_BODY = r"\w+(Out|Body)"
_ANSWER = re.compile(rf"None|\w*Response|({_BODY}|list\[{_BODY}\])( \| Response)?")
_ANYTHING = {"Exception", "BaseException"}
_MAKE_RIGHTS = ("libs/common/edge/callers.py",)
_RIGHTS = {"libs.common.auth.tokens.authenticated", "libs.common.auth.tokens.require"}
_CALLERS = ("libs.common.auth.principals.Principal", "libs.common.edge")
_A_ROLE = "libs.common.auth.principals.Role."
_MAY_REFUSE = (
    "libs/common/",
    *(f"services/{name}/access" for name in ("allocation", "billing", "community", "ingest")),
    "services/community/claims.py",
    "services/community/commands/accounts/invitations.py",  # asks whether its sender still may
)
_REFUSALS = {
    f"libs.common.auth.principals.{name}" for name in ("Forbidden", "refused", "log_refusal")
}
_TIMES = {
    *("datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow"),
    *("datetime.date.today", "time.time", "time.time_ns"),
}
# A session is handed on and errors are answered; neither writes SQL.
_NO_SQL = ("sqlalchemy.ext.asyncio.AsyncSession", "sqlalchemy.exc")


def test_only_some_modules_write_sql() -> None:
    _only(_WRITE_SQL, do=_writes_sql)


def test_only_the_settings_read_the_environment() -> None:
    _only(
        _READ_THE_ENVIRONMENT,
        do=_knows("os.environ", "os.environb", "os.getenv", "pydantic_settings"),
    )


def test_only_the_clock_asks_what_time_it_is() -> None:
    _only(_ASK_THE_TIME, do=_names_any_of(_TIMES))


def test_only_some_modules_catch_whatever_is_raised() -> None:
    _only(_CATCH_ALL, do=lambda _, tree: any(map(_catches_all, ast.walk(tree))))


def test_only_access_names_roles() -> None:
    _only(_NAME_ROLES, do=_names_roles)


def test_commands_decide_no_rights() -> None:
    _only(_COMMANDS_WITH_CALLERS, do=_is_command_that_knows_callers)


def test_only_the_edge_makes_rights() -> None:
    _only(_MAKE_RIGHTS, do=_names_any_of(_RIGHTS))


def test_only_the_kafka_adapter_knows_aiokafka() -> None:
    _only(_KNOW_AIOKAFKA, do=_knows("aiokafka"))


def test_only_one_module_makes_http_clients() -> None:
    clients = {f"httpx.{name}" for name in _HTTP_CLIENTS}
    _only(_MAKE_HTTP_CLIENTS, do=lambda _, tree: not called_names(tree).isdisjoint(clients))
    _only((), do=_knows("aiohttp", "http.client", "requests", "urllib.request", "urllib3"))


def test_only_access_refuses_callers() -> None:
    _only(_MAY_REFUSE, do=_names_any_of(_REFUSALS))


def test_routes_answer_with_a_body_and_never_with_a_row() -> None:
    answers = {
        f"{path}: {node.name}": ast.unparse(node.returns)
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef) and node.returns and _is_route(node)
    }

    assert len(answers) > 300
    others = [name for name, answer in answers.items() if not _ANSWER.fullmatch(answer)]
    assert others == []


def test_no_test_has_its_http_client_make_a_tls_context() -> None:
    for path, tree in trees("tests").items():
        for options in _http_clients(tree):
            assert options & {"transport", "verify"}, f"{path}; see libs/common/outgoing.py"


def test_a_function_has_at_most_40_lines() -> None:
    for path, tree in trees().items():
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


def _only(allowed: Collection[str], *, do: Callable[[str, ast.Module], bool]) -> None:
    """Nothing else does it; and each module or folder that may, does."""
    doing = [path for path, tree in trees().items() if do(path, tree)]
    others = [path for path in doing if not path.startswith(tuple(allowed))]
    idle = [place for place in allowed if not any(path.startswith(place) for path in doing)]
    assert (others, idle) == ([], []), "who does it and may not; who may and does not"


def _names_any_of(names: Collection[str]) -> Callable[[str, ast.Module], bool]:
    return lambda _, tree: not full_names(tree).isdisjoint(names)


def _knows(*names: str) -> Callable[[str, ast.Module], bool]:
    """Whether a module imports one of these, or something of it."""
    return lambda _, tree: any(
        name == module or name.startswith(f"{module}.")
        for name in full_names(tree)
        for module in names
    )


def _writes_sql(path: str, tree: ast.Module) -> bool:
    if Path(path).parts[2:3] in _ROOMS_THAT_WRITE_SQL:
        return False
    return any(
        name.startswith(("sqlalchemy", "asyncpg")) and not name.startswith(_NO_SQL)
        for name in full_names(tree)
    )


def _names_roles(path: str, tree: ast.Module) -> bool:
    """In services, of which none else than access decides by them."""
    names = full_names(tree)
    return path.startswith("services/") and any(name.startswith(_A_ROLE) for name in names)


def _is_command_that_knows_callers(path: str, tree: ast.Module) -> bool:
    is_command = "commands" in Path(path).with_suffix("").parts
    return is_command and any(name.startswith(_CALLERS) for name in full_names(tree))


def _is_route(node: ast.AsyncFunctionDef) -> bool:
    return any(_ROUTE.search(ast.unparse(decorator)) for decorator in node.decorator_list)


def _catches_all(node: ast.AST) -> bool:
    match node:
        case ast.ExceptHandler(type=None):
            return True
        case ast.ExceptHandler(type=ast.Name(name)):
            return name in _ANYTHING
        case (
            ast.ExceptHandler(type=ast.Tuple(elts=classes))
            | ast.Call(func=ast.Name("suppress"), args=classes)
        ):
            return any(isinstance(name, ast.Name) and name.id in _ANYTHING for name in classes)
    return False


def _is_command(path: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Of the command line: its options and its help, the user's manual, come before its body."""
    place = Path(path)
    name = place.parent.name if place.stem == "__init__" else place.stem
    return place.parts[:2] == ("services", "cli") and node.name == name


def _http_clients(tree: ast.Module) -> Iterator[set[str | None]]:
    """The options of each call that makes one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("httpx"), name)) if name in _HTTP_CLIENTS:
                yield {option.arg for option in node.keywords}
