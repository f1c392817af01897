"""Rule 3 of docs/build/architecture.md: the domain computes, by what it may import."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.support.sources import called_names, full_names, trees

_COMPUTES = {
    *("base64", "bisect", "calendar", "collections", "csv", "dataclasses", "datetime", "decimal"),
    *("email", "enum", "fractions", "functools", "hashlib", "heapq", "hmac", "io", "ipaddress"),
    *("itertools", "json", "math", "operator", "re", "reprlib", "statistics", "string", "typing"),
    *("unicodedata", "uuid", "zipfile"),
    *("numpy", "polars"),
    *("libs.common.calendar", "libs.common.company_numbers", "libs.common.curve_consents"),
    *("libs.common.day_kinds", "libs.common.errors", "libs.common.french"),
    *("libs.common.ids", "libs.common.rounding", "libs.common.scopes"),
    *("libs.common.spreadsheets", "libs.common.units"),
}
_BESIDES = {
    # Arithmetic and formats that are not written here, each for one subject.
    ("services/allocation/domain/simulations/", "highspy"),
    ("services/allocation/domain/simulations/", "pandas"),  # of pvlib
    ("services/allocation/domain/simulations/", "pvlib"),
    ("services/billing/domain/payments/", "dateutil"),
    ("services/billing/domain/payments/", "stdnum"),
    ("services/billing/domain/creditor_references.py", "stdnum"),
    ("services/community/domain/accounts/", "cryptography"),
    ("services/community/domain/feasibility/", "geographiclib"),
    ("services/community/domain/gatherings/", "dateutil"),
    # Tables of reference stand beside the code.
    ("services/allocation/domain/coefficient_regimes/reference.py", "pathlib"),
    ("services/allocation/domain/months/reference/", "pathlib"),
    ("services/billing/domain/reference/", "pathlib"),
    ("services/community/domain/feasibility/reference/", "pathlib"),
    ("services/community/domain/accounts/passwords.py", "importlib"),
    ("services/allocation/domain/simulations/solar.py", "importlib"),  # is pvlib installed?
    ("services/ingest/domain/deliveries/inbox.py", "os"),  # names of files as bytes
    ("services/ingest/domain/rules/documentation.py", "sys"),  # prints docs/use/validation-rules.md
}


_READERS = ("numpy.fromfile", "numpy.load", "numpy.save", "polars.read_", "polars.scan_")


def test_the_domain_imports_only_what_computes() -> None:
    others = sorted(
        f"{path}: {name}"
        for path, tree in _domain().items()
        for name in _imported(path, tree)
        if name not in _COMPUTES and not any(_is_of(path, name, only) for only in _BESIDES)
    )

    assert len(_domain()) > 200
    assert others == [], "see docs/build/architecture.md, rule 3"


def test_what_the_domain_may_import_is_what_it_imports() -> None:
    imports = {(path, name) for path, tree in _domain().items() for name in _imported(path, tree)}

    assert {name for _, name in imports} >= _COMPUTES
    idle = [only for only in _BESIDES if not any(_is_of(*each, only) for each in imports)]
    assert idle == []


def test_the_domain_reads_and_writes_nothing_without_an_import() -> None:
    called = {
        (path, name)
        for path, tree in _domain().items()
        for name in called_names(tree) | _called_builtins(tree)
    }

    assert [each for each in called if each[1].startswith(_READERS)] == []
    assert [each for each in called if each[1] in {"open", "print", "input", "__import__"}] == []


@cache
def _domain() -> Mapping[str, ast.Module]:
    return {
        path: tree
        for path, tree in trees("services").items()
        if Path(path).parts[2:3] == ("domain",)
    }


def _imported(path: str, tree: ast.Module) -> set[str]:
    """Return the packages, and the modules of libs, that a module takes from outside its domain."""
    domain = ".".join([*Path(path).parts[:3], ""])
    return {
        ".".join(name.split(".")[:3]) if name.startswith("libs.") else name.partition(".")[0]
        for name in full_names(tree)
        if not name.startswith(domain)
    }


def _is_of(path: str, name: str, only: tuple[str, str]) -> bool:
    place, package = only
    return path.startswith(place) and name == package


def _called_builtins(tree: ast.Module) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {function.id for function in calls if isinstance(function, ast.Name)}
