"""The product's own Python, parsed, and the full names of what a module uses."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from tests.support.places import ROOT


@cache
def trees(*folders: str) -> Mapping[str, ast.Module]:
    """Return each module of libs and services, or of these folders, by its path."""
    return MappingProxyType(
        {
            path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
            for folder in folders or ("libs", "services")
            for path in sorted((ROOT / folder).rglob("*.py"))
        }
    )


@cache
def full_names(tree: ast.Module) -> frozenset[str]:
    """Return what a module imports, and what it takes of that, by whatever name it has here.

    ``from datetime import datetime as clock`` with ``clock.now`` is ``datetime.datetime.now``.
    """
    imports = dict(_imports(tree))
    used = (_full_name(node, imports) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return frozenset([*imports.values(), *filter(None, used)])


@cache
def called_names(tree: ast.Module) -> frozenset[str]:
    """Return the full names of what a module calls, of that which it imports."""
    imports = dict(_imports(tree))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return frozenset(filter(None, (_full_name(function, imports) for function in calls)))


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the name that each import has here, and its full one."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    first = alias.name.partition(".")[0]
                    yield alias.asname or first, alias.name if alias.asname else first
                    yield alias.name, alias.name
            case ast.ImportFrom(module=str(module), names=aliases):
                for alias in aliases:
                    yield alias.asname or alias.name, f"{module}.{alias.name}"


def _full_name(node: ast.expr, imports: Mapping[str, str]) -> str | None:
    first, *rest = _chain(node) or [""]
    return ".".join([imports[first], *rest]) if first in imports else None


def _chain(node: ast.expr) -> Sequence[str]:
    """Return ``["a", "b", "c"]`` of ``a.b.c``; nothing where it does not begin with a name."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=value, attr=name):
            before = _chain(value)
            return [*before, name] if before else []
    return []
