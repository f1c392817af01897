"""The arrows between the subjects of each service, as docs/build/subjects.md shows them.

A subject is a folder in a layer of a service (``services/billing/domain/prices``), or a module that
at least three layers have, with all modules and folders of its name, and those of other names that
``_SUBJECT_OF`` gives it. Run ``uv run python -m tests.support.arrows > docs/build/subjects.md``
after an import between subjects that you want; a test fails until then.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from services.cli.processes import NAMES
from tests.support.places import ROOT

_LAYERS = (
    *("api", "access", "commands", "schemas", "store", "tables", "mail", "documents", "formats"),
    *("platforms", "sources", "domain"),
)
_BY_SHAPE = ("documents", "formats", "mail", "platforms", "sources")
"""Layers whose folders are named after what files look like, or after other companies."""
_SERVES_ALL = {
    "copies": "what other services said",
    "perimeters": "what community said, in ingest",
    "kernels": "the arithmetic",
    "gifts": "the months whose energy is given, so that nothing of it is sold",
    "letters": "the words of every message: they stand with messages, which know them by kind",
    "reference": "rates and dates of the law",
    "thresholds": "the least sums to invoice, to debit, to remind of and to correct",
    "today": "what waits for a person, of all subjects",
}
_SUBJECT_OF = {
    "allocation": {
        "api/accesses": "privacy",
        "api/plant_months": "months",
        "api/point_months": "months",
        "api/producers": "months",
        "api/sunny_hours": "months",
        "commands/purging": "purges",
        "commands/pvgis": "simulations",
        "commands/silent_days": "days",
        "commands/simulated_curves": "simulations",
        "commands/simulation_runs": "simulations",
        "schemas/plant_months": "months",
        "schemas/point_months": "months",
        "schemas/producers": "months",
        "schemas/summary": "shares",
        "schemas/sunny_hours": "months",
        "store/kept_reconciliations": "reconciliation",
        "store/point_months": "months",
        "tables/accesses": "privacy",
        "tables/told_days": "privacy",
    },
    "billing": {
        "documents": "invoices",
        "documents/gift_sheet": "surplus",
        "documents/statement_sheet": "surplus",
        "documents/yearly_sheet": "surplus",
        "formats/bank_xml": "payments",
        "formats/camt053": "payments",
        "formats/fec": "books",
        "formats/journal_csv": "books",
        "formats/pain": "payments",
        "formats/pain002": "payments",
        "formats/sepa_text": "payments",
        "platforms": "e_invoicing",
        "tables/bank": "payments",
        "tables/documents": "invoices",
        "tables/dunning": "payments",
        "tables/ledger": "books",
        "tables/mailings": "invoices",
        "tables/parties": "taxes",
        "tables/runs": "drafts",
        "tables/supplier_offers": "both_bills",
    },
    "community": {
        "access/invitations": "accounts",
        "access/news": "messages",
        "access/questions": "messages",
        "claims": "members",
        "documents/certificate": "capital",
        "issuer": "accounts",
        "mail": "messages",
    },
    "ingest": {
        "api/accesses": "privacy",
        "api/dso_results": "results",
        "api/estimation_policies": "estimations",
        "api/purges": "privacy",
        "api/sequences": "deliveries",
        "api/upload": "deliveries",
        "schemas/sequences": "deliveries",
        "sources": "pulls",
        "tables/blocks": "readings",
    },
}
"""Modules and folders that have no subject's name: those of a folder, unless named themselves."""
ORDER: Mapping[str, Sequence[str]] = {
    "community": (
        *("requests", "accounts", "privacy", "enrolments", "challenges", "feasibility"),
        *("gatherings", "polls", "desk", "calendars", "capital", "members", "messages"),
    ),
    "ingest": (
        *("privacy", "facts", "results", "pulls", "deliveries", "validation", "rules"),
        *("quarantine", "estimations", "re_requests", "completeness", "readings"),
    ),
    "allocation": (
        *("reconciliation", "purges", "key_previews", "coefficient_deposits", "key_coefficients"),
        *("forecasts", "months", "coefficients", "settlements", "challenges", "explanations"),
        *("simulations", "adoptions", "days", "dso_results", "policies", "shares", "keys"),
        *("coefficient_regimes",),
        *("privacy",),
    ),
    "billing": (
        *("surplus", "both_bills", "drafts", "e_invoicing", "corrections"),
        *("books", "invoices", "payments", "taxes", "prices"),
    ),
}
"""The subjects of each service, each above those that it may use."""

_INTRODUCTION = """\
# Subjects and their arrows

Generated by `tests/support/arrows.py`; do not edit. A test fails when an import between two
subjects comes or goes, so that each new arrow is looked at.

A subject has a room (a folder or a file) of its name in each layer that it needs: here is each that
is a folder in some layer, or a file in at least three. Modules with another name belong to one, too
(`_SUBJECT_OF` in that file); those that serve all subjects are left out (`_SERVES_ALL`).

Each subject uses those below it in its table: begin at the end to read one that uses no other. Its
*rules* (`domain/`) never use one above. Other layers do in places, as a command of one subject has
effects on others: these arrows are the last column and `_AGAINST_THE_ORDER` in
`tests/common/test_subjects.py`, which refuses a new one. That list only gets shorter.
"""

Arrows = Mapping[str, set[str]]


def document() -> str:
    """Return the text of docs/build/subjects.md."""
    return "\n".join([_INTRODUCTION, *(_section(service) for service in NAMES)])


def arrows_of(service: str, layers: Sequence[str] = ()) -> Arrows:
    """Return, by subject, the subjects that its modules in these layers (in all) import."""
    folder = ROOT / "services" / service
    subjects = _subjects(folder)
    arrows: dict[str, set[str]] = {subject: set() for subject in subjects}
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder).with_suffix("").parts
        user = _subject(path, service, subjects)
        if user is not None and (not layers or path[0] in layers):
            used = {_subject(name, service, subjects) for name in _imported(file, service)}
            arrows[user] |= {subject for subject in used if subject not in (None, user)}
    return arrows


def _subjects(folder: Path) -> set[str]:
    """Return the names of folders in layers, and of modules that three layers have."""
    folders, layers = set(), defaultdict(set)
    for layer in _LAYERS:
        for room in (folder / layer).glob("*"):
            if f"{layer}/{room.stem}" not in _SUBJECT_OF[folder.name]:
                layers[room.stem].add(layer)
            if (room / "__init__.py").exists() and layer not in _BY_SHAPE:
                folders.add(room.name)
    modules = {name for name, rooms in layers.items() if len(rooms) > 2}
    return (folders | modules) - {"__init__", "__pycache__", *_SERVES_ALL}


def _subject(parts: Sequence[str], service: str, subjects: set[str]) -> str | None:
    """Return the subject of a module, by its path below the service."""
    of_service = _SUBJECT_OF[service]
    subject = of_service.get("/".join(parts[:2])) or of_service.get(parts[0])
    if subject is None and parts[0] in _LAYERS and parts[1:2] and parts[1] in subjects:
        return parts[1]
    return subject


def _imported(file: Path, service: str) -> Iterator[Sequence[str]]:
    """Yield the paths below the service of what a module imports."""
    package = f"services.{service}."
    for module, name in _imports(file):
        path = _defined_at(module, name)
        if path.startswith(package):
            yield path.removeprefix(package).split(".")


def _defined_at(module: str, name: str) -> str:
    """Return the path of a name, where a package has it from one of its modules."""
    origin = _origins(module).get(name)
    return f"{module}.{name}" if origin is None else _defined_at(origin, name)


@cache
def _origins(module: str) -> Mapping[str, str]:
    """Return the modules from which a package imports names, such as the rows of all tables."""
    file = ROOT / module.replace(".", "/") / "__init__.py"
    return {name: origin for origin, name in _imports(file)} if file.exists() else {}


@cache
def _imports(file: Path) -> Sequence[tuple[str, str]]:
    """Return the modules and the names that are imported from them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [(node.module, alias.name) for node in froms if node.module for alias in node.names]


def arrows_up(service: str) -> set[tuple[str, str]]:
    """Return who uses whom against the order."""
    order = ORDER[service]
    return {
        (user, used)
        for user, subjects in arrows_of(service).items()
        for used in subjects
        if order.index(used) < order.index(user)
    }


def _section(service: str) -> str:
    rules, arrows, up = arrows_of(service, ["domain"]), arrows_of(service), arrows_up(service)

    def names(subjects: set[str]) -> str:
        return ", ".join(subject for subject in ORDER[service] if subject in subjects)

    rows = []
    for subject in ORDER[service]:
        against = {used for user, used in up if user == subject}
        others = arrows[subject] - rules[subject] - against
        rows.append(f"| {subject} | {names(rules[subject])} | {names(others)} | {names(against)} |")
    head = ["| subject | its rules use | its other layers use, too | and, above it |"]
    return "\n".join([f"## {service}\n", *head, "|---|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(document())
