"""What docs/use/routes.md says of every route, and docs/build/http/ of what clients rely on."""

from collections.abc import Mapping
from difflib import unified_diff
from functools import cache
from typing import Any

import pytest

from libs.common.health.routes import service_openapi
from libs.common.openapi.route_table import route_tables
from services.cli.processes import NAMES
from services.main import SERVICES
from tests.support.http_contract import FOLDER, contract
from tests.support.places import ROOT
from tests.support.routes import all_routes, documented_roles

_OF_NO_SERVICE = {"GET /health", "GET /live", "GET /metrics", "GET /ready"}


def test_the_table_of_routes_is_up_to_date() -> None:
    page = (ROOT / "docs" / "use" / "routes.md").read_text(encoding="utf-8")

    assert page == route_tables(_documents()), (
        "`uv run elocoop openapi --routes > docs/use/routes.md`"
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_clients_rely_on_changes_only_by_intent(name: str) -> None:
    written = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    changes = unified_diff(written, contract(_documents()[name]).splitlines(), lineterm="", n=2)

    difference = "\n".join(changes)
    assert not difference, (
        f"`uv run python -m tests.support.http_contract`, and say in CHANGELOG.md:\n{difference}"
    )


def test_each_subject_names_a_page_that_exists() -> None:
    pages = {subject.page for service in SERVICES for subject in service.subjects if subject.page}

    assert len(pages) > 20
    assert [page for page in sorted(pages) if not (ROOT / "docs" / f"{page}.md").is_file()] == []


def test_every_route_is_for_whom_the_table_says() -> None:
    asked = {route.name: route.roles for route in all_routes() if route.name not in _OF_NO_SERVICE}

    assert len(asked) > 300
    assert documented_roles() == asked


@cache
def _documents() -> Mapping[str, Mapping[str, Any]]:
    return {service.name: service_openapi(service.name, service.subjects) for service in SERVICES}
